"""What a right answer would say, in the words of the report: the sentences that hold a case's key facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.sentences import sentence_spans
from corpus.values import Report
from evals.cases import Case
from evals.values import unique


def expected_sentences(case: Case, report: Report) -> tuple[tuple[str, str], ...]:
    """The sentences of the known paragraphs that hold a key fact, each with its paragraph, without repeats.

    Of each fact only the first sentence that holds it whole, else the first that holds its beginning.
    """
    return tuple(dict.fromkeys(found for fact in case.facts for found in _first(fact, case, report)))


def known_paragraphs(case: Case) -> tuple[str, ...]:
    """The paragraphs of the required groups, then the acceptable ones, without repeats."""
    return unique(tuple(number for group in case.required for number in group) + case.acceptable)


def _first(fact: str, case: Case, report: Report) -> Iterator[tuple[str, str]]:
    for number in known_paragraphs(case):
        paragraph = report.get(number)
        place = paragraph and _sentence_of(fact, paragraph.text)
        if paragraph and place:
            yield number, paragraph.text[slice(*place)]
            return


def _sentence_of(fact: str, text: str) -> tuple[int, int] | None:
    pattern = re.compile(fact, re.IGNORECASE | re.DOTALL)
    spans = sentence_spans(text)
    whole = next((span for span in spans if pattern.search(text, *span)), None)
    match = pattern.search(text)
    if whole is None and match is not None:
        return next((span for span in spans if span[0] <= match.start() < span[1]), None)
    return whole
