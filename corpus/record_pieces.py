"""The table of grades of a document: which pieces it is made of, and its rows as lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.grades import GRADES
from corpus.lines import Line, read_lines
from corpus.readers.document import Piece

_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+")
_TITLE = re.compile(r":$|\b(?:record|findings|judg(?:e)?ments?|grades?)\b", re.IGNORECASE)
_APART = 3  # lines without a grade between two rows with one
_LONGEST = 90  # characters of a row


def find_record(pieces: Sequence[Piece], starts: Sequence[int]) -> tuple[int, ...]:
    """The indices of the pieces of the table of grades: its rows, the lines between them and those that title it."""
    taken = set(starts)
    body = [i for i, piece in enumerate(pieces) if piece.region == "body"]
    runs: list[list[int]] = []
    for place, i in enumerate(body):
        if not _graded(pieces[i]) or i in taken:
            continue
        if runs and _joins(body[body.index(runs[-1][-1]) + 1 : place], pieces, taken):
            runs[-1].append(i)
        else:
            runs.append([i])
    best = max(runs, key=len, default=[])
    if len(best) < 2:
        return ()
    first, last = body.index(best[0]), body.index(best[-1])
    divided = any(not _graded(pieces[i]) and not pieces[i].continues for i in body[first:last])
    for above in body[max(0, first - 2) : first][::-1]:
        named = _TITLE.search(pieces[above].text) is not None
        if above in taken or not _title(pieces[above]) or not (divided or named):
            break
        first -= 1
    return tuple(body[first : last + 1])


def _graded(piece: Piece) -> bool:
    return len(piece.cells) == 2 and piece.cells[1].lower() in GRADES


def _joins(between: Sequence[int], pieces: Sequence[Piece], taken: set[int]) -> bool:
    return len(between) <= _APART and all(_title(pieces[i]) and i not in taken for i in between)


def _title(piece: Piece) -> bool:
    """Whether a line in or above the table can be the name of a part."""
    text = piece.text
    return (
        0 < len(text) <= _LONGEST
        and not piece.item
        and len(piece.cells) < 2
        and not re.search(r"[.;,]$", text)
    )


def record_lines(pieces: Sequence[Piece], record: Sequence[int]) -> tuple[Line, ...]:
    """The table as lines, a tab before each grade and after the name of each part."""
    rows: list[str] = []
    for i in record:
        row = _row(pieces[i])
        runs_on = bool(rows) and "\t" not in row and "\t" not in rows[-1] and row[:1].islower()
        rows = [*rows[:-1], f"{rows[-1]} {row}"] if runs_on else [*rows, row]
    first = next((k for k, row in enumerate(rows) if "\t" in row), 0)
    titled = first > 1 or (first == 1 and _TITLE.search(rows[0]) is not None)
    text = [row if "\t" in row or (titled and k == 0) else f"{row}\t" for k, row in enumerate(rows)]
    return tuple(line for line in read_lines("\n".join(text)) if not line.blank)


def _row(piece: Piece) -> str:
    cells = piece.cells or (piece.text,)
    return "\t".join((_NUMBER.sub("", cells[0], count=1), *cells[1:]))
