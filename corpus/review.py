"""What was understood of a document, for a person to look over before it is kept."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.show import available
from corpus.understand import Understood
from corpus.values import Paragraph, Report

_WORDS = 10  # of each tenth paragraph
_SHOWN = 12  # headings, gaps and unplaced lines


def review(found: Understood) -> str:
    """The review as text."""
    report = found.report
    numbered = [p for p in report.paragraphs if p.numbering != "named"]
    lines = [*_facts(report), "", *_numbers(found, numbered), "", *_contents(found)]
    return "\n".join([*lines, "", "Each tenth paragraph begins:", *_tenths(numbered)])


def _facts(report: Report) -> list[str]:
    facts = report.metadata
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


def _numbers(found: Understood, numbered: Sequence[Paragraph]) -> list[str]:
    if numbered and numbered[0].numbering == "position":
        return [
            "No numbered paragraphs were found. Blocks of text can be cited by their place instead:",
            "p3.2 is the second block on page 3.",
            f"Blocks: {len(numbered)}, {numbered[0].number} to {numbered[-1].number}",
        ]
    inferred = [p.number for p in numbered if p.numbering in ("inferred", "moved")]
    lines = [
        f"Paragraphs: {len(numbered)} ({available(found.report)})",
        f"Gaps:       {_listed(found.gaps) or 'none'}",
        f"Duplicates: {_listed(found.repeats) or 'none'}",
    ]
    if inferred:
        lines.append(f"Inferred:   {_listed(inferred)} (their numbers were lost or displaced)")
    return lines


def _contents(found: Understood) -> list[str]:
    report = found.report
    names = [" > ".join(section.path) for section in report.sections]
    lines = [f"Headings:   {len(names)}", *(f"  {name[:110]}" for name in names[:_SHOWN]), *_more(len(names))]
    lines.append(f"Tables:     {found.tables}")
    lines.append(
        f"Judgements: {len(report.judgements)}; recommendations under a deadline: {len(report.recommendations)}"
    )
    count = sum(len(text) for _, text in report.unplaced)
    lines.append(f"Unplaced:   {len(report.unplaced)} lines, {count:,} characters{_cannot_be_cited(count)}")
    shown = [f"  line {line}: {text[:90]}" for line, text in report.unplaced[:_SHOWN]]
    return [*lines, *shown, *_more(len(report.unplaced))]


def _cannot_be_cited(count: int) -> str:
    return " (under no paragraph number: they are not cited)" if count else ""


def _more(count: int) -> list[str]:
    return [f"  … and {count - _SHOWN} more"] if count > _SHOWN else []


def _listed(values: Sequence[str]) -> str:
    shown = ", ".join(values[:_SHOWN])
    return f"{shown} and {len(values) - _SHOWN} more" if len(values) > _SHOWN else shown


def _tenths(numbered: Sequence[Paragraph]) -> list[str]:
    chosen = [p for k, p in enumerate(numbered, start=1) if k == 1 or k % 10 == 0]
    return [f"  {p.number:<6} {' '.join(p.text.split()[:_WORDS])}" for p in chosen]
