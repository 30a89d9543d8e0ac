"""A linear map that brings everyday questions nearer to the sentences that answer them.

A sentence encoder puts "How many kids are fostered?" near other questions rather than near the sentence that gives the
number. Where a report comes with everyday questions, two matrices are fitted to them when the index is built: for a
question vector q and a sentence vector t,

    q' = (q + q W) / |q + q W|,    t' = (t + t U) / |t + t U|,

with W and U chosen so that q' is nearest to the sentences that answer the question (cross-entropy over all sentences of
the report, temperature 1/SHARPNESS, and a penalty on the squares of W and U that keeps both near 0). For a report
without such questions both are 0 and the map changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

Vectors = NDArray[np.float32]

# Chosen on development questions; half or double of each gives the same within a point.
SHARPNESS = 20.0
PENALTY = 0.003
ROUNDS = 30
BATCH = 256
STEP = 1e-3


@dataclass(frozen=True)
class Fitted:
    """The two matrices, each of the dimension of the vectors squared: one for questions, one for sentences."""

    question_map: Vectors
    sentence_map: Vectors

    def questions(self, vectors: Vectors) -> Vectors:
        """Question vectors mapped, a row each, of length 1."""
        return _mapped(vectors, self.question_map)

    def sentences(self, vectors: Vectors) -> Vectors:
        """Sentence vectors mapped, a row each, of length 1."""
        return _mapped(vectors, self.sentence_map)

    def to_bytes(self) -> bytes:
        """Both matrices in NumPy's own format; nothing in it is pickled."""
        buffer = BytesIO()
        np.save(buffer, np.stack([self.question_map, self.sentence_map]), allow_pickle=False)
        return buffer.getvalue()


def identity(dimension: int) -> Fitted:
    """The map that changes nothing."""
    nothing = np.zeros((dimension, dimension), dtype=np.float32)
    return Fitted(nothing, nothing)


def from_bytes(content: bytes) -> Fitted:
    """What :meth:`Fitted.to_bytes` wrote; raises :class:`ValueError` for anything else."""
    both = np.load(BytesIO(content), allow_pickle=False)
    if both.ndim != 3 or both.shape[0] != 2 or both.shape[1] != both.shape[2]:
        raise ValueError(f"expected two square matrices, found an array of shape {both.shape}")
    return Fitted(both[0].astype(np.float32), both[1].astype(np.float32))


def fit(questions: Vectors, sentences: Vectors, answers: Sequence[Sequence[int]]) -> Fitted:
    """The map for these questions; ``answers`` gives for each the rows of ``sentences`` that answer it.

    Questions without an answer are left out. The same input gives the same map on the same machine.
    """
    kept = [i for i, rows in enumerate(answers) if len(rows)]
    if not kept:
        return identity(sentences.shape[1])
    import torch

    wanted = torch.zeros(len(kept), len(sentences))
    for row, i in enumerate(kept):
        wanted[row, list(answers[i])] = 1 / len(answers[i])
    asked, told = torch.from_numpy(questions[kept]), torch.from_numpy(sentences)
    maps = torch.zeros(2, sentences.shape[1], sentences.shape[1], requires_grad=True)
    optimiser = torch.optim.Adam([maps], lr=STEP)
    order = np.random.default_rng(0)
    for _ in range(ROUNDS):
        shuffled = torch.from_numpy(order.permutation(len(kept)))
        for batch in shuffled.split(BATCH):  # type: ignore[no-untyped-call]
            likeness = _unit(asked[batch], maps[0]) @ _unit(told, maps[1]).T
            loss = -(wanted[batch] * torch.log_softmax(SHARPNESS * likeness, 1)).sum(1).mean()
            optimiser.zero_grad()
            (loss + PENALTY * maps.pow(2).sum()).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    question_map, sentence_map = maps.detach().numpy().astype(np.float32)
    return Fitted(question_map, sentence_map)


def _unit(vectors: Tensor, matrix: Tensor) -> Tensor:
    from torch.nn.functional import normalize

    return normalize(vectors + vectors @ matrix, dim=-1)


def _mapped(vectors: Vectors, matrix: Vectors) -> Vectors:
    moved = vectors + vectors @ matrix
    lengths = np.linalg.norm(moved, axis=-1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-12), dtype=np.float32)
