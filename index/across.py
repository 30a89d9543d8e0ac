"""One search over the paragraphs of all reports: the nearest to a question, with the reports that they are in.

It tells which reports to ask, however many there are; each report's own index then weighs sentences, everyday questions
and words. The vectors are those of the reports' own indexes: nothing is encoded twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from index.encoder import Encoder
from index.errors import IndexMissingError, IndexRefusedError
from index.faissstore import FaissStore
from index.folder import building
from index.index import Index
from index.store import read_manifest, usable
from index.vectorstore import Near, VectorStore

FOLDER = ".all-reports"
"""Where FAISS keeps it, among the reports' indexes; a report's id does not begin with a dot."""


def open_store(home: Path, encoder: Encoder, *, uri: str = "", token: str = "") -> VectorStore:
    """The store of all reports' vectors: Milvus where a URI is given, else FAISS in the data directory."""
    if uri:
        from index.milvusstore import MilvusStore

        return MilvusStore(uri, encoder.dimension, encoder=encoder.fingerprint, token=token)
    folder = home / "indexes" / FOLDER
    try:
        return FaissStore.load(folder, encoder.dimension, encoder=encoder.fingerprint)
    except IndexMissingError:
        return FaissStore(folder, encoder.dimension, encoder=encoder.fingerprint)


def put(
    indexes: Iterable[Index], home: Path, encoder: Encoder, *, uri: str = "", token: str = ""
) -> VectorStore:
    """Put the reports of some indexes into the store, in place of what it has of them, and save it."""
    with usable(home), building(home / "indexes" / FOLDER, lambda: None):
        try:
            store = open_store(home, encoder, uri=uri, token=token)
        except IndexRefusedError:  # what was altered is made anew, as its message says
            store = FaissStore(home / "indexes" / FOLDER, encoder.dimension, encoder=encoder.fingerprint)
        for index in indexes:
            numbers, vectors = index.paragraph_vectors()
            for name in [name for name in store.reports() if report_of(name) == index.report_id]:
                store.remove(name)
            store.add(f"{index.report_id}@{index.id}", numbers, vectors)
        store.save()
    return store


def take_out(report: str, home: Path, encoder: Encoder, *, uri: str = "", token: str = "") -> bool:
    """Take a report out of the store and save it; whether it was there."""
    with usable(home), building(home / "indexes" / FOLDER, lambda: None):
        store = open_store(home, encoder, uri=uri, token=token)
        names = [name for name in store.reports() if report_of(name) == report]
        for name in names:
            store.remove(name)
        if names:
            store.save()
    return bool(names)


def report_of(name: str) -> str:
    """The report whose name in a store this is; what follows the id names the index that its vectors are from."""
    return name.partition("@")[0]


@dataclass(frozen=True)
class Across:
    """The reports that a store holds as they are now; of those ``lacking`` it holds nothing, or an old state."""

    store: VectorStore
    names: tuple[str, ...]
    lacking: tuple[str, ...]

    def search(
        self, encoder: Encoder, question: str, *, top_k: int = 10, reports: Collection[str] | None = None
    ) -> tuple[Near, ...]:
        """The paragraphs nearest to a question, best first; ``reports`` are the only ones searched, if given."""
        wanted = {name for name in self.names if reports is None or report_of(name) in reports}
        if not question.strip():
            return ()
        only = None if wanted >= self.store.reports().keys() else wanted
        found = self.store.search(encoder.encode([question])[0], top_k=top_k, reports=only)
        return tuple(replace(near, report=report_of(near.report)) for near in found)


def across(store: VectorStore, reports: Iterable[str], home: Path) -> Across:
    """What a store can tell of some reports; raises what :func:`index.store.read_manifest` raises but for missing."""
    held = store.reports()
    names, lacking = [], []
    for report in reports:
        try:
            name = f"{report}@{read_manifest(report, home).id}"
        except IndexMissingError:
            name = ""
        if name in held:
            names.append(name)
        else:
            lacking.append(report)
    return Across(store, tuple(names), tuple(lacking))
