"""The recommendations of a report: list items under a deadline, and whom each names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.values import LOCAL_ADDRESSEE, Paragraph, Recommendation

_DEADLINE = re.compile(
    r"(?:immediately|with immediate effect|urgently|as soon as .+|within .+|by .+|before .+|in the next .+)",
    re.IGNORECASE,
)
_WORD = r"[A-Z][\w&'’-]*"
_NAME = rf"{_WORD}(?:\s+(?:(?:of|and|for|the|upon)\s+)*{_WORD})*"
_ADDRESSEE = re.compile(rf"([Tt]he\s+)?({_NAME})\s+(?:to|should|must|will)\s")
_ACRONYM = re.compile(r"[A-Z]{2,}")


def find_recommendations(paragraphs: Sequence[Paragraph]) -> tuple[Recommendation, ...]:
    """Every list item that stands under a deadline, in order."""
    return tuple(found for paragraph in paragraphs for found in _in_paragraph(paragraph))


def _in_paragraph(paragraph: Paragraph) -> Iterator[Recommendation]:
    deadline, position = None, 0
    for line in paragraph.text.split("\n"):
        if line.startswith("- "):
            if deadline is not None:
                yield _recommendation(paragraph.number, deadline, line[2:], position + 2)
        else:
            deadline = _deadline(line) if position else None
        position += len(line) + 1


def _deadline(line: str) -> str | None:
    name = line.removesuffix(":").strip()
    return name if _DEADLINE.fullmatch(name) and not name.endswith(".") else None


def _recommendation(number: str, deadline: str, text: str, start: int) -> Recommendation:
    return Recommendation(number, deadline, addressee(text), text, start, start + len(text))


def addressee(text: str) -> str:
    """Whom a recommendation names, as printed: ``the LSCB to review its priorities`` names ``LSCB``.

    A single capitalised word without an article may be a verb, so it only counts if it is an acronym.
    """
    match = _ADDRESSEE.match(text)
    if match is None:
        return LOCAL_ADDRESSEE
    article, name = match.groups()
    return name if article or " " in name or _ACRONYM.match(name) else LOCAL_ADDRESSEE
