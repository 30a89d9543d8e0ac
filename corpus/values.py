"""The values that the rest of the project passes around: what a report is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

Numbering = Literal["printed", "inferred", "moved", "named", "position"]

FINDINGS = "findings"
"""The named source that stands for the record of main findings and the grade lines of headings."""

FRONT = "front"
"""The named source that stands for the title page."""

LOCAL_ADDRESSEE = "the local authority and its partners"
"""Who a recommendation is addressed to when its bullet names nobody."""


_PLACE = re.compile(r"p\d+\.\d+")


def is_place(number: str) -> bool:
    """Whether a number only says where a block of text stands (``p3.2``): no report prints it."""
    return _PLACE.fullmatch(number) is not None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source text: code points ``start`` to ``end``, end exclusive.

    ``kind`` is what the stretch is: ``paragraph``, ``number``, ``bullet``, ``heading``, ``grade``, ``table``,
    ``findings``, ``front`` or ``gap`` (blank space between units), or, for an artefact of conversion,
    ``page_break``, ``false_dash``, ``displaced_number``, ``emphasis``, ``contents`` or ``unplaced``. In reports
    that were added also ``running`` (heads and feet of pages), ``footnote``, ``note_mark`` (a reference to one),
    ``navigation`` (what surrounds the text of a web page) and ``hyphen`` (one that only cuts a word).
    ``owner`` is the number of the paragraph that it belongs to, if any.
    """

    kind: str
    start: int
    end: int
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One source that can be cited: a numbered paragraph, or a named one (``findings``, ``front``).

    ``number`` is the printed number, a string that is never split or compared as a decimal. ``text`` is the
    whole paragraph with page breaks repaired and without its number; each list item is a line of its own that
    starts with ``- ``, each table row a line of its own with a tab between its cells. ``items`` are the list
    items without their dash. ``section`` begins with the half (part) of the report and ends with the nearest
    heading; it is empty for named sources. ``numbering`` says how the number was found. ``lines`` is the
    first and the last line of the source, counted from 1.
    """

    report_id: str
    number: str
    text: str
    items: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    numbering: Numbering = "printed"
    lines: tuple[int, int] = (0, 0)
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its place and the numbered paragraphs under it, up to the next heading.

    ``path`` ends with the heading's own name. ``grade`` is the grade that applies to it, ``None`` when the
    report gives none; ``grade_source`` is ``heading`` when it is printed there and ``findings`` when only the
    record of main findings has it. ``paragraphs`` is empty for a heading that only holds other headings.
    """

    path: tuple[str, ...]
    paragraphs: tuple[str, ...] = ()
    grade: str | None = None
    grade_source: Literal["heading", "findings"] | None = None

    @property
    def name(self) -> str:
        """The heading as printed, without its grade."""
        return self.path[-1]

    @property
    def part(self) -> str:
        """The half of the report that the heading stands in."""
        return self.path[0]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One graded row of the record of main findings.

    ``part`` is the half of the report; ``area`` the row's name; ``grade`` the word as printed (``Adequate``).
    ``source`` is where the grade is printed: ``heading`` (there and in the record) or ``findings`` (only
    there). ``paragraph`` is the first numbered paragraph under the heading of that name in that half,
    ``None`` when the area has no heading. ``start`` and ``end`` locate the row in the text of the
    ``findings`` source.
    """

    part: str
    area: str
    grade: str
    source: Literal["heading", "findings"]
    paragraph: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One bullet of a recommendations paragraph.

    ``deadline`` is the line that stands above it, without its colon (``Within three months``); ``addressee``
    is who the bullet names, else :data:`LOCAL_ADDRESSEE`. ``start`` and ``end`` locate ``text`` in the
    paragraph's text.
    """

    paragraph: str
    deadline: str
    addressee: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a report besides its text. Dates are ISO 8601 (``2012-07-10``)."""

    id: str
    title: str
    authority: str
    publisher: str
    published: str
    inspected: str
    inspector: str
    source: str
    terms: str


@dataclass(frozen=True, slots=True)
class Expansion:
    """Everyday questions that a sentence of a paragraph answers.

    ``text`` is the sentence, or the list or table that answers as a whole; ``start`` and ``end`` are its
    place in the paragraph's text.
    """

    paragraph: str
    text: str
    start: int
    end: int
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Probe:
    """A question of which it is known whether the report answers it.

    ``paragraphs`` answer it and ``also`` are near to it or hold the answer too. A question that is not answered names
    its ``twin``, the answered one that it resembles, and the ``change`` that makes the difference.
    """

    id: str
    question: str
    answerable: bool
    paragraphs: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    twin: str | None = None
    change: str | None = None

    @property
    def pair(self) -> str:
        """What an answered question and its twins have in common."""
        return self.twin or self.id


@dataclass(frozen=True, slots=True)
class Report:
    """A parsed report. ``paragraphs`` are the numbered ones in order, then the named ones.

    ``layout`` covers the source text from its first to its last character without gap or overlap.
    ``unplaced`` are the source lines that no rule could place, ``(line, text)``: reported, never dropped.
    """

    metadata: Metadata
    source: str = field(repr=False)
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    judgements: tuple[Judgement, ...]
    recommendations: tuple[Recommendation, ...]
    layout: tuple[Span, ...] = field(repr=False, default=())
    unplaced: tuple[tuple[int, str], ...] = ()

    @property
    def id(self) -> str:
        """The report's id, also the name of its folder."""
        return self.metadata.id

    def numbers(self) -> tuple[str, ...]:
        """The printed numbers, in order, without the named sources."""
        return tuple([p.number for p in self.paragraphs if p.numbering != "named"])

    def get(self, number: str) -> Paragraph | None:
        """The source with this number or name, ``None`` if the report has none such."""
        return next((p for p in self.paragraphs if p.number == number), None)

    def section_of(self, number: str) -> Section | None:
        """The nearest heading above a numbered paragraph."""
        return next((s for s in self.sections if number in s.paragraphs), None)
