"""What a reader hands over: the printed pieces of a document in reading order, with what the format says of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from corpus.errors import CorpusError

Region = Literal["body", "running", "contents", "footnote", "navigation"]

_BULLET = re.compile(r"(?:[-–—*•▪▫◦‣·●○■□◼◆❖➢➤✓✔\ufffd\ue000-\uf8ff]|o)")


class ReadError(CorpusError):
    """A file cannot be read as a report; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One printed line, or one whole paragraph where the format has paragraphs.

    ``label`` is what stands before the text and apart from it: a number that hangs in the margin or that Word
    generates, a bullet. ``text`` has no outer space and no line break. ``page`` counts from 1, 0 where the format has
    no pages. ``continues`` says that by its looks it runs on from the piece before. ``level`` is the rank of a heading,
    1 the highest, 0 for no heading. ``indent`` (points) and ``size`` (of the type, 0 if unknown) are where and how its
    first character is printed. ``cells`` are those of a table row. ``marks`` are the places of note references in the
    text. ``item`` says that the format itself makes it a list item; ``depth`` how deep in lists it stands.
    """

    text: str
    label: str = ""
    page: int = 0
    continues: bool = False
    level: int = 0
    indent: float = 0.0
    size: float = 0.0
    cells: tuple[str, ...] = ()
    region: Region = "body"
    marks: tuple[tuple[int, int], ...] = ()
    item: bool = False
    depth: int = 0

    @property
    def bulleted(self) -> bool:
        """Whether its label is a bullet rather than a number or letter."""
        return bool(self.label) and is_bullet(self.label)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read. ``facts`` are what its own properties say: ``title``, ``author``."""

    pieces: tuple[Piece, ...]
    facts: dict[str, str] = field(default_factory=dict)
    pages: int = 0


def is_bullet(text: str) -> bool:
    """Whether a text is nothing but a list bullet."""
    return _BULLET.fullmatch(text) is not None
