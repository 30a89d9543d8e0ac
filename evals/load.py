"""How many questions a second the running app and the batch command answer, and whether memory stays level.

The app is started as its users start it and asked through its named endpoint, as another program would. Who asks runs
on the same machine and takes a share of it.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import numpy as np

from corpus.home import data_home
from evals.bench.memory import resident_mb
from evals.cases import load
from evals.errors import EvalsError

Progress = Callable[[str], None]

CLIENTS = (1, 4, 16, 64)
"""Programs that ask at once, each its next question as soon as the last is answered."""

PER_STAGE = 320
"""Questions asked by all clients of a stage together."""

LONG = 10_000
"""Questions over which memory is watched."""

STEPS = 10
"""Times that memory is looked at on the way."""

ROOT = Path(__file__).parents[1]

START_SECONDS = 120
_ASK = "/gradio_api/call/ask"


@dataclass
class Waits:
    """Seconds that each question took, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class Client:
    """One program that asks one question after the other over a connection of its own."""

    def __init__(self, address: str) -> None:
        host, _, port = address.removeprefix("http://").partition(":")
        self._connection = http.client.HTTPConnection(host, int(port), timeout=START_SECONDS)

    def ask(self, question: str) -> dict[str, Any]:
        """The answer, as the endpoint gives it; raises :class:`EvalsError` for anything else."""
        sent = json.loads(self._reply("POST", _ASK, json.dumps({"data": [question, None, None]})))
        told = self._reply("GET", f"{_ASK}/{sent['event_id']}")
        answer: dict[str, Any] = json.loads(told.rstrip().rpartition("data: ")[2])[0]
        return answer

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _reply(self, method: str, path: str, body: str | None = None) -> str:
        self._connection.request(method, path, body, {"Content-Type": "application/json"})
        reply = self._connection.getresponse()
        text = reply.read().decode()
        if reply.status != http.client.OK:
            raise EvalsError(f"The app replied {reply.status} to {method} {path}: {text[:200]}")
        return text


def measure(
    *, clients: Sequence[int] = CLIENTS, questions: int = PER_STAGE, long: int = LONG, progress: Progress
) -> dict[str, Any]:
    """Questions a second by number of clients, of the batch command, and memory over many questions."""
    asked = [case.question for case in load() if not case.history and 0 < len(case.question) <= 500]
    batch = _batch(asked, progress)
    with serving() as (address, process):
        first = Client(address)
        first.ask(asked[0])  # waits until all is loaded
        first.close()
        stages = []
        for count in clients:
            stages.append(_stage(address, count, list(islice(cycle(asked), questions))))
            progress(f"{count} clients: {stages[-1]['per_second']} questions a second")
        memory = _watch(address, process, cycle(asked), long, progress)
    return {
        "about": {"cores": os.cpu_count(), "python": ".".join(map(str, sys.version_info[:3]))},
        "app": stages,
        "batch": batch,
        "memory": memory,
    }


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """The address of the app and the id of its process, which ends afterwards."""
    settings = {**os.environ, "QA_RATE": "100000", "QA_HOME": str(data_home())}
    command = [sys.executable, "app.py", "--port", "0"]
    app = subprocess.Popen(command, cwd=ROOT, env=settings, stderr=subprocess.PIPE, text=True)
    try:
        yield _address(app), app.pid
    finally:
        app.terminate()
        app.wait(30)


def _address(app: subprocess.Popen[str]) -> str:
    assert app.stderr is not None
    for line in app.stderr:
        if found := re.search(r"http://[\d.]+:\d+", line):
            # What it says from now on must not fill the pipe and stop it.
            threading.Thread(target=app.stderr.read, daemon=True).start()
            return found[0]
    raise EvalsError("The app ended before it told its address. Start it by hand to see why: python app.py")


def drive(address: str, count: int, questions: Sequence[str]) -> Waits:
    """The questions asked by so many clients at once, each taking every ``count``-th of them."""
    waits = [Waits() for _ in range(count)]
    together = threading.Barrier(count)

    def work(place: int) -> None:
        client = Client(address)
        together.wait(START_SECONDS)
        for question in questions[place::count]:
            began = time.perf_counter()
            try:
                if client.ask(question)["status"] not in ("answered", "partial", "not_in_report"):
                    waits[place].problems.append(question)
            except (EvalsError, OSError, ValueError, KeyError, http.client.HTTPException) as error:
                waits[place].problems.append(str(error))
            waits[place].seconds.append(time.perf_counter() - began)
        client.close()

    threads = [threading.Thread(target=work, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Waits([s for one in waits for s in one.seconds], [p for one in waits for p in one.problems])


def _stage(address: str, count: int, questions: Sequence[str]) -> dict[str, Any]:
    began = time.perf_counter()
    waits = drive(address, count, questions)
    wall = time.perf_counter() - began
    p50, p95 = (float(np.percentile(waits.seconds, q)) * 1000 for q in (50, 95))
    return {
        "clients": count,
        "questions": len(questions),
        "per_second": round(len(questions) / wall, 1),
        "p50_ms": round(p50),
        "p95_ms": round(p95),
        "failed": len(waits.problems),
    }


def _watch(
    address: str, process: int, questions: Iterator[str], count: int, progress: Progress
) -> list[dict[str, Any]]:
    """The app's resident memory after every part of many questions, asked by four clients."""
    seen = [{"questions": 0, "resident_mb": _rounded(resident_mb(process))}]
    for step in range(1, STEPS + 1):
        drive(address, 4, list(islice(questions, count // STEPS)))
        seen.append({"questions": step * (count // STEPS), "resident_mb": _rounded(resident_mb(process))})
        progress(f"{seen[-1]['questions']:,} questions: {seen[-1]['resident_mb']} MB")
    return seen


def _batch(questions: Sequence[str], progress: Progress) -> dict[str, Any]:
    """``python -m qa answer`` over the questions: seconds, the start of the program included."""
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder) / "questions.jsonl", Path(folder) / "answers.jsonl"
        lines = (json.dumps({"id": str(n), "question": text}) for n, text in enumerate(questions))
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "qa", "answer", "--input", str(source), "--output", str(output)]
        began = time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        seconds = time.perf_counter() - began
        if done.returncode:
            raise EvalsError(f"The batch command failed: {done.stderr.strip()}")
    rate = {"questions": len(questions), "seconds": round(seconds, 1)}
    progress(f"Batch: {len(questions)} questions in {seconds:.1f} s")
    return {**rate, "per_second": round(len(questions) / seconds, 1)}


def _rounded(value: float | None) -> int | None:
    return None if value is None else round(value)


def to_json(result: dict[str, Any]) -> str:
    """The figures as JSON text."""
    return json.dumps(result, indent=1) + "\n"


def to_markdown(result: dict[str, Any]) -> str:
    """The figures as Markdown."""
    about, batch = result["about"], result["batch"]
    stages = "\n".join(
        f"| {s['clients']} | {s['per_second']} | {s['p50_ms']:,} | {s['p95_ms']:,} | {s['failed']} |"
        for s in result["app"]
    )
    memory = "\n".join(
        f"| {m['questions']:,} | {'–' if m['resident_mb'] is None else m['resident_mb']} |"
        for m in result["memory"]
    )
    return (
        f"# Many at once\n\nMade by `python -m evals load` on {about['cores']} cores, Python {about['python']}; the "
        "clients run on the same machine.\n\n## The app\n\n"
        "| clients | questions a second | median, ms | p95, ms | failed |\n| ---: | ---: | ---: | ---: | ---: |\n"
        f"{stages}\n\n## The batch command\n\n{batch['questions']:,} questions in {batch['seconds']} s, the start of "
        f"the program included: {batch['per_second']} a second.\n\n## Memory of the app\n\n"
        f"| after questions | MB |\n| ---: | ---: |\n{memory}\n"
    )
