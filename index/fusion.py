"""How the scores of several legs become one score: min-max convex fusion.

For a query, each leg l gives some paragraphs p a raw score s_l(p). A leg's scores are stretched to 0..1,

    n_l(p) = (s_l(p) - min_l) / (max_l - min_l),

and the fused score is their weighted mean,

    f(p) = sum_l w_l * n_l(p) / sum_l w_l,

with n_l(p) = 0 where the leg gave p no score. Source: Bruch, Gai and Ingber, "An Analysis of Fusion Functions
for Hybrid Retrieval" (arXiv 2210.11934), which found it better than reciprocal rank fusion. Scores are fused
rather than ranks because the gap between two scores says how sure a leg is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
"""One score a paragraph, in the order of the paragraphs; NaN where the leg has none."""

Name = TypeVar("Name", bound=str)


def min_max(scores: Scores) -> Scores:
    """The scores stretched to 0..1; a missing score becomes 0.

    When all present scores are equal the leg prefers nothing, and every value is 0.

    >>> min_max(np.array([2.0, np.nan, 6.0, 3.0])).tolist()
    [0.0, 0.0, 1.0, 0.25]
    """
    present = ~np.isnan(scores)
    stretched = np.zeros(len(scores), dtype=np.float64)
    if not present.any():
        return stretched
    low, high = float(scores[present].min()), float(scores[present].max())
    if high > low:
        stretched[present] = (scores[present] - low) / (high - low)
    return stretched


def fuse(legs: Mapping[Name, Scores], weights: Mapping[Name, float]) -> Scores:
    """The weighted mean of the stretched legs, 0..1; a leg that ``weights`` does not name weighs nothing.

    Legs are added in alphabetical order, so that the sum does not depend on the order of the mapping. Raises
    :class:`ValueError` if the legs have different lengths or no leg weighs anything.

    >>> legs = {"dense": np.array([0.2, 0.6]), "words": np.array([3.0, 0.0])}
    >>> fuse(legs, {"dense": 3.0, "words": 1.0}).tolist()
    [0.25, 0.75]
    """
    used = [name for name in sorted(legs) if weights.get(name, 0.0) > 0]
    total = sum(weights[name] for name in used)
    if total <= 0:
        raise ValueError(f"no leg of {sorted(legs)} has a weight above 0 in {dict(weights)}")
    fused: Scores = sum((weights[n] / total * min_max(legs[n]) for n in used), np.zeros(len(legs[used[0]])))
    return fused


def ranked(scores: Scores) -> list[int]:
    """Positions from the best score to the worst; equal scores in the order of the paragraphs.

    >>> ranked(np.array([0.1, 0.7, 0.7]))
    [1, 2, 0]
    """
    return [int(i) for i in np.argsort(-scores, kind="stable")]
