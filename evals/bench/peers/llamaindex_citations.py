"""LlamaIndex with the chunks of its citation query engine: 512 tokens, 20 shared."""

from __future__ import annotations

from pathlib import Path

from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.query_engine.citation_query_engine import (
    DEFAULT_CITATION_CHUNK_OVERLAP,
    DEFAULT_CITATION_CHUNK_SIZE,
)

from evals.bench.peers import llamaindex
from evals.bench.peers.llamaindex import opened

__all__ = ["build", "opened"]


def build(text: str, folder: Path) -> None:
    """Index a text in a folder."""
    size, overlap = DEFAULT_CITATION_CHUNK_SIZE, DEFAULT_CITATION_CHUNK_OVERLAP
    llamaindex.build(text, folder, SentenceSplitter(chunk_size=size, chunk_overlap=overlap))
