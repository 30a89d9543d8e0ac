"""The systems that are compared: what each is, and the packages that it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version


@dataclass(frozen=True, slots=True)
class System:
    """A name, the module that adapts it, the packages whose versions are told, and what it does.

    ``index_of`` names the system whose index it uses, if that is not its own.
    """

    name: str
    module: str
    packages: tuple[str, ...]
    note: str
    ours: bool = False
    index_of: str = ""

    def missing(self) -> tuple[str, ...]:
        """The packages that are not installed here."""
        return tuple(name for name in self.packages if _version(name) is None)

    def versions(self) -> str:
        """The installed packages with their versions."""
        return ", ".join(f"{name} {_version(name)}" for name in self.packages)


_HERE = "evals.bench.peers"
_LLAMAINDEX = ("llama-index-core", "llama-index-embeddings-huggingface")

SYSTEMS = (
    System(
        "report-qa, whole answers",
        f"{_HERE}.ours_answers",
        (),
        "this tool as people use it: every question answered or refused, every statement cited and quoted; "
        "ranked are the paragraphs that it cites, then those that it weighed",
        ours=True,
    ),
    System(
        "report-qa, search",
        f"{_HERE}.ours",
        (),
        "this tool's search alone, in the same index: paragraphs, sentences, everyday questions and words",
        ours=True,
        index_of="report-qa, whole answers",
    ),
    System(
        "report-qa, search without everyday questions",
        f"{_HERE}.ours_plain",
        (),
        "the same on a report that nobody wrote everyday questions for",
        ours=True,
    ),
    System(
        "LangChain",
        f"{_HERE}.langchain",
        ("langchain-core", "langchain-text-splitters", "langchain-community", "faiss-cpu"),
        "recursive splitter, 1000 characters with 200 shared, FAISS",
    ),
    System(
        "LlamaIndex",
        f"{_HERE}.llamaindex",
        _LLAMAINDEX,
        "default settings: 1024 tokens with 200 shared, of which the encoder reads the first 256",
    ),
    System(
        "LlamaIndex, citation chunks",
        f"{_HERE}.llamaindex_citations",
        _LLAMAINDEX,
        "the chunks of its citation query engine: 512 tokens with 20 shared",
    ),
    System(
        "txtai",
        f"{_HERE}.txtai",
        ("txtai",),
        "text between blank lines; hybrid: BM25 and vectors at equal weight",
    ),
    System(
        "Haystack",
        f"{_HERE}.haystack",
        ("haystack-ai", "sentence-transformers-haystack"),
        "200 words a piece; BM25 and vectors in memory, joined by reciprocal ranks",
    ),
)


def present(systems: Iterable[System] = SYSTEMS) -> tuple[System, ...]:
    """The systems whose packages are all installed."""
    return tuple(system for system in systems if not system.missing())


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
