"""What each line of the body is: heading, start of a paragraph, its continuation, list item, table row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from corpus.body import Body
from corpus.lines import Line, finished, heading_shaped, printed_number, split_grade
from corpus.numbering import Start

Role = Literal["start", "join", "line", "lead", "item", "row", "heading", "grade", "unplaced"]

_OPEN_END = re.compile(
    r"(?:,|[-–]|\b(?:and|or|of|the|an?|for|to|in|with|by|at|on|from|as|that|which|is|are|into|between))$"
)
_LEAD_IN = 100  # characters; a longer line that ends with a colon is prose


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of the body in its place.

    ``join`` continues the text or item before it; the other roles stand on a line of their own, ``lead``
    above list items. ``owner`` is the paragraph's number, ``start`` how it was found. ``cells`` are those of
    a row; ``false_dash`` says that the line's marker is no list dash.
    """

    line: Line
    role: Role
    owner: str | None = None
    start: Start | None = None
    cells: tuple[str, ...] = ()
    false_dash: bool = False


@dataclass(slots=True)
class _State:
    """What is open while walking down the body; ``tail`` is the last line of the open paragraph."""

    owner: str | None = None
    role: Role | None = None
    tail: str = ""
    in_list: bool = False
    stray_item: bool = False


def place(body: Body, starts: Mapping[int, Start]) -> tuple[Placed, ...]:
    """Give every line of the body its role; ``starts`` are those of the paragraphs by index of the line."""
    state, placed = _State(), []
    for i in range(len(body.lines)):
        one = _place_one(body, starts, state, i)
        placed.append(one)
        _advance(state, one)
    return tuple(placed)


def _place_one(body: Body, starts: Mapping[int, Start], state: _State, i: int) -> Placed:
    line = body.lines[i]
    if i in starts:
        start = starts[i]
        return Placed(line, "start", start.number, start, false_dash=line.marked and start.skip == 0)
    if i in body.headings:
        alone = split_grade(line.text)[0] == ""
        return Placed(line, ("grade" if state.role == "heading" else "unplaced") if alone else "heading")
    if state.owner is None:
        return Placed(line, "unplaced")
    if i in body.rows:
        return Placed(line, "row", state.owner, cells=body.rows[i])
    role = _role(body, starts, state, i)
    return Placed(line, role, state.owner, false_dash=line.marked and role != "item")


def _role(body: Body, starts: Mapping[int, Start], state: _State, i: int) -> Role:
    line = body.lines[i]
    if line.marked:
        return _marked(body, starts, state, i)
    if printed_number(line.text) and (state.in_list or state.tail.endswith(":")):
        return "item"
    if _lead_in(body, starts, i) and (state.in_list or finished(state.tail)):
        return "lead"
    if line.blank_before and line.indented:
        return _stray(state)
    return _plain(state, line)


def _marked(body: Body, starts: Mapping[int, Start], state: _State, i: int) -> Role:
    """A dash is a list item, unless it was put before a continuation at a page break."""
    line = body.lines[i]
    if not line.blank_before or state.tail.endswith(":") or state.role in ("lead", "row"):
        return "item"
    if state.in_list:
        return _marked_in_list(body, state, line)
    if _list_goes_on(body, starts, i):
        return "item"
    return "item" if finished(state.tail) and not line.capital else "join"


def _marked_in_list(body: Body, state: _State, line: Line) -> Role:
    if _OPEN_END.search(state.tail):
        return "join"
    if finished(state.tail) or state.stray_item or line.capital:
        return "item"
    return "item" if line.text.split()[0].lower() in body.openers else "join"


def _list_goes_on(body: Body, starts: Mapping[int, Start], i: int) -> bool:
    """Whether one more item follows without a page break before it: then this dash is no accident."""
    after = body.after(i)
    if after is None or i + 1 in starts:
        return False
    return after.marked and not after.blank_before and not body.lines[i].text.endswith(":")


def _stray(state: _State) -> Role:
    """A line that only starts with a space: an item where a list is open, otherwise a continuation."""
    listed = state.tail.endswith(":") or (state.in_list and not _OPEN_END.search(state.tail))
    return "item" if listed else "join"


def _plain(state: _State, line: Line) -> Role:
    closing = state.in_list and finished(state.tail) and line.capital and not line.indented
    return "line" if closing or state.role == "row" else "join"


def _lead_in(body: Body, starts: Mapping[int, Start], i: int) -> bool:
    """Whether a line such as ``Within three months:`` introduces the list items below it."""
    line, after = body.lines[i], body.after(i)
    if len(line.text) > _LEAD_IN or not line.capital or after is None or i + 1 in starts:
        return False
    return line.text.endswith(":") or (heading_shaped(line) and line.blank_before and after.marked)


def _advance(state: _State, one: Placed) -> None:
    if one.role in ("heading", "grade", "unplaced"):
        state.owner = state.owner if one.role == "unplaced" else None
        state.role, state.in_list, state.stray_item = one.role, False, False
        return
    state.owner, state.tail = one.owner, one.line.text
    if one.role != "join":
        state.role = one.role
        state.in_list = one.role == "item" or (one.role == "lead" and state.in_list)
        state.stray_item = one.role == "item" and not one.line.marked
