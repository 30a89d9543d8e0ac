"""Which numbers of a text count what a number of a claim counts."""

from __future__ import annotations

import re

from qa.lexicon import NUMBER_WORDS, STOP_WORDS
from qa.text import terms, words

NEAR = 4  # words behind a number in which what it counts is named

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")


def counted_alike(claim: str, number: str, text: str) -> frozenset[str]:
    """The numbers of ``text`` behind which the same word stands as behind ``number`` in the claim."""
    meant = {term for found, counted in _counts(claim) if found == number for term in counted}
    return frozenset(found for found, counted in _counts(text) if counted & meant)


def _counts(text: str) -> list[tuple[str, frozenset[str]]]:
    """Each number of a text in digits with the terms of the words that follow it, up to the next number."""
    said = words(text)
    found = []
    for place, word in enumerate(said):
        number = _digits(word)
        if number is None:
            continue
        following: list[str] = []
        for other in said[place + 1 : place + 1 + NEAR]:
            if _digits(other) is not None:
                break
            if other not in STOP_WORDS:
                following.append(other)
        found.append((number, frozenset(terms(" ".join(following[:2])))))
    return found


def _digits(word: str) -> str | None:
    if _NUMBER.fullmatch(word):
        return word.replace(",", "").rstrip("%")
    return NUMBER_WORDS.get(word) if word != "one" else None
