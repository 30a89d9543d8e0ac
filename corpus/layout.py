"""Which unit or artefact every character of the source belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from corpus.lines import Line, split_grade
from corpus.regions import Regions
from corpus.roles import Placed
from corpus.values import FINDINGS, FRONT, Span

_Mark = tuple[str, str | None]

_TEXT_KINDS = {"heading": "heading", "grade": "grade", "row": "table", "unplaced": "unplaced"}


class Canvas:
    """A kind and an owner for every character; blank ones are gaps, others unplaced, until painted."""

    def __init__(self, source: str) -> None:
        self._marks: list[_Mark] = [
            ("gap" if c.isspace() or c == "\ufeff" else "unplaced", None) for c in source
        ]

    def paint(self, start: int, end: int, kind: str, owner: str | None = None) -> None:
        """Give the characters from ``start`` to ``end`` a kind."""
        self._marks[start:end] = [(kind, owner)] * (end - start)

    def paint_printed(self, start: int, end: int, kind: str) -> None:
        """Give a kind to the characters that are no blank space."""
        for i in range(start, end):
            if self._marks[i][0] != "gap":
                self._marks[i] = (kind, None)

    def spans(self) -> tuple[Span, ...]:
        """The characters as spans, in order, without gap or overlap."""
        spans, position = [], 0
        for (kind, owner), run in groupby(self._marks):
            length = sum(1 for _ in run)
            spans.append(Span(kind, position, position + length, owner))
            position += length
        return tuple(spans)


def lay_out(
    source: str, lines: Sequence[Line], regions: Regions, placed: Sequence[Placed]
) -> tuple[Span, ...]:
    """The spans that cover the whole source."""
    canvas = Canvas(source)
    for kind, owner, indices in (
        (FRONT, FRONT, regions.front),
        ("contents", None, regions.contents),
        (FINDINGS, FINDINGS, regions.record),
        ("page_break", None, regions.page_numbers),
    ):
        for i in indices:
            _paint_line(canvas, lines[i], kind, owner)
            _paint_marker(canvas, lines[i], "emphasis" if lines[i].hashed else "false_dash", owner)
    for line in lines:
        if line.blank:
            canvas.paint_printed(line.start, line.end, "page_break")
    _paint_breaks(canvas, placed)
    for one in placed:
        _paint_placed(canvas, one)
    return canvas.spans()


def _paint_line(canvas: Canvas, line: Line, kind: str, owner: str | None) -> None:
    """Paint from the first to the last printed character, the marker included."""
    if line.at:
        canvas.paint(_first(line), line.at[-1] + 1, kind, owner)
    for place in line.emphasis:
        canvas.paint(place, place + 1, "emphasis", owner)


def _paint_marker(canvas: Canvas, line: Line, kind: str, owner: str | None) -> None:
    canvas.paint(_first(line), line.at[0], kind, owner)


def _first(line: Line) -> int:
    """Where the line's marker, or else its text, begins."""
    return line.at[0] if line.marker_at is None else line.marker_at


def _paint_placed(canvas: Canvas, one: Placed) -> None:
    line = one.line
    _paint_line(canvas, line, _TEXT_KINDS.get(one.role, "paragraph"), one.owner)
    if one.role == "unplaced":
        return
    if line.marked:
        _paint_marker(canvas, line, "false_dash" if one.false_dash else "bullet", one.owner)
    if one.start is not None:
        _paint_number(canvas, one)
    if one.role == "heading" and (name := split_grade(line.text))[1]:
        canvas.paint(line.at[line.text.index("Grade", len(name[0]))], line.at[-1] + 1, "grade")


def _paint_number(canvas: Canvas, one: Placed) -> None:
    start, line = one.start, one.line
    if start is None:
        return
    if start.skip:
        end = line.at[start.skip] if start.skip < len(line.at) else line.at[-1] + 1
        canvas.paint(_first(line), end, "number", one.owner)
    if start.moved:
        first, last = start.moved
        canvas.paint(line.at[first], line.at[last - 1] + 1, "displaced_number", one.owner)


def _paint_breaks(canvas: Canvas, placed: Iterable[Placed]) -> None:
    """The blank lines inside running text, or inside a table, are page breaks."""
    before: Placed | None = None
    for one in placed:
        running = one.role == "join" or (before is not None and one.role == before.role == "row")
        if before is not None and running and one.line.blank_before:
            canvas.paint(before.line.end, one.line.start, "page_break", one.owner)
        before = one
