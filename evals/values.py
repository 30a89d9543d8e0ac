"""The values of an evaluation: what a system replied, the verdict on it, and a whole run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qa.values import Answer, Evidence

if TYPE_CHECKING:
    from evals.cases import Case


@dataclass(frozen=True, slots=True)
class Reply:
    """What a system replied to one question.

    ``status`` is that of an answer, or ``error`` when the question was not taken. ``cited`` are the
    paragraphs in order of first use; ``ranking`` the paragraphs from the most to the least promising, the
    cited ones first. ``confidence`` is 0 to 1: how sure the system is that the report answers the question.
    """

    status: str
    text: str
    cited: tuple[str, ...] = ()
    ranking: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    related: tuple[str, ...] = ()
    reason: str | None = None
    confidence: float = 1.0

    @property
    def refused(self) -> bool:
        """Whether the reply is that the report does not say."""
        return self.status == "not_in_report"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a reply is right, why not, and the counts that the measures are made of.

    ``cited_gold`` of the ``cited`` paragraphs may be cited; ``cited_unknown`` do not exist. ``broken_quotes``
    are quotes that are not the words at their place.
    """

    right: bool
    reasons: tuple[str, ...]
    words: int
    facts_found: int = 0
    facts: int = 0
    groups_found: int = 0
    groups: int = 0
    cited: int = 0
    cited_gold: int = 0
    cited_unknown: int = 0
    broken_quotes: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """One case, the reply to it and the verdict. ``seconds`` is wall time and varies between runs."""

    case: Case
    reply: Reply
    verdict: Verdict
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Run:
    """Every result of one system, in the order of the cases; ``note`` says what the system does."""

    system: str
    note: str
    results: tuple[Result, ...]


def unique(items: tuple[str, ...]) -> tuple[str, ...]:
    """The items without repeats, each at its first place."""
    return tuple(dict.fromkeys(items))


def reply_of(answer: Answer) -> Reply:
    """An answer as a reply; its ranking is what it cites, then what it considered."""
    evidence = tuple(citation.evidence for statement in answer.statements for citation in statement.citations)
    cited = unique(tuple(item.paragraph for item in evidence))
    return Reply(
        status=answer.status,
        text=answer.text,
        cited=cited,
        ranking=unique(cited + tuple(item.paragraph for item in answer.considered)),
        evidence=evidence,
        related=answer.related,
        reason=answer.reason,
        confidence=answer.confidence,
    )
