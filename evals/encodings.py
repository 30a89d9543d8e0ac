"""An encoder that encodes each text once, so that systems compared on the same questions share the work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from index.encoder import Encoder, Vectors
from index.wordvectors import WordVectors


class RememberingEncoder:
    """The vectors of another encoder, each text encoded once in the life of the object."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._rows: dict[str, Vectors] = {}

    @property
    def name(self) -> str:
        """The name of the encoder behind it."""
        return self._encoder.name

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._encoder.dimension

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the encoder behind it, as the vectors are the same."""
        return self._encoder.fingerprint

    def known_words(self) -> Iterable[str]:
        """The words that the encoder behind it knows whole; none if it does not tell."""
        words: Iterable[str] = getattr(self._encoder, "known_words", tuple)()
        return words

    @property
    def word_vectors(self) -> Callable[[str], WordVectors] | None:
        """What tells the vectors of the words of a text; ``None`` if the encoder behind it does not."""
        return getattr(self._encoder, "word_vectors", None)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in the order of the texts."""
        new = list(dict.fromkeys(text for text in texts if text not in self._rows))
        if new:
            self._rows.update(zip(new, self._encoder.encode(new), strict=True))
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([self._rows[text] for text in texts])
