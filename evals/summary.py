"""The measures of a run gathered into one value, over all of its questions or some of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals import metrics
from evals.bootstrap import Interval, paired_difference, wilson
from evals.cases import CATEGORIES, SPLITS, Category, Split
from evals.metrics import Mean
from evals.names import OURS
from evals.values import Result, Run

MAIN = OURS
"""The system that a report is about when it is among those that ran."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the measures of :mod:`evals.metrics` say of some results; ``right`` with its Wilson interval."""

    n: int
    right: Interval
    key_facts: Mean
    citation_recall: Mean
    citation_precision: Mean
    caught: Mean
    false_refusals: Mean
    refusal_precision: Mean
    words: float | None
    unknown_citations: int
    broken_quotes: int
    retrieval: dict[str, Mean]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every run over the same cases, in the order to be shown; ``provenance`` names data and settings."""

    runs: tuple[Run, ...]
    provenance: dict[str, str]

    @property
    def main(self) -> Run:
        """The run that the report is about: :data:`MAIN`, else the first."""
        return next((run for run in self.runs if run.system == MAIN), self.runs[0])

    @property
    def splits(self) -> tuple[Split, ...]:
        """The splits that have a question, test first."""
        present = {result.case.split for result in self.main.results}
        return tuple(split for split in reversed(SPLITS) if split in present)


def summarise(results: Sequence[Result]) -> Summary:
    """The measures over some results."""
    return Summary(
        n=len(results),
        right=wilson(sum(result.verdict.right for result in results), len(results)),
        key_facts=metrics.key_fact_recall(results),
        citation_recall=metrics.gold_citation_recall(results),
        citation_precision=metrics.gold_citation_precision(results),
        caught=metrics.refusal_recall(results),
        false_refusals=metrics.false_refusals(results),
        refusal_precision=metrics.refusal_precision(results),
        words=metrics.median_words(results),
        unknown_citations=metrics.unknown_citations(results),
        broken_quotes=metrics.broken_quotes(results),
        retrieval=metrics.retrieval(results),
    )


def of_split(run: Run, split: str) -> tuple[Result, ...]:
    """The results of one split, in order."""
    return tuple(result for result in run.results if result.case.split == split)


def by_category(results: Iterable[Result]) -> dict[Category, Summary]:
    """A summary of each category that has a question, in the order of :data:`evals.cases.CATEGORIES`."""
    kept = tuple(results)
    groups = {name: [result for result in kept if result.case.category == name] for name in CATEGORIES}
    return {name: summarise(group) for name, group in groups.items() if group}


def difference(new: Sequence[Result], old: Sequence[Result]) -> Interval:
    """How much larger the share of right replies is in ``new``, with its paired bootstrap interval."""
    return paired_difference(
        [result.verdict.right for result in new], [result.verdict.right for result in old]
    )
