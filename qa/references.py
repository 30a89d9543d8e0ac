"""Paragraph numbers in running text: ``para 79``, ``¶12``, ``paragraphs 13 and 79–81``, ``44 to 46``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from qa.lexicon import NUMBER_WORDS
from qa.text import plain

LONGEST_RANGE = 400  # numbers; a longer one is cut, it names no paragraphs that a reader could want

_NUMBER = r"(?:0(?!\d)|[1-9]\d{0,3})(?:\.\d{1,3})*"
_ITEM = (
    rf"{_NUMBER}(?:\s*(?:-|to|through(?: to)?|until|till|up to)\s*(?:(?:and including\s+)?(?:paragraph|"
    rf"para|no)s?\.?\s*)?{_NUMBER})?"
)
_LIST = rf"{_ITEM}(?:\s*(?:,|;|and|&|or|\+)\s*(?:(?:paragraph|para)s?\.?\s*)?{_ITEM})*"
_NAMED = re.compile(
    rf"(?:\b(?:bit|part|one|passage|entry|text|item) (?:that is |that's |which is )?(?=numbered )|"
    rf"\bparagraphs?(?![a-z])|\bparas?(?![a-z])\.?|¶+|§+|\bpp?\.|\bpoints?(?= \d)|\bitem(?= \d)|"
    rf"\bnos?\.?(?= ?\d))\s*(?:numbered|numbers?|nos?\.?|#)?\s*({_LIST})"
)
_BARE = re.compile(
    rf"^\W*(?:(?:please|can you|could you|pls)\W+)*(?:(?:summari[sz]e|show|read|open|display|quote|"
    rf"give|text of|print|see|cite|go to)(?: me| us)?(?: out)?|what (?:does|do|is in|says?|"
    rf"did))?\W*({_LIST})\W*(?:say|says|mean|please|pls|cover|contain)?\W*$"
)
_SAYS = r"what (?:does|do|is in|says?)|(?:please )?(?:show|read|open|quote|display|see)(?: me)?"
_BETWEEN = re.compile(rf"\bbetween\s+(?:paragraphs?|paras?)?\s*({_NUMBER})\s+and\s+({_NUMBER})")
_RANGE = re.compile(
    rf"({_NUMBER})\s*(?:-|to|through(?: to)?|until|till|up to)\s*(?:(?:and including\s+)?(?:paragraph|"
    rf"para|no)s?\.?\s*)?({_NUMBER})"
)
_FIRST_LAST = re.compile(
    r"\b(?:very )?(first|last but one|penultimate|second to last|last|final)\b(?: \w+){0,2} (?:paragraph|"
    r"para)\b"
)
_CHATTER = frozenset(
    "would you could can u ya please pls plz pull up bring me show open read see get give quote text of the "
    "for to what does do say says said is in at and or let "
    "us i want need have look like with out summarise summarize display print cite go whole full it "
    "just a my mean contain cover covers there thanks hi hello".split()
)
_WORD = re.compile(r"\b[a-z]{5,12}\b")
_VALUES = {word: int(digits) for word, digits in NUMBER_WORDS.items() if digits != "0"} | {
    word: 10 * (place + 2)
    for place, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
}
_SPOKEN_WORD = (
    "(?:" + "|".join(sorted([*_VALUES, "hundred", "a hundred"], key=lambda word: (-len(word), word))) + ")"
)
_SPOKEN = re.compile(
    rf"(\b(?:paragraphs?|paras?)\.? (?:number )?)({_SPOKEN_WORD}(?:(?:[- ]|,? and ){_SPOKEN_WORD})*)\b"
)


@dataclass(frozen=True, slots=True)
class References:
    """The paragraph numbers that a text names, in order, each once, and the text without them."""

    numbers: tuple[str, ...]
    rest: str


def references(text: str, existing: tuple[str, ...]) -> References | None:
    """The paragraphs that a text asks for by number, ``None`` if it names none. ``existing`` are the report's own."""
    lower = _in_digits(_WORD.sub(_spelt, plain(text)))
    lettered = _lettered(lower, existing)
    if lettered is not None:
        return lettered
    found = _NAMED.search(lower) or _BARE.search(lower) or _only_numbers(lower)
    between = _BETWEEN.search(lower)
    if (between and "paragraph" in lower) or (between and "para" in lower):
        return References(_expand(f"{between[1]}-{between[2]}", existing), lower.replace(between[0], " "))
    if found:
        return _every(found, lower, existing)
    place = _FIRST_LAST.search(lower)
    if place and existing:
        number = (
            existing[0]
            if place[1] == "first"
            else existing[-1]
            if place[1] in ("last", "final")
            else existing[-2:][0]
        )
        return References((number,), lower.replace(place[0], " "))
    return None


def _every(found: re.Match[str], lower: str, existing: tuple[str, ...]) -> References:
    """The paragraphs of a reference and of those that are named after it (``para 3 …, and what does para 11 …``)."""
    listed = [found, *_NAMED.finditer(lower, found.end())]
    numbers = dict.fromkeys(number for one in listed for number in _expand(one[1], existing))
    rest = lower
    for one in listed:
        rest = rest.replace(one[0], " ")
    return References(tuple(numbers), rest)


def _lettered(lower: str, existing: tuple[str, ...]) -> References | None:
    """The paragraphs with a letter in their number (``A3``, ``p2.4``) that a text asks for, ``None`` if none."""
    own = _lettered_among(existing)
    if not own:
        return None
    listed = "|".join(re.escape(number) for number in sorted(own, key=len, reverse=True))
    found = re.search(rf"\b(?:paragraphs?|paras?|blocks?)\b\W*({_list(listed)})(?![.\w])", lower)
    found = found or re.search(rf"^\W*(?:{_SAYS})?\W*({_list(listed)})\W*(?:says?|mean)?\W*$", lower)
    if found is None:
        return None
    numbers = tuple(dict.fromkeys(own[number] for number in re.findall(listed, found[1])))
    return References(numbers, lower.replace(found[0], " "))


@lru_cache(maxsize=16)  # reports
def _lettered_among(existing: tuple[str, ...]) -> Mapping[str, str]:
    """The numbers with a letter, by how they are compared."""
    return {plain(number): number for number in existing if not number[:1].isdigit()}


def _list(item: str) -> str:
    return rf"(?:{item})(?:\s*(?:,|;|and|&|or)\s*(?:{item}))*"


def _only_numbers(lower: str) -> re.Match[str] | None:
    """The numbers of a text that holds besides them nothing but words of asking."""
    rest = re.sub(_LIST, " ", lower)
    chatter = all(word in _CHATTER for word in re.findall(r"[^\W_]+", rest))
    return re.search(rf"({_LIST})", lower) if chatter and re.search(_NUMBER, lower) else None


def _in_digits(lower: str) -> str:
    """Number words after ``paragraph`` in digits: ``paragraph one hundred and twelve`` is ``paragraph 112``."""
    return _SPOKEN.sub(lambda match: match[1] + str(_value(match[2])), lower)


def _value(spoken: str) -> int:
    total = 0
    for word in re.findall(r"[a-z]+", spoken):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word in _VALUES:
            total += _VALUES[word]
    return total


def _spelt(match: re.Match[str]) -> str:
    """``pargraph`` as ``paragraph``; other words as they are."""
    word = match[0]
    alike = (
        word.startswith("par") and JaroWinkler.similarity(word, "paragraph") >= 0.93 and word != "paragraphs"
    )
    return "paragraph" if alike else word


def _expand(listed: str, existing: tuple[str, ...]) -> tuple[str, ...]:
    numbers: list[str] = []
    for item in re.split(r"\s*(?:,|;|\band\b|&|\bor\b|\+)\s*", listed):
        span = _RANGE.search(item)
        if span:
            numbers += _between(span[1], span[2], existing)
        else:
            numbers += re.findall(_NUMBER, item)[:1]
    return tuple(dict.fromkeys(numbers))


def _between(first: str, last: str, existing: tuple[str, ...]) -> list[str]:
    if first in existing and last in existing:
        low, high = sorted((existing.index(first), existing.index(last)))
        return list(existing[low : high + 1])
    if first.isdigit() and last.isdigit():
        low, high = sorted((int(first), int(last)))
        return [str(n) for n in range(low, min(high, low + LONGEST_RANGE) + 1)]
    return [first, last]
