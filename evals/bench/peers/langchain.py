"""LangChain: recursive splitter, 1000 characters with 200 shared, and its FAISS store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from langchain_community.vectorstores import FAISS
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evals.bench.pieces import Piece, Search
from evals.bench.weights import sentence_transformer

CHUNK_LENGTH, CHUNK_OVERLAP = 1000, 200
"""Characters, as in LangChain's tutorials."""


class Encoder(Embeddings):
    """What LangChain's Hugging Face package does, which allows no current version of huggingface-hub."""

    def __init__(self) -> None:
        self._model = sentence_transformer()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector a text."""
        rows: list[list[float]] = self._model.encode(texts, show_progress_bar=False).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self.embed_documents([text])[0]


def build(text: str, folder: Path) -> None:
    """Index a text in a folder."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_LENGTH, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
    )
    FAISS.from_documents(splitter.create_documents([text]), Encoder()).save_local(str(folder))


def opened(folder: Path) -> Search:
    """The search of an index that was built in a folder."""
    # It unpickles; the folder was written by this run.
    store = FAISS.load_local(str(folder), Encoder(), allow_dangerous_deserialization=True)

    def search(question: str, count: int) -> Sequence[Piece]:
        found = store.similarity_search(question, k=count)
        starts = [(int(document.metadata["start_index"]), document.page_content) for document in found]
        return [(start, start + len(content)) for start, content in starts]

    return search
