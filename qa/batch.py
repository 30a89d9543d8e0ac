"""Many questions at once: JSON lines in, JSON lines out, one answer for each line in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from corpus.errors import CorpusError
from index.errors import IndexError_
from qa.errors import QAError, QuestionError
from qa.jsonl import Line, check_output, read_lines, to_line, whole_file
from qa.render import to_json
from qa.values import Answer

Id: TypeAlias = str | int | float | None
Say: TypeAlias = Callable[[str], None]

EVERY = 50  # questions between two lines of progress


class Asks(Protocol):
    """What answers a question: a pipeline."""

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer to a question after the earlier ones in ``history``."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A line that can be asked."""

    line: int
    id: Id
    question: str
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unasked:
    """A line that cannot be asked, and why; ``id`` is ``None`` if it could not be read either."""

    line: int
    id: Id
    error: str


def answer_file(source: Path, output: Path, make: Callable[[], Asks], *, say: Say) -> None:
    """Answer every line of ``source`` into ``output``, which is written whole or not at all.

    ``make`` gives the pipeline; it is called once the input has been read and the output can be written.
    ``say`` is told of progress and of bad lines. Raises :class:`QAError`, :class:`CorpusError` or
    :class:`IndexError_` for what ends the run; a line that cannot be answered does not.
    """
    check_output(output, source)
    questions = [read_question(line) for line in read_lines(source)]
    outcomes: Counter[str] = Counter()
    with whole_file(output) as file:
        pipeline = make()
        for done, question in enumerate(questions, start=1):
            result = answered(question, pipeline)
            file.write(to_line(result) + "\n")
            outcomes[result.get("status", "error")] += 1
            if "error" in result:
                say(f"Line {result['line']}: {result['error']}")
            if done % EVERY == 0 and done < len(questions):
                say(f"{done} of {len(questions)} lines")
    say(f"{len(questions)} lines: {_counts(outcomes)}. Written to {output}")


def read_question(line: Line) -> Asked | Unasked:
    """The question of a line. Unknown keys are ignored; ``null`` counts as absent."""
    if line.value is None:
        return Unasked(line.number, None, f"This line cannot be read: {line.problem}.")
    id_ = line.value.get("id")
    if isinstance(id_, bool) or not isinstance(id_, str | int | float | None):
        return Unasked(line.number, None, f"The id must be a string or a number, not {_kind(id_)}.")
    question = line.value.get("question")
    if not isinstance(question, str):
        found = "absent" if question is None else _kind(question)
        return Unasked(line.number, id_, f"The question must be a string; it is {found}.")
    history = line.value.get("history")
    history = [] if history is None else history
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        return Unasked(line.number, id_, "The history must be a list of strings, the earlier questions.")
    return Asked(line.number, id_, question, tuple(history))


def answered(question: Asked | Unasked, pipeline: Asks) -> dict[str, Any]:
    """The object to write for a line: the answer, or ``id``, ``error`` and ``line``."""
    if isinstance(question, Unasked):
        return _failed(question.line, question.id, question.error)
    try:
        answer = pipeline.ask(question.question, question.history)
    except QuestionError as error:
        return _failed(question.line, question.id, str(error))
    except (QAError, CorpusError, IndexError_):
        raise
    except Exception as error:  # one question that meets a fault must not cost the answers to all the others
        fault = f"A fault of the program kept this from being answered ({type(error).__name__}: {error})."
        return _failed(question.line, question.id, fault)
    return {**to_json(answer), "id": question.id, "question": question.question}


def _failed(line: int, id_: Id, error: str) -> dict[str, Any]:
    return {"id": id_, "error": error, "line": line}


def _kind(value: object) -> str:
    names = {bool: "true or false", dict: "an object", list: "a list", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)


def _counts(outcomes: Mapping[str, int]) -> str:
    names = {
        "answered": "answered",
        "partial": "partial",
        "not_in_report": "not in the report",
        "error": "errors",
    }
    return ", ".join(f"{outcomes[key]} {name}" for key, name in names.items() if outcomes.get(key)) or "none"
