"""The vector store for more than one machine: Milvus, named by a URI.

The same code serves a Milvus Lite file (``library.db``), a server (``http://host:19530``) and a cluster. Milvus does
the searching, filtering and keeping; every paragraph is a row with its report, number and vector.
"""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import StoreError
from index.vectorstore import Near, Vectors

LINKS = 32  # the same as in index.faissstore
CARE = 200  # candidates weighed for the links of a new paragraph
EFFORT = 512  # candidates weighed in a search
BATCH = 1_000  # rows sent at once: with 384 numbers a row 1.5 MB, far below the limit of 64
MOST_REPORTS = 16_384  # that Milvus lists at once
MOST_ID, MOST_NUMBER = 200, 100  # characters of a report's id and of a paragraph's number


class MilvusStore:
    """A :class:`index.vectorstore.VectorStore` in the collection of an encoder's vectors.

    ``encoder`` is the fingerprint of what made the vectors: each encoder has collections of its own. A report is listed
    in a second one, last when it is put in and no longer before it is taken out: what is listed is whole. Raises
    :class:`StoreError` if there is no Milvus at the URI.
    """

    def __init__(self, uri: str, dimension: int, *, encoder: str = "", token: str = "") -> None:
        self._uri = uri
        self._dimension = dimension
        self._name = f"report_qa_{encoder[:16] or 'vectors'}"
        self._list = f"{self._name}_reports"
        self._client = _client(uri, token)
        with self._told():
            for name, create in ((self._name, self._create), (self._list, self._create_list)):
                if not self._client.has_collection(name):
                    create()
                self._client.load_collection(name)

    @property
    def kind(self) -> str:
        """Where it is."""
        return f"Milvus at {self._uri}" if is_address(self._uri) else "Milvus Lite"

    def add(self, report: str, numbers: Sequence[str], vectors: Vectors) -> None:
        """Put the paragraphs of a report in, in place of all that the store holds of that report."""
        if vectors.shape != (len(numbers), self._dimension):
            raise ValueError(
                f"expected {len(numbers)} vectors of {self._dimension} numbers, found {vectors.shape}"
            )
        self.remove(report)
        rows = [
            {"key": f"{report}:{number}", "report": report, "number": number, "vector": vector.tolist()}
            for number, vector in zip(numbers, vectors, strict=True)
        ]
        with self._told():
            for start in range(0, len(rows), BATCH):
                self._client.insert(self._name, rows[start : start + BATCH])
            if rows:
                self._client.upsert(
                    self._list, [{"report": report, "count": len(rows), "vector": [1.0, 0.0]}]
                )

    def remove(self, report: str) -> None:
        """Take a report out; a report that is not there is no error."""
        with self._told():
            self._client.delete(self._list, filter=f"report == {json.dumps(report)}")
            self._client.delete(self._name, filter=f"report == {json.dumps(report)}")

    def reports(self) -> Mapping[str, int]:
        """The ids of the reports in it, in alphabetical order, each with its number of paragraphs."""
        with self._told():
            rows = self._client.query(
                self._list,
                filter="count > 0",
                output_fields=["report", "count"],
                limit=MOST_REPORTS,
                consistency_level="Strong",
            )
        counts = {str(row["report"]): int(row["count"]) for row in rows}
        return dict(sorted(counts.items()))

    def search(
        self, vector: Vectors, *, top_k: int = 10, reports: Collection[str] | None = None
    ) -> tuple[Near, ...]:
        """The paragraphs nearest to a vector of length 1, best first, at most ``top_k``."""
        if top_k < 1 or (reports is not None and not reports):
            return ()
        with self._told():
            found = self._client.search(
                self._name,
                data=[vector.tolist()],
                anns_field="vector",
                limit=top_k,
                filter="" if reports is None else f"report in {json.dumps(sorted(reports))}",
                output_fields=["report", "number"],
                search_params={"metric_type": "COSINE", "params": {"ef": max(EFFORT, 2 * top_k)}},
                consistency_level="Strong",
            )
        hits = [(round(float(hit["distance"]), 6), hit["entity"]) for hit in found[0]]
        return tuple(Near(entity["report"], entity["number"], score) for score, entity in hits)

    def save(self) -> None:
        """Make what was added and removed last."""
        with self._told():
            self._client.flush(self._name)
            self._client.flush(self._list)

    def close(self) -> None:
        """End the connection; a file can then be opened by others."""
        self._client.close()

    def _create(self) -> None:
        from pymilvus import DataType

        schema = self._client.create_schema(auto_id=False)
        schema.add_field("key", DataType.VARCHAR, is_primary=True, max_length=MOST_ID + MOST_NUMBER + 1)
        schema.add_field("report", DataType.VARCHAR, max_length=MOST_ID)
        schema.add_field("number", DataType.VARCHAR, max_length=MOST_NUMBER)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=self._dimension)
        indexes = self._client.prepare_index_params()
        graph = {"M": LINKS, "efConstruction": CARE}
        indexes.add_index("vector", index_type="HNSW", metric_type="COSINE", params=graph)
        self._client.create_collection(self._name, schema=schema, index_params=indexes)

    def _create_list(self) -> None:
        from pymilvus import DataType

        schema = self._client.create_schema(auto_id=False)
        schema.add_field("report", DataType.VARCHAR, is_primary=True, max_length=MOST_ID)
        schema.add_field("count", DataType.INT64)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)  # Milvus takes no collection without one
        indexes = self._client.prepare_index_params()
        indexes.add_index("vector", index_type="FLAT", metric_type="COSINE")
        self._client.create_collection(self._list, schema=schema, index_params=indexes)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Within it, what Milvus cannot do is told in words fit to show."""
        from pymilvus.exceptions import MilvusException

        try:
            yield
        except MilvusException as error:
            raise StoreError(_trouble(self._uri, error)) from error


def is_address(uri: str) -> bool:
    """Whether a URI names a server or a cluster; otherwise it is the path of a file."""
    return uri.startswith(("http://", "https://", "tcp://", "unix:"))


def _client(uri: str, token: str) -> Any:  # noqa: ANN401 - the library is untyped
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # what matters is raised, and told by us
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pymilvus import MilvusClient
            from pymilvus.exceptions import MilvusException
    except ImportError as error:
        raise StoreError(
            'QA_MILVUS_URI is set, but the client of Milvus is not installed. Install it with: pip install ".[milvus]"'
        ) from error
    if not is_address(uri):
        if not uri.endswith(".db"):
            raise StoreError(
                f"QA_MILVUS_URI cannot be {uri!r}: expected http://HOST:PORT, or the path of a file that ends in .db."
            )
        Path(uri).expanduser().parent.mkdir(parents=True, exist_ok=True)
        uri = str(Path(uri).expanduser())
    try:
        return MilvusClient(uri, token=token, timeout=10)
    except (MilvusException, OSError, RuntimeError) as error:
        raise StoreError(_trouble(uri, error)) from error


def _trouble(uri: str, error: Exception) -> str:
    said = str(getattr(error, "message", "") or error)
    return (
        f"Milvus at {uri!r} (QA_MILVUS_URI) did not do what was asked: {said.strip('. ')}. "
        "Check that it runs and can be reached, or unset QA_MILVUS_URI to use files in QA_HOME."
    )
