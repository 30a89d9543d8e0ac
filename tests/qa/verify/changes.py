"""Sentences of a report with one thing changed, each by the kind of what is wrong with them then."""

from __future__ import annotations

import re
from collections.abc import Iterator

GRADES = {"outstanding": "good", "good": "inadequate", "adequate": "good", "inadequate": "outstanding"}
NAMES = {
    "Kingston": "Sutton", "Ofsted": "Barnardo's", "LSCB": "MASH", "CAMHS": "MARAC", "Richmond": "Croydon",
    "Children": "Adults", "Council": "Parliament", "Hospital": "Prison",
}  # fmt: skip
WORDS = {"two": "five", "three": "seven", "four": "nine", "six": "ten", "seven": "four", "eight": "three"}
VERB = re.compile(r"\b(is|are|was|were|has|have|had|can|do|does|did)\b(?! not\b)")


def changed(sentence: str) -> Iterator[tuple[str, str]]:
    """The kind of each change that can be made and the sentence after it."""
    if number := re.search(r"(?<![\d.,])\d+(?:\.\d+)?", sentence):
        told = number[0]
        other = str(int(float(told)) + 7)
        yield "number", sentence[: number.start()] + other + sentence[number.end() :]
    yield from _swapped("number", sentence, WORDS)
    yield from _swapped("grade", sentence, GRADES)
    yield from _swapped("name", sentence, NAMES)
    if verb := VERB.search(sentence):
        yield "negation", f"{sentence[: verb.end()]} not{sentence[verb.end() :]}"
    if denied := re.search(r"\b(?:not|no) ", sentence):
        yield "negation", sentence[: denied.start()] + sentence[denied.end() :]


def _swapped(kind: str, sentence: str, other: dict[str, str]) -> Iterator[tuple[str, str]]:
    for word, instead in other.items():
        pattern = re.compile(rf"\b{word}\b")
        if pattern.search(sentence):
            yield kind, pattern.sub(instead, sentence, count=1)
            return
