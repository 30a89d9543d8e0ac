"""Paragraphs whose printed number was lost: found again where the numbering leaves exactly as much room."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.candidates import is_heading
from corpus.chains import Numbers, Start
from corpus.numbering import between, label
from corpus.readers.document import Piece

_ENDED = re.compile(r"[.!?][\"'”’)\]]*$")
_TOLERANCE = 7.0  # points
_WORDS = 8  # at least in a paragraph's first line or block


def with_lost(numbers: Numbers, pieces: Sequence[Piece]) -> tuple[Numbers, frozenset[str]]:
    """The numbers with those that were lost, and the ids of these.

    Only where as many blocks without number could begin a paragraph as numbers are missing: which one is which would
    be a guess otherwise.
    """
    starts = list(numbers.starts)
    usual = _usual(starts, pieces)
    found: list[Start] = []
    for one, other in pairwise(starts):
        prefix = other.id.removesuffix(label(other.number))
        if one.id.removesuffix(label(one.number)) != prefix:
            continue
        lost = between(one.number, other.number)
        places = _places(one.index, other.index, pieces, usual) if lost else []
        if len(places) == len(lost):
            found += [Start(i, prefix + label(n), n, 0) for i, n in zip(places, lost, strict=True)]
    ids = frozenset(start.id for start in found)
    gaps = tuple(gap for gap in numbers.gaps if gap not in ids)
    ordered = tuple(sorted([*starts, *found], key=lambda start: start.index))
    return replace(numbers, starts=ordered, gaps=gaps), ids


def _usual(starts: Sequence[Start], pieces: Sequence[Piece]) -> tuple[float, ...]:
    """Where paragraphs begin and where their further lines do."""
    first = Counter(round(pieces[start.index].indent) for start in starts)
    after = (start.index + 1 for start in starts if start.index + 1 < len(pieces))
    second = Counter(round(pieces[i].indent) for i in after if pieces[i].continues)
    return tuple(counts.most_common(1)[0][0] for counts in (first, second) if counts)


def _places(first: int, last: int, pieces: Sequence[Piece], usual: Sequence[float]) -> list[int]:
    return [i for i in range(first + 1, last) if _may_start(i, pieces, usual)]


def _may_start(i: int, pieces: Sequence[Piece], usual: Sequence[float]) -> bool:
    piece = pieces[i]
    plain = piece.region == "body" and not (piece.continues or piece.label or piece.item or piece.cells)
    if not plain or is_heading(piece) or not piece.text[:1].isupper() or len(piece.text.split()) < _WORDS:
        return False
    if not any(abs(piece.indent - indent) <= _TOLERANCE for indent in usual):
        return False
    above = next((p for p in reversed(pieces[:i]) if p.region == "body"), None)
    return above is None or is_heading(above) or _ENDED.search(above.text) is not None
