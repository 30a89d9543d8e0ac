"""The gate: is a run worse than the committed one? Compared question by question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.bootstrap import Interval, mcnemar, paired_difference
from evals.errors import EvalsError
from evals.report import with_interval, with_lines
from evals.values import Result, Run

BASELINE = Path(__file__).parent / "results" / "baseline.json"
"""The committed run that others are compared with."""

FORMAT = 1
"""Version of the baseline's form."""

_UPDATE = "python -m evals run --update-baseline"


class Known(BaseModel):
    """What the baseline says of one question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    question: str
    right: bool
    status: str
    cited: tuple[str, ...]
    answer: str


class Baseline(BaseModel):
    """A committed run: of which system, and how it fared on each question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int = Field(description="version of this form")
    system: str
    questions: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Flip:
    """A question whose verdict changed."""

    before: Known
    now: Result


@dataclass(frozen=True, slots=True)
class Decision:
    """What the gate found.

    ``difference`` is the change in the share of right replies over the ``compared`` questions, ``p_value``
    that of McNemar's exact test. ``must_pass`` are the wrong replies that no run may have. ``new`` questions
    are not in the baseline, or were worded otherwise there, and are not compared.
    """

    difference: Interval
    p_value: float
    compared: int
    worse: tuple[Flip, ...]
    better: tuple[Flip, ...]
    must_pass: tuple[Result, ...]
    new: int

    @property
    def significant_drop(self) -> bool:
        """Whether the whole 95% interval of the difference lies below 0."""
        return self.difference.high < 0

    @property
    def passed(self) -> bool:
        """Whether the run may replace the baseline."""
        return not self.significant_drop and not self.must_pass


def decide(run: Run, baseline: Baseline) -> Decision:
    """Compares a run with the baseline on the questions that both have.

    Raises :class:`EvalsError` when the two are of different systems.
    """
    if run.system != baseline.system:
        raise EvalsError(
            f"The baseline is of the system {baseline.system!r}, the run of {run.system!r}: run the same."
        )
    known = {item.id: item for item in baseline.questions}
    pairs = [Flip(known[result.case.id], result) for result in run.results if _same(result, known)]
    now, before = [pair.now.verdict.right for pair in pairs], [pair.before.right for pair in pairs]
    return Decision(
        difference=paired_difference(now, before),
        p_value=mcnemar(now, before),
        compared=len(pairs),
        worse=tuple(pair for pair in pairs if pair.before.right and not pair.now.verdict.right),
        better=tuple(pair for pair in pairs if pair.now.verdict.right and not pair.before.right),
        must_pass=tuple(r for r in run.results if r.case.must_pass and not r.verdict.right),
        new=len(run.results) - len(pairs),
    )


def to_text(decision: Decision) -> str:
    """The decision in words: the verdict first, then every must-pass failure and every flipped question."""
    return "\n".join(_lines(decision)) + "\n"


def load_baseline(path: Path = BASELINE) -> Baseline:
    """The committed run. Raises :class:`EvalsError` when there is none or it cannot be read."""
    try:
        baseline = Baseline.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise EvalsError(f"There is no baseline {str(path)!r}. Make one with: {_UPDATE}") from error
    except (OSError, ValidationError) as error:
        raise EvalsError(
            f"The baseline {str(path)!r} cannot be read. Make it anew with: {_UPDATE}"
        ) from error
    if baseline.format != FORMAT:
        raise EvalsError(
            f"The baseline {str(path)!r} has the format {baseline.format}, expected {FORMAT}. "
            f"Make it anew with: {_UPDATE}"
        )
    return baseline


def baseline_json(run: Run) -> str:
    """A run as the text of a baseline, one question a line."""
    questions = [
        {
            "id": result.case.id,
            "question": result.case.question,
            "right": result.verdict.right,
            "status": result.reply.status,
            "cited": list(result.reply.cited),
            "answer": result.reply.text,
        }
        for result in run.results
    ]
    return with_lines({"format": FORMAT, "system": run.system}, "questions", questions)


def _same(result: Result, known: dict[str, Known]) -> bool:
    before = known.get(result.case.id)
    return before is not None and before.question == result.case.question


def _lines(decision: Decision) -> Iterator[str]:
    yield "Gate passed." if decision.passed else "Gate failed."
    yield (
        f"Right: {with_interval(decision.difference, signed=True)} points against the baseline on "
        f"{decision.compared} questions (McNemar p = {decision.p_value:.3f}); "
        f"{decision.new} questions are new."
    )
    if decision.significant_drop:
        yield "The drop is significant: its whole 95% interval is below 0."
    yield f"Must-pass failures: {len(decision.must_pass)}"
    for result in decision.must_pass:
        yield f"  {result.case.id} {result.case.question!r}: {'; '.join(result.verdict.reasons)}"
    yield from _flips("Turned wrong", decision.worse)
    yield from _flips("Turned right", decision.better)


def _flips(title: str, flips: Sequence[Flip]) -> Iterator[str]:
    yield f"{title}: {len(flips)}"
    for flip in flips:
        yield f"  {flip.now.case.id} {flip.now.case.question!r}"
        yield f"    before: {flip.before.answer!r}"
        yield f"    now: {flip.now.reply.text!r}"
        if flip.now.verdict.reasons:
            yield f"    wrong because: {'; '.join(flip.now.verdict.reasons)}"
