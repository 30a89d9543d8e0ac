"""The rows of a record of main findings and the halves of the report that they stand in."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from corpus.lines import Line, normal


def title_length(record: Sequence[Line]) -> int:
    """How many lines title the record: one that has no cell beside it and no trailing tab, or none."""
    return 1 if record and not record[0].cells and record[0].end == record[0].at[-1] + 1 else 0


def parts_of_rows(record: Sequence[Line], known: Collection[str] = ()) -> list[str]:
    """The part that each row stands in, ``""`` above the first.

    A row without grade opens one if it is the first, if its name is among the ``known`` parts of the report,
    or if the row below it repeats a name of the part that is open. Other rows without grade only head a
    group.
    """
    parts: list[str] = []
    part, seen, title = "", set[str](), title_length(record)
    for k, line in enumerate(record):
        name = row_name(line)
        below = row_name(record[k + 1]) if k + 1 < len(record) and record[k + 1].cells else None
        if not line.cells and k >= title and (not part or name in known or below in seen):
            part, seen = line.text, set()
        seen.add(name)
        parts.append(part)
    return parts


def row_name(line: Line) -> str:
    """The name in a row's first cell, for comparison."""
    return normal(line.cells[0] if line.cells else line.text)


def groups(record: Sequence[Line]) -> frozenset[str]:
    """The names of the rows that head a group inside a part."""
    rows = zip(record, parts_of_rows(record), strict=True)
    inside = [(line, part) for line, part in rows if not line.cells and part]
    return frozenset(row_name(line) for line, part in inside if line.text != part)
