"""How well a system finds what answers a question, measured on the printed paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, median

from corpus.values import Report
from evals.bench.pieces import Piece, held, ranking
from evals.cases import Case
from evals.metrics import retrieval
from evals.values import Reply, Result, Verdict

MEASURES = {"recall@1": "R(rel=2)@1", "recall@5": "R(rel=2)@5", "nDCG@10": "nDCG@10"}
"""Names of the measures over ranked paragraphs, and how ir-measures writes them."""

READ = 5
"""Pieces that a reader, or a language model, is given."""


def quality(cases: Sequence[Case], found: Sequence[Sequence[Piece]], report: Report) -> dict[str, float]:
    """Each measure's mean over the cases; ``found`` gives the pieces of each, best first.

    The measures of :data:`MEASURES` rank paragraphs, piece by piece (:func:`evals.bench.pieces.ranking`). Kinder to
    long pieces are ``held@1``, the share of required paragraphs that the first piece holds something of, and
    ``held@5``, the same of the first five together; ``words@5`` is how many words those five have, in the median.
    """
    results = [
        Result(case, Reply("answered", "", ranking=ranking(pieces, report.layout)), Verdict(False, (), 0))
        for case, pieces in zip(cases, found, strict=True)
    ]
    ranked = retrieval(results, tuple(MEASURES.values()))
    words = [sum(_words(piece, report) for piece in pieces[:READ]) for pieces in found]
    return {
        **{name: ranked[measure].value or 0.0 for name, measure in MEASURES.items()},
        "held@1": fmean(
            share_held(case, pieces[:1], report) for case, pieces in zip(cases, found, strict=True)
        ),
        f"held@{READ}": fmean(
            share_held(case, pieces[:READ], report) for case, pieces in zip(cases, found, strict=True)
        ),
        f"words@{READ}": float(median(words)),
    }


def share_held(case: Case, pieces: Sequence[Piece], report: Report) -> float:
    """The share of a case's required groups of which a piece holds a paragraph, or something of one."""
    numbers = {number for piece in pieces for number in held(piece, report.layout)}
    return fmean(not numbers.isdisjoint(group) for group in case.required)


def _words(piece: Piece, report: Report) -> int:
    if isinstance(piece, str):
        return next(len(p.text.split()) for p in report.paragraphs if p.number == piece)
    start, end = piece
    return len(report.source[start:end].split())
