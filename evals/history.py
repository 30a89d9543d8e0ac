"""When which run was how good: one line a run, beside its results."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import EvalsError
from evals.report import DIGITS
from evals.summary import Evaluation, Summary, of_split, summarise

FILE = "history.jsonl"


class Share(BaseModel):
    """How many of how many replies were right, with the 95% interval of the share."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    n: int
    value: float
    low: float
    high: float


class Past(BaseModel):
    """One run: when it ended, of which system, and the share of right replies on each split."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    finished: datetime
    system: str
    cases: str = Field(description="the questions and a hash of them: other questions are another measure")
    right: dict[str, Share]


def past(evaluation: Evaluation, finished: datetime | None = None) -> Past:
    """A run that has just ended, as a line of history."""
    run = evaluation.main
    when = finished or datetime.now(UTC).replace(microsecond=0)
    right: dict[str, Share] = {split: _share(summarise(of_split(run, split))) for split in evaluation.splits}
    return Past(finished=when, system=run.system, cases=evaluation.provenance.get("cases", ""), right=right)


def append(folder: Path, line: Past) -> None:
    """Add a run to the history of a folder; raises :class:`EvalsError` if it cannot be written."""
    try:
        with (folder / FILE).open("a", encoding="utf-8") as file:
            file.write(line.model_dump_json() + "\n")
    except OSError as error:
        raise EvalsError(f"Cannot write {str(folder / FILE)!r}: {error.strerror}.") from error


def read(*folders: Path) -> tuple[Past, ...]:
    """The runs of all folders, oldest first; a line that cannot be read is left out."""
    found = (line for folder in folders for line in _lines(folder / FILE))
    return tuple(sorted(found, key=lambda line: line.finished))


def _share(summary: Summary) -> Share:
    value, low, high = (
        round(number, DIGITS) for number in (summary.right.value, summary.right.low, summary.right.high)
    )
    return Share(n=summary.n, value=value, low=low, high=high)


def _lines(path: Path) -> Iterable[Past]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        try:
            yield Past.model_validate_json(line)
        except ValidationError:
            continue
