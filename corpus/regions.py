"""The regions of a report around its body: title page, contents page, record of main findings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.grades import GRADES
from corpus.lines import LONGEST_HEADING, Line, finished, heading_shaped, is_page_number, normal, split_grade
from corpus.record import row_name
from corpus.values import Metadata

_SCALE = re.compile(r"([A-Z][A-Za-z ]*?)\s*\(Grade\s+\d+\)")
_CONTENTS = re.compile(r"(?:table of )?contents:?", re.IGNORECASE)
_SET_OFF_PAGE = re.compile(r"(?:\t|\.{2,}| {2,})\s*\d[\w ]*$")
_TAIL = 200  # characters at the end of a contents entry among which its page number stands
_PLAIN_PAGE = re.compile(r"\s\d[\w ]*$")
_SHORT_SENTENCE = 8  # words; a title page holds no longer sentence
_LABEL = re.compile(r"[A-Z][^:.]{2,40}:\s+\S")


@dataclass(frozen=True, slots=True)
class Regions:
    """Indices of the lines of each region, blank ones left out; ``body`` is what the others leave."""

    front: tuple[int, ...]
    contents: tuple[int, ...]
    record: tuple[int, ...]
    body: tuple[int, ...]
    page_numbers: tuple[int, ...]


def find_regions(
    lines: Sequence[Line], contents: Sequence[int], starts: Sequence[int], metadata: Metadata
) -> Regions:
    """Divide the lines; ``contents`` and ``starts`` are indices: the contents page, the numbered lines."""
    filled = [i for i, line in enumerate(lines) if not line.blank]
    record = _record(lines, filled, starts)
    taken = {*contents, *record}
    head = _head(lines, filled, starts, contents, record)
    free = [i for i in head if i not in taken]
    front = free if contents else free[: _front_length(lines, free, metadata, [lines[i] for i in record])]
    taken.update(front)
    left = [i for i in filled if i not in taken]
    pages = tuple(i for i in left if is_page_number(lines[i]))
    return Regions(tuple(front), tuple(contents), record, tuple(i for i in left if i not in pages), pages)


def find_contents(lines: Sequence[Line]) -> tuple[int, ...]:
    """The contents page: its title and the lines below it down to the last that ends with a page number."""
    filled = [i for i, line in enumerate(lines) if not line.blank]
    title = next((i for i in filled if _CONTENTS.fullmatch(lines[i].text)), None)
    if title is None:
        return ()
    below = [i for i in filled if i > title]
    length = entries([lines[i].text for i in below])
    return (title, *below[:length]) if length else ()


def entries(texts: Sequence[str]) -> int:
    """How many lines are entries of a contents page; up to three in a row may lack their page number.

    Where pages are set off by a tab or dots, a figure at the end of a line of prose is none.
    """
    set_off = any(_SET_OFF_PAGE.search(text[-_TAIL:]) for text in texts[:3])
    page = _SET_OFF_PAGE if set_off else _PLAIN_PAGE
    length = 0
    for position, text in enumerate(texts, start=1):
        if page.search(text[-_TAIL:]) and not finished(text):
            length = position
        elif finished(text) or position > length + 3:
            break
    return length


def grade_words(lines: Sequence[Line]) -> frozenset[str]:
    """The grade words of a report, in lower case."""
    scale = [match[1].lower() for line in lines if (match := _SCALE.match(line.text))]
    printed = [grade.lower() for line in lines if (grade := split_grade(line.text)[1])]
    return frozenset({*GRADES, *scale, *printed})


def _record(lines: Sequence[Line], filled: Sequence[int], starts: Sequence[int]) -> tuple[int, ...]:
    """The record of main findings: the run of table rows with most grades, and the line that titles it."""
    words = grade_words(lines)
    runs = [list(run) for row, run in groupby(filled, lambda i: _record_row(lines[i], words)) if row]
    best = max(runs, key=lambda run: _graded(lines, run), default=[])
    return tuple(_titled(lines, filled, starts, best)) if _graded(lines, best) > 1 else ()


def _record_row(line: Line, words: frozenset[str]) -> bool:
    """Whether a line can be a row of the record: a name, alone or with a grade word in the cell beside it."""
    if line.marked or len(line.cells) > 2:
        return False
    if len(line.cells) == 2:
        return line.cells[1].lower() in words
    return line.end > (line.at[-1] + 1 if line.at else 0) and heading_shaped(line)


def _graded(lines: Sequence[Line], run: Sequence[int]) -> int:
    return sum(1 for i in run if len(lines[i].cells) == 2)


def _titled(
    lines: Sequence[Line], filled: Sequence[int], starts: Sequence[int], run: Sequence[int]
) -> list[int]:
    position = filled.index(run[0])
    above = filled[position - 1] if position else None
    if above is None or above in starts:
        return list(run)
    title = lines[above]
    plain = not (title.marked or title.cells or title.indented) and title.capital
    is_title = plain and title.blank_before and (title.text.endswith(":") or heading_shaped(title))
    return [above, *run] if is_title else list(run)


def _head(
    lines: Sequence[Line],
    filled: Sequence[int],
    starts: Sequence[int],
    contents: Sequence[int],
    record: Sequence[int],
) -> list[int]:
    """The lines before the contents page, or before the first paragraph or the first line of prose."""
    prose = (i for i in filled if lines[i].marked or _prose(lines[i].text))
    ends = contents[:1] if contents else [*record[:1], next(prose, len(lines))]
    return [i for i in filled if i < min([*starts[:1], *ends])]


def _prose(text: str) -> bool:
    return len(text) > LONGEST_HEADING or (text.endswith(".") and len(text.split()) > _SHORT_SENTENCE)


def _front_length(
    lines: Sequence[Line], head: Sequence[int], metadata: Metadata, record: Sequence[Line]
) -> int:
    """How many lines of the head are the title page when no contents page ends it; the others are headings.

    Telling signs in turn: what only a title page prints, a name that the record of findings repeats or that
    a grade follows, a wide gap. Without any, the first of several lines is taken for the title.
    """
    names = {normal(metadata.title), normal(metadata.authority), normal(metadata.publisher)}
    rows = {row_name(line) for line in record}
    known = [k for k, i in enumerate(head, start=1) if _title_line(lines[i], names)]
    first = known[-1] if known else 0
    named = [k for k in range(first, len(head)) if _names_section([lines[i] for i in head[k : k + 2]], rows)]
    gaps = [k for k in range(first + 1, len(head)) if head[k] - head[k - 1] > 2]
    return next(iter([*named[:1], *gaps[-1:], *known[-1:]]), min(1, max(0, len(head) - 1)))


def _names_section(lines: Sequence[Line], rows: set[str]) -> bool:
    """Whether a line can only be the heading of a section: the record has it, or a grade stands with it."""
    name, grade = split_grade(lines[0].text)
    below, grade_below = split_grade(lines[-1].text)
    return normal(name) in rows or grade is not None or (not below and grade_below is not None)


def _title_line(line: Line, names: set[str]) -> bool:
    return normal(line.text) in names or _LABEL.match(line.text) is not None or not heading_shaped(line)
