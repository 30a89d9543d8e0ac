"""Plain text: lines, indents, blank lines and form feeds are all there is to go by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from corpus.readers.document import Document, Piece, ReadError
from corpus.readers.furniture import is_page_number
from corpus.readers.web import decoded

_CHARACTER = 6.0  # points that a character of indent counts for
_LABEL = re.compile(
    r"(\(?[A-Z]{0,2}\.?\d{1,4}(?:\.\d{1,3})*[.):]?|\((?:[a-z]|[ivx]{1,5})\)|(?:[a-z]|[ivx]{1,5})[.)]|[-–—*•▪·o])(\t+|\s{2,})(?=\S)"
)
_BULLET = re.compile(r"([-–—*•▪·])\s+(?=\S)")
_HASHES = re.compile(r"(#{1,6})\s+")
_ENDED = re.compile(r"[.!?:;,][\"'”’)\]]*$")
_LEADERS = re.compile(r"(?:(?:\.\s?){4,}|…{2,}|_{4,})[.\s]*(?:\d{1,4}|[ivx]{1,5})\s*$")
_RULE = re.compile(r"[\W_]+")
_LONGEST_HEADING = 110  # characters
_EDGE = 3  # lines at the top and the bottom of a page that may be running lines


def read_text(path: Path) -> Document:
    """The document in a text file; raises :class:`ReadError` for one that is empty or no text."""
    content = path.read_bytes()
    text = decoded(content)
    if not text.strip():
        raise ReadError(f"{path.name} is empty.")
    if "\0" in text:
        raise ReadError(
            f"{path.name} is not a text file, whatever its name says. Add it under the name of its format."
        )
    return from_text(text)


def from_text(text: str) -> Document:
    """The document that a text holds."""
    pages = [page.split("\n") for page in text.replace("\r\n", "\n").replace("\r", "\n").split("\f")]
    running = _running(pages)
    wrapped = _wrapped([line for page in pages for line in page])
    found: list[Piece] = []
    blank = True
    for number, lines in enumerate(pages, start=1):
        for k, raw in enumerate(lines):
            if not raw.strip() or _RULE.fullmatch(raw.strip()):
                blank = True
                continue
            piece = _piece(raw, number, running=k in running[number - 1])
            after = lines[k + 1] if k + 1 < len(lines) else ""
            if piece.region == "body":
                piece = _looked_at(piece, raw, found, after, blank=blank, wrapped=wrapped)
                blank = False
            found.append(piece)
    return Document(tuple(found), {}, len(pages) if len(pages) > 1 else 0)


def _piece(raw: str, page: int, *, running: bool) -> Piece:
    line = raw.expandtabs(4) if raw[:1] in " \t" else raw
    indent = (len(line) - len(line.lstrip())) * _CHARACTER
    text = raw.strip()
    if running:
        return Piece(text, page=page, region="running", indent=indent)
    if _LEADERS.search(text):
        return Piece(text, page=page, region="contents", indent=indent)
    hashes = _HASHES.match(text)
    if hashes:
        return Piece(text[hashes.end() :].strip(), page=page, level=len(hashes[1]), indent=indent)
    label = _LABEL.match(text) or _BULLET.match(text)
    rest = text[label.end() :] if label else text
    cells = tuple(cell.strip() for cell in re.split(r"\t+|\s{4,}", rest) if cell.strip())
    tabular = len(cells) > 1 and all(len(cell) < _LONGEST_HEADING for cell in cells)
    text = "\t".join(cells) if tabular else re.sub(r"\s+", " ", rest)
    item = bool(label) and re.match(r"[^\d(A-Z]|\([a-z]", label[1] if label else "") is not None
    return Piece(
        text,
        label=label[1] if label else "",
        page=page,
        indent=indent,
        cells=cells if tabular else (),
        item=item,
    )


def _looked_at(
    piece: Piece, raw: str, before: Sequence[Piece], after: str, *, blank: bool, wrapped: bool
) -> Piece:
    """A line with what its surroundings say: whether it runs on, whether it is a heading."""
    last = next((p for p in reversed(before) if p.region == "body"), None)
    if piece.level or piece.label or piece.cells:
        return piece
    turned = last is not None and last.page != piece.page and not _ENDED.search(last.text)
    runs_on = last is not None and (turned or (not blank and wrapped)) and not last.level and not last.cells
    if (
        blank
        and last is not None
        and piece.text[:1].islower()
        and not _ENDED.search(last.text)
        and not last.level
    ):
        runs_on = True
    heading = (
        not runs_on
        and _heading_shaped(piece.text)
        and (blank or not wrapped)
        and (not after.strip() or _numbered(after))
    )
    return replace(piece, continues=runs_on, level=_level(piece.text) if heading else 0)


def _heading_shaped(text: str) -> bool:
    lettered = text.lstrip("\"'“‘(0123456789. ")[:1].isupper()
    return lettered and len(text) <= _LONGEST_HEADING and not _ENDED.search(text.removesuffix("?"))


def _level(text: str) -> int:
    """Capitals rank higher than other headings."""
    letters = [c for c in text if c.isalpha()]
    return 1 if len(letters) > 3 and all(c.isupper() for c in letters) else 2


def _numbered(line: str) -> bool:
    return re.match(r"\s*(?:[A-Z]{0,2}\.?\d{1,4}(?:\.\d{1,3})*\.?|[-–•*])\s", line) is not None


def _wrapped(lines: Sequence[str]) -> bool:
    """Whether paragraphs run over several lines of like length, rather than a line each."""
    lengths = [len(line.rstrip()) for line in lines if len(line.strip()) > 30]
    return bool(lengths) and max(lengths) < 140 and 35 < median(lengths) < 125


def _running(pages: Sequence[Sequence[str]]) -> list[frozenset[int]]:
    """For each page the indices of the lines at its edges that come again on other pages, and of page numbers."""
    edges = [list(_edges(lines)) for lines in pages]
    counts = Counter(
        key for lines, edge in zip(pages, edges, strict=True) for key in {_key(lines[k]) for k in edge}
    )
    needed = max(2, min(3, len(pages) - 1))
    paged = len(pages) > 1
    return [
        frozenset(
            k
            for k in edge
            if (paged and counts[_key(lines[k])] >= needed) or _page_number(lines, k, paged=paged)
        )
        for lines, edge in zip(pages, edges, strict=True)
    ]


def _edges(lines: Sequence[str]) -> Iterator[int]:
    filled = [k for k, line in enumerate(lines) if line.strip()]
    yield from sorted({*filled[:_EDGE], *filled[-_EDGE:]})


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.lower().split()))


def _page_number(lines: Sequence[str], k: int, *, paged: bool) -> bool:
    filled = [i for i, line in enumerate(lines) if line.strip()]
    return paged and k in (filled[0], filled[-1]) and is_page_number(lines[k].strip())
