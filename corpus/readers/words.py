"""Words on a page and the rows that they stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

_SAME_ROW = 0.25  # of the type size; baselines further apart are two rows
_NO_SPACE = 0.12  # of the type size; pieces of a word nearer than this are one
_NOTE = re.compile(r"\(?(?:\d{1,3}|[*†‡§¹²³⁰⁴-⁹])(?:,\s?\d{1,3})*\)?[.,;:]?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its place (points from the lower left corner; ``y`` is the baseline) and its type.

    ``raised`` marks a small one that stands higher than its row, ``upright`` is false for turned text.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    upright: bool = True
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page, in the order of the file."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Words on one baseline, from left to right. ``right`` is where its column ends."""

    words: tuple[Word, ...]
    page: int
    right: float = 0.0

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(word.x1 for word in self.words)

    @property
    def y(self) -> float:
        """Its baseline."""
        return next((w.y for w in self.words if not w.raised), self.words[0].y)

    @property
    def size(self) -> float:
        """The size in which most of it is set."""
        sizes: Counter[float] = Counter()
        for word in self.words:
            sizes[word.size] += 0 if word.raised else len(word.text)
        return sizes.most_common(1)[0][0]

    @property
    def text(self) -> str:
        """Its words with single spaces, references to notes included."""
        return joined(self.words)[0]


def joined(words: Sequence[Word]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text of words and the places of references to notes in it."""
    text, marks, before = "", [], None
    for word in words:
        near = before is not None and word.x0 - before.x1 < _NO_SPACE * max(before.size, word.size)
        if text and not near and not (word.raised and _NOTE.fullmatch(word.text)):
            text += " "
        if word.raised and _NOTE.fullmatch(word.text):
            marks.append((len(text), len(text) + len(word.text.rstrip(".,;:"))))
        text += word.text
        before = word
    return text, tuple(marks)


def is_note_mark(word: Word) -> bool:
    """Whether a word is a raised reference to a note."""
    return word.raised and _NOTE.fullmatch(word.text) is not None


def rows(page: Page) -> list[Row]:
    """The rows of a page from top to bottom."""
    upright = [word for word in page.words if word.upright]
    found: list[list[Word]] = []
    for word in sorted(_with_raised(upright), key=lambda w: (-w.y, w.x0)):
        last = found[-1] if found else None
        if last and abs(last[0].y - word.y) <= _SAME_ROW * max(last[0].size, word.size):
            last.append(word)
        else:
            found.append([word])
    return [Row(tuple(sorted(row, key=lambda w: w.x0)), page.number) for row in found]


def _with_raised(words: Sequence[Word]) -> Iterable[Word]:
    """The words, small ones that are raised beside a larger one brought down to its baseline."""
    for word in words:
        if len(word.text) > 6 or not any(c.isalnum() or c in "*†‡§" for c in word.text):
            yield word
            continue
        base = next((w for w in words if _raised_beside(word, w)), None)
        yield word if base is None else replace(word, y=base.y, raised=True)


def _raised_beside(word: Word, base: Word) -> bool:
    if base.size < 1.15 * word.size or not 0.08 * base.size <= word.y - base.y <= 0.8 * base.size:
        return False
    reach = 0.7 * base.size
    return abs(word.x0 - base.x1) <= reach or abs(base.x0 - word.x1) <= 2 * reach
