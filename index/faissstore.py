"""The vector store that needs no server: FAISS in memory, a folder of files on disk.

Up to :data:`EXACT_UP_TO` paragraphs every vector is compared with the query. Beyond, the vectors are sorted into
lists of near ones, and only the lists nearest to the query are compared: nearly all of the same paragraphs are found in
a fraction of the time. A graph (HNSW) does as well up to a hundred thousand, but takes much longer to build and finds
too little in a million; where the switch lies and what it costs was measured (``python -m evals scale``;
docs/scaling.md).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Mapping, Sequence
from math import sqrt
from pathlib import Path
from sys import intern
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexMissingError, IndexRefusedError
from index.folder import replace_folder, steady
from index.vectorstore import Near, Vectors

EXACT_UP_TO = 50_000
"""Paragraphs up to which the search is exact."""

Large = Literal["lists", "graph"]
"""What a large store is; the graph is there to be compared with."""

SHARE = 64  # lists compared in a search
OUTGROWN = (
    2  # times as many lists as there are, from which they are made anew: at four times as many paragraphs
)
PER_CENTRE = 39  # vectors from which the centre of a list is learned, the least that FAISS deems enough
ROUNDS = 10  # of learning the centres

LINKS = 32  # of a paragraph in the graph: with 16 fewer of the nearest are found
CARE = 80  # candidates weighed for the links of a new paragraph
EFFORT = 512  # candidates weighed in a search

VECTORS = "vectors.faiss"
KEYS = "keys.json"
MANIFEST = "manifest.json"
FORMAT = "report-qa-library-1"


class FaissStore:
    """A :class:`index.vectorstore.VectorStore` in a folder; ``encoder`` is the fingerprint of what made its vectors."""

    def __init__(
        self,
        folder: Path,
        dimension: int,
        *,
        encoder: str = "",
        exact_up_to: int = EXACT_UP_TO,
        large: Large = "lists",
    ) -> None:
        self._folder = folder
        self._dimension = dimension
        self._encoder = encoder
        self._exact_up_to = exact_up_to
        self._large: Large = large
        self._index = _flat(dimension)
        self._ids: list[str] = []
        self._codes = np.zeros(0, dtype=np.int32)  # of each row, the place of its report in _ids
        self._numbers: list[str] = []

    @property
    def kind(self) -> str:
        """Whether the search is exact."""
        return {"exact": "FAISS, exact", "lists": "FAISS, lists", "graph": "FAISS, HNSW graph"}[self._form]

    @property
    def _form(self) -> str:
        if hasattr(self._index, "hnsw"):
            return "graph"
        return "lists" if hasattr(self._index, "nprobe") else "exact"

    def add(self, report: str, numbers: Sequence[str], vectors: Vectors) -> None:
        """Put the paragraphs of a report in, in place of all that the store holds of that report."""
        if vectors.shape != (len(numbers), self._dimension):
            raise ValueError(
                f"expected {len(numbers)} vectors of {self._dimension} numbers, found {vectors.shape}"
            )
        self.remove(report)
        if not len(numbers):
            return
        self._ids.append(report)
        self._codes = np.append(self._codes, np.full(len(numbers), len(self._ids) - 1, dtype=np.int32))
        self._numbers += map(intern, numbers)
        if self._outgrown():
            self._index = self._made_of(np.concatenate([_all(self._index), vectors]))
        else:
            _threads(os.cpu_count() or 1)
            self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def remove(self, report: str) -> None:
        """Take a report out; nothing of it stays: the index is made anew from what is left."""
        if report not in self._ids:
            return
        code = self._ids.index(report)
        kept = np.flatnonzero(self._codes != code)
        vectors = self._rows(kept)
        self._codes = self._codes[kept]
        self._codes[self._codes > code] -= 1
        self._numbers = [self._numbers[row] for row in kept]
        del self._ids[code]
        self._index = self._made_of(vectors)

    def reports(self) -> Mapping[str, int]:
        """The ids of the reports in it, in alphabetical order, each with its number of paragraphs."""
        counts = np.bincount(self._codes, minlength=len(self._ids))
        return dict(sorted((report, int(counts[code])) for code, report in enumerate(self._ids)))

    def search(
        self, vector: Vectors, *, top_k: int = 10, reports: Collection[str] | None = None
    ) -> tuple[Near, ...]:
        """The paragraphs nearest to a vector of length 1, best first, at most ``top_k``."""
        rows = None if reports is None else self._rows_of(reports)
        count = min(top_k, len(self._numbers) if rows is None else len(rows))
        if count < 1:
            return ()
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, self._dimension)
        _threads(1)
        if rows is None:
            scores, places = self._index.search(query, count, params=self._effort(count))
        elif len(rows) <= self._exact_up_to:
            # What is near among few may lie far from the query among all; few are soon compared one by one.
            scores, places = _best(self._rows(rows) @ query[0], rows, count)
        else:
            scores, places = self._index.search(query, count, params=self._effort(count, rows))
        found = zip(places[0], scores[0], strict=True)
        return tuple(self._near(int(place), float(score)) for place, score in found if place >= 0)

    def save(self) -> None:
        """Write everything to the folder, whole or not at all."""
        import faiss

        self._folder.parent.mkdir(parents=True, exist_ok=True)
        keys = json.dumps({"reports": self._ids, "codes": self._codes.tolist(), "numbers": self._numbers})
        about = {
            "format": FORMAT,
            "encoder": self._encoder,
            "dimension": self._dimension,
            "keys": hashlib.sha256(keys.encode()).hexdigest(),
        }

        def write_vectors(path: Path) -> None:
            faiss.write_index(self._index, str(path))

        def write_manifest(path: Path) -> None:
            about["vectors"] = _file_hash(path.with_name(VECTORS))
            path.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")

        replace_folder(self._folder, {VECTORS: write_vectors, KEYS: keys.encode(), MANIFEST: write_manifest})

    @classmethod
    def load(
        cls,
        folder: Path,
        dimension: int,
        *,
        encoder: str = "",
        exact_up_to: int = EXACT_UP_TO,
        large: Large = "lists",
    ) -> FaissStore:
        """What was saved in a folder.

        Raises :class:`IndexMissingError` for nothing, or vectors of another encoder, and :class:`IndexRefusedError` for
        files that were changed.
        """
        import faiss

        store = cls(folder, dimension, encoder=encoder, exact_up_to=exact_up_to, large=large)
        with steady(folder):
            if not folder.exists():
                raise IndexMissingError(f"There is no index of all reports in {str(folder.parent)!r} yet.")
            about, keys = _checked(folder)
            if (about["encoder"], about["dimension"]) != (encoder, dimension):
                raise IndexMissingError("The index of all reports was made by another encoder.")
            store._index = faiss.read_index(str(folder / VECTORS))
        store._ids = list(keys["reports"])
        store._codes = np.array(keys["codes"], dtype=np.int32)
        store._numbers = [intern(number) for number in keys["numbers"]]
        return store

    def _outgrown(self) -> bool:
        """Whether there are too many paragraphs for what the index is now."""
        count = len(self._numbers)
        if self._form == "exact":
            return count > self._exact_up_to
        return self._form == "lists" and _lists_for(count) > OUTGROWN * self._index.nlist

    def _made_of(self, vectors: Vectors) -> Any:  # noqa: ANN401 - faiss is untyped
        """An index of the form that so many vectors need."""
        _threads(os.cpu_count() or 1)
        if len(vectors) > self._exact_up_to:
            return _lists(vectors) if self._large == "lists" else _graph(vectors)
        index = _flat(self._dimension)
        index.add(vectors)
        return index

    def _near(self, row: int, score: float) -> Near:
        return Near(self._ids[self._codes[row]], self._numbers[row], round(score, 6))

    def _rows_of(self, reports: Collection[str]) -> NDArray[np.int64]:
        wanted = [code for code, report in enumerate(self._ids) if report in reports]
        return np.flatnonzero(np.isin(self._codes, wanted)).astype(np.int64)

    def _rows(self, rows: NDArray[Any]) -> Vectors:
        if not len(rows):
            return np.zeros((0, self._dimension), dtype=np.float32)
        return np.asarray(self._index.reconstruct_batch(rows.astype(np.int64)), dtype=np.float32)

    def _effort(self, count: int, rows: NDArray[np.int64] | None = None) -> Any:  # noqa: ANN401 - faiss is untyped
        import faiss

        only = {} if rows is None else {"sel": _selector(rows, len(self._numbers))}
        if self._form == "lists":
            return faiss.SearchParametersIVF(nprobe=SHARE, **only)  # type: ignore[call-arg]
        if self._form == "graph":
            return faiss.SearchParametersHNSW(  # type: ignore[attr-defined]
                efSearch=max(EFFORT, 2 * count), **only
            )
        return faiss.SearchParameters(**only) if only else None


def _threads(count: int) -> None:
    """Threads that FAISS uses from now on for what this thread asks of it.

    A search is too short to be shared out: with a second thread it takes fifty times as long on a busy machine.
    """
    import faiss

    faiss.omp_set_num_threads(count)


def _flat(dimension: int) -> Any:  # noqa: ANN401 - faiss is untyped
    import faiss

    return faiss.IndexFlatIP(dimension)


def _lists(vectors: Vectors) -> Any:  # noqa: ANN401 - faiss is untyped
    import faiss

    count = _lists_for(len(vectors))
    index = faiss.IndexIVFFlat(_flat(vectors.shape[1]), vectors.shape[1], count, faiss.METRIC_INNER_PRODUCT)
    index.cp.niter = ROUNDS
    index.cp.max_points_per_centroid = PER_CENTRE
    index.train(vectors)
    index.make_direct_map()  # rows can be read back
    index.add(vectors)
    return index


def _lists_for(count: int) -> int:
    """How many lists so many vectors are sorted into: four times the root, as FAISS advises, or what can be learned."""
    return max(1, min(round(4 * sqrt(count)), count // PER_CENTRE))


def _graph(vectors: Vectors) -> Any:  # noqa: ANN401 - faiss is untyped
    import faiss

    index = faiss.IndexHNSWFlat(vectors.shape[1], LINKS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = CARE
    index.add(vectors)
    return index


def _selector(rows: NDArray[np.int64], count: int) -> Any:  # noqa: ANN401 - faiss is untyped
    import faiss

    chosen = np.zeros(count, dtype=bool)
    chosen[rows] = True
    bits: Any = np.packbits(chosen, bitorder="little")
    return faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg]


def _all(index: Any) -> Vectors:  # noqa: ANN401 - faiss is untyped
    return np.asarray(index.reconstruct_n(0, index.ntotal), dtype=np.float32)


def _best(scores: Vectors, rows: NDArray[np.int64], count: int) -> tuple[Any, Any]:
    """The best scores with their rows, in the form in which FAISS gives them; equal ones in the order of the rows."""
    order = np.argsort(-scores, kind="stable")[:count]
    return scores[order][None], rows[order][None]


def _checked(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The manifest and the keys of a folder, after checking that nothing was changed."""
    try:
        about = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        keys = (folder / KEYS).read_bytes()
        whole = (
            about.get("format") == FORMAT
            and about.get("keys") == hashlib.sha256(keys).hexdigest()
            and about.get("vectors") == _file_hash(folder / VECTORS)
        )
    except (OSError, ValueError, AttributeError):
        whole = False
    if not whole:
        raise IndexRefusedError(
            f"The index in {str(folder)!r} is not used: it is not whole, or was changed after it was written. "
            "To make a new one in its place, run: python -m index build --report all"
        )
    return about, json.loads(keys)


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
