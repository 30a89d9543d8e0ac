"""The lines of a report text, each with its marker, its printed number and the place of every character."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

Number = tuple[int, ...]

LONGEST_HEADING = 150  # characters; longer lines are prose even without a full stop

_MARKER = re.compile(r"[-–—•▪·*](?:[ \t\u00a0]+|$)")
_HASHES = re.compile(r"#{1,6}[ \t]+")
_NUMBER = re.compile(r"(\d{1,4}(?:\.\d{1,3})*)(\.?)(?:\s+|(?=[A-Z\"'“‘])|$)")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s+of\s+\d{1,4})?", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,3})(?=[^\s*_])([^*_]*[^\s*_])\1(?![\w*_])")
_GRADE = re.compile(r"Grade\s+\d+\s*\(([A-Z][A-Za-z ]*)\)$")
_FINISHED = re.compile(r"[.!?:;][\"'”’)\]]*$|[;,]\s+(?:and|or)$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source.

    ``text`` has no outer space, list marker, heading hashes or emphasis marks; ``at`` holds the place in the
    source of each of its characters, ``emphasis`` that of each mark taken out. ``start`` and ``end`` are the
    line without its newline. ``blank_before`` is true when an empty line, a page number or feed, or the
    beginning of the source precedes it. ``marker_at`` is where its marker or hashes begin, ``None`` without.
    """

    number: int
    start: int
    end: int
    text: str
    at: tuple[int, ...]
    marked: bool = False
    hashed: bool = False
    indented: bool = False
    blank_before: bool = False
    emphasis: tuple[int, ...] = ()
    marker_at: int | None = None

    @property
    def blank(self) -> bool:
        """Whether the line holds neither a letter nor a figure: it is empty, or a rule such as ``---``."""
        return not self.text

    @property
    def cells(self) -> tuple[str, ...]:
        """The filled cells of a line with tabs, ``()`` for a line without."""
        if "\t" not in self.text:
            return ()
        return tuple(cell.strip() for cell in self.text.split("\t") if cell.strip())

    @property
    def capital(self) -> bool:
        """Whether the text begins like a sentence: with a capital letter or a figure, quoted or not."""
        first = self.text.lstrip("\"'“‘(")[:1]
        return first.isupper() or first.isdigit()


def read_lines(source: str) -> tuple[Line, ...]:
    """Every line of the source, blank ones included, in order."""
    return tuple(_with_whole_headings(list(_read(source))))


def _read(source: str) -> Iterator[Line]:
    position, blank = 0, True
    for number, raw in enumerate(source.split("\n"), start=1):
        line = _line(raw, number, position, blank_before=blank)
        yield line
        blank = line.blank or is_page_number(line)
        position += len(raw) + 1


def _with_whole_headings(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with headings that run over two of them as one."""
    k = 0
    while k < len(lines):
        whole = _runs_on(lines[k : k + 3])
        yield _joined(lines[k], lines[k + 1]) if whole else lines[k]
        k += 2 if whole else 1


def _runs_on(lines: Sequence[Line]) -> bool:
    """Whether two lines alone between blank ones are one heading."""
    if len(lines) < 2 or (len(lines) == 3 and not lines[2].blank):
        return False
    first, second = lines[:2]
    opens = first.blank_before and heading_shaped(first) and not (first.hashed or printed_number(first.text))
    plain = not (second.marked or second.indented or second.cells or finished(second.text.rstrip("?")))
    short = len(first.text) + len(second.text) < LONGEST_HEADING
    return opens and plain and short and _second_half(first.text, second.text)


def _second_half(first: str, second: str) -> bool:
    """Whether a line begins in lower case, or holds the end of a grade that the line above begins."""
    grade_cut = split_grade(f"{first} {second}")[1] is not None and split_grade(second)[1] is None
    return second[:1].islower() or grade_cut


def _joined(first: Line, second: Line) -> Line:
    """Two lines as one; its space is the newline between them."""
    return replace(
        first,
        end=second.end,
        text=f"{first.text} {second.text}",
        at=(*first.at, first.end, *second.at),
        emphasis=first.emphasis + second.emphasis,
    )


def _line(raw: str, number: int, position: int, *, blank_before: bool) -> Line:
    if not any(character.isalnum() for character in raw):
        return Line(number, position, position + len(raw), "", (), blank_before=blank_before)
    begin = len(raw) - len(raw.lstrip(" \t\r\f\v\u00a0\ufeff"))
    indented = begin > 0 and raw[:begin].strip("\f\ufeff") != ""
    hashes = _HASHES.match(raw, begin)
    marker = None if hashes else _MARKER.match(raw, begin)
    prefix = hashes or marker
    first = prefix.end() if prefix else begin
    last = len(raw.rstrip(" \r\f\v\u00a0\t"))
    marks = _emphasis(raw, first)
    kept = [i for i in range(first, last) if i not in marks]
    return Line(
        number=number,
        start=position,
        end=position + len(raw),
        text="".join(raw[i] for i in kept),
        at=tuple(position + i for i in kept),
        marked=marker is not None,
        hashed=hashes is not None,
        indented=indented,
        blank_before=blank_before or "\f" in raw[:begin],
        emphasis=tuple(sorted(position + i for i in marks)),
        marker_at=position + begin if prefix else None,
    )


def _emphasis(raw: str, first: int) -> frozenset[int]:
    """The places of paired emphasis marks (``*so*``) in a raw line."""
    places: list[int] = []
    for match in _EMPHASIS.finditer(raw, first):
        width = len(match[1])
        places += range(match.start(), match.start() + width)
        places += range(match.end() - width, match.end())
    return frozenset(places)


def without_emphasis(text: str) -> str:
    """The text without paired emphasis marks."""
    return _EMPHASIS.sub(r"\2", text)


def printed_number(text: str) -> tuple[Number, int] | None:
    """The number printed at the start of a line and where the text after it begins, ``None`` without number.

    ``12. Text`` and ``3.10 Text`` carry numbers, ``12 Text`` and ``12.5% of`` do not.
    """
    match = _NUMBER.match(text)
    if match is None or ("." not in match[1] and not match[2]):
        return None
    return tuple(int(part) for part in match[1].split(".")), match.end()


def split_grade(text: str) -> tuple[str, str | None]:
    """The name and the grade of a heading: ``("Staying safe", "Good")`` from ``Staying safe Grade 2 (Good)``.

    The name is empty for a grade that stands alone, the grade ``None`` where none is printed.
    """
    match = _GRADE.search(text)
    if match is None:
        return text, None
    return text[: match.start()].rstrip(), match[1].strip()


def is_page_number(line: Line) -> bool:
    """Whether the line holds nothing but a page number (``12``, ``Page 3 of 40``)."""
    return not line.marked and _PAGE_NUMBER.fullmatch(line.text) is not None


def finished(text: str) -> bool:
    """Whether a text ends where a sentence or a list item may end."""
    return _FINISHED.search(text) is not None


def heading_shaped(line: Line) -> bool:
    """Whether a line could be a heading by its looks: short, capitalised, without a closing stop."""
    if line.marked or line.cells or line.indented or line.blank or len(line.text) > LONGEST_HEADING:
        return False
    return line.hashed or (
        line.capital and (line.text[-1] == "?" or not finished(line.text)) and line.text[-1] != ","
    )


def normal(name: str) -> str:
    """A heading's name for comparison: lower case, single spaces, no closing punctuation."""
    return " ".join(name.lower().split()).rstrip("?:. ")
