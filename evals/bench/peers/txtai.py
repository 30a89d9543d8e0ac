"""txtai: stretches of text between blank lines, found by BM25 and vectors together (``hybrid``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from txtai import Embeddings

from evals.bench.pieces import Piece, Search
from evals.bench.weights import folder as weights

_PARTS = re.compile(r"\S(?:.(?!\n\s*\n))*.?", re.DOTALL)


def build(text: str, folder: Path) -> None:
    """Index a text in a folder."""
    embeddings = Embeddings(path=str(weights()), hybrid=True)
    parts = [(match.start(), match.end()) for match in _PARTS.finditer(text)]
    embeddings.index((f"{start}-{end}", text[start:end], None) for start, end in parts)
    embeddings.save(str(folder))


def opened(folder: Path) -> Search:
    """The search of an index that was built in a folder."""
    embeddings = Embeddings()
    embeddings.load(str(folder))

    def search(question: str, count: int) -> Sequence[Piece]:
        places = [str(name).split("-") for name, _ in embeddings.search(question, count)]
        return [(int(start), int(end)) for start, end in places]

    return search
