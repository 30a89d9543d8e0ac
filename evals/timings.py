"""How long the replies took: kept apart from the results, because it is never the same twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import numpy as np

from evals.values import Run


def timings(runs: Iterable[Run]) -> dict[str, dict[str, float]]:
    """Of each system, milliseconds of the median and the 95th percentile question, and seconds in all."""
    return {run.system: _times([result.seconds for result in run.results]) for run in runs}


def to_json(runs: Iterable[Run]) -> str:
    """The timings as JSON text."""
    return json.dumps(timings(runs), indent=1) + "\n"


def to_lines(runs: Iterable[Run]) -> str:
    """The timings in words, one line a system."""
    return "\n".join(
        f"{name}: median {times['median_ms']:.1f} ms, 95th percentile {times['p95_ms']:.1f} ms a question"
        for name, times in timings(runs).items()
    )


def _times(seconds: Sequence[float]) -> dict[str, float]:
    median, p95 = (float(np.percentile(seconds, q)) * 1000 for q in (50, 95))
    return {"median_ms": round(median, 2), "p95_ms": round(p95, 2), "total_s": round(sum(seconds), 2)}
