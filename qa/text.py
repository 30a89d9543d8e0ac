"""Words as they are compared: lower case, stemmed, everyday synonyms folded together, numbers in digits."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from index.words import word_stem
from qa.lexicon import NUMBER_WORDS, STOP_WORDS, SYNONYMS

_WORD = re.compile(r"[^\W_]+(?:(?:['&/.-]|(?<=\d),(?=\d{3}))[^\W_]+)*%?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def plain(text: str) -> str:
    """The text in lower case with straight quotes and hyphens; as long as the original."""
    straight = text.translate(_APOSTROPHES)
    lower = straight.lower()
    if len(lower) == len(straight) and "Σ" not in straight:
        return lower
    # One by one: some letters become two, and a sigma looks at its neighbours.
    return "".join(letter.lower()[0] for letter in straight)


def stem(word: str) -> str:
    """The English (Porter 2) stem of one lower-case word; numbers and acronyms with digits stay as they are."""
    if not word.isalpha() and any(c.isdigit() for c in word):
        return word
    return word_stem(word.removesuffix("'s"))


@cache
def _folding() -> tuple[re.Pattern[str], dict[str, str]]:
    # A canonical phrase stands for itself, so that no part of it is replaced.
    table = {phrase: row[0] for row in SYNONYMS for phrase in row}
    longest_first = sorted(table, key=lambda phrase: (-len(phrase), phrase))
    pattern = re.compile(r"(?<![\w'-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w'-])")
    return pattern, table


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text in lower case with everyday words replaced by the field's own (``kids`` -> ``children``)."""
    pattern, table = _folding()
    return pattern.sub(lambda match: table[match[0]], plain(text))


def words(text: str) -> tuple[str, ...]:
    """The lower-case words of a text, in order, numbers included."""
    return tuple(_WORD.findall(plain(text)))


def _normal(word: str) -> str:
    if _NUMBER.fullmatch(word):
        return word.replace(",", "").rstrip("%")
    return NUMBER_WORDS.get(word) or stem(word)


@lru_cache(maxsize=20_000)
def terms(text: str) -> tuple[str, ...]:
    """The content words of a text as they are compared: folded, stemmed, without stop words, in order."""
    return tuple([_normal(part) for part in pieces(text) if part not in STOP_WORDS])


def pieces(text: str) -> list[str]:
    """The words of a text folded, those with a hyphen or stroke in pieces, in order."""
    found = []
    for word in _WORD.findall(fold(text)):
        bare = word.removesuffix("'s")
        if "-" in bare or "/" in bare:
            found += [part for part in re.split(r"[-/]", bare) if part]
        else:
            found.append(bare)
    return found


def numbers(text: str) -> tuple[str, ...]:
    """The numbers of a text in digits, in order: ``8`` for ``eight``, ``168955`` for ``168,955``."""
    found = []
    for word in words(text):
        for part in re.split(r"[-/]", word):
            if _NUMBER.fullmatch(part):
                found.append(part.replace(",", "").rstrip("%"))
            elif part in NUMBER_WORDS and part != "one":
                found.append(NUMBER_WORDS[part])
    return tuple(found)
