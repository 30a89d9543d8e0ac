"""A file of JSON lines turned into another, line by line: what is bad about one line spoils no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from corpus.errors import CorpusError
from index.errors import IndexError_
from qa.errors import QAError
from qa.jsonl import Line, check_output, read_lines, to_line, whole_file

Id: TypeAlias = str | int | float | None
Say: TypeAlias = Callable[[str], None]

EVERY = 50  # lines between two lines of progress


class LineError(Exception):
    """Why a line cannot be served, in words for whoever wrote it; ``id`` is the line's own where it has one."""

    def __init__(self, problem: str, id_: Id = None) -> None:
        super().__init__(problem)
        self.id = id_


def read_id(line: Line) -> Id:
    """The id of a line; raises :class:`LineError` for a line that is no object or has an id that cannot be one."""
    if line.value is None:
        raise LineError(f"This line cannot be read: {line.problem}.")
    id_ = line.value.get("id")
    if isinstance(id_, bool) or not isinstance(id_, str | int | float | None):
        raise LineError(f"The id must be a string or a number, not {kind(id_)}.")
    return id_


def each_line(
    source: Path,
    output: Path,
    make: Callable[[], Callable[[Line], Mapping[str, Any]]],
    *,
    outcome: str,
    names: Mapping[str, str],
    say: Say,
) -> None:
    """Write for every line of ``source`` an object into ``output``, which is written whole or not at all.

    ``make`` gives what serves a line; it is called once the input has been read and the output can be written.
    ``outcome`` is the key of an object that is counted, ``names`` are its values as they are told, in order.
    ``say`` is told of progress and of bad lines. Raises :class:`QAError`, :class:`CorpusError` or
    :class:`IndexError_` for what ends the run; a line that cannot be served does not.
    """
    check_output(output, source)
    lines = read_lines(source)
    outcomes: Counter[str] = Counter()
    with whole_file(output) as file:
        serve = make()
        for done, line in enumerate(lines, start=1):
            result = _served(line, serve)
            file.write(to_line(result) + "\n")
            outcomes[result.get(outcome, "error")] += 1
            if "error" in result:
                say(f"Line {line.number}: {result['error']}")
            if done % EVERY == 0 and done < len(lines):
                say(f"{done} of {len(lines)} lines")
    told = {**names, "error": "errors"}
    counts = ", ".join(f"{outcomes[key]} {name}" for key, name in told.items() if outcomes[key]) or "none"
    say(f"{len(lines)} lines: {counts}. Written to {output}")


def kind(value: object) -> str:
    """What a value of JSON is called."""
    names = {bool: "true or false", dict: "an object", list: "a list", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)


def _served(line: Line, serve: Callable[[Line], Mapping[str, Any]]) -> Mapping[str, Any]:
    try:
        return serve(line)
    except LineError as error:
        return {"id": error.id, "error": str(error), "line": line.number}
    except (QAError, CorpusError, IndexError_):
        raise
    except Exception as error:  # one line that meets a fault must not cost the results of all the others
        fault = f"A fault of the program kept this line from being served ({type(error).__name__}: {error})."
        return {"id": read_id(line), "error": fault, "line": line.number}
