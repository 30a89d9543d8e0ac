"""What was understood of a document, for a person to look over before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.show import available
from corpus.understand import Understood
from corpus.values import Metadata, Paragraph

_WORDS = 10  # of each tenth paragraph
SHOWN = 12  # headings, gaps and unplaced lines


@dataclass(frozen=True, slots=True)
class Review:
    """What to look at in a report that was read.

    ``by_place`` says that it prints no paragraph numbers, so that its ``count`` blocks of text are called by their
    place; ``span`` is what there is in words, ``ends`` the first and the last number. ``headings`` are whole paths,
    ``unplaced`` the lines under no number with their places, ``tenths`` the first words of each tenth paragraph by its
    number.
    """

    about: Metadata
    by_place: bool
    count: int
    span: str
    ends: tuple[str, str]
    gaps: tuple[str, ...]
    repeats: tuple[str, ...]
    inferred: tuple[str, ...]
    headings: tuple[str, ...]
    tables: int
    judgements: int
    recommendations: int
    unplaced: tuple[tuple[int, str], ...]
    tenths: tuple[tuple[str, str], ...]

    @property
    def unplaced_characters(self) -> int:
        """How much text stands under no number."""
        return sum(len(text) for _, text in self.unplaced)


def look_over(found: Understood) -> Review:
    """What to look at in what was understood; it has one numbered paragraph at least."""
    report = found.report
    numbered = [p for p in report.paragraphs if p.numbering != "named"]
    return Review(
        about=report.metadata,
        by_place=numbered[0].numbering == "position",
        count=len(numbered),
        span=available(report),
        ends=(numbered[0].number, numbered[-1].number),
        gaps=found.gaps,
        repeats=found.repeats,
        inferred=tuple(p.number for p in numbered if p.numbering in ("inferred", "moved")),
        headings=tuple(" > ".join(section.path) for section in report.sections),
        tables=found.tables,
        judgements=len(report.judgements),
        recommendations=len(report.recommendations),
        unplaced=report.unplaced,
        tenths=_tenths(numbered),
    )


def review(found: Understood) -> str:
    """The review as text."""
    seen = look_over(found)
    lines = [*_facts(seen.about), "", *_numbers(seen), "", *_contents(seen)]
    tenths = (f"  {number:<6} {words}" for number, words in seen.tenths)
    return "\n".join([*lines, "", "Each tenth paragraph begins:", *tenths])


def _facts(facts: Metadata) -> list[str]:
    rows = [
        ("Report", facts.id),
        ("Title", facts.title),
        ("Authority", facts.authority),
        ("Publisher", facts.publisher),
        ("Published", facts.published),
        ("Inspected", facts.inspected),
    ]
    return [
        f"{name + ':':<12}{value or f'not found (state it with --{name.lower()})'}" for name, value in rows
    ]


def _numbers(seen: Review) -> list[str]:
    if seen.by_place:
        return [
            "No numbered paragraphs were found. Blocks of text can be cited by their place instead:",
            "p3.2 is the second block on page 3.",
            f"Blocks: {seen.count}, {seen.ends[0]} to {seen.ends[1]}",
        ]
    lines = [
        f"Paragraphs: {seen.count} ({seen.span})",
        f"Gaps:       {listed(seen.gaps) or 'none'}",
        f"Duplicates: {listed(seen.repeats) or 'none'}",
    ]
    if seen.inferred:
        lines.append(f"Inferred:   {listed(seen.inferred)} (their numbers were lost or displaced)")
    return lines


def _contents(seen: Review) -> list[str]:
    names = seen.headings
    lines = [f"Headings:   {len(names)}", *(f"  {name[:110]}" for name in names[:SHOWN]), *_more(len(names))]
    lines.append(f"Tables:     {seen.tables}")
    lines.append(f"Judgements: {seen.judgements}; recommendations under a deadline: {seen.recommendations}")
    count = seen.unplaced_characters
    lines.append(f"Unplaced:   {len(seen.unplaced)} lines, {count:,} characters{_cannot_be_cited(count)}")
    shown = [f"  line {line}: {text[:90]}" for line, text in seen.unplaced[:SHOWN]]
    return [*lines, *shown, *_more(len(seen.unplaced))]


def _cannot_be_cited(count: int) -> str:
    return " (under no paragraph number: they are not cited)" if count else ""


def _more(count: int) -> list[str]:
    return [f"  … and {count - SHOWN} more"] if count > SHOWN else []


def listed(values: Sequence[str]) -> str:
    """The first of some values, and how many more there are."""
    shown = ", ".join(values[:SHOWN])
    return f"{shown} and {len(values) - SHOWN} more" if len(values) > SHOWN else shown


def _tenths(numbered: Sequence[Paragraph]) -> tuple[tuple[str, str], ...]:
    chosen = [p for k, p in enumerate(numbered, start=1) if k == 1 or k % 10 == 0]
    return tuple((p.number, " ".join(p.text.split()[:_WORDS])) for p in chosen)
