"""Asking systems the cases and judging what they reply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from time import perf_counter

from evals.cases import Case
from evals.judge import judge
from evals.systems import System
from evals.values import Result, Run

Progress = Callable[[str], None]
"""Takes a line to show to whoever waits."""

TELL_EVERY = 100  # questions


def run(
    system: System, cases: Sequence[Case], texts: Mapping[str, str], *, progress: Progress | None = None
) -> Run:
    """Every case asked once, in order, and judged; ``texts`` maps every source of the report to its text."""
    results = []
    for done, case in enumerate(cases):
        if progress is not None and done and done % TELL_EVERY == 0:
            progress(f"{system.name}: {done} of {len(cases)} questions")
        results.append(_result(system, case, texts))
    return Run(system.name, system.note, tuple(results))


def run_all(
    systems: Iterable[System], cases: Sequence[Case], texts: Mapping[str, str], *, progress: Progress
) -> tuple[Run, ...]:
    """A run of each system, in order; a line of progress a system, and more while many questions are asked."""
    runs = []
    for system in systems:
        began = perf_counter()
        runs.append(run(system, cases, texts, progress=progress))
        progress(f"{system.name}: {len(cases)} questions in {perf_counter() - began:.1f} s")
    return tuple(runs)


def _result(system: System, case: Case, texts: Mapping[str, str]) -> Result:
    began = perf_counter()
    reply = system.reply(case)
    seconds = perf_counter() - began
    return Result(case, reply, judge(case, reply, texts), seconds)
