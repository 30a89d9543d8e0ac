"""The words of a text as an encoder reads them in it: a vector for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+(?:['’.,&/-][^\W_]+)*%?")


@dataclass(frozen=True, slots=True, eq=False)
class WordVectors:
    """Words in order, as they are written, with a row each, of length 1."""

    words: tuple[str, ...]
    vectors: Floats


def word_spans(text: str) -> tuple[Span, ...]:
    """Where the words of a text stand."""
    return tuple(found.span() for found in _WORD.finditer(text))


def by_word(text: str, spans: Sequence[Span], states: Floats) -> WordVectors:
    """Of each word the mean of its tokens' ``states``; ``spans`` say where these stand, nowhere if they are marks.

    A word without tokens is left out.
    """
    found, rows = [], []
    for start, end in word_spans(text):
        own = [i for i, (a, b) in enumerate(spans) if a < b and a < end and b > start]
        if own:
            found.append(text[start:end])
            rows.append(states[own].mean(axis=0))
    return WordVectors(tuple(found), of_length_one(rows, states.shape[1]))


def of_length_one(rows: Sequence[Floats], dimension: int) -> Floats:
    """The rows as one matrix, each of length 1; a row of zeros stays one."""
    matrix = np.array(rows, dtype=np.float32).reshape(-1, dimension)
    return np.asarray(matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12))
