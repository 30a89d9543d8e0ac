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


def run(system: System, cases: Sequence[Case], texts: Mapping[str, str]) -> Run:
    """Every case asked once, in order, and judged; ``texts`` maps every source of the report to its text."""
    return Run(system.name, system.note, tuple(_result(system, case, texts) for case in cases))


def run_all(
    systems: Iterable[System], cases: Sequence[Case], texts: Mapping[str, str], *, progress: Progress
) -> tuple[Run, ...]:
    """A run of each system, in order; a line of progress a system."""
    runs = []
    for system in systems:
        began = perf_counter()
        runs.append(run(system, cases, texts))
        progress(f"{system.name}: {len(cases)} questions in {perf_counter() - began:.1f} s")
    return tuple(runs)


def _result(system: System, case: Case, texts: Mapping[str, str]) -> Result:
    began = perf_counter()
    reply = system.reply(case)
    seconds = perf_counter() - began
    return Result(case, reply, judge(case, reply, texts), seconds)
