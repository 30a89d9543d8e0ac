"""Many claims at once: JSON lines in, JSON lines out, one verdict for each line in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from corpus.errors import CorpusError
from index.errors import IndexError_
from qa.errors import QAError
from qa.jsonl import Line, check_output, read_lines, to_line, whole_file
from qa.verify.values import Verdict

Id: TypeAlias = str | int | float | None

EVERY = 50  # claims between two lines of progress
LONGEST = 10_000  # characters of a claim


class Checks(Protocol):
    """What checks a claim: a verifier."""

    def check(self, claim: str, cited: Sequence[str] = ()) -> Verdict:
        """The verdict on a claim that cites these paragraphs."""
        ...


@dataclass(frozen=True, slots=True)
class Claimed:
    """A line that can be checked."""

    id: Id
    claim: str
    paragraphs: tuple[str, ...]


def check_claims(
    source: Path, output: Path, make: Callable[[], Checks], *, say: Callable[[str], None]
) -> None:
    """Check every line of ``source`` into ``output``, which is written whole or not at all.

    ``make`` gives the verifier once the input has been read. Raises :class:`QAError`, :class:`CorpusError` or
    :class:`IndexError_` for what ends the run; a bad line does not.
    """
    check_output(output, source)
    lines = read_lines(source)
    outcomes: Counter[str] = Counter()
    with whole_file(output) as file:
        verifier = make()
        for done, line in enumerate(lines, start=1):
            result = checked(line, verifier)
            file.write(to_line(result) + "\n")
            outcomes[result.get("verdict", "errors")] += 1
            if "error" in result:
                say(f"Line {line.number}: {result['error']}")
            if done % EVERY == 0 and done < len(lines):
                say(f"{done} of {len(lines)} lines")
    counts = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in sorted(outcomes.items())) or "none"
    say(f"{len(lines)} lines: {counts}. Written to {output}")


def checked(line: Line, verifier: Checks) -> dict[str, Any]:
    """The object to write for a line: the verdict, or ``id``, ``error`` and ``line``."""
    claim = read_claim(line)
    if not isinstance(claim, Claimed):
        return claim
    try:
        verdict = verifier.check(claim.claim, claim.paragraphs)
    except (QAError, CorpusError, IndexError_):
        raise
    except Exception as error:  # one claim that meets a fault must not cost the verdicts on all the others
        fault = f"A fault of the program kept this from being checked ({type(error).__name__}: {error})."
        return {"id": claim.id, "error": fault, "line": line.number}
    return {"id": claim.id, **to_json(verdict)}


def to_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict as it is written."""
    return {
        "verdict": verdict.outcome,
        "better_paragraphs": list(verdict.better),
        "evidence": [{"paragraph": e.paragraph, "quote": e.quote} for e in verdict.evidence],
        "problems": [{"kind": p.kind, "detail": p.detail} for p in verdict.problems],
    }


def read_claim(line: Line) -> Claimed | dict[str, Any]:
    """The claim of a line, or the object that says what is wrong with the line."""
    value = line.value or {}
    id_ = value.get("id")
    problem = None
    if line.value is None:
        problem = f"This line cannot be read: {line.problem}."
    elif isinstance(id_, bool) or not isinstance(id_, str | int | float | None):
        id_, problem = None, "The id must be a string or a number."
    claim, cited = value.get("claim"), value.get("paragraphs")
    cited = [] if cited is None else cited
    if problem is None:
        problem = _problem(claim, cited)
    if problem is not None:
        return {"id": id_, "error": problem, "line": line.number}
    return Claimed(id_, str(claim), tuple(dict.fromkeys(str(number) for number in cited)))


def _problem(claim: object, cited: object) -> str | None:
    if not isinstance(claim, str) or not claim.strip():
        return "The claim must be a sentence as a string."
    if len(claim) > LONGEST:
        return f"The claim has {len(claim):,} characters; at most {LONGEST:,} are checked."
    if not isinstance(cited, list) or not all(
        isinstance(n, str | int) and not isinstance(n, bool) for n in cited
    ):
        return "The paragraphs must be a list of paragraph numbers."
    return None
