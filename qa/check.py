"""Many claims at once: one verdict for each line, in the same order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from qa.jsonl import Line
from qa.lines import Id, LineError, Say, each_line, kind, read_id
from qa.verify.values import Verdict

LONGEST = 10_000  # characters of a claim

NAMES = {
    "supported": "supported",
    "partly": "partly supported",
    "not_supported": "not supported",
    "not_a_claim": "no claims",
}


class Checks(Protocol):
    """What checks a claim: a verifier."""

    def check(self, claim: str, cited: Sequence[str] = ()) -> Verdict:
        """The verdict on a claim that cites these paragraphs."""
        ...


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a line claims."""

    id: Id
    claim: str
    paragraphs: tuple[str, ...] = ()


def check_file(source: Path, output: Path, make: Callable[[], Checks], *, say: Say) -> None:
    """Check every line of ``source`` into ``output``; ``make`` gives the verifier (see :func:`qa.lines.each_line`)."""

    def serve() -> Callable[[Line], Mapping[str, Any]]:
        verifier = make()
        return lambda line: checked(read_claim(line), verifier)

    each_line(source, output, serve, outcome="verdict", names=NAMES, say=say)


def read_claim(line: Line) -> Claimed:
    """The claim of a line, or :class:`LineError`. Unknown keys are ignored; ``null`` counts as absent."""
    id_ = read_id(line)
    value = line.value or {}
    claim, cited = value.get("claim"), value.get("paragraphs")
    if not isinstance(claim, str) or not claim.strip():
        found = "absent" if claim is None else "empty" if isinstance(claim, str) else kind(claim)
        raise LineError(f"The claim must be a sentence as a string; it is {found}.", id_)
    if len(claim) > LONGEST:
        raise LineError(f"The claim has {len(claim):,} characters; at most {LONGEST:,} are checked.", id_)
    cited = [] if cited is None else cited
    # A whole number can only be meant as printed; 3.10 must be a string, or it would be 3.1.
    if not isinstance(cited, list) or not all(type(number) in (str, int) for number in cited):
        raise LineError('The paragraphs must be a list of strings, such as ["12", "79"].', id_)
    return Claimed(id_, claim, tuple(dict.fromkeys(map(str, cited))))


def checked(claimed: Claimed, verifier: Checks) -> dict[str, Any]:
    """The object to write for a claim."""
    return {"id": claimed.id, **to_json(verifier.check(claimed.claim, claimed.paragraphs))}


def to_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict as it is written."""
    return {
        "verdict": verdict.outcome,
        "better_paragraphs": list(verdict.better),
        "evidence": [{"paragraph": e.paragraph, "quote": e.quote} for e in verdict.evidence],
        "problems": [{"kind": p.kind, "detail": p.detail} for p in verdict.problems],
    }
