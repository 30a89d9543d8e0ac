"""Fills and searches stores of growing size, exact and not, each in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.cases import load, select
from evals.errors import EvalsError
from evals.scale.data import REAL, perturbed, real_texts, vectors
from evals.scale.worker import MILVUS, TOP_K
from index.encoder import for_building, load_encoder
from index.vectorstore import Vectors

Progress = Callable[[str], None]

SIZES = (1_000, 10_000, 100_000, 1_000_000)

KINDS = ("exact", "lists", "graph", MILVUS)

MILVUS_UP_TO = 10_000
"""Paragraphs up to which Milvus Lite is measured, if it is installed; it is not meant for more."""

KNOWN = 300
"""Queries that are perturbed paragraphs, so that the nearest paragraph is known."""

ASKED = 300
"""Queries that are questions of the evaluation."""

ROOT = Path(__file__).parents[2]

STEP = 500


def measure(
    sizes: Sequence[int] = SIZES, *, progress: Progress, real: Vectors | None = None
) -> dict[str, Any]:
    """The figures of each size and kind; ``real`` are the vectors of :func:`evals.scale.data.real_texts`."""
    encoder = load_encoder()
    questions = [case.question for case in select(load(), "dev") if case.answerable][:ASKED]
    began = time.perf_counter()
    asked = encoder.encode(questions)
    encoding = (time.perf_counter() - began) / len(questions)
    if real is None:
        real = _encoded(real_texts(), for_building(encoder).encode, progress)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        np.save(Path(folder) / "real.npy", real)
        for size in sizes:
            rows += _of_size(size, real, asked, Path(folder), progress)
    return {"about": _about(real, encoding, len(asked)), "rows": rows}


def _of_size(
    size: int, real: Vectors, asked: Vectors, folder: Path, progress: Progress
) -> list[dict[str, Any]]:
    """Every kind at one size; the exact one says what there is to find."""
    places = np.sort(np.random.default_rng(size).choice(size, KNOWN, replace=False))
    known = perturbed(_rows(real, places), seed=size + 1)
    np.save(folder / "queries.npy", np.concatenate([asked, known]))
    names = [f"report-{place // 1000:04}:{place % 1000 + 1}" for place in places]
    rows: list[dict[str, Any]] = []
    truth: list[list[str]] = []
    lite = size <= MILVUS_UP_TO and find_spec("pymilvus") is not None
    for kind in KINDS if lite else KINDS[:-1]:
        filled = _run(folder, {"work": "fill", "size": size, "kind": kind})
        found = _run(folder, {"work": "search", "size": size, "kind": kind})
        truth = truth or found["found"]
        rows.append(_figures(size, kind, filled, found, truth, names))
        progress(f"{size:,} paragraphs, {kind}: {json.dumps(rows[-1])}")
    return rows


def _figures(
    size: int,
    kind: str,
    filled: dict[str, Any],
    found: dict[str, Any],
    truth: Sequence[Sequence[str]],
    known: Sequence[str],
) -> dict[str, Any]:
    shares = [len(set(got) & set(best)) / len(best) for got, best in zip(found["found"], truth, strict=True)]
    split = len(shares) - len(known)
    first = [bool(got) and got[0] == name for got, name in zip(found["found"][split:], known, strict=True)]
    p50, p95 = (float(np.percentile(found["seconds"], q)) * 1000 for q in (50, 95))
    return {
        "paragraphs": size,
        "kind": kind,
        "build_s": round(filled["seconds"], 2),
        "build_mb": _whole(filled["most_mb"]),
        "disk_mb": round(filled["bytes"] / 1e6, 1),
        "load_s": round(found["load_s"], 2),
        "resident_mb": _whole(found["resident_mb"]),
        "p50_ms": round(p50, 3),
        "p95_ms": round(p95, 3),
        f"recall@{TOP_K}_questions": round(fmean(shares[:split]), 4),
        f"recall@{TOP_K}_paragraphs": round(fmean(shares[split:]), 4),
        "known_first": round(fmean(first), 4),
    }


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _rows(real: Vectors, places: NDArray[np.int64]) -> Vectors:
    blocks = [
        vectors(real, place // 1000 * 1000, place // 1000 * 1000 + 1000)[place % 1000] for place in places
    ]
    return np.stack(blocks)


def _run(folder: Path, job: dict[str, Any]) -> dict[str, Any]:
    output, file = folder / "out.json", folder / "job.json"
    places = {name: str(folder / f"{name}.npy") for name in ("real", "queries")}
    whole = {**job, **places, "folder": str(folder / f"{job['kind']}-{job['size']}"), "output": str(output)}
    file.write_text(json.dumps(whole), encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "evals.scale.worker", str(file)], cwd=ROOT)
    if done.returncode:
        raise EvalsError(
            f"Measuring {job['size']:,} paragraphs ({job['kind']}) failed; why is said above. A million need "
            "5 GB of memory and 6 GB of disk: choose smaller sizes with --sizes."
        )
    result: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    return result


def _encoded(texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors], progress: Progress) -> Vectors:
    parts = []
    for start in range(0, len(texts), STEP):
        progress(f"Encoding real text: {start:,} of {len(texts):,}")
        parts.append(encode(texts[start : start + STEP]))
    return np.concatenate(parts)


def _about(real: Vectors, encoding: float, questions: int) -> dict[str, Any]:
    return {
        "real": len(real),
        "dimension": int(real.shape[1]),
        "questions": questions,
        "known": KNOWN,
        "encode_ms": round(encoding * 1000, 2),
        "cores": os.cpu_count(),
        "python": ".".join(map(str, sys.version_info[:3])),
    }


__all__ = ["REAL", "SIZES", "measure"]
