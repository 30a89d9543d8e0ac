"""Words cut at the end of a line put together again, with or without their hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CUT = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-‐\u00ad]$")
_NEXT = re.compile(r"[^\W\d_]+")
_HYPHENATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_COMPOUND = frozenset(
    "anti child co cross decision drop ex face family first follow full half high in inter intra long looked low mid "
    "multi needs non off on one out over part person post pre re school second self semi short single six step sub "
    "third three time two ultra under up user well year".split()
)
_COMPOUNDED = frozenset(
    "based being centred day driven effective face focused free going in led level long made making off old only out "
    "over quality related run scale site specific style term time to up use wide year".split()
)
"""Words that as a rule keep their hyphen before and after others."""
_CUTTING = 4  # words cut for certain; a document with more of them cuts words at the end of lines
_NOT_SECOND_HALF = frozenset({"and", "or", "to"})


class Hyphens:
    """Knows from the words of a document whether a hyphen at the end of a line belongs to the word."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._hyphenated: set[str] = set()
        cut: str | None = None
        candidates: list[str] = []
        for text in texts:
            # The halves of words that lines cut are no words.
            inner = _CUT.sub("", text.lower())
            if cut and (second := _NEXT.match(inner)):
                candidates.append(cut + second[0])
                inner = inner[second.end() :]
            found = _CUT.search(text.lower())
            cut = found[1].rpartition("-")[2] if found else None
            self._words.update(_NEXT.findall(inner))
            self._hyphenated.update(_HYPHENATED.findall(inner))
        self._cuts_words = sum(word in self._words for word in candidates) >= _CUTTING

    def cut(self, before: str, after: str) -> bool:
        """Whether the hyphen that ends a line is there only because the word was cut."""
        first, second = _CUT.search(before), _NEXT.match(after)
        if first is None or second is None or not after[0].islower() or second[0] in _NOT_SECOND_HALF:
            return False
        if before.endswith("\u00ad"):
            return True
        head, tail = first[1].lower().rpartition("-")[2], second[0].lower()
        if head + tail in self._words:
            return True
        if f"{head}-{tail}" in self._hyphenated:
            return False
        if not (head in self._words and tail in self._words):
            return True
        return self._cuts_words and head not in _COMPOUND and tail not in _COMPOUNDED

    def joined(self, before: str, after: str) -> str:
        """Two pieces of running text as one."""
        if not before or not after:
            return before or after
        if self.cut(before, after):
            return before[:-1] + after
        first, second = _CUT.search(before), _NEXT.match(after)
        halves = first and second and after[0].islower() and second[0] not in _NOT_SECOND_HALF
        return before + after if halves else f"{before} {after}"
