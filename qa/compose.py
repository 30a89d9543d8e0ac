"""Answers put together from verbatim quotes and a fixed set of templates.

What is not quoted comes from :data:`TEMPLATES`; the values in a template are read from the sources that it cites.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.library import DEFAULT_REPORT
from corpus.values import is_place
from qa.question import Question
from qa.source import Source
from qa.values import Answer, Citation, Considered, Statement, Status

JOINED_WORDS = 145  # of an answer to a double question beyond the first statement of each part

TEMPLATES = {
    "refused": "The report does not say: {reason}.",
    "quote": "“{quote}”",
    "grade": "{area}: {grade}.",
    "grade_count": "{count} of the {total} judgements{where} {verb} {grade}{areas}.",
    "grade_same": "{area}: the same grade, {grade}, in both halves.",
    "grade_apart": "{area}: {grades}.",
    "grade_none": "None of the {total} judgements{where} is {grade}.",
    "deadline": "{deadline} ({count} of {total} actions in paragraph {paragraph}):",
    "deadline_counts": "Paragraph {paragraph} lists {total} actions: {counts}.",
    "no_paragraph": "The report has no paragraph {missing}: its paragraphs run from {first} to {last}.",
    "located": "Paragraph {number}: {text}",
    "place": "Block {number}: {text}",
    "in_report": "{report}: {text}",
    "graded": "{area}: {grade}",
    "not_graded": "{reports} {verb} not grade this",
    "no_table": "{reports} {verb} no table of grades",
    "no_report_graded": "no report grades this {grade}",
    "other_scale": "the reports use different scales of grades",
    "more_reports": "{count} more {reports} this",
    "silent": "{reports} {verb} not say",
    "shortened": "shortened: ask one of the reports for all of it",
    "refused_all": "The reports do not say: {reason}.",
    "none_of_them": "nothing that answers this in {reports}",
    "no_numbers": "The report prints no paragraph numbers: its blocks of text are called {first} to {last}.",
}


def marker(numbers: Iterable[str], *, prefix: str = "") -> str:
    """The marker of cited sources: ``[12]``, ``[13, 79]``, ``[79-81]`` (three or more neighbours are joined)."""
    parts: list[list[str]] = []
    for number in dict.fromkeys(numbers):
        previous = parts[-1][-1] if parts else ""
        if number.isdigit() and previous.isdigit() and int(number) == int(previous) + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    shown = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(run) for run in parts]
    return "[" + prefix + ", ".join(shown) + "]"


def quoted(citation: Citation) -> Statement:
    """A statement that is nothing but the cited words."""
    return Statement(TEMPLATES["quote"].format(quote=citation.evidence.quote), (citation,))


def cited_numbers(statements: Sequence[Statement]) -> tuple[str, ...]:
    """The cited sources, each once, in order of first use."""
    return tuple(dict.fromkeys(c.evidence.paragraph for s in statements for c in s.citations))


def text_of(statements: Sequence[Statement]) -> str:
    """The statements as one text, a line each, every one closed by its marker."""
    return "\n".join(f"{s.text} {_marker_of(s)}" for s in statements)


def _marker_of(statement: Statement) -> str:
    """The marker of a statement; each names one report, and says which unless it is the default one."""
    reports = {c.evidence.report for c in statement.citations}
    prefix = report_prefix(next(iter(reports))) if len(reports) == 1 else ""
    return marker((c.evidence.paragraph for c in statement.citations), prefix=prefix)


def report_prefix(report_id: str) -> str:
    """What stands in a marker before the paragraphs of a report: nothing for the default one, else ``ID:``."""
    return "" if report_id == DEFAULT_REPORT else f"{report_id}:"


def answer(
    question: Question,
    source: Source,
    statements: Sequence[Statement],
    *,
    status: Status = "answered",
    reason: str | None = None,
    related: Sequence[str] = (),
    considered: tuple[Considered, ...] = (),
    confidence: float = 1.0,
) -> Answer:
    """An answer of these statements."""
    cited = cited_numbers(statements)
    return Answer(
        question=question.asked,
        status=status,
        text=text_of(statements),
        report=source.report.id,
        statements=tuple(statements),
        related=tuple(number for number in dict.fromkeys(related) if number not in cited),
        reason=reason,
        understood=question.text,
        considered=considered,
        confidence=confidence,
    )


def refusal(
    question: Question,
    source: Source,
    text: str,
    reason: str,
    *,
    related: Sequence[str] = (),
    considered: tuple[Considered, ...] = (),
    confidence: float = 0.0,
    sensitive: bool = False,
) -> Answer:
    """The answer that the report does not give one; ``text`` is shown, ``reason`` says what is missing."""
    return Answer(
        question=question.asked,
        status="not_in_report",
        text=text,
        report=source.report.id,
        related=tuple(dict.fromkeys(related)),
        reason=reason,
        understood=question.text,
        considered=considered,
        confidence=confidence,
        sensitive=sensitive,
    )


def does_not_say(reason: str) -> str:
    """The sentence that refuses, with what is missing."""
    return TEMPLATES["refused"].format(reason=re.sub(r"^the report ", "it ", reason))


def located(found: Answer) -> Answer:
    """The answer with the number of its paragraph said in each statement."""
    told = tuple(replace(s, text=_located(s)) for s in found.statements)
    return replace(found, statements=told, text=text_of(told)) if told else found


def _located(statement: Statement) -> str:
    number = statement.citations[0].evidence.paragraph
    return TEMPLATES["place" if is_place(number) else "located"].format(number=number, text=statement.text)


def joined(question: Question, source: Source, parts: Sequence[Answer]) -> Answer:
    """One answer to a double question: partial if a part has none, a refusal if no part has one."""
    answered = [part for part in parts if part.status != "not_in_report"]
    if not answered:
        return parts[0]
    kept = _shared_out([part.statements for part in answered])
    missing = [part.reason for part in parts if part.reason]
    return answer(
        question,
        source,
        kept,
        status="partial" if len(answered) < len(parts) else "answered",
        reason="; ".join(missing) or None,
        related=[number for part in parts for number in part.related],
        considered=answered[0].considered,
        confidence=min(part.confidence for part in answered),
    )


def _shared_out(parts: Sequence[Sequence[Statement]]) -> list[Statement]:
    """The first statement of every part, then the second ones and so on while words are left; in their order.

    A statement that quotes words of one that is kept already adds nothing.
    """
    kept: list[tuple[int, int, Statement]] = []
    left = JOINED_WORDS
    for turn in range(max(map(len, parts))):
        for place, statements in enumerate(parts):
            if turn >= len(statements):
                continue
            statement = statements[turn]
            size = words(statement.text)
            if (size <= left or turn == 0) and not any(_overlap(statement, other) for _, _, other in kept):
                kept.append((place, turn, statement))
                left -= size
    return [statement for _, _, statement in sorted(kept, key=lambda item: item[:2])]


def _overlap(one: Statement, other: Statement) -> bool:
    """Whether two statements quote the same words."""
    return any(
        a.evidence.paragraph == b.evidence.paragraph
        and a.evidence.start < b.evidence.end
        and b.evidence.start < a.evidence.end
        for a in one.citations
        for b in other.citations
    )


def words(text: str) -> int:
    """The number of words of a text, split at white space."""
    return len(text.split())
