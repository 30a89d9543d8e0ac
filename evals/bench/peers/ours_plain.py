"""Ours, searching alone, over a report that nobody wrote everyday questions for."""

from __future__ import annotations

from pathlib import Path

from evals.bench.peers.ours import build_index, index_search
from evals.bench.pieces import Search


def build(text: str, folder: Path) -> None:
    """Index the shipped report in a folder, without its everyday questions."""
    build_index(folder, with_questions=False)


def opened(folder: Path) -> Search:
    """The search of an index that was built in a folder."""
    return index_search(folder, with_questions=False)
