"""Many questions at once: one answer for each line, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from corpus.library import ALL_REPORTS
from qa.errors import QuestionError
from qa.jsonl import Line
from qa.library import Library
from qa.lines import Id, LineError, Say, each_line, kind, read_id
from qa.render import to_json
from qa.values import Answer

NAMES = {"answered": "answered", "partial": "partial", "not_in_report": "not in the report"}


class Asks(Protocol):
    """What answers a question: a pipeline."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer to a question after the earlier ones in ``history``."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line asks. ``report`` is as it stands there: it counts only where there are several to ask."""

    id: Id
    question: str
    history: tuple[str, ...] = ()
    report: object = None


def answer_file(source: Path, output: Path, make: Callable[[], Asks], *, say: Say) -> None:
    """Answer every line of ``source`` into ``output``; ``make`` gives the pipeline (see :func:`qa.lines.each_line`)."""

    def serve() -> Callable[[Line], Mapping[str, Any]]:
        pipeline = make()
        return lambda line: answered(read_question(line), pipeline)

    each_line(source, output, serve, outcome="status", names=NAMES, say=say)


def read_question(line: Line) -> Asked:
    """The question of a line, or :class:`LineError`. Unknown keys are ignored; ``null`` counts as absent."""
    id_ = read_id(line)
    value = line.value or {}
    question, history = value.get("question"), value.get("history")
    if not isinstance(question, str):
        found = "absent" if question is None else kind(question)
        raise LineError(f"The question must be a string; it is {found}.", id_)
    history = [] if history is None else history
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise LineError("The history must be a list of strings, the earlier questions.", id_)
    return Asked(id_, question, tuple(history), value.get("report"))


def answered(asked: Asked, pipeline: Asks) -> dict[str, Any]:
    """The object to write for a question; raises :class:`LineError` for one that cannot be answered.

    Where several reports are asked, the line may confine its question to some of them.
    """
    try:
        if isinstance(pipeline, Library) and asked.report is not None:
            answer = pipeline.ask(asked.question, asked.history, reports=_reports(asked))
        else:
            answer = pipeline.ask(asked.question, asked.history)
    except QuestionError as error:
        raise LineError(str(error), asked.id) from error
    return {**to_json(answer), "id": asked.id, "question": asked.question}


def _reports(asked: Asked) -> tuple[str, ...] | None:
    """The reports that a line names: one, several apart by commas, or all."""
    if not isinstance(asked.report, str):
        raise LineError(f"The report must be a string, an id; it is {kind(asked.report)}.", asked.id)
    ids = tuple(part.strip() for part in asked.report.split(",") if part.strip())
    return None if ids == (ALL_REPORTS,) else ids
