"""Intervals: how far a share or a difference could lie from what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 2012
"""Seed of the resampling, so that the same results give the same interval."""

SAMPLES = 10_000
"""Number of resamples."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A measured value with the bounds of its 95% interval."""

    value: float
    low: float
    high: float


def wilson(successes: int, n: int) -> Interval:
    """A share with its 95% Wilson score interval (Wilson 1927); 0 to 1 when ``n`` is 0.

    Unlike the normal approximation it stays within 0 and 1 and is not empty at 0 or ``n`` successes.
    """
    from scipy.stats import binomtest

    if n == 0:
        return Interval(0.0, 0.0, 1.0)
    bounds = binomtest(successes, n).proportion_ci(confidence_level=0.95, method="wilson")
    return Interval(successes / n, float(bounds.low), float(bounds.high))


def paired_difference(
    new: Sequence[float], old: Sequence[float], *, samples: int = SAMPLES, seed: int = SEED
) -> Interval:
    """The mean of ``new - old``, question by question, with its 95% percentile bootstrap interval.

    Questions are resampled with replacement, both systems' values together (Efron and Tibshirani 1993).
    Raises :class:`ValueError` when the two differ in length; no questions give 0 to 0.
    """
    if len(new) != len(old):
        raise ValueError(f"{len(new)} new values and {len(old)} old ones: expected one of each a question.")
    if not len(new):
        return Interval(0.0, 0.0, 0.0)
    differences = np.asarray(new, dtype=float) - np.asarray(old, dtype=float)
    means = _resampled_means(differences, samples=samples, seed=seed)
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(differences.mean()), float(low), float(high))


def _resampled_means(values: NDArray[np.float64], *, samples: int, seed: int) -> NDArray[np.float64]:
    # Counts of each distinct value are drawn instead of places: the same distribution from a few numbers.
    distinct, counts = np.unique(values, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(len(values), counts / len(values), size=samples)
    means: NDArray[np.float64] = drawn @ distinct / len(values)
    return means


def mcnemar(new: Sequence[bool], old: Sequence[bool]) -> float:
    """Exact two-sided p-value of as many questions turning wrong as right (McNemar 1947); 1 without flips."""
    from scipy.stats import binomtest

    gained = sum(after and not before for after, before in zip(new, old, strict=True))
    lost = sum(before and not after for after, before in zip(new, old, strict=True))
    return float(binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0
