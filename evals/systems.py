"""The systems that are compared: ours, parts of ours, and the baselines, all asked in the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.values import Report
from evals.cases import Case
from evals.values import Reply, reply_of, unique
from index.hits import ALL_LEGS, Hit, Leg, SentenceHit
from qa.errors import QAError
from qa.values import Answer, Evidence

TOP_K = 10
"""Length of a baseline's ranking, the deepest rank that a measure looks at."""

NOT_IN_REPORT = "The report does not say."
"""What the system that always refuses says."""


class Asks(Protocol):
    """What answers questions; ``only`` limits the evidence to some paragraphs."""

    def ask(
        self, question: str, history: Sequence[str] = (), *, only: frozenset[str] | None = None
    ) -> Answer:
        """The answer to a question after earlier ones, oldest first."""
        ...


class Searches(Protocol):
    """What finds paragraphs and sentences."""

    def search(self, query: str, *, top_k: int = 10, legs: Sequence[Leg] = ALL_LEGS) -> tuple[Hit, ...]:
        """The best paragraphs by some legs, best first."""
        ...

    def sentences(self, query: str) -> tuple[SentenceHit, ...]:
        """Every sentence with its scores."""
        ...


@dataclass(frozen=True, slots=True)
class System:
    """A name, what the system does in a few words, and how it replies to a case."""

    name: str
    note: str
    reply: Callable[[Case], Reply]


def ours(pipeline: Asks, *, name: str = "ours", note: str = "the whole pipeline") -> System:
    """A pipeline asked with the case's history."""
    return System(name, note, lambda case: _ask(pipeline, case))


def with_gold(pipeline: Asks, *, name: str, note: str) -> System:
    """A pipeline that may use the required paragraphs alone; a case that has none is asked as usual."""
    return System(name, note, lambda case: _ask(pipeline, case, only=_members(case)))


def copy_top(
    index: Searches, report: Report, *, name: str, note: str, legs: Sequence[Leg] = ALL_LEGS
) -> System:
    """The whole paragraph that some legs of an index rank first; never refuses, ignores the history."""
    texts = {paragraph.number: paragraph.text for paragraph in report.paragraphs}

    def reply(case: Case) -> Reply:
        hits = index.search(case.question, top_k=TOP_K, legs=legs)
        ranking = unique(tuple(hit.paragraph for hit in hits))
        quotes = tuple(Evidence(report.id, top, texts[top], 0, len(texts[top])) for top in ranking[:1])
        return copied(quotes, ranking)

    return System(name, note, reply)


def nearest_question(index: Searches, report: Report, *, name: str, note: str) -> System:
    """The sentence whose expansion question is nearest to the case's; never refuses, ignores the history."""

    def reply(case: Case) -> Reply:
        keyed = [hit for hit in index.sentences(case.question) if hit.question]
        ranked = sorted(keyed, key=lambda hit: -hit.question_cosine)
        quotes = tuple(Evidence(report.id, hit.paragraph, hit.text, hit.start, hit.end) for hit in ranked[:1])
        return copied(quotes, unique(tuple(hit.paragraph for hit in ranked))[:TOP_K])

    return System(name, note, reply)


def always_refuse(*, name: str, note: str) -> System:
    """A refusal of every question."""
    return System(name, note, lambda case: Reply("not_in_report", NOT_IN_REPORT, confidence=0.0))


def copied(quotes: tuple[Evidence, ...], ranking: tuple[str, ...]) -> Reply:
    """An answer that is nothing but its quotes."""
    cited = unique(tuple(quote.paragraph for quote in quotes))
    text = "\n".join(f"{quote.quote} [{quote.paragraph}]" for quote in quotes)
    return Reply("answered", text, cited, unique(cited + ranking), quotes)


def _ask(pipeline: Asks, case: Case, *, only: frozenset[str] | None = None) -> Reply:
    try:
        return reply_of(pipeline.ask(case.question, case.history, only=only))
    except QAError as error:
        return Reply("error", str(error), confidence=0.0)


def _members(case: Case) -> frozenset[str] | None:
    return frozenset[str]().union(*case.required) or None
