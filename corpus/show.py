"""Plain-text views of a report for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from corpus.errors import CorpusError
from corpus.values import FINDINGS, Judgement, Paragraph, Recommendation, Report, Section, is_place

_GRADE_SOURCES = {"heading": "printed at the heading", "findings": "from the record of main findings"}

_NUMBERINGS = {
    "inferred": "lost in conversion; inferred from the gap in the numbering",
    "moved": "displaced inside the text in conversion; put back",
    "position": "none printed; counted by position",
}


class UnknownParagraphError(CorpusError):
    """A report has no paragraph or named source of the name that was asked for."""


def one_line(report: Report) -> str:
    """A report in one line: id, title, authority, date and size."""
    facts = report.metadata
    size = f"{len(report.numbers())} {_units(report)}s"
    return f"{report.id}  {', '.join(filter(None, (facts.title, facts.authority, facts.published, size)))}"


def source_view(report: Report, name: str) -> str:
    """A paragraph or named source with its section and grade, its recommendations or tables laid out.

    Raises :class:`UnknownParagraphError` if the report has no such source.
    """
    paragraph = report.get(name)
    if paragraph is None:
        raise UnknownParagraphError(
            f"Report {report.id!r} has no paragraph {name!r}. It has {available(report)}."
        )
    return "\n".join([*_head(report, paragraph), "", *_content(report, paragraph)])


def available(report: Report) -> str:
    """What can be shown of a report: ``paragraphs 1 to 170, findings and front``."""
    numbers = report.numbers()
    named = [p.number for p in report.paragraphs if p.numbering == "named"]
    unit = _units(report)
    span = (
        [f"{unit}s {numbers[0]} to {numbers[-1]}"] if len(numbers) > 1 else [f"{unit} {n}" for n in numbers]
    )
    *first, last = [*span, *named] or ["no paragraphs"]
    return f"{', '.join(first)} and {last}" if first else last


def _units(report: Report) -> str:
    """What the numbered sources are: paragraphs, or blocks of text where the report prints no numbers."""
    by_place = any(is_place(p.number) for p in report.paragraphs)
    return "block" if by_place else "paragraph"


def _head(report: Report, paragraph: Paragraph) -> list[str]:
    lines = [f"{report.id}:{paragraph.number}"]
    if paragraph.section:
        lines.append(f"Section: {' > '.join(paragraph.section)}")
    if paragraph.numbering != "named":
        lines.append(f"Grade of the section: {_grade(report.section_of(paragraph.number))}")
    if paragraph.numbering in _NUMBERINGS:
        lines.append(f"Number: {_NUMBERINGS[paragraph.numbering]}")
    return lines


def _grade(section: Section | None) -> str:
    if section is None or section.grade is None or section.grade_source is None:
        return "none given"
    return f"{section.grade} ({_GRADE_SOURCES[section.grade_source]})"


def _content(report: Report, paragraph: Paragraph) -> list[str]:
    found = [r for r in report.recommendations if r.paragraph == paragraph.number]
    if paragraph.number == FINDINGS and report.judgements:
        return _findings(report.judgements)
    if found:
        return [*_lead_in(paragraph.text, found[0]), *_recommendations(found)]
    if paragraph.rows:
        return [*_prose(paragraph.text), "", *_columns(paragraph.rows)]
    return [paragraph.text]


def _findings(judgements: Sequence[Judgement]) -> list[str]:
    """The judgements as a table under the name of each half."""
    rows = [_finding(judgement) for judgement in judgements]
    aligned = list(zip(judgements, _columns(rows), strict=True))
    lines: list[str] = []
    for part, group in groupby(aligned, key=lambda pair: pair[0].part):
        lines += ["", part, *(f"  {row}" for _, row in group)]
    return lines[1:]


def _finding(judgement: Judgement) -> tuple[str, ...]:
    where = _GRADE_SOURCES[judgement.source]
    return (
        judgement.area,
        judgement.grade,
        f"[{judgement.paragraph}] {where}" if judgement.paragraph else where,
    )


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells as lines with aligned columns."""
    count = max((len(row) for row in rows), default=0)
    widths = [max(len(row[k]) for row in rows if len(row) > k) for k in range(count)]
    padded = ("  ".join(cell.ljust(widths[k]) for k, cell in enumerate(row)) for row in rows)
    return [line.rstrip() for line in padded]


def _prose(text: str) -> list[str]:
    return [line for line in text.split("\n") if "\t" not in line]


def _lead_in(text: str, first: Recommendation) -> list[str]:
    """The lines above the first recommendation, without its deadline."""
    return text[: first.start].split("\n")[:-2]


def _recommendations(found: Iterable[Recommendation]) -> list[str]:
    lines: list[str] = []
    for deadline, group in groupby(found, key=lambda r: r.deadline):
        members = list(group)
        lines += ["", f"{deadline} ({len(members)})"]
        lines += [f"- [{r.addressee}] {r.text}" for r in members]
    return lines
