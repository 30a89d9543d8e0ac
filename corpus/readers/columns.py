"""Pages in two columns, read one column after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from corpus.readers.words import Row

_LEAST_ROWS = 6
_STEP = 2.0  # points
_LEAST_GUTTER = 8.0  # points
_FULL = 0.55  # of the column; prose fills its rows at least so far, as a rule
_WORDS = 3  # a row, as a rule


def in_columns(found: Sequence[Row]) -> list[Row]:
    """The rows in reading order, those that run across a gutter split at it; each knows where its column ends."""
    if not found:
        return []
    right = max(row.x1 for row in found)
    gutter = _gutter(found)
    if gutter is None:
        return [replace(row, right=right) for row in found]
    ordered: list[Row] = []
    band: list[Row] = []
    for row in found:
        if _crosses(row, gutter):
            ordered += [*_columns(band, gutter, right), replace(row, right=right)]
            band = []
        else:
            band.append(row)
    return ordered + _columns(band, gutter, right)


def _columns(band: Sequence[Row], gutter: float, right: float) -> list[Row]:
    left_side = [_part(row, gutter, left=True) for row in band]
    right_side = [_part(row, gutter, left=False) for row in band]
    lefts = [replace(row, right=gutter) for row in left_side if row]
    return lefts + [replace(row, right=right) for row in right_side if row]


def _part(row: Row, gutter: float, *, left: bool) -> Row | None:
    words = tuple(word for word in row.words if (word.x0 < gutter) == left)
    return Row(words, row.page) if words else None


def _crosses(row: Row, x: float) -> bool:
    """Whether a row runs on over a place: a word there, or no more than a space."""
    before = [w for w in row.words if w.x0 < x]
    after = [w for w in row.words if w.x0 >= x]
    if before and max(w.x1 for w in before) > x:
        return True
    return bool(before and after) and after[0].x0 - before[-1].x1 < _LEAST_GUTTER


def _gutter(found: Sequence[Row]) -> float | None:
    """The place between two columns of prose, ``None`` on a page with one."""
    left, right = min(row.x0 for row in found), max(row.x1 for row in found)
    steps = int((right - left) * 0.4 / _STEP)
    places = [left + 0.3 * (right - left) + _STEP * k for k in range(max(steps, 0))]
    good = [x for x in places if _divides(found, x, left, right)]
    return good[len(good) // 2] if good else None


def _divides(found: Sequence[Row], x: float, left: float, right: float) -> bool:
    free = [row for row in found if not _crosses(row, x)]
    if len(found) - len(free) > 0.4 * len(found):
        return False
    lefts = [part for row in free if (part := _part(row, x, left=True))]
    rights = [part for row in free if (part := _part(row, x, left=False))]
    if min(len(lefts), len(rights)) < _LEAST_ROWS:
        return False
    return _prose(lefts, min(r.x0 for r in lefts), max(r.x1 for r in lefts)) and _prose(
        rights, min(r.x0 for r in rights), right
    )


def _prose(side: Sequence[Row], begin: float, end: float) -> bool:
    if end <= begin:
        return False
    fill = median((row.x1 - row.x0) / (end - begin) for row in side)
    return fill >= _FULL and median(len(row.words) for row in side) >= _WORDS
