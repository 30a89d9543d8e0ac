"""One system in a process of its own: ``python -m evals.bench.worker JOB.json``, started by :mod:`evals.bench.run`.

The job names the system's module, what to do and where; what was measured is written where the job says.
A system that tries to reach another machine fails.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from evals.bench.memory import most_mb, resident_mb

WARM_UP = 20
"""Questions asked before any is timed: the last ones, so that what a system remembers of them is long forgotten."""

TOP_K = 10
"""Pieces asked for, as many as the deepest measure looks at."""


def main(job_file: str) -> None:
    """Build an index, or ask one its questions."""
    sys.addaudithook(refuse_network)
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    system = import_module(job["module"])
    work = build if job["work"] == "build" else ask
    Path(job["output"]).write_text(json.dumps(work(system, job)), encoding="utf-8")


def build(system: Any, job: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a module
    """Seconds since the process was started until the index is written, and its size."""
    folder = Path(job["folder"])
    system.build(Path(job["text"]).read_text(encoding="utf-8"), folder)
    seconds = time.monotonic() - job["started"]
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return {"seconds": seconds, "cpu": time.process_time(), "bytes": size, "most_mb": most_mb()}


def ask(system: Any, job: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a module
    """Seconds from the start of the process to the first answer; then every question, each timed."""
    questions: list[str] = job["questions"]
    search = system.opened(Path(job["folder"]))
    search(questions[-1], TOP_K)
    cold = time.monotonic() - job["started"]
    for question in questions[-WARM_UP:]:
        search(question, TOP_K)
    found, seconds, used = [], [], time.process_time()
    for question in questions:
        began = time.perf_counter()
        found.append(search(question, TOP_K))
        seconds.append(time.perf_counter() - began)
    cpu = (time.process_time() - used) / len(questions)
    return {"cold": cold, "seconds": seconds, "cpu": cpu, "found": found, "resident_mb": resident_mb()}


def refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook that ends whatever looks for another machine."""
    if event == "socket.getaddrinfo" or (event == "socket.connect" and isinstance(arguments[1], tuple)):
        raise RuntimeError(f"it tried to reach another machine: {arguments[1:]!r}")


if __name__ == "__main__":
    main(sys.argv[1])
