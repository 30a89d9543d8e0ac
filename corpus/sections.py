"""Headings, their grades and their places: part of the report, group, heading."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

from corpus.lines import Line, normal, printed_number, split_grade
from corpus.roles import Placed
from corpus.values import Judgement, Section

_NO_PART = ""  # the part of a row in a record that is not divided
_LEADING_WORDS = (
    6  # so many words of a heading identify it in a contents page that garbles the end of long lines
)


@dataclass(slots=True)
class Heading:
    """A heading as it stands in the body: its name, the grade printed with it, the paragraphs under it."""

    name: str
    grade: str | None = None
    grade_text: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    path: tuple[str, ...] = ()
    other_text: bool = False


def read_headings(
    placed: Sequence[Placed], contents: Sequence[str], groups: Container[str]
) -> tuple[Heading, ...]:
    """The headings in order with their paths.

    ``contents`` are the entries of the contents page, ``groups`` the rows of a record of findings that head a
    group of others, as :func:`corpus.lines.normal` writes them.
    """
    headings: list[Heading] = []
    for one in placed:
        if one.role == "heading":
            name, grade = split_grade(one.line.text)
            headings.append(Heading(name, grade, one.line.text[len(name) :].strip() or None))
        elif one.role == "grade" and headings:
            headings[-1].grade, headings[-1].grade_text = split_grade(one.line.text)[1], one.line.text
        elif one.start is not None and headings:
            headings[-1].paragraphs.append(one.start.number)
        elif one.role == "unplaced" and headings:
            headings[-1].other_text = True
    _set_paths(headings, [normal(line.split("\t")[0]) for line in contents], groups)
    return tuple(headings)


@dataclass(slots=True)
class _Place:
    """The part and the group that are open while walking down the headings."""

    part: str | None = None
    seen: set[str] = field(default_factory=set)
    group: str | None = None
    children: set[str] = field(default_factory=set)


def _set_paths(headings: Sequence[Heading], contents: Sequence[str], groups: Container[str]) -> None:
    place = _Place()
    for i, heading in enumerate(headings):
        after = headings[i + 1 :]
        if _holds_headings(heading, after) or _chapter(heading.name):
            _open(place, heading, after, _children(heading, after, contents), groups)
        elif place.group is not None and normal(heading.name) not in place.children:
            place.group, place.children = None, set()
        heading.path = _path(place, heading.name)
        place.seen.add(normal(heading.name))


def _holds_headings(heading: Heading, after: Sequence[Heading]) -> bool:
    """Whether the next heading follows at once, without text between."""
    return not heading.paragraphs and not heading.other_text and bool(after)


def _chapter(name: str) -> bool:
    return printed_number(name) is not None


def _open(
    place: _Place, heading: Heading, after: Sequence[Heading], children: set[str], groups: Container[str]
) -> None:
    """Open a part or, inside a part, a group: a heading that holds others in the contents or the record."""
    repeated = bool(after) and normal(after[0].name) in place.seen
    grouped = bool(children) or normal(heading.name) in groups
    if place.part is None or repeated or not grouped or _chapter(heading.name):
        place.part, place.seen, place.group, place.children = heading.name, set(), None, set()
    else:
        place.group, place.children = heading.name, children


def _children(heading: Heading, after: Sequence[Heading], contents: Sequence[str]) -> set[str]:
    """The headings that the contents page lists under one: on its line or, if that holds none, the next."""
    opening = _opening(heading.name)
    found = next((k for k, line in enumerate(contents) if line.startswith(opening)), None)
    if found is None:
        return set()
    rest = contents[found][len(opening) :]
    here = _listed(rest, after)
    if here:
        return here
    beside = _listed(contents[found + 1], after) if found + 1 < len(contents) else set()
    return beside if len(beside) > 1 else set()


def _listed(line: str, after: Sequence[Heading]) -> set[str]:
    """The headings that follow one another in the body and stand in a line of the contents page."""
    names: set[str] = set()
    for heading in after:
        if _opening(heading.name) not in line:
            break
        names.add(normal(heading.name))
    return names


def _opening(name: str) -> str:
    return " ".join(normal(name).split()[:_LEADING_WORDS])


def _path(place: _Place, name: str) -> tuple[str, ...]:
    path = [step for step in (place.part, place.group) if step is not None]
    return tuple(path) if path and path[-1] == name else (*path, name)


def paths(headings: Sequence[Heading]) -> dict[str, tuple[str, ...]]:
    """The section path of each numbered paragraph that stands under a heading."""
    return {number: heading.path for heading in headings for number in heading.paragraphs}


def to_sections(headings: Sequence[Heading], judgements: Sequence[Judgement]) -> tuple[Section, ...]:
    """The headings as values; one without a printed grade takes it from the row of its name in its half."""
    rows = {(normal(j.part), normal(j.area)): j.grade for j in judgements}
    return tuple(_section(heading, rows) for heading in headings)


def _section(heading: Heading, rows: dict[tuple[str, str], str]) -> Section:
    section = Section(heading.path, tuple(heading.paragraphs))
    if heading.grade is not None:
        return replace(section, grade=heading.grade, grade_source="heading")
    name = normal(heading.name)
    grade = rows.get((normal(heading.path[0]), name)) or rows.get((_NO_PART, name))
    return replace(section, grade=grade, grade_source="findings" if grade else None)


def contents_lines(lines: Sequence[Line]) -> tuple[str, ...]:
    """The entries of a contents page, its title left out."""
    return tuple(line.text for line in lines[1:])
