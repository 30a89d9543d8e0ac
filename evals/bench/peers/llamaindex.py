"""LlamaIndex: its sentence splitter by default (1024 tokens, 200 shared), and its vector index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from llama_index.core import Document, Settings, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.core.node_parser import SentenceSplitter
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from evals.bench.pieces import Piece, Search
from evals.bench.weights import folder as weights


def build(text: str, folder: Path, splitter: SentenceSplitter | None = None) -> None:
    """Index a text in a folder."""
    _encoder()
    index = VectorStoreIndex.from_documents(
        [Document(text=text)], transformations=[splitter or SentenceSplitter()]
    )
    index.storage_context.persist(str(folder))


def opened(folder: Path) -> Search:
    """The search of an index that was built in a folder."""
    _encoder()
    index = load_index_from_storage(StorageContext.from_defaults(persist_dir=str(folder)))

    def search(question: str, count: int) -> Sequence[Piece]:
        nodes = [found.node for found in index.as_retriever(similarity_top_k=count).retrieve(question)]
        return [(node.start_char_idx, node.end_char_idx) for node in nodes]

    return search


def _encoder() -> None:
    Settings.embed_model = HuggingFaceEmbedding(model_name=str(weights()), device="cpu")
