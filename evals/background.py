"""A run of the evaluation beside a server: in a program of its own, so that nobody's questions wait for it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from evals.names import OURS

ROOT = Path(__file__).parents[1]
_NICE = 15
BEGINS = "The evaluation is starting …"
ENDED = "The evaluation has ended."


def command(folder: Path) -> tuple[str, ...]:
    """The program that asks our system every question and writes the results to a folder."""
    return (sys.executable, "-m", "evals", "run", "--system", OURS, "--output", str(folder))


class BackgroundRun:
    """At most one run at a time; ``state`` is what it says of itself, its last line when it has failed."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._lock = threading.Lock()
        self._running = False
        self._state = ""

    @property
    def running(self) -> bool:
        """Whether a run is under way."""
        return self._running

    @property
    def state(self) -> str:
        """How far it is, or how the last one ended; empty before the first."""
        return self._state

    def start(self) -> None:
        """Begin a run, unless one is under way."""
        with self._lock:
            if self._running:
                return
            self._running, self._state = True, BEGINS
        threading.Thread(target=self._run, name="evaluation", daemon=True).start()

    def _run(self) -> None:
        try:
            self._state = self._follow()
        except OSError as error:
            self._state = f"The evaluation could not be started: {error.strerror}."
        finally:
            self._running = False

    def _follow(self) -> str:
        last = ""
        with subprocess.Popen(
            self._command,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        ) as process:
            with suppress(OSError, AttributeError):  # a system without priorities runs it as it is
                os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
            assert process.stderr is not None
            for line in process.stderr:
                last = line.strip() or last
                self._state = f"The evaluation is running. {last}"
        return ENDED if process.returncode == 0 else f"The evaluation has failed: {last}"
