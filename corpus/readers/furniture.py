"""Running heads and feet: lines at the edge of pages that come again on others, and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.readers.words import Row

EDGE = 3  # rows at the top and at the bottom of a page that may be running lines
_ZONE = 0.16  # of the height of the page
_SHARE = 0.25  # of the pages that a running line must stand on
_SAME_PLACE = 6.0  # points

_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—|]?\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–—|]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)


def running(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> list[frozenset[int]]:
    """For each page the indices of its running lines."""
    edges = [_edges(found, height) for found, height in zip(pages, heights, strict=True)]
    counts: Counter[tuple[str, int]] = Counter()
    for found, edge in zip(pages, edges, strict=True):
        for key in {_key(found[k]) for k in edge}:
            counts[key] += 1
    needed = max(2, _SHARE * sum(1 for found in pages if found)) if len(pages) < 12 else 3
    return [
        frozenset(k for k in edge if _count(counts, _key(found[k])) >= needed or _page_number(found, k))
        for found, edge in zip(pages, edges, strict=True)
    ]


def is_page_number(text: str) -> bool:
    """Whether a text is nothing but a page number."""
    return _PAGE_NUMBER.fullmatch(text) is not None


def _edges(found: Sequence[Row], height: float) -> list[int]:
    near = [*range(len(found))[:EDGE], *range(len(found))[-EDGE:]]
    low, high = _ZONE * height, (1 - _ZONE) * height
    return sorted({k for k in near if not low < found[k].y < high})


def _key(row: Row) -> tuple[str, int]:
    """The text without its figures, and the height at which it stands."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", row.text.lower()), round(row.y / _SAME_PLACE)


def _count(counts: Counter[tuple[str, int]], key: tuple[str, int]) -> int:
    text, place = key
    return sum(counts[text, place + step] for step in (-1, 0, 1))


def _page_number(found: Sequence[Row], k: int) -> bool:
    """Whether the outermost row of a page is nothing but a page number."""
    return k in (0, len(found) - 1) and is_page_number(found[k].text)
