"""In which paragraphs the answer to a question stands: learned from all questions of which that is known.

Kernel ridge regression (Saunders, Gammerman and Vovk, 1998) with a column for each paragraph of the report: with
t(a, p) = 1 where paragraph p answers the known question a and 0 elsewhere, and the kernel of :mod:`index.leaning`, the
weights W solve

    (K + RIDGE I) W = t,    and a question q is placed in p by  sum over known questions a of W(a, p) k(q, a).

The nearest known question answers for itself alone; here all of them have a say, and what two nearly equal questions
with different answers do not share tells them apart.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.leaning import closeness
from index.passages import Passage

# Chosen on development questions; half or double gives the same within half a point.
RIDGE = 0.1


@dataclass(frozen=True)
class Asked:
    """Questions that are known to be answered: where the vector of each stands, and the places of its paragraphs."""

    rows: NDArray[np.intp]
    answers: tuple[tuple[int, ...], ...]


def asked(passages: Sequence[Passage], place: Mapping[str, int]) -> Asked:
    """The everyday questions and answered probes among the passages, each once; ``place`` is that of a paragraph."""
    first: dict[str, int] = {}
    answers: dict[str, dict[int, None]] = {}
    for row, passage in enumerate(passages):
        if passage.kind in ("question", "answered"):
            first.setdefault(passage.text, row)
            answers.setdefault(passage.text, {})[place[passage.paragraph]] = None
    return Asked(np.array(list(first.values()), dtype=np.intp), tuple(map(tuple, answers.values())))


def fit(vectors: Vectors, answers: Sequence[Collection[int]], paragraphs: int) -> Vectors:
    """The weights, a row a question and a column a paragraph; the rows of ``vectors`` have length 1.

    Takes 4 bytes for each pair of questions while it works, 1.1 GB for 16,500.
    """
    from scipy.linalg import cho_factor, cho_solve

    wanted = np.zeros((len(answers), paragraphs), dtype=np.float32)
    for row, places in enumerate(answers):
        wanted[row, list(places)] = 1.0
    if not len(answers):
        return wanted
    kernel = vectors @ vectors.T
    closeness(kernel, out=kernel)
    kernel[np.diag_indices(len(kernel))] += np.float32(RIDGE)
    # Transposed, which changes nothing in it, it is in the order that LAPACK works on without a copy.
    factor = cho_factor(kernel.T, overwrite_a=True, check_finite=False)
    return np.ascontiguousarray(cho_solve(factor, wanted, overwrite_b=True, check_finite=False))


def placed(cosines: NDArray[np.floating], weights: Vectors) -> NDArray[np.float32]:
    """How surely a question with these cosines to the known ones is answered in each paragraph, 0 to 1."""
    near = closeness(cosines.astype(np.float32))
    return np.asarray(np.clip(near @ weights, 0, 1))


def from_bytes(content: bytes) -> Vectors:
    """Weights that :func:`index.leaning.to_bytes` wrote; raises :class:`ValueError` for anything else."""
    head = BytesIO(content)
    if np.lib.format.read_magic(head) != (1, 0):
        raise ValueError("expected an array in version 1.0 of NumPy's format")
    shape, by_columns, kind = np.lib.format.read_array_header_1_0(head)
    if len(shape) != 2 or by_columns or kind != np.float32:
        raise ValueError(f"expected a row a question, found an array of shape {shape}")
    # Not copied: it is one of the larger parts of an index.
    return np.frombuffer(content, dtype=np.float32, offset=head.tell()).reshape(shape)
