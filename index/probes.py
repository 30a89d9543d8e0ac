"""What the questions near to a query say about it, of which it is known whether the report answers them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.hits import Known
from index.leaning import closeness

NEIGHBOURS = 12  # probes that have a say
FADING = 0.05  # cosine further away at which a probe's say has fallen to 1/e of that of the nearest
DIGITS = 6  # decimals kept: beyond them, processors differ


def known(cosines: NDArray[np.float64], unanswered: NDArray[np.bool_], weights: Vectors) -> Known:
    """The nearness of a query to probes with these cosines, some of them ``unanswered``, all with ``weights``."""
    if not len(cosines):
        return Known()
    near = _highest(cosines, NEIGHBOURS)
    says = np.exp((cosines[near] - cosines[near[0]]) / FADING)
    missing = cosines[unanswered]
    missing = missing[_highest(missing, 3)]
    return Known(
        answered=float(cosines[~unanswered].max(initial=0.0)),
        unanswered=float(missing.max(initial=0.0)),
        three_unanswered=round(float(missing.mean()), DIGITS) if len(missing) else 0.0,
        share=round(float(says[unanswered[near]].sum() / says.sum()), DIGITS),
        leaning=round(float(closeness(cosines) @ weights), DIGITS),
    )


def _highest(values: NDArray[np.float64], count: int) -> NDArray[np.intp]:
    """The places of so many of the highest values, best first, equal ones in their order."""
    if len(values) <= count:
        return np.argsort(-values, kind="stable")
    least = np.partition(values, len(values) - count)[len(values) - count]
    places = np.flatnonzero(values >= least)
    return places[np.argsort(-values[places], kind="stable")[:count]]
