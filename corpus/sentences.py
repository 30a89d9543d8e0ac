"""Where the sentences of a paragraph begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_END = re.compile(r"(?<![.!?])[.!?]+[\"'”’)\]]*(?=\s)")
_NEXT = re.compile(r"\s+[\"'“‘(\[]*(\w)")
_LONGEST_ABBREVIATION = 12  # characters, its brackets and quotation marks included
_NEVER_LAST = frozenset(
    [
        *("e.g", "i.e", "cf", "vs", "st", "dr", "mr", "mrs", "ms", "prof", "rev", "hon", "messrs"),
        *("fig", "para", "paras", "p", "pp", "vol", "ch", "eds", "approx"),
    ]
)
_BEFORE_FIGURES = frozenset(["no", "nos", "s", "ss", "c", "ca"])
_INITIAL = re.compile(r"(?:[A-Z]\.)*[A-Z]")


@lru_cache(maxsize=1024)  # paragraphs: the same few are quoted from again and again
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every sentence of a paragraph's text, in order.

    Each line is taken alone, so a list item, a table row and a lead-in such as ``Within three months:`` are
    sentences of their own; an item's dash and outer space are left out. Abbreviations and decimals do not end
    a sentence.
    """
    return tuple(_spans(text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for line in text.split("\n"):
        first = position + (2 if line.startswith("- ") else 0)
        yield from _line_spans(text, first, position + len(line))
        position += len(line) + 1


def _line_spans(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    begin = first
    for match in _END.finditer(text, first, last):
        if not _ends_sentence(text, begin, match):
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, last)


def _ends_sentence(text: str, begin: int, match: re.Match[str]) -> bool:
    following = _NEXT.match(text, match.end())
    if following is None or not (following[1].isupper() or following[1].isdigit()):
        return False
    if text[match.start()] != "." or match[0].startswith(".."):
        return True
    words = text[max(begin, match.start() - _LONGEST_ABBREVIATION) : match.start()].split()
    return not words or not _abbreviation(words[-1].lstrip("(\"'“‘["), following[1])


def _abbreviation(word: str, first_of_next: str) -> bool:
    if word.lower() in _NEVER_LAST:
        return True
    if word.lower() in _BEFORE_FIGURES:
        return first_of_next.isdigit()
    return len(word) <= 5 and _INITIAL.fullmatch(word) is not None and word != "I"


def _trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[begin:end]
    if piece.strip():
        yield begin + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
