"""The values of verification: problems and the verdict on one claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.values import Evidence

Outcome = Literal["supported", "partly", "not_supported", "not_a_claim"]
Kind = Literal["number", "date", "name", "grade", "negation", "overclaim", "wrong_paragraph", "fabricated"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a claim: its kind and plain words for the reader."""

    kind: Kind
    detail: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the report says to a claim; ``better`` are paragraphs that fit better than those cited, best first."""

    outcome: Outcome
    evidence: tuple[Evidence, ...] = ()
    problems: tuple[Problem, ...] = ()
    better: tuple[str, ...] = ()
    likelihood: float = 0.0
