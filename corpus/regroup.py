"""Pieces made ready for reading: contents pages set apart, wrapped headings and wrapped table rows made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.grades import GRADES
from corpus.readers.document import Piece
from corpus.regions import entries

_CONTENTS = re.compile(r"(?:table of )?contents:?", re.IGNORECASE)
_LEADERS = re.compile(r"(?:(?:\.\s?){4,}|…{2,}|_{4,})[.\s]*\d{1,4}\s*$")
_ALONE = re.compile(r"[A-Z]?\.?\d{1,4}(?:\.\d{1,3})*\.?")
_NOTES = re.compile(r"(?:foot|end)?notes|references|bibliography", re.IGNORECASE)
_COUNTED = re.compile(r"[(\[]?(\d{1,3})[.)\]]?(?=\s|$)")
_LEAST_NOTES = 5
_ENTRIES = 300  # lines; no contents page is longer


def regrouped(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces in their order with regions and wrapped lines put right."""
    return tuple(_end_notes(_graded_rows(_whole_headings(_contents(_labels(pieces))))))


def _labels(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with a number that stands alone as the label of what follows."""
    return [
        replace(p, label=p.text, text="", level=0)
        if p.region == "body" and not p.label and _ALONE.fullmatch(p.text)
        else p
        for p in pieces
    ]


def _contents(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with those of the contents page marked as such."""
    listed = {k for k, piece in enumerate(pieces) if piece.region == "contents"}
    listed |= {k for k, piece in enumerate(pieces) if piece.region == "body" and _dotted(piece)}
    title = next(
        (k for k, p in enumerate(pieces) if p.region == "body" and _CONTENTS.fullmatch(_whole(p))), None
    )
    if title is not None:
        below = [k for k in range(title + 1, len(pieces)) if pieces[k].region in ("body", "contents")][
            :_ENTRIES
        ]
        length = entries([_whole(pieces[k]) for k in below])
        items = 0
        while items < len(below) and (pieces[below[items]].item or below[items] in listed):
            items += 1
        length = max(length, items)
        listed |= {title, *below[:length]} if length else set()
    listed |= _between(listed, pieces)
    return [replace(p, region="contents") if k in listed else p for k, p in enumerate(pieces)]


def _dotted(piece: Piece) -> bool:
    return len(piece.text) < 250 and _LEADERS.search(_whole(piece)) is not None


def _between(listed: set[int], pieces: Sequence[Piece]) -> set[int]:
    """Lines between two entries close together: the first halves of entries that run over two lines."""
    order = sorted(listed)
    found: set[int] = set()
    for one, other in pairwise(order):
        inside = range(one + 1, other)
        if len(inside) <= 2 and not any(
            pieces[k].text.endswith(".") or len(pieces[k].text) > 120 for k in inside
        ):
            found |= {k for k in inside if pieces[k].region == "body"}
    return found


def _whole(piece: Piece) -> str:
    return f"{piece.label} {piece.text}".strip()


def _whole_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the second line of a heading ranked like its first."""
    found: list[Piece] = []
    for piece in pieces:
        before = found[-1] if found else None
        if before is not None and before.level and piece.level and piece.continues:
            piece = replace(piece, level=before.level)
        found.append(piece)
    return found


def _graded_rows(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with rows of a table of grades made whole whose name runs over two lines beside its grade."""
    found: list[Piece] = []
    k = 0
    while k < len(pieces):
        row = _wrapped_row(pieces[k : k + 3])
        found.append(row[0] if row else pieces[k])
        k += row[1] if row else 1
    return found


def _wrapped_row(group: Sequence[Piece]) -> tuple[Piece, int] | None:
    first = group[0]
    if first.region != "body" or first.cells or not first.text or first.text.endswith((".", ":")):
        return None
    if len(group) > 2 and _grade_beside(*group):
        return _row(first, f"{first.text} {group[2].text}", group[1].text), 3
    if (
        len(group) > 1
        and len(group[1].cells) == 2
        and _grade(group[1].cells[1])
        and group[1].text[:1].islower()
    ):
        return _row(first, f"{first.text} {group[1].cells[0]}", group[1].cells[1]), 2
    return None


def _grade_beside(first: Piece, grade: Piece, rest: Piece) -> bool:
    """Whether a grade stands beside a name of two lines, half-way between them."""
    goes_on = rest.text[:1].islower() and not rest.cells and not rest.text.endswith(".")
    return _grade(grade.text) and goes_on and grade.indent > first.indent + 50


def _row(first: Piece, name: str, grade: str) -> Piece:
    return replace(first, text=f"{name}\t{grade}", cells=(name, grade), continues=False)


def _grade(text: str) -> bool:
    return text.lower() in GRADES


def _end_notes(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the notes at the end of the document marked: numbered lines under a heading that names them."""
    found = _counted_notes(pieces)
    if found:
        return [
            replace(p, region="footnote") if k in found and p.region == "body" else p
            for k, p in enumerate(pieces)
        ]
    title = next((k for k in range(len(pieces) - 1, -1, -1) if _titles_notes(pieces, k)), None)
    if title is None:
        return list(pieces)
    return [
        replace(p, region="footnote") if k >= title and p.region == "body" else p
        for k, p in enumerate(pieces)
    ]


def _counted_notes(pieces: Sequence[Piece]) -> range:
    """The lines in the second half of a document that count from 1 to just the highest reference to a note."""
    marked = [p.text[a:b] for p in pieces for a, b in p.marks]
    last = max((int(mark) for mark in marked if mark.isdigit()), default=0)
    for k in range(len(pieces) // 2, len(pieces)) if last >= _LEAST_NOTES else ():
        if _counts(pieces[k]) == 1 and pieces[k].region == "body":
            places = _run(pieces, k)
            if len(places) == last:
                end = places[-1] + 1
                while end < len(pieces) and pieces[end].continues:
                    end += 1
                return range(k, end)
    return range(0)


def _run(pieces: Sequence[Piece], k: int) -> list[int]:
    """The places of the lines that count on from the one at ``k``, 1, 2, 3 and so on."""
    places = [k]
    for i in range(k + 1, len(pieces)):
        if pieces[i].region == "body" and _counts(pieces[i]) == len(places) + 1:
            places.append(i)
    return places


def _counts(piece: Piece) -> int:
    """The number that a line begins with, 0 without."""
    match = _COUNTED.match(_whole(piece))
    return int(match[1]) if match else 0


def _titles_notes(pieces: Sequence[Piece], k: int) -> bool:
    piece = pieces[k]
    if piece.region != "body" or piece.continues or not _NOTES.fullmatch(piece.text) or k < 0.5 * len(pieces):
        return False
    rest = [p for p in pieces[k + 1 :] if p.region == "body" and not p.continues]
    return bool(rest) and not any(p.level for p in rest) and re.match(r"\D?1\b", _whole(rest[0])) is not None
