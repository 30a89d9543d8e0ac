"""Whether a question leans towards those that the report answers or those that it does not: learned from the probes.

Kernel ridge regression (Saunders, Gammerman and Vovk, 1998): with the sign s of a probe at 1 where the report answers
it and -1 where it does not, and the kernel k(a, b) = exp(SHARPNESS (cos(a, b) - 1)), the weights w solve

    (K + RIDGE I) w = s,    and a question q leans by  sum over probes p of w(p) k(q, p).

Neighbours vote in much the same way, but here a probe whose own neighbours already tell what it is counts little, and
one that lies among others of the opposite sort counts much: it marks where a near miss begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors

# Chosen on development questions; half or double of each gives the same within half a point.
SHARPNESS = 4.0
RIDGE = 0.2
CLOSE = 0.002  # root mean square of what is left of the signs at which the weights are exact enough
ROUNDS = 150  # at most

Floating = NDArray[np.floating]


def closeness(cosines: Floating, out: Floating | None = None) -> Floating:
    """The kernel of pairs with these cosines, 1 for equal ones; written to ``out`` if that is given."""
    near = np.subtract(cosines, 1, out=out)
    near *= SHARPNESS
    return np.exp(near, out=near)


def fit(vectors: Vectors, answered: Sequence[bool] | NDArray[np.bool_]) -> Vectors:
    """A weight for each probe, whose vectors of length 1 are the rows; by conjugate gradients.

    Takes 4 bytes for each pair of probes while it works, 1.3 GB for 18,000.
    """
    signs = np.where(answered, 1.0, -1.0).astype(np.float32)
    kernel = vectors @ vectors.T
    closeness(kernel, out=kernel)
    weights = np.zeros_like(signs)
    left, step = signs.copy(), signs.copy()
    size = float(left @ left)
    for _ in range(ROUNDS):
        if size <= CLOSE**2 * len(signs):
            break
        moved = kernel @ step + np.float32(RIDGE) * step
        length = np.float32(size / float(step @ moved))
        weights += length * step
        left -= length * moved
        before, size = size, float(left @ left)
        step = left + np.float32(size / before) * step
    return weights


def to_bytes(weights: Vectors) -> bytes:
    """The weights in NumPy's own format; nothing in it is pickled."""
    buffer = BytesIO()
    np.save(buffer, weights, allow_pickle=False)
    return buffer.getvalue()


def from_bytes(content: bytes) -> Vectors:
    """What :func:`to_bytes` wrote; raises :class:`ValueError` for anything else."""
    weights = np.load(BytesIO(content), allow_pickle=False)
    if weights.ndim != 1:
        raise ValueError(f"expected one weight a probe, found an array of shape {weights.shape}")
    return np.asarray(weights, dtype=np.float32)
