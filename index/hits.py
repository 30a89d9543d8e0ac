"""The values that a search gives back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Leg = Literal["paragraph", "sentence", "question", "words"]

ALL_LEGS: tuple[Leg, ...] = get_args(Leg)


@dataclass(frozen=True, slots=True)
class Found:
    """Why one leg found a paragraph: its best passage there, with the leg's raw score (higher is better).

    ``score`` is a cosine (at most 1), or BM25 (above 0, no upper bound) for ``words``. ``text`` is the
    passage as embedded, or the words of the query that the paragraph holds. ``start`` and ``end`` locate what
    the passage stands for in the paragraph's text.
    """

    leg: Leg
    score: float
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that a search found. ``score`` is fused, 0 to 1, and compares only within one search."""

    paragraph: str
    score: float
    why: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """One sentence of the report and how near a query is to it.

    ``cosine`` is that of the sentence, or of its table row in words if that is nearer. ``question`` is the
    nearest everyday question that the sentence answers; without one it is empty and ``question_cosine`` is
    -1. ``fitted`` is the cosine after the map fitted to the report's everyday questions, of the sentence with no other.
    """

    paragraph: str
    start: int
    end: int
    text: str
    cosine: float
    question_cosine: float
    question: str
    fitted: float


@dataclass(frozen=True, slots=True)
class Known:
    """How near a query is to questions of which it is known whether the report answers them.

    ``answered`` and ``unanswered`` are the cosines of the nearest of either sort, ``three_unanswered`` the mean of the
    nearest three; ``share`` is that of the unanswered among the nearest of both sorts, each weighted by how near it is.
    ``leaning`` is that of :mod:`index.leaning`: about 1 for a question that is answered, about -1 for one that is not.
    All are 0 where nothing is known.
    """

    answered: float = 0.0
    unanswered: float = 0.0
    three_unanswered: float = 0.0
    share: float = 0.0
    leaning: float = 0.0


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a query is to every sentence of a report, one entry a sentence in the order of the text.

    ``cosine``, ``question_cosine`` and ``fitted`` are those of :class:`SentenceHit`; ``question`` is the place of the
    nearest everyday question among the passages, :data:`index.groups.NONE` without one. ``paragraph`` is the cosine
    of the sentence's paragraph, ``words`` the BM25 score of that, and ``placed`` how surely the query is answered there
    (:mod:`index.placing`, 0 to 1, 0 where no question is known to be answered).
    """

    cosine: NDArray[np.float64]
    question_cosine: NDArray[np.float64]
    question: NDArray[np.intp]
    fitted: NDArray[np.float64]
    paragraph: NDArray[np.float64]
    words: NDArray[np.float64]
    placed: NDArray[np.float64]

    def nearer(self, other: Nearness) -> Nearness:
        """As near to sentences and paragraphs as either; of what words count, the mean.

        Everyday questions, and where they place the query, are as here.
        """
        return replace(
            self,
            cosine=np.maximum(self.cosine, other.cosine),
            paragraph=np.maximum(self.paragraph, other.paragraph),
            words=(self.words + other.words) / 2,
        )
