"""Runs every system, each in processes of its own, one after the other on the same machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from corpus.library import DEFAULT_REPORT
from corpus.library import load as load_report
from corpus.values import Report
from evals.bench.quality import quality
from evals.bench.systems import SYSTEMS, System
from evals.cases import Case, load, select
from evals.errors import EvalsError
from index.encoder import DEFAULT_ENCODER

Progress = Callable[[str], None]

ROUNDS = 2
"""Times that every system is started and asked everything."""

ROOT = Path(__file__).parents[2]
"""Where modules are found."""

# Nothing may reach out, and no setting of whoever runs this may change what is compared.
# One thread each: for single questions a second gains nothing, and on a busy machine it costs much.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    "TOKENIZERS_PARALLELISM": "false",
}


class WorkerError(EvalsError):
    """A system did not come to the end of its work."""


def asked() -> tuple[Case, ...]:
    """The questions: of the test split, those that the report answers, without those that follow on from others."""
    return tuple(case for case in select(load(), "test") if case.answerable and not case.history)


def compare(
    systems: Sequence[System] = SYSTEMS, *, rounds: int = ROUNDS, progress: Progress
) -> dict[str, Any]:
    """Every system's figures, and which were left out and why."""
    cases, report = asked(), load_report(DEFAULT_REPORT)
    left_out = {s.name: f"not installed: {', '.join(missing)}" for s in systems if (missing := s.missing())}
    measured: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), report.source, [case.question for case in cases])
        for system in [s for s in systems if s.name not in left_out]:
            if system.index_of in measured:
                measured[system.name] = {"built": measured[system.index_of]["built"], "asked": []}
                continue
            try:
                measured[system.name] = {"built": bench.build(system), "asked": []}
            except WorkerError as error:
                left_out[system.name] = str(error)
            else:
                progress(f"{system.name}: indexed in {measured[system.name]['built']['seconds']:.1f} s")
        for number in range(rounds):
            for system in [s for s in systems if s.name in measured]:
                measured[system.name]["asked"].append(bench.ask(system))
                progress(f"{system.name}: asked {len(cases)} questions, round {number + 1} of {rounds}")
    for name, reason in left_out.items():
        progress(f"{name} is left out: {reason}")
    figures = [_figures(s, measured[s.name], cases, report) for s in systems if s.name in measured]
    return {"about": _about(cases, rounds), "systems": figures, "left out": left_out}


class Bench:
    """Starts workers over one text and its questions; what they write lies in a folder."""

    def __init__(self, folder: Path, text: str, questions: Sequence[str]) -> None:
        self._folder = folder
        self._text = folder / "report.txt"
        self._text.write_text(text, encoding="utf-8")
        self._questions = list(questions)

    def build(self, system: System) -> dict[str, Any]:
        """What indexing took; raises :class:`WorkerError`."""
        return self._run(system, {"work": "build", "text": str(self._text)})

    def ask(self, system: System) -> dict[str, Any]:
        """What was found for every question, and what it took; raises :class:`WorkerError`."""
        return self._run(system, {"work": "ask", "questions": self._questions})

    def _run(self, system: System, job: dict[str, Any]) -> dict[str, Any]:
        name = system.module.rpartition(".")[2]
        output, file = self._folder / f"{name}.out.json", self._folder / f"{name}.job.json"
        index = str(self._folder / (system.index_of or system.name).replace(" ", "-"))
        places = {"module": system.module, "folder": index, "output": str(output)}
        file.write_text(json.dumps({**job, **places, "started": time.monotonic()}), encoding="utf-8")
        command = [sys.executable, "-m", "evals.bench.worker", str(file)]
        kept = {key: value for key, value in os.environ.items() if not key.startswith("QA_")}
        done = subprocess.run(
            command,
            env={**kept, **_ENVIRONMENT, "QA_HOME": str(self._folder / "home")},
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or [f"exit status {done.returncode}"]
            raise WorkerError(f"it failed to {job['work']}: {last[0]}")
        result: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
        return result


def _figures(
    system: System, measured: dict[str, Any], cases: Sequence[Case], report: Report
) -> dict[str, Any]:
    rounds = measured["asked"]
    # What else runs on the machine only ever adds: the best of the rounds is nearest to what it takes.
    seconds = [min(times) for times in zip(*(one["seconds"] for one in rounds), strict=True)]
    found = [[_piece(piece) for piece in pieces] for pieces in rounds[0]["found"]]
    resident = [one["resident_mb"] for one in rounds if one["resident_mb"] is not None]
    return {
        "system": system.name,
        "ours": system.ours,
        "what": system.note,
        "versions": system.versions(),
        **{name: round(value, 4) for name, value in quality(cases, found, report).items()},
        "index_s": round(measured["built"]["seconds"], 2),
        "index_cpu_s": round(measured["built"]["cpu"], 2),
        "index_mb": round(measured["built"]["bytes"] / 1e6, 2),
        "cold_s": round(min(one["cold"] for one in rounds), 2),
        "median_ms": round(float(np.percentile(seconds, 50)) * 1000, 2),
        "p95_ms": round(float(np.percentile(seconds, 95)) * 1000, 2),
        "cpu_ms": round(min(one["cpu"] for one in rounds) * 1000, 2),
        "resident_mb": round(median(resident)) if resident else None,
    }


def _piece(value: Any) -> str | tuple[int, int]:  # noqa: ANN401 - JSON
    return value if isinstance(value, str) else (value[0], value[1])


def _about(cases: Sequence[Case], rounds: int) -> dict[str, Any]:
    return {
        "questions": len(cases),
        "rounds": rounds,
        "report": DEFAULT_REPORT,
        "encoder": DEFAULT_ENCODER,
        "cores": os.cpu_count(),
        "python": ".".join(map(str, sys.version_info[:3])),
    }
