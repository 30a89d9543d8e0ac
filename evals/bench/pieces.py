"""What a system finds, and which printed paragraphs that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from corpus.values import FINDINGS, Span
from evals.vanilla import sources

Piece = str | tuple[int, int]
"""A paragraph's number, or the start and end of a stretch of the report's text."""

Search = Callable[[str, int], Sequence[Piece]]
"""The pieces that fit a question, best first, at most so many."""


def ranking(pieces: Iterable[Piece], layout: Sequence[Span]) -> tuple[str, ...]:
    """The paragraphs that pieces hold, piece by piece, each at its first place."""
    return tuple(dict.fromkeys(number for piece in pieces for number in held(piece, layout)))


def held(piece: Piece, layout: Sequence[Span]) -> tuple[str, ...]:
    """Every paragraph of which a piece holds something, the one with most of its characters first."""
    if isinstance(piece, str):
        return (piece,)
    start, end = piece
    shares = dict.fromkeys(sources(layout, start, end), 0)
    for span in layout:
        owner = FINDINGS if span.kind == "grade" else span.owner
        if owner in shares:
            shares[owner] += max(0, min(end, span.end) - max(start, span.start))
    return tuple(sorted(shares, key=lambda number: -shares[number]))
