"""From the words on the pages to pieces in reading order: running lines, notes, columns, labels, headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.grades import GRADES
from corpus.readers.columns import in_columns
from corpus.readers.document import Piece, Region, is_bullet
from corpus.readers.furniture import running
from corpus.readers.words import Page, Row, Word, is_note_mark, joined, rows

LONGEST_HEADING = 200  # characters

_LABEL = re.compile(r"\(?(?:[A-Z]{0,2}\.?\d{1,4}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5}|[A-Z])[.):]?")
_NUMBER_ALONE = re.compile(r"[A-Z]{0,2}\.?\d{1,4}(?:\.\d{1,3})*\.?")
_LEADERS = re.compile(r"(?:(?:\.\s?){4,}|…{2,}|_{4,})[.\s]*(?:\d{1,4}|[ivx]{1,5})\s*$")
_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*$")
_HANGS = 0.6  # of the type size; a label stands at least so far before its text
_CELL = 1.6  # of the type size; table cells stand at least so far apart
_SMALLER = 0.7  # points; type of a note against that of the text
_NEAR = 1.22  # times the usual distance of rows; blocks stand further apart
_INDENTED = 6.0  # points


@dataclass(frozen=True, slots=True)
class _Type:
    """What is usual in a document: type size and distance of rows."""

    size: float
    leading: float


def pieces(pages: Sequence[Page]) -> tuple[Piece, ...]:
    """The pieces of a document, those that are no part of its body included, page by page."""
    by_page = [rows(page) for page in pages]
    furniture = running(by_page, [page.height for page in pages])
    usual = _usual([row for found in by_page for row in found])
    found: list[Piece] = []
    before: Row | None = None
    table: tuple[float, ...] = ()  # where the cells of the row above begin
    for page, whole, apart in zip(pages, by_page, furniture, strict=True):
        body = in_columns([row for k, row in enumerate(whole) if k not in apart])
        notes = _notes(body, usual)
        found += [_plain(row, "running") for k, row in enumerate(whole) if k in apart]
        found += [_plain_word(word, page.number) for word in page.words if not word.upright]
        text = [row for k, row in enumerate(body) if k not in notes]
        for row in text:
            more = (
                _more_of_cells(found[-1], before, table, row, usual) if found and before and table else None
            )
            if more is not None:
                found[-1] = more
            else:
                found.append(_piece(row, before, usual))
                table = _columns(row) if found[-1].cells else ()
            before = row
        found += [_plain(row, "footnote") for k, row in enumerate(body) if k in notes]
    return tuple(_with_levels(found, usual))


def _usual(whole: Sequence[Row]) -> _Type:
    sizes: Counter[float] = Counter()
    for row in whole:
        sizes[row.size] += len(row.text)
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    body = [row for row in whole if abs(row.size - size) < 0.3]
    gaps = Counter(
        round(a.y - b.y, 0) for a, b in pairwise(body) if a.page == b.page and 0 < a.y - b.y < 3 * size
    )
    return _Type(size, gaps.most_common(1)[0][0] if gaps else 1.2 * size)


def _notes(body: Sequence[Row], usual: _Type) -> frozenset[int]:
    """The rows of the notes at the foot of a page: begun by a raised mark, or smaller and begun by a number."""
    raised = [k for k in range(len(body) // 2, len(body)) if is_note_mark(body[k].words[0])]
    if raised:
        return frozenset(range(raised[0], len(body)))
    first = len(body)
    while first and body[first - 1].size <= usual.size - _SMALLER:
        first -= 1
    starts = [k for k in range(first, len(body)) if _begins_note(body[k])]
    return frozenset(range(starts[0], len(body))) if starts else frozenset()


def _begins_note(row: Row) -> bool:
    word = row.words[0]
    return is_note_mark(word) or re.fullmatch(r"\d{1,3}[.)]?|[*†‡]", word.text) is not None


def _plain(row: Row, region: Region) -> Piece:
    return Piece(row.text, page=row.page, region=region, indent=row.x0, size=row.size)


def _plain_word(word: Word, page: int) -> Piece:
    return Piece(word.text, page=page, region="running")


# --- one row


def _piece(row: Row, before: Row | None, usual: _Type) -> Piece:
    label, rest = _split_label(row)
    cells = _cells(rest) if rest else ()
    text, marks = joined(rest) if rest else ("", ())
    if len(cells) > 1:
        text, marks = "\t".join(cells), ()
    leaders = _LEADERS.search(text) is not None
    return Piece(
        text,
        label=label,
        page=row.page,
        continues=not (label and rest)
        and len(cells) < 2
        and before is not None
        and _runs_on(before, row, usual),
        indent=round(row.x0, 1),
        size=row.size,
        cells=cells if len(cells) > 1 and not leaders else (),
        region="contents" if leaders else "body",
        marks=marks,
        item=bool(label) and is_bullet(label),
        level=_emphasis(rest or row.words, usual),
    )


def _split_label(row: Row) -> tuple[str, tuple[Word, ...]]:
    """The label that stands before a row and apart from it, and the other words."""
    first, rest = row.words[0], row.words[1:]
    if first.raised:
        return "", row.words
    if not rest:
        return (first.text, ()) if _NUMBER_ALONE.fullmatch(first.text) else ("", row.words)
    gap = rest[0].x0 - first.x1
    if is_bullet(first.text) and first.text not in "o-–—":
        return first.text, rest
    apart = gap >= _HANGS * first.size
    return (
        (first.text, rest)
        if apart and (is_bullet(first.text) or _LABEL.fullmatch(first.text))
        else ("", row.words)
    )


def _cells(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(joined(group)[0] for group in _groups(words))


def _groups(words: Sequence[Word]) -> list[list[Word]]:
    """The words divided where wide gaps are."""
    groups: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.x0 - before.x1 > max(_CELL * before.size, 12.0):
            groups.append([])
        groups[-1].append(word)
    return groups


def _columns(row: Row) -> tuple[float, ...]:
    return tuple(group[0].x0 for group in _groups(_split_label(row)[1] or row.words))


def _more_of_cells(last: Piece, before: Row, table: Sequence[float], row: Row, usual: _Type) -> Piece | None:
    """The row above with the next lines of its cells, ``None`` if this is a row of its own."""
    near = before.page == row.page and 0 < before.y - row.y <= _NEAR * usual.leading * row.size / usual.size
    groups = _groups(row.words)
    places = [next((k for k, x in enumerate(table) if abs(group[0].x0 - x) <= 4.0), None) for group in groups]
    if not near or None in places or not last.cells or _split_label(row)[0]:
        return None
    if places[0] == 0 and (len(groups) == len(table) or not row.text[:1].islower()):
        return None
    cells = list(last.cells[-len(table) :])
    for place, group in zip(places, groups, strict=True):
        cells[place or 0] += " " + joined(group)[0]
    return replace(last, text="\t".join(cells), cells=tuple(cells))


def _runs_on(before: Row, row: Row, usual: _Type) -> bool:
    """Whether a row looks like the next line of the block that the row before it stands in."""
    if abs(before.size - row.size) > _SMALLER or _bold(_lettered(before)[-1:]) != _bold(_lettered(row)[:1]):
        return False
    if before.page == row.page and before.y > row.y:
        leading = usual.leading * row.size / usual.size
        near = before.y - row.y <= _NEAR * leading
        return near and not (row.x0 - _text_x0(before) > _INDENTED and _ENDED.search(before.text) is not None)
    return row.text[:1].islower() or (
        _ENDED.search(before.text) is None and before.x1 > before.right - 8 * row.size
    )


def _text_x0(row: Row) -> float:
    """Where the text of a row begins after its number or bullet, however near that stands."""
    first = row.words[0].text
    labelled = len(row.words) > 1 and (is_bullet(first) or _LABEL.fullmatch(first) is not None)
    return row.words[1].x0 if labelled else row.x0


def _lettered(row: Row) -> list[Word]:
    return [w for w in row.words if any(c.isalpha() for c in w.text)]


def _bold(words: Sequence[Word]) -> bool:
    lettered = [w for w in words if any(c.isalpha() for c in w.text)]
    return bool(lettered) and all(w.bold for w in lettered)


def _emphasis(words: Sequence[Word], usual: _Type) -> int:
    """How much a row stands out, as the negative of ten times its size, less 1 for bold; 0 if it does not.

    :func:`_with_levels` makes ranks of it.
    """
    size = max(w.size for w in words)
    lettered = [w for w in words if any(c.isalpha() for c in w.text)]
    if not lettered:
        return 0
    bold, slanted = all(w.bold for w in lettered), all(w.italic for w in lettered)
    if size < usual.size - 0.3 or not (size > usual.size + 0.8 or bold or slanted):
        return 0
    return -(int(size * 10) * 4 + 2 * bold + slanted)


# --- headings


def _with_levels(found: Sequence[Piece], usual: _Type) -> list[Piece]:
    """The pieces with the ranks of headings: short blocks that stand out, the largest type first."""
    blocks: list[list[int]] = []
    for k, piece in enumerate(found):
        if piece.region == "body" and blocks and piece.continues and _same_look(found[blocks[-1][-1]], piece):
            blocks[-1].append(k)
        else:
            blocks.append([k])
    kept = {k for block in blocks if _heading([found[k] for k in block]) for k in block}
    ranks = {level: n for n, level in enumerate(sorted({found[k].level for k in kept}), start=1)}
    return [replace(p, level=ranks[p.level] if k in kept else 0) for k, p in enumerate(found)]


def _same_look(one: Piece, other: Piece) -> bool:
    return one.region == "body" and (one.level == other.level or not one.level or not other.level)


def _heading(block: Sequence[Piece]) -> bool:
    text = " ".join(piece.text for piece in block)
    stands_out = all(piece.level and not piece.item and _one_name(piece) for piece in block)
    return stands_out and 0 < len(text) <= LONGEST_HEADING and not re.search(r"[.,;:]$", text)


def _one_name(piece: Piece) -> bool:
    """Whether a row is a name, alone or with its grade in the cell beside it, and no row of another table."""
    return not piece.cells or (len(piece.cells) == 2 and piece.cells[1].lower() in GRADES)
