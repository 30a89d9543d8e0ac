"""The retrieval of a plain LangChain tutorial as a baseline: fixed-length chunks, the nearest four."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.values import FINDINGS, Report, Span
from evals.cases import Case
from evals.systems import System
from evals.values import Reply, unique
from index.encoder import Encoder

CHUNK_LENGTH = 1000
"""Characters of a chunk, the value of the LangChain tutorials."""

CHUNK_OVERLAP = 200
"""Characters that a chunk shares with the one before it."""

TOP_K = 4
"""Chunks retrieved, LangChain's default."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of the report's text and the sources that it lies in, in order."""

    text: str
    sources: tuple[str, ...]


def chunks(report: Report) -> tuple[Chunk, ...]:
    """The report's text cut by LangChain's recursive splitter, which knows nothing of paragraphs' numbers."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_LENGTH, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
    )
    documents = splitter.create_documents([report.source])
    return tuple(
        Chunk(document.page_content, sources(report.layout, start, start + len(document.page_content)))
        for document in documents
        for start in [int(document.metadata["start_index"])]
    )


def vanilla(report: Report, encoder: Encoder, *, name: str, note: str) -> System:
    """The best retrieved chunk as the answer, citing every paragraph that it lies in; never refuses."""
    import faiss

    pieces = chunks(report)
    index = faiss.IndexFlatIP(encoder.dimension)
    index.add(encoder.encode([piece.text for piece in pieces]))

    def reply(case: Case) -> Reply:
        _, places = index.search(encoder.encode([case.question]), min(TOP_K, len(pieces)))
        return _copy([pieces[place] for place in places[0]])

    return System(name, note, reply)


def _copy(found: Sequence[Chunk]) -> Reply:
    ranking = unique(tuple(source for chunk in found for source in chunk.sources))
    return Reply("answered", found[0].text, found[0].sources, ranking)


def sources(layout: Sequence[Span], start: int, end: int) -> tuple[str, ...]:
    """The sources of which a stretch of the text holds something, in the order of the text."""
    inside = (span for span in layout if span.start < end and start < span.end)
    # A grade line under a heading is part of what "findings" stands for.
    owners = (FINDINGS if span.kind == "grade" else span.owner for span in inside)
    return unique(tuple(owner for owner in owners if owner is not None))
