"""How well a confidence tells the questions that the report answers from those that it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from evals.values import Result

COVERAGES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Shares of the questions at which risk is reported."""

FALSE_REFUSAL_RATES = (0.05, 0.10)
"""Shares of false refusals at which the catch rate is reported."""


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """The share of wrong replies among the ``coverage`` most confident ones."""

    coverage: float
    risk: float


def auroc(results: Sequence[Result]) -> float | None:
    """The chance that an answerable question has more confidence than an unanswerable one; ties count half.

    The area under the receiver operating characteristic, by the rank sum (Mann and Whitney 1947): 0.5 is no
    better than chance. ``None`` when one of the two kinds is missing.
    """
    from scipy.stats import rankdata

    n = sum(result.case.answerable for result in results)
    m = len(results) - n
    if not n or not m:
        return None
    ranks = rankdata([result.reply.confidence for result in results])
    rank_sum = sum(rank for rank, result in zip(ranks, results, strict=True) if result.case.answerable)
    return float((rank_sum - n * (n + 1) / 2) / (n * m))


def risk_coverage(results: Sequence[Result], coverages: Sequence[float] = COVERAGES) -> tuple[RiskPoint, ...]:
    """The risk at each coverage: the share of wrong replies among the surest (El-Yaniv and Wiener 2010).

    Meant for a system that answers everything; what it refuses nonetheless comes last. An answer to an
    unanswerable question is wrong. The number of replies taken is rounded up; ties are broken by the order of
    the cases.
    """
    ranked = sorted(results, key=lambda result: (result.reply.refused, -result.reply.confidence))
    points = []
    for coverage in coverages:
        taken = ranked[: ceil(coverage * len(ranked) - 1e-9)]
        if taken:
            points.append(RiskPoint(coverage, sum(not result.verdict.right for result in taken) / len(taken)))
    return tuple(points)


def catch_rate(results: Sequence[Result], *, false_refusals: float) -> float | None:
    """Share of the unanswerable questions caught at the threshold that refuses this share of the others.

    A question is refused when its confidence is below the threshold. ``None`` when one of the two kinds is
    missing.
    """
    kept = sorted(result.reply.confidence for result in results if result.case.answerable)
    others = [result.reply.confidence for result in results if not result.case.answerable]
    if not kept or not others:
        return None
    # With k answerable questions allowed below it, the threshold may rise to the (k+1)th lowest confidence.
    threshold = kept[min(int(false_refusals * len(kept) + 1e-9), len(kept) - 1)]
    return sum(confidence < threshold for confidence in others) / len(others)
