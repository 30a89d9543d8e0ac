"""Vectors of the paragraphs of many reports, one each: what any store of them can do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Near:
    """A paragraph near a query. ``score`` is the cosine: higher is better, 1 for the same text."""

    report: str
    paragraph: str
    score: float


class VectorStore(Protocol):
    """One vector a paragraph, of length 1, under its report and printed number.

    One contract suite holds for every store (``tests/index/test_vectorstores.py``).
    """

    @property
    def kind(self) -> str:
        """What it is, in words to show."""
        ...

    def add(self, report: str, numbers: Sequence[str], vectors: Vectors) -> None:
        """Put the paragraphs of a report in, in place of all that the store holds of that report."""
        ...

    def remove(self, report: str) -> None:
        """Take a report out; nothing of it stays. A report that is not there is no error."""
        ...

    def reports(self) -> Mapping[str, int]:
        """The ids of the reports in it, in alphabetical order, each with its number of paragraphs."""
        ...

    def search(
        self, vector: Vectors, *, top_k: int = 10, reports: Collection[str] | None = None
    ) -> tuple[Near, ...]:
        """The paragraphs nearest to a vector of length 1, best first, at most ``top_k``.

        ``reports`` are the only ones searched; ``None`` stands for all.
        """
        ...

    def save(self) -> None:
        """Make what was added and removed last."""
        ...
