"""What the questions near to a query say about it, of which it is known whether the report answers them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.hits import Known

NEIGHBOURS = 12  # probes that have a say
FADING = 0.05  # cosine further away at which a probe's say has fallen to 1/e of that of the nearest
DIGITS = 6  # decimals kept: beyond them, processors differ


def known(cosines: NDArray[np.float64], unanswered: NDArray[np.bool_]) -> Known:
    """The nearness of a query to probes with these cosines, some of them ``unanswered``."""
    if not len(cosines):
        return Known()
    near = np.argsort(-cosines, kind="stable")[:NEIGHBOURS]
    weights = np.exp((cosines[near] - cosines[near[0]]) / FADING)
    missing = np.sort(cosines[unanswered])[::-1]
    return Known(
        answered=float(cosines[~unanswered].max(initial=0.0)),
        unanswered=float(missing.max(initial=0.0)),
        three_unanswered=round(float(missing[:3].mean()), DIGITS) if len(missing) else 0.0,
        share=round(float(weights[unanswered[near]].sum() / weights.sum()), DIGITS),
    )
