"""The words of a report: which it uses, how telling each is, and what a misspelt one was meant to be."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapidfuzz.distance import OSA, JaroWinkler

from qa.lexicon import NUMBER_WORDS, STOP_WORDS, SYNONYMS
from qa.text import plain, stem, terms, words

SHORTEST_TYPO = 4  # letters: below that a wrong word cannot be told from another right one
RARE = 8  # paragraphs: a word in no more of them may be a name that people write in pieces
ALIKE = 0.89  # Jaro-Winkler similarity from which two words are taken for the same

# Everyday words that a slip of the finger must not turn into a name: ``meny`` is ``many``.
_EVERYDAY = tuple(sorted(word for word in STOP_WORDS if len(word) >= SHORTEST_TYPO and word.isalpha()))
# ``wich`` is a word to the encoder, but nobody asks for one.
_SLIPS = {
    "wich": "which",
    "whats": "what's",
    "hows": "how's",
    "wot": "what",
    "wat": "what",
    "hav": "have",
    "thru": "through",
}

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class Vocabulary:
    """What is known of a report's words.

    ``frequency`` counts the paragraphs that hold a word; ``paragraphs`` is their number; ``document_frequency`` does
    the same for terms (folded and stemmed), of which ``in_paragraphs`` occur in a paragraph itself, as do the words
    ``in_words``; ``english`` holds further words that are spelt right.
    """

    frequency: dict[str, int]
    document_frequency: dict[str, int]
    paragraphs: int
    in_paragraphs: frozenset[str] = frozenset()
    in_words: frozenset[str] = frozenset()
    english: frozenset[str] = frozenset()

    def idf(self, term: str) -> float:
        """Inverse document frequency of a term, ``ln(1 + N / n)``; for a term that the report lacks ``n`` is 0.5."""
        return math.log(1 + self.paragraphs / max(self.document_frequency.get(term, 0), 0.5))

    def has_term(self, term: str) -> bool:
        """Whether the report, or a question keyed to it, holds the term."""
        return term in self.document_frequency

    def in_text(self, term: str) -> bool:
        """Whether a paragraph of the report itself holds the term."""
        return term in self.in_paragraphs

    def in_report(self, word: str) -> bool:
        """Whether a lower-case word is one of the report's or a common English function word."""
        return word in self.frequency or word in STOP_WORDS or stem(word) in self.document_frequency

    def knows(self, word: str) -> bool:
        """Whether a lower-case word is spelt right as far as can be told."""
        return (
            word in self.frequency
            or word in STOP_WORDS
            or word in NUMBER_WORDS
            or word in self.english
            or word.removesuffix("'s") in self.frequency
            or stem(word) in self.document_frequency
        )

    def correct(self, text: str) -> str:
        """The text with misspelt words replaced by the report's word that they resemble; all else untouched."""
        return _TOKEN.sub(lambda match: self._corrected(match[0]), self._joined(text))

    def _joined(self, text: str) -> str:
        """The text with a name that was written in pieces put together (``Care 4 Me``, ``View Point``)."""
        tokens = text.split()
        for size in (3, 2):
            for place in range(len(tokens) - size + 1):
                piece = tokens[place : place + size]
                if piece[0] in STOP_WORDS:
                    continue
                word = plain("".join(piece)).replace(".", "").strip("?!,;:'\"")
                if (
                    len(word) >= SHORTEST_TYPO
                    and self.frequency.get(word, RARE + 1) <= RARE
                    and word in self.in_words
                ):
                    tokens[place : place + size] = [word]
        return " ".join(tokens)

    def _corrected(self, word: str) -> str:
        lower = plain(word)
        if lower in _SLIPS:
            return _SLIPS[lower]
        if len(lower) < SHORTEST_TYPO or self.knows(lower):
            return word
        return self._nearest(lower) or word

    @cached_property
    def _by_letter(self) -> dict[str, list[tuple[str, int]]]:
        """The words that a misspelt one may have been meant to be, with their counts, by first letter."""
        grouped: dict[str, list[tuple[str, int]]] = {}
        for word, count in self.frequency.items():
            if len(word) >= SHORTEST_TYPO:
                grouped.setdefault(word[0], []).append((word, count))
        return grouped

    def _nearest(self, word: str) -> str | None:
        slips = [
            known
            for known in _EVERYDAY
            if known[0] == word[0] and OSA.distance(word, known, score_cutoff=1) == 1
        ]
        if slips:
            return slips[0]
        best: tuple[float, int, str] | None = None
        for candidate, count in self._by_letter.get(word[0], ()):
            if abs(len(candidate) - len(word)) > 2:
                continue
            likeness = _likeness(word, candidate)
            if likeness >= ALIKE and (best is None or (likeness, count) > best[:2]):
                best = (likeness, count, candidate)
        return best[2] if best else None


def _likeness(word: str, candidate: str) -> float:
    """Jaro-Winkler similarity, or almost certainty when a single slip of the finger separates two long words."""
    if len(word) >= 5 and OSA.distance(word, candidate, score_cutoff=1) == 1:
        return 0.99
    return float(JaroWinkler.similarity(word, candidate, prefix_weight=0.1))


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted for a vocabulary: its fields of the same names, but for ``english``."""

    frequency: dict[str, int]
    document_frequency: dict[str, int]
    paragraphs: int
    in_paragraphs: frozenset[str]
    in_words: frozenset[str]

    def to_json(self) -> dict[str, Any]:
        """A plain JSON value."""
        sets = {"in_paragraphs": sorted(self.in_paragraphs), "in_words": sorted(self.in_words)}
        counts = {"frequency": self.frequency, "document_frequency": self.document_frequency}
        return {**counts, **sets, "paragraphs": self.paragraphs}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Counts:
        """What :meth:`to_json` gave."""
        sets = {name: frozenset(values[name]) for name in ("in_paragraphs", "in_words")}
        return cls(**{**values, **sets})


def build_vocabulary(
    texts: Sequence[str], also: Iterable[str] = (), english: Iterable[str] = ()
) -> Vocabulary:
    """The vocabulary of paragraph texts, with further texts (expansion questions) that count once together."""
    return vocabulary_of(count(texts, also), english)


def vocabulary_of(counts: Counts, english: Iterable[str] = ()) -> Vocabulary:
    """The vocabulary of what was counted; ``english`` are further words that are spelt right."""
    everyday = {word for row in SYNONYMS for phrase in row for word in phrase.split()}
    return Vocabulary(
        counts.frequency,
        counts.document_frequency,
        counts.paragraphs,
        counts.in_paragraphs,
        counts.in_words,
        frozenset(english) | everyday,
    )


def count(texts: Sequence[str], also: Iterable[str] = ()) -> Counts:
    """The words and terms of paragraph texts, with further texts that count once together."""
    frequency: Counter[str] = Counter()
    document_frequency: Counter[str] = Counter()
    for text in texts:
        frequency.update(set(words(text)))
        document_frequency.update(set(terms(text)))
    own, own_words = frozenset(document_frequency), frozenset(frequency)
    for text in also:
        for word in words(text):
            frequency.setdefault(word, 1)
        for term in terms(text):
            document_frequency.setdefault(term, 1)
    return Counts(
        dict(sorted(frequency.items())),
        dict(sorted(document_frequency.items())),
        max(len(texts), 1),
        own,
        own_words,
    )
