"""One store of one size in a process of its own: ``python -m evals.scale.worker JOB.json``.

Started by :mod:`evals.scale.run`; what was measured is written where the job says.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from evals.bench.memory import most_mb, resident_mb
from evals.scale.data import PER_REPORT, vectors
from index.faissstore import EXACT_UP_TO, FaissStore, Large
from index.vectorstore import Vectors, VectorStore

WARM_UP = 50
"""Searches before any is timed."""

TOP_K = 10

MILVUS = "milvus"
"""The kind that is a Milvus Lite file."""


def main(job_file: str) -> None:
    """Fill a store, or search one."""
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    work = fill if job["work"] == "fill" else search
    Path(job["output"]).write_text(json.dumps(work(job)), encoding="utf-8")


def fill(job: dict[str, Any]) -> dict[str, Any]:
    """Seconds to put all paragraphs in and save them, the making of the vectors not counted; bytes; memory."""
    real = np.load(job["real"])
    store = empty(job, real.shape[1])
    seconds = 0.0
    for start in range(0, job["size"], PER_REPORT):
        rows = vectors(real, start, start + PER_REPORT)
        began = time.perf_counter()
        store.add(f"report-{start // PER_REPORT:04}", [str(n + 1) for n in range(len(rows))], rows)
        seconds += time.perf_counter() - began
        if start and start % 50_000 == 0:
            sys.stderr.write(f"{start:,} of {job['size']:,}\n")
    began = time.perf_counter()
    store.save()
    seconds += time.perf_counter() - began
    folder = Path(job["folder"])
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return {"seconds": seconds, "bytes": size, "most_mb": most_mb()}


def search(job: dict[str, Any]) -> dict[str, Any]:
    """What every query finds and how long it takes, one after the other; seconds to load; memory."""
    queries: Vectors = np.load(job["queries"])
    before = resident_mb()
    began = time.perf_counter()
    store = filled(job, queries.shape[1])
    loaded = time.perf_counter() - began
    for query in queries[-WARM_UP:]:
        store.search(query, top_k=TOP_K)
    found, seconds = [], []
    for query in queries:
        began = time.perf_counter()
        near = store.search(query, top_k=TOP_K)
        seconds.append(time.perf_counter() - began)
        found.append([f"{hit.report}:{hit.paragraph}" for hit in near])
    memory = {"resident_mb": resident_mb(), "before_mb": before}
    return {"load_s": loaded, "seconds": seconds, "found": found, **memory}


def empty(job: dict[str, Any], dimension: int) -> VectorStore:
    """An empty store of the job's kind."""
    if job["kind"] == MILVUS:
        return milvus(job, dimension)
    return FaissStore(Path(job["folder"]), dimension, exact_up_to=limit(job), large=large(job))


def filled(job: dict[str, Any], dimension: int) -> VectorStore:
    """The store that was filled before."""
    if job["kind"] == MILVUS:
        return milvus(job, dimension)
    return FaissStore.load(Path(job["folder"]), dimension, exact_up_to=limit(job), large=large(job))


def milvus(job: dict[str, Any], dimension: int) -> VectorStore:
    """A Milvus Lite file in the job's folder."""
    from index.milvusstore import MilvusStore

    return MilvusStore(str(Path(job["folder"]) / "library.db"), dimension)


def large(job: dict[str, Any]) -> Large:
    """What the job's store is when it is large."""
    return "graph" if job["kind"] == "graph" else "lists"


def limit(job: dict[str, Any]) -> int:
    """Up to how many paragraphs the job's store is exact: all, or so few that it is not in the end."""
    size = int(job["size"])
    return size if job["kind"] == "exact" else min(size, EXACT_UP_TO) - 1


if __name__ == "__main__":
    main(sys.argv[1])
