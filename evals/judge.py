"""Is a reply right? Decided by patterns, paragraph numbers, length and status, without a model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from evals.cases import Case
from evals.values import Reply, Verdict

_SOURCE = r"(?:\d+(?:\.\d+)*[a-z]?|findings|front)"
_MARKER = re.compile(rf"\s*\[(?:[\w-]+:)?{_SOURCE}(?:\s*[,–-]\s*{_SOURCE})*\]")


def without_markers(text: str) -> str:
    """The text without its markers (``[12]``, ``[13, 79]``, ``[79-81]``, ``[findings]``, ``[ID:12]``)."""
    return _MARKER.sub("", text)


def matches(pattern: str, text: str) -> bool:
    """Whether a case's pattern occurs in a text; case does not count and a dot matches line ends."""
    return re.search(pattern, text, re.IGNORECASE | re.DOTALL) is not None


def judge(case: Case, reply: Reply, texts: Mapping[str, str]) -> Verdict:
    """The verdict on a reply; ``texts`` maps every source of the report to its text.

    An answerable question is right when the status is the expected one, every fact is in the answer, nothing
    forbidden is, every required group has a cited paragraph, and the answer is within the case's word limit.
    A question that the report does not answer is right when it is refused, with its facts (such as a
    helpline's number) in the words shown. Quotes that are not verbatim and paragraphs that do not exist are
    counted, and a paragraph that does not exist fails nothing by itself: it lowers citation precision.
    """
    text = without_markers(reply.text)
    reasons = tuple(_faults(case, reply, text))
    patterns = case.facts + case.computed
    return Verdict(
        right=not reasons,
        reasons=reasons,
        words=len(text.split()),
        facts_found=sum(matches(pattern, text) for pattern in patterns),
        facts=len(patterns),
        groups_found=sum(not set(group).isdisjoint(reply.cited) for group in case.required),
        groups=len(case.required),
        cited=len(reply.cited),
        cited_gold=sum(number in case.gold for number in reply.cited),
        cited_unknown=sum(number not in texts for number in reply.cited),
        broken_quotes=sum(
            texts.get(item.paragraph, "")[item.start : item.end] != item.quote for item in reply.evidence
        ),
    )


def _faults(case: Case, reply: Reply, text: str) -> Iterator[str]:
    if reply.status != case.status:
        yield f"status is {reply.status}, expected {case.status}"
    for pattern in case.facts + case.computed:
        if not matches(pattern, text):
            yield f"missing: {pattern}"
    for pattern in case.forbidden:
        if matches(pattern, text):
            yield f"must not say: {pattern}"
    if case.answerable:
        yield from _answer_faults(case, reply, text)


def _answer_faults(case: Case, reply: Reply, text: str) -> Iterator[str]:
    for group in case.required:
        if set(group).isdisjoint(reply.cited):
            yield f"does not cite {' or '.join(group)}"
    words = len(text.split())
    if words > case.word_limit:
        yield f"{words} words, at most {case.word_limit}"
