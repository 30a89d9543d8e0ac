"""Haystack: 200 words a piece, BM25 and vectors in memory, joined by reciprocal ranks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.utils import ComponentDevice
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from evals.bench.pieces import Piece, Search
from evals.bench.weights import folder as weights

_FILE = "store.json"


def build(text: str, folder: Path) -> None:
    """Index a text in a folder."""
    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    pipeline = Pipeline()
    pipeline.add_component("splitter", DocumentSplitter())
    pipeline.add_component(
        "embedder",
        SentenceTransformersDocumentEmbedder(
            model=str(weights()), device=ComponentDevice.from_str("cpu"), progress_bar=False
        ),
    )
    pipeline.add_component("writer", DocumentWriter(store))
    pipeline.connect("splitter", "embedder")
    pipeline.connect("embedder", "writer")
    pipeline.run({"splitter": {"documents": [Document(content=text)]}})
    folder.mkdir(parents=True, exist_ok=True)
    store.save_to_disk(str(folder / _FILE))


def opened(folder: Path) -> Search:
    """The search of an index that was built in a folder."""
    store = InMemoryDocumentStore.load_from_disk(str(folder / _FILE))
    pipeline = Pipeline()
    pipeline.add_component(
        "embedder",
        SentenceTransformersTextEmbedder(
            model=str(weights()), device=ComponentDevice.from_str("cpu"), progress_bar=False
        ),
    )
    pipeline.add_component("vectors", InMemoryEmbeddingRetriever(store))
    pipeline.add_component("words", InMemoryBM25Retriever(store))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    pipeline.connect("embedder.embedding", "vectors.query_embedding")
    pipeline.connect("vectors", "joiner")
    pipeline.connect("words", "joiner")

    def search(question: str, count: int) -> Sequence[Piece]:
        found = pipeline.run(
            {
                "embedder": {"text": question},
                "vectors": {"top_k": count},
                "words": {"query": question, "top_k": count},
                "joiner": {"top_k": count},
            }
        )["joiner"]["documents"]
        starts = [(int(document.meta["split_idx_start"]), document.content or "") for document in found]
        return [(start, start + len(content)) for start, content in starts]

    return search
