"""Rows in groups, and the best row of every group at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]

NONE = -1
"""Stands for the best row of a group that has none."""


class Groups:
    """Groups of rows; a row may be in several."""

    def __init__(self, groups: Sequence[Rows]) -> None:
        lengths = np.array([len(group) for group in groups], dtype=np.intp)
        self._filled = np.flatnonzero(lengths)
        self._count = len(groups)
        self._flat = np.concatenate([np.zeros(0, dtype=np.intp), *groups])
        lengths = lengths[self._filled]
        self._group = np.repeat(np.arange(len(lengths)), lengths)
        self._starts = np.cumsum(lengths) - lengths

    def best(self, scores: NDArray[np.float64]) -> Rows:
        """The row with the highest score in each group, the first of equal ones; :data:`NONE` in an empty group."""
        best = np.full(self._count, NONE, dtype=np.intp)
        if len(self._flat):
            own = scores[self._flat]
            highest = np.maximum.reduceat(own, self._starts)
            places = np.flatnonzero(own == highest[self._group])
            first = np.searchsorted(self._group[places], np.arange(len(self._filled)))
            best[self._filled] = self._flat[places[first]]
        return best
