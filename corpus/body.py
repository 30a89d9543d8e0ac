"""The body of a report before its lines get their roles: its tables and headings are found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.lines import Line, Number, finished, heading_shaped, normal, printed_number, split_grade
from corpus.numbering import missing


@dataclass(frozen=True, slots=True)
class Body:
    """The filled lines of the body and what is known of them.

    ``numbers`` are the printed numbers that begin paragraphs: index of the line → number and length of its
    prefix. ``names`` are the headings that a contents page or a record of findings announces, as
    :func:`corpus.lines.normal` writes them; ``headings`` the indices of the lines that are headings.
    ``openers`` are the first words of certain list items. ``rows`` holds the cells of table rows by index.
    """

    lines: tuple[Line, ...]
    numbers: Mapping[int, tuple[Number, int]]
    names: frozenset[str]
    openers: frozenset[str]
    rows: Mapping[int, tuple[str, ...]]
    headings: frozenset[int] = frozenset()

    def before(self, i: int) -> Line | None:
        """The line above the one at ``i``."""
        return self.lines[i - 1] if i else None

    def after(self, i: int) -> Line | None:
        """The line below the one at ``i``."""
        return self.lines[i + 1] if i + 1 < len(self.lines) else None

    @property
    def by_chapter(self) -> bool:
        """Whether the paragraphs are numbered by chapter (``1.1``)."""
        return any(len(number) > 1 for number, _ in self.numbers.values())

    def gap(self, i: int) -> bool:
        """Whether a number is missing between the printed numbers around the line at ``i``."""
        below = min((k for k in self.numbers if k > i), default=None)
        above = max((k for k in self.numbers if k < i), default=None)
        if below is None:
            return not self.numbers
        return bool(missing((0,) if above is None else self.numbers[above][0], self.numbers[below][0]))


def read_body(
    lines: Sequence[Line], numbers: Mapping[int, tuple[Number, int]], names: frozenset[str]
) -> Body:
    """The body of a report with its tables and headings found."""
    body = Body(tuple(lines), numbers, names, _openers(lines, numbers), _rows(lines))
    return replace(body, headings=_headings(body))


def _openers(lines: Sequence[Line], numbers: Mapping[int, tuple[Number, int]]) -> frozenset[str]:
    """The first words of the lines that are list items beyond doubt: a dash, and no page break before it."""
    certain = (
        line for i, line in enumerate(lines) if line.marked and not line.blank_before and i not in numbers
    )
    return frozenset(line.text.split()[0].lower() for line in certain)


# --- tables


def _rows(lines: Sequence[Line]) -> dict[int, tuple[str, ...]]:
    """The cells of each table row: lines with a tab, and those below them that lost theirs."""
    rows: dict[int, tuple[str, ...]] = {}
    shapes: set[str] = set()
    for i, line in enumerate(lines):
        cells = _cells(line, shapes)
        if cells:
            rows[i] = cells
        shapes = shapes | {_shape(cells[0])} if cells else set()
    return rows


def _cells(line: Line, shapes: set[str]) -> tuple[str, ...]:
    if line.marked or line.hashed or printed_number(line.text):
        return ()
    return line.cells if len(line.cells) > 1 else _cells_without_tab(line.text, shapes)


def _cells_without_tab(text: str, shapes: set[str]) -> tuple[str, ...]:
    """The cells of a row that lost its tab: its beginning has the very shape of the first cells above it.

    The shape must hold a figure or a bracket; that of plain words would fit any sentence.
    """
    if len(shapes) != 1:
        return ()
    (shape,) = shapes
    words = r"\s+".join([r"\S+"] * len(shape.split()))
    head = re.match(words + r"(?=\s)", text)
    if head is None or _shape(head[0]) != shape or not any(mark in shape for mark in "9()"):
        return ()
    return head[0], text[head.end() :].strip()


def _shape(cell: str) -> str:
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", cell))


# --- headings


def _chains(body: Body) -> list[int]:
    """For each line the end of the run of possible headings that it begins: its own index if none follows."""
    ends = list(range(len(body.lines)))
    for i in reversed(range(len(ends) - 1)):
        line = body.lines[i + 1]
        if i + 1 not in body.numbers and heading_shaped(line):
            ends[i] = ends[i + 1]
    return ends


def _headings(body: Body) -> frozenset[int]:
    found: set[int] = set()
    for i, end in enumerate(_chains(body)):
        if _is_heading(body, i, end, below_heading=i - 1 in found):
            found.add(i)
    return frozenset(found)


def _is_heading(body: Body, i: int, end: int, *, below_heading: bool) -> bool:
    """Whether a line is a heading; ``end`` is the last of the possible headings that follow it directly."""
    line, before = body.lines[i], body.before(i)
    if i in body.numbers or i in body.rows or not heading_shaped(line) or _listed_number(body, line):
        return False
    name, grade = split_grade(line.text)
    if line.hashed or grade or normal(name) in body.names:
        return True
    free = before is None or line.blank_before or below_heading or finished(before.text)
    return free and (end + 1 in body.numbers or (_text_ended(before) and _opens_section(body, end)))


def _text_ended(before: Line | None) -> bool:
    """Whether no sentence is left open above; then short lines are no running text cut by page breaks."""
    return before is None or before.marked or heading_shaped(before) or finished(before.text)


def _opens_section(body: Body, i: int) -> bool:
    """Whether the text below the line can be that of a section; a dash needs a gap in the numbering to be."""
    after = body.after(i)
    if after is None:
        return body.lines[i].blank_before
    starts = after.blank_before and after.capital and not after.indented
    return starts and (not after.marked or body.gap(i + 1))


def _listed_number(body: Body, line: Line) -> bool:
    """Whether the number that begins a line is neither a paragraph's nor a chapter's but that of a list."""
    return not body.by_chapter and printed_number(line.text) is not None
