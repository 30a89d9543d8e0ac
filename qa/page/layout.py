"""The lines of a paragraph's text as HTML: paragraphs, lists and tables."""

from __future__ import annotations

from itertools import groupby

from qa.note.lines import Kind, Line, lines
from qa.page.markup import Html, join, tag, text


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
