"""The lines of a paragraph's text, each with its place in it: plain lines, list items and table rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from qa.page.markup import Html, join, tag, text

Kind = Literal["line", "item", "row"]
_DASH = "- "


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text: its kind and its cells, each with the code point at which it starts."""

    kind: Kind
    cells: tuple[tuple[int, str], ...]


def lines(whole: str) -> tuple[Line, ...]:
    """The lines of a text in order, without blank ones, list dashes and the tabs between cells."""
    return tuple(_lines(whole))


def _lines(whole: str) -> Iterator[Line]:
    start = 0
    for raw in whole.split("\n"):
        if raw.startswith(_DASH):
            yield Line("item", ((start + len(_DASH), raw.removeprefix(_DASH)),))
        elif "\t" in raw.strip("\t"):
            yield Line("row", tuple(_cells(raw, start)))
        elif raw.strip():
            yield Line("line", ((start, raw),))
        start += len(raw) + 1


def _cells(raw: str, start: int) -> Iterator[tuple[int, str]]:
    for cell in raw.split("\t"):
        if cell:
            yield start, cell
        start += len(cell) + 1


def body(whole: str, *, placed: bool = False) -> Html:
    """A text as paragraphs, lists and tables; ``placed`` gives each piece its place (``data-at``)."""
    return join(
        _group(kind, tuple(group), placed) for kind, group in groupby(lines(whole), lambda line: line.kind)
    )


def _group(kind: Kind, group: tuple[Line, ...], placed: bool) -> Html:
    if kind == "item":
        return tag("ul", *(_piece("li", line.cells[0], placed) for line in group))
    if kind == "row":
        return tag("table", tag("tbody", *(_row(line, placed) for line in group)))
    return join(_piece("p", line.cells[0], placed) for line in group)


def _row(line: Line, placed: bool) -> Html:
    first, *rest = line.cells
    heading = _piece("th", first, placed, scope="row")
    return tag("tr", heading, *(_piece("td", cell, placed) for cell in rest))


def _piece(name: str, cell: tuple[int, str], placed: bool, **attributes: str) -> Html:
    start, words = cell
    return tag(name, text(words), **attributes, data_at=str(start) if placed else None)
