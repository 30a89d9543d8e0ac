"""Several reports' answers to one question put together: best first, each named, none mixed up with another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from qa.compose import TEMPLATES, report_prefix, text_of, words
from qa.naming import listed
from qa.question import kind
from qa.source import Source
from qa.text import terms
from qa.values import Answer, Statement

MOST_REPORTS = 5  # quoted in one answer; of the others it tells how many and which
MOST_LISTED = 5  # reports that a sentence lists; of more it tells the number
MOST_WORDS = 300  # of an answer that lists or gathers, shared out among the reports
SURE = 0.7  # confidence that the best answer needs: of many reports one always has something near to what is asked
NEARLY = 0.1  # steps of confidence, down from the best answer, within which none comes before another
BEHIND = 0.05  # how far the confidence of an answer may be behind the best whatever it covers
COVERED = 0.8  # share of the best coverage of the question that any other answer needs

LONG = ("list", "several", "broad")
"""Kinds of question that more than one statement of a report answers."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one report answers."""

    report: str
    label: str
    answer: Answer
    source: Source

    @property
    def answers(self) -> bool:
        """Whether the report says anything on the question."""
        return self.answer.status != "not_in_report"


def merge(asked: str, text: str, found: Sequence[Found], *, told: bool) -> Answer | None:
    """One answer of those reports that have one, ``None`` if none has.

    ``told`` says that the question names the reports: then each that has an answer is heard, and one that has none is
    missed. Else a report whose answer is much weaker than another's has only something near to what was asked.
    """
    answering = [one for one in found if one.answers]
    answering = answering if told else _strong(text, answering)
    if not answering:
        return None
    # What is nearly as sure stays in the library's order.
    surest = max(one.answer.confidence for one in answering)
    ranked = sorted(answering, key=lambda one: (surest - one.answer.confidence) // NEARLY)
    shown, more = ranked[:MOST_REPORTS], ranked[MOST_REPORTS:]
    statements, cut = _statements(text, shown)
    silent = [one.label for one in found if one not in ranked]
    partial = (told and bool(silent)) or any(one.answer.status == "partial" for one in shown)
    return Answer(
        question=asked,
        status="partial" if partial else "answered",
        text=text_of(statements),
        report=shown[0].report,
        statements=tuple(statements),
        related=_related(shown) if len(shown) == 1 else (),
        reason="; ".join(_reasons(shown, more, silent, cut=cut)) or None,
        generator=shown[0].answer.generator,
        removed=tuple(one for found_ in shown for one in found_.answer.removed),
        understood=text,
        considered=(),
        confidence=shown[0].answer.confidence,
        note=next((one.answer.note for one in shown if one.answer.note), ""),
    )


def none_answers(asked: str, text: str, found: Sequence[Found]) -> Answer:
    """The answer that none of the reports gives one."""
    told = {one.answer.text for one in found if not one.answers}
    reasons = {one.answer.reason or "" for one in found if not one.answers}
    if len(told) == 1 and not next(iter(told)).startswith("The report does not say:"):
        shown, reason = told.pop(), reasons.pop()  # what is no question to any report: noise, opinions
    else:
        weak = any(one.answers for one in found)
        common = None if weak else _common(reasons, len(found))
        names = _named([one.label for one in found], "reports")
        reason = common or TEMPLATES["none_of_them"].format(reports=names.replace(" and ", " or "))
        shown = TEMPLATES["refused_all"].format(reason=reason)
    return Answer(
        question=asked,
        status="not_in_report",
        text=shown,
        report=found[0].report,
        related=tuple(number for one in found[:MOST_REPORTS] for number in _related([one])[:1]),
        reason=reason,
        understood=text,
        confidence=max(one.answer.confidence if not one.answers else 0.0 for one in found),
    )


def named_report(label: str, statement: Statement) -> Statement:
    """A statement that says which report it is from."""
    return replace(statement, text=TEMPLATES["in_report"].format(report=label, text=statement.text))


def _common(reasons: set[str], count: int) -> str | None:
    """What is missing in every report alike, ``None`` if that differs."""
    if len(reasons) != 1 or not (reason := next(iter(reasons))).startswith("the report "):
        return None
    return f"each of the {count} reports {reason.removeprefix('the report ')}"


def _statements(text: str, shown: Sequence[Found]) -> tuple[list[Statement], bool]:
    """The statements to show, and whether some were left out."""
    if len(shown) == 1:
        return [named_report(shown[0].label, s) for s in shown[0].answer.statements], False
    several = kind(text) in LONG or any(one.answer.statements[0].text.endswith(":") for one in shown)
    weights = _weights(text, [one.source for one in shown])
    room = MOST_WORDS // len(shown)
    statements: list[Statement] = []
    cut = False
    for one in shown:
        own = one.answer.statements
        taken = _within(own, room) if several else [_best(own, weights)]
        cut = cut or (several and len(taken) < len(own))
        statements += [named_report(one.label, statement) for statement in taken]
    return statements, cut


def _best(statements: Sequence[Statement], weights: Mapping[str, float]) -> Statement:
    """The statement that holds most of what a question asks for; the first of equals."""
    return max(statements, key=lambda statement: _share(terms(statement.text), weights))


def _within(statements: Sequence[Statement], room: int) -> list[Statement]:
    """The first statement, and those after it that there is room for."""
    taken: list[Statement] = []
    for statement in statements:
        if taken and sum(words(s.text) for s in [*taken, statement]) > room:
            break
        taken.append(statement)
    return taken


def _reasons(shown: Sequence[Found], more: Sequence[Found], silent: Sequence[str], *, cut: bool) -> list[str]:
    """What the reader must know besides the statements."""
    told = [one.answer.reason for one in shown if one.answer.status == "partial" and one.answer.reason]
    if more:
        told.append(more_answer([one.label for one in more]))
    if silent:
        verb = "does" if len(silent) == 1 else "do"
        told.append(TEMPLATES["silent"].format(reports=_named(silent, "reports"), verb=verb))
    return [*told, TEMPLATES["shortened"]] if cut else told


def more_answer(labels: Sequence[str]) -> str:
    """That further reports answer, and which unless they are many."""
    told = TEMPLATES["more_reports"].format(
        count=len(labels), reports="report answers" if len(labels) == 1 else "reports answer"
    )
    return f"{told}: {listed(labels)}" if len(labels) <= MOST_LISTED else told


def _named(labels: Sequence[str], unit: str) -> str:
    return listed(labels) if len(labels) <= MOST_LISTED else f"{len(labels)} {unit}"


def _related(found: Iterable[Found]) -> tuple[str, ...]:
    """The paragraphs worth a look, with the report that each stands in."""
    return tuple(f"{report_prefix(one.report)}{number}" for one in found for number in one.answer.related)


# --- strong and weak answers


def _strong(text: str, answering: Sequence[Found]) -> list[Found]:
    """The answers that are not much weaker than the best; none if even that is too weak."""
    weights = _weights(text, [one.source for one in answering])
    covered = {one.report: _covered(one, weights) for one in answering}
    widest = max(covered.values(), default=0.0)
    best = max((one.answer.confidence for one in answering), default=0.0)
    return [
        one
        for one in answering
        if best >= SURE
        and (one.answer.confidence >= best - BEHIND or covered[one.report] >= COVERED * widest)
    ]


def _weights(text: str, sources: Sequence[Source]) -> Mapping[str, float]:
    """How telling each content word of a question is in all the reports together."""
    total = sum(source.vocabulary.paragraphs for source in sources)
    seen = {
        term: sum(
            source.vocabulary.document_frequency.get(term, 0)
            for source in sources
            if source.vocabulary.in_text(term)
        )
        for term in dict.fromkeys(terms(text))
    }
    return {term: log(1 + total / max(count, 0.5)) for term, count in seen.items()}


def _covered(one: Found, weights: Mapping[str, float]) -> float:
    """The share of a question's content that the paragraphs cited by an answer hold."""
    cited = {c.evidence.paragraph for s in one.answer.statements for c in s.citations}
    return _share([t for number in cited for t in terms(_whole(one.source, number))], weights)


def _share(held: Iterable[str], weights: Mapping[str, float]) -> float:
    """The share of a question's content that is among these terms."""
    found = set(held)
    return sum(weight for term, weight in weights.items() if term in found) / (sum(weights.values()) or 1.0)


def _whole(source: Source, number: str) -> str:
    paragraph = source.paragraphs[number]
    return re.sub(r"\s+", " ", f"{' '.join(paragraph.section)} {paragraph.text}")
