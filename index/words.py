"""The leg that matches words: BM25 over paragraph text and its expansions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from index.fusion import Scores

# Lucene's defaults are 1.2 and 0.75; the difference is below what the development questions can show.
K1 = 1.5
B = 0.75

_TOKEN = re.compile(r"\w+(?:[&/.,]\w+)*", re.UNICODE)
_POSSESSIVE = re.compile(r"['’]s?\b")
_INNER = re.compile(r"[&/.,]")

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
    return [_stem(part) for word in found for part in _parts(word) if part not in STOP_WORDS]


def _parts(word: str) -> list[str]:
    if re.fullmatch(r"\d{1,3}(,\d{3})+", word):
        return [word.replace(",", "")]
    pieces = _INNER.split(word)
    return [word, *pieces] if len(pieces) > 1 else [word]


@lru_cache(maxsize=20_000)  # words; a report has some three thousand different ones
def _stem(word: str) -> str:
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(word))


@lru_cache(maxsize=256)  # queries: one is asked about paragraph after paragraph
def _typed(query: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words of a query as typed, each once, with their tokens."""
    words = dict.fromkeys(_TOKEN.findall(_POSSESSIVE.sub("", query)))
    return tuple((word, tuple(tokens(word))) for word in words)


class WordIndex:
    """BM25 (Lucene's variant) over one text a paragraph."""

    def __init__(self, texts: Sequence[str]) -> None:
        import bm25s

        collection = [tokens(text) for text in texts]
        self._held = [frozenset(words) for words in collection]
        self._vocabulary = frozenset().union(*self._held)
        self._bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
        # bm25s cannot index a collection without a single word; such a one matches nothing.
        if self._vocabulary:
            self._bm25.index(collection, show_progress=False)

    def scores(self, query: str) -> Scores:
        """The BM25 score of every paragraph; 0 for one that shares no word with the query."""
        known = [token for token in tokens(query) if token in self._vocabulary]
        if not known:
            return np.zeros(len(self._held))
        return np.asarray(self._bm25.get_scores(known), dtype=np.float64)

    def shared(self, query: str, position: int) -> tuple[str, ...]:
        """The words of the query, as typed, that the paragraph at that position holds."""
        held = self._held[position]
        return tuple(word for word, its_tokens in _typed(query) if not held.isdisjoint(its_tokens))
