"""Which pieces of a document may begin a numbered paragraph, and with what number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.lines import Number
from corpus.readers.document import Piece

LONGEST_HEADING = 200  # characters

_NUMBER = r"(?P<letter>[A-Z]{1,2}\.?(?=\d))?(?P<number>\d{1,4}(?:\.\d{1,3})*)"
_LABEL = re.compile(rf"(?:para(?:graph)?\.?\s*)?[(\[]?{_NUMBER}(?P<stop>[.)\]:]*)", re.IGNORECASE)
_INLINE = re.compile(rf"(?P<open>\[)?{_NUMBER}(?P<stop>(?(open)\]|[.)]?))(?:\s+|(?=[A-Z\"'“‘])|$)")
_PROSE_END = re.compile(r"[.!?;:,][\"'”’)\]]*$")

_CAPTION = re.compile(r"(?:table|figure|chart|graph|box)\s+[A-Z]{0,2}\d", re.IGNORECASE)

_CONTINUED = 0.55  # less weight for a line that looks like the next of its block
_PLAIN = 0.5  # less for a number without a stop in running text
_CELLS = 0.6  # less for a row of a table
_NESTED = 0.4  # less for an item of a list inside a list
_LISTED = 0.3  # less for a number that counts a list after a colon
_BRACKETED = 0.5  # less for (1) and 1); judgments print [1]
_OUT_OF_LINE = 0.5  # less for one that is printed elsewhere than most
_TOLERANCE = 7.0  # points
_HEADED = 0.6  # less for one that looks like a heading


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece that may begin a paragraph.

    ``index`` is the piece's; ``letter`` what a number such as ``A1`` begins with. ``skip`` characters of the text are
    the number, 0 when it is the piece's label. ``weight``, 1 at most, says how much it looks like a start.
    """

    index: int
    number: Number
    letter: str = ""
    skip: int = 0
    weight: float = 1.0

    @property
    def label(self) -> str:
        """The number as printed."""
        return self.letter + ".".join(map(str, self.number))


def candidates(pieces: Sequence[Piece], *, indent: float | None = None, size: float = 0.0) -> list[Candidate]:
    """The candidates in order; ``indent`` and ``size`` are where and how most numbers are printed, if known."""
    found: list[Candidate] = []
    for i, piece in enumerate(pieces):
        if piece.region != "body" or is_heading(piece):
            continue
        one = _labelled(i, piece) if piece.label else _inline(i, piece)
        if one is not None:
            found.append(_weighed(one, pieces, found, indent, size))
    return found


def is_heading(piece: Piece) -> bool:
    """Whether a piece is a heading: the format or the type says so, and it is no sentence, lead-in or caption."""
    short = bool(piece.level) and 0 < len(piece.text) <= LONGEST_HEADING
    return short and not _PROSE_END.search(_unquestioned(piece.text)) and not _CAPTION.match(piece.text)


def _unquestioned(text: str) -> str:
    return text.removesuffix("?")


def _labelled(index: int, piece: Piece) -> Candidate | None:
    match = _LABEL.fullmatch(piece.label)
    if match is None:
        return None
    bracketed = ")" in match["stop"] or piece.label.startswith("(")
    return Candidate(
        index, _number(match), match["letter"] or "", 0, 1.0 - (_BRACKETED if bracketed else 0.0)
    )


def _inline(index: int, piece: Piece) -> Candidate | None:
    match = _INLINE.match(piece.text)
    if match is None or not piece.text:
        return None
    rest = piece.text[match.end() :]
    dotted = "." in match["number"] or match["stop"] or match["letter"]
    if not dotted and not rest[:1].isupper():
        return None
    if dotted and not match["stop"] and rest[:1].islower():
        return None  # 12.5 per cent, 2.5 million
    weight = 1.0 - _BRACKETED if match["stop"] == ")" else 1.0 if dotted else 1.0 - _PLAIN
    return Candidate(index, _number(match), match["letter"] or "", match.end(), weight)


def _number(match: re.Match[str]) -> Number:
    return tuple(int(part) for part in match["number"].split("."))


def _weighed(
    one: Candidate, pieces: Sequence[Piece], before: Sequence[Candidate], indent: float | None, size: float
) -> Candidate:
    piece = pieces[one.index]
    less = 0.0
    less += _CONTINUED if piece.continues else 0.0
    less += _CELLS if piece.cells else 0.0
    less += _NESTED if piece.depth > 1 else 0.0
    less += _LISTED if _listed(one, pieces, before) else 0.0
    less += _HEADED if _short(pieces, one) else 0.0
    if indent is not None and abs(piece.indent - indent) > _TOLERANCE:
        less += _OUT_OF_LINE
    if size and piece.size and abs(piece.size - size) > 0.8:
        less += _OUT_OF_LINE
    return Candidate(one.index, one.number, one.letter, one.skip, max(0.05, one.weight - less))


def _listed(one: Candidate, pieces: Sequence[Piece], before: Sequence[Candidate]) -> bool:
    """Whether a number counts a list: from 1 after a colon."""
    above = pieces[one.index - 1] if one.index else None
    opens = one.number[-1] == 1 and above is not None and above.text.endswith(":")
    last = before[-1] if before else None
    follows = (
        last is not None and last.number[:-1] == one.number[:-1] and last.number[-1] + 1 == one.number[-1]
    )
    return opens or (follows and last is not None and last.weight <= 1.0 - _LISTED and last.number[-1] < 9)


def _short(pieces: Sequence[Piece], one: Candidate) -> bool:
    """Whether a candidate is a few words without a stop, and nothing runs on from it: a heading or a cell."""
    text = pieces[one.index].text[one.skip :]
    after = pieces[one.index + 1] if one.index + 1 < len(pieces) else None
    if after is not None and after.continues:
        return False
    return 0 < len(text) <= 60 and not _PROSE_END.search(text)
