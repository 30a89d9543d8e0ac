"""The vectors of a flat FAISS index out of its file, without FAISS: importing that takes longer than reading."""

from __future__ import annotations

import struct

import numpy as np

from index.encoder import Vectors

# What FAISS writes before the numbers of an inner-product index: its kind, dimension, number of vectors, two numbers
# without a meaning, whether it is trained, the metric, and how many numbers follow.
_HEAD = struct.Struct("<4siq16x?iQ")
_KIND = b"IxFI"


def to_bytes(vectors: Vectors) -> bytes:
    """The file of an inner-product index of vectors, one a row."""
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return bytes(faiss.serialize_index(index))


def from_bytes(content: bytes) -> Vectors:
    """The vectors in such a file; those of another kind or version are left to FAISS itself."""
    if len(content) >= _HEAD.size:
        kind, dimension, count, _, _, size = _HEAD.unpack_from(content)
        if (kind, size, len(content)) == (_KIND, count * dimension, _HEAD.size + 4 * size):
            # A copy: behind this head the numbers do not lie where they can be worked with quickly.
            return (
                np.frombuffer(content, "<f4", offset=_HEAD.size).reshape(count, dimension).astype(np.float32)
            )
    import faiss

    index = faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8))
    return np.asarray(index.reconstruct_n(0, index.ntotal), dtype=np.float32)
