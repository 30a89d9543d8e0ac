"""The leg that matches words: BM25 over paragraph text and its expansions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from index.fusion import Scores

# Lucene's defaults are 1.2 and 0.75; the difference is below what the development questions can show.
K1 = 1.5
B = 0.75

_TOKEN = re.compile(r"\w+(?:[&/.,]\w+)*", re.UNICODE)
_POSSESSIVE = re.compile(r"['’]s?\b")
_INNER = re.compile(r"[&/.,]")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")

# Words that stand in nearly every sentence and question and so say nothing about either.
_STOP_WORDS = """
a about an and any are as at be been being but by can could did do does for from had has have how i if in into
is it its of on or our s so some such t than that the their them then there these they this those to us was we
were what when where which who whom whose why will with would you your
"""

STOP_WORDS = frozenset(_STOP_WORDS.split())


def tokens(text: str) -> list[str]:
    """The words of a text as BM25 sees them: lower case, stemmed, without stop words.

    A compound such as ``16/17`` or ``A&E`` gives the whole and its parts; a thousands comma is dropped.

    >>> tokens("How many 16/17 year olds were children's-home residents?")
    ['mani', '16/17', '16', '17', 'year', 'old', 'children', 'home', 'resid']
    """
    found = _TOKEN.findall(_POSSESSIVE.sub("", text.lower()))
    return [word_stem(part) for word in found for part in _parts(word) if part not in STOP_WORDS]


def _parts(word: str) -> list[str]:
    if _THOUSANDS.fullmatch(word):
        return [word.replace(",", "")]
    pieces = _INNER.split(word)
    return [word, *pieces] if len(pieces) > 1 else [word]


_KNOWN: dict[str, str] = {}


@cache
def _stemmer() -> snowballstemmer.stemmer.Stemmer:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)  # words; a report has some three thousand different ones
def word_stem(word: str) -> str:
    """The English (Porter 2) stem of one lower-case word."""
    return _KNOWN.get(word) or str(_stemmer().stemWord(word))


def know_stems(stems: Mapping[str, str]) -> None:
    """Take over stems that were worked out before by :func:`word_stem`."""
    _KNOWN.update(stems)


DECIDED_BY = ("index.words", "snowballstemmer", "snowballstemmer.english_stemmer")
"""The modules whose code decides what the words of a text are."""


def counted(texts: Sequence[str]) -> list[dict[str, int]]:
    """How often each word stands in each text."""
    return [dict(Counter(tokens(text))) for text in texts]


@dataclass(frozen=True, slots=True)
class _Postings:
    """The texts that hold a word, by place, and the score of each for it."""

    places: NDArray[np.intp]
    scores: NDArray[np.float32]


@lru_cache(maxsize=256)  # queries: one is asked about paragraph after paragraph
def _typed(query: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words of a query as typed, each once, with their tokens."""
    words = dict.fromkeys(_TOKEN.findall(_POSSESSIVE.sub("", query)))
    return tuple((word, tuple(tokens(word))) for word in words)


class WordIndex:
    """BM25 (Lucene's variant) over one text a paragraph.

    The score of text d for a word w that stands in it f times, and in n of all N texts, is

        ln(1 + (N - n + 0.5) / (n + 0.5)) * f / (f + K1 * (1 - B + B * length(d) / mean length)),

    and its score for a query the sum over the query's words. All of it but the sum is worked out for a word when it is
    first asked for. ``counts`` are those of :func:`counted`.
    """

    def __init__(self, counts: Sequence[Mapping[str, int]]) -> None:
        self._counts = counts
        self._stretched = _stretched(counts)
        self._held = _held(counts)
        self._postings: dict[str, _Postings] = {}

    def scores(self, query: str) -> Scores:
        """The BM25 score of every paragraph; 0 for one that shares no word with the query."""
        scores = np.zeros(len(self._counts), dtype=np.float32)
        for token in tokens(query):
            if token in self._held:
                found = self._found(token)
                scores[found.places] += found.scores
        return scores.astype(np.float64)

    def _found(self, token: str) -> _Postings:
        if token not in self._postings:
            self._postings[token] = _scored(self._held[token], self._stretched)
        return self._postings[token]

    def shared(self, query: str, position: int) -> tuple[str, ...]:
        """The words of the query, as typed, that the paragraph at that position holds."""
        held = self._counts[position].keys()
        return tuple(word for word, its_tokens in _typed(query) if not held.isdisjoint(its_tokens))


def _stretched(counts: Sequence[Mapping[str, int]]) -> Scores:
    """What the length of each text adds below the line of the formula."""
    lengths = np.array([sum(own.values()) for own in counts], dtype=np.float64)
    mean = max(float(lengths.mean()) if len(lengths) else 0.0, 1e-12)
    return np.asarray(K1 * (1 - B + B * lengths / mean))


def _held(counts: Sequence[Mapping[str, int]]) -> dict[str, list[tuple[int, int]]]:
    """The places at which each word stands, with how often."""
    held: dict[str, list[tuple[int, int]]] = {}
    for place, own in enumerate(counts):
        for word, count in own.items():
            held.setdefault(word, []).append((place, count))
    return held


def _scored(found: Sequence[tuple[int, int]], stretched: Scores) -> _Postings:
    places = np.array([place for place, _ in found], dtype=np.intp)
    counts = np.array([count for _, count in found], dtype=np.float64)
    # Single precision, as in the libraries that the development questions were first asked with.
    telling = float(np.float32(log(1 + (len(stretched) - len(found) + 0.5) / (len(found) + 0.5))))
    scores = telling * (counts / (counts + stretched[places]))
    return _Postings(places, scores.astype(np.float32))
