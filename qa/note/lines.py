"""The lines of a paragraph's text, each with its place in it: plain lines, list items and table rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

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
