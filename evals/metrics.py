"""The measures of a run. Each docstring is the measure's definition.

Every mean is given with the number of questions it is over. A question without a reply counts as a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from evals.cases import Case
from evals.values import Result


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean and the number of values it is over; ``value`` is ``None`` when there are none."""

    value: float | None
    n: int


def mean(values: Iterable[float]) -> Mean:
    """The mean of the values."""
    numbers = tuple(values)
    return Mean(fmean(numbers) if numbers else None, len(numbers))


def answerable(results: Iterable[Result]) -> tuple[Result, ...]:
    """The results of the questions that the report answers."""
    return tuple(result for result in results if result.case.answerable)


def unanswerable(results: Iterable[Result]) -> tuple[Result, ...]:
    """The results of the questions that the report does not answer."""
    return tuple(result for result in results if not result.case.answerable)


def right(results: Iterable[Result]) -> Mean:
    """Share of all questions whose reply is right, as :func:`evals.judge.judge` decides."""
    return mean(result.verdict.right for result in results)


def key_fact_recall(results: Iterable[Result]) -> Mean:
    """Share of a question's fact patterns that the answer matches, averaged over answerable questions.

    Questions without patterns are left out. Printed and computed facts count alike. A refusal finds what its
    words match, in practice nothing.
    """
    counted = [result.verdict for result in answerable(results) if result.verdict.facts]
    return mean(verdict.facts_found / verdict.facts for verdict in counted)


def gold_citation_recall(results: Iterable[Result]) -> Mean:
    """Share of a question's required groups with a cited paragraph, averaged over answerable questions.

    Paragraphs of a group are interchangeable. An answer without citations, or a refusal, scores 0. This is
    overlap with known paragraphs; ALCE's citation recall (``eval.py``) asks instead whether the cited text
    entails the sentence, which a verbatim quote always does.
    """
    return mean(result.verdict.groups_found / result.verdict.groups for result in answerable(results))


def gold_citation_precision(results: Iterable[Result]) -> Mean:
    """Share of an answer's cited paragraphs that are required or acceptable, averaged over answers that cite.

    Over answerable questions only; replies that cite nothing are left out, as recall counts them already.
    Paragraphs that do not exist stay in the denominator (in ALCE's ``eval.py`` they leave it).
    """
    counted = [result.verdict for result in answerable(results) if result.verdict.cited]
    return mean(verdict.cited_gold / verdict.cited for verdict in counted)


def refusal_recall(results: Iterable[Result]) -> Mean:
    """Share of the unanswerable questions that were refused ("caught"), whatever else the refusal says."""
    return mean(result.reply.refused for result in unanswerable(results))


def refusal_precision(results: Iterable[Result]) -> Mean:
    """Share of the refusals whose question is unanswerable; none when nothing was refused."""
    return mean(not result.case.answerable for result in results if result.reply.refused)


def false_refusals(results: Iterable[Result]) -> Mean:
    """Share of the answerable questions that were refused."""
    return mean(result.reply.refused for result in answerable(results))


def median_words(results: Iterable[Result]) -> float | None:
    """Median words of the replies to answerable questions that were not refused; ``None`` for none."""
    lengths = [result.verdict.words for result in answerable(results) if not result.reply.refused]
    return float(median(lengths)) if lengths else None


def unknown_citations(results: Iterable[Result]) -> int:
    """Number of cited paragraphs that the report does not have."""
    return sum(result.verdict.cited_unknown for result in results)


def broken_quotes(results: Iterable[Result]) -> int:
    """Number of quotes that are not, letter for letter, the words at their place."""
    return sum(result.verdict.broken_quotes for result in results)


RETRIEVAL = ("Success(rel=2)@1", "R(rel=2)@5", "RR(rel=2)@10", "nDCG@10")
"""The retrieval measures, in the notation of ir-measures."""


def retrieval(results: Sequence[Result], wanted: Sequence[str] = RETRIEVAL) -> dict[str, Mean]:
    """The measures of :data:`RETRIEVAL`, or others, of the rankings, averaged over answerable questions.

    Relevance is 2 for required paragraphs, 1 for acceptable ones. Success@1, recall@5 and MRR ask for
    required ones only; recall is the share found, not whether any was. nDCG takes the relevance as gain, over
    the best order of all judged paragraphs. The interchangeable paragraphs of a group count as one document,
    at the rank of the best of them: they neither add to what could be found nor take up a second rank. A
    question without a ranking scores 0.
    """
    import ir_measures

    counted = answerable(results)
    qrels = [
        ir_measures.Qrel(result.case.id, document, relevance)
        for result in counted
        for document, relevance in judged(result.case).items()
    ]
    run = [
        ir_measures.ScoredDoc(result.case.id, document, float(-rank))
        for result in counted
        for rank, document in enumerate(collapse(result.case, result.reply.ranking))
    ]
    measures = {name: ir_measures.parse_measure(name) for name in wanted}
    if not counted:
        return dict.fromkeys(wanted, Mean(None, 0))
    totals = ir_measures.calc_aggregate(measures.values(), qrels, run)
    return {name: Mean(float(totals[measure]), len(counted)) for name, measure in measures.items()}


def judged(case: Case) -> dict[str, int]:
    """The documents that a case judges relevant, with their relevance; a required group is one document."""
    required = {_group_name(group): 2 for group in case.required}
    members = frozenset[str]().union(*case.required)
    return required | {number: 1 for number in case.acceptable if number not in members}


def collapse(case: Case, ranking: Sequence[str]) -> tuple[str, ...]:
    """A ranking in which each paragraph of a required group is replaced by its group, named once.

    A paragraph of several groups stands for all of them, one after the other.
    """
    documents: dict[str, None] = {}
    for number in ranking:
        names = [_group_name(group) for group in case.required if number in group] or [number]
        documents.update(dict.fromkeys(names))
    return tuple(documents)


def _group_name(group: Sequence[str]) -> str:
    return "|".join(group)
