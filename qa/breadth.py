"""How likely it is that an answer takes points from several paragraphs, from the question and what was found.

A logistic regression over six signs, fitted to development questions: how like the question is to examples that want
several places (``several`` of :mod:`qa.intent`), how close the second paragraph comes to the first, in how many
paragraphs the questions known to be answered place it (:mod:`index.placing`), and whether the words ask for several
points, for reasons, or about both halves of the report. The weights were fitted once, to 1,192 development questions
asked of the report with its everyday questions and without (docs/decisions.md); no command fits them anew, so they
stand here and in no file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from qa.evidence import Candidate
from qa.question import Question
from qa.source import Source
from qa.topic import halves

LONG = 0.8  # likelihood from which an answer may be long
LONG_OUTRIGHT = 0.5  # the same where the words ask for points from several places
SEVERAL = 0.2  # the same from which it takes points from several paragraphs, but stays short


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign adds to the log-odds, on top of ``base``."""

    base: float
    examples: float
    second: float
    placed: float
    worded: float
    reasons: float
    halves: float


WITH_QUESTIONS = Weights(
    -9.60, examples=0.52, second=7.39, placed=2.04, worded=2.06, reasons=-3.49, halves=1.43
)
WITHOUT_QUESTIONS = Weights(
    -5.23, examples=0.68, second=5.84, placed=0.0, worded=2.57, reasons=-2.90, halves=1.72
)

LEAST = 0.005  # likelihood at which that of an intent is cut off before its log-odds are taken
LOOKED_AT = 60  # sentences in which the best paragraphs are looked for


def breadth(question: Question, ranked: Sequence[Candidate], source: Source) -> float:
    """The likelihood, 0 to 1; ``ranked`` are all sentences, best first."""
    if not ranked:
        return 0.0
    best: dict[str, Candidate] = {}
    for candidate in islice(ranked, LOOKED_AT):
        best.setdefault(candidate.paragraph, candidate)
    scores = [candidate.score for candidate in best.values()]
    second = scores[min(1, len(scores) - 1)] / max(scores[0], LEAST)
    likely = question.intents.get("several", 0.0)
    weights = WITH_QUESTIONS if source.expansions else WITHOUT_QUESTIONS
    odds = (
        weights.base
        + weights.examples * math.log((likely + LEAST) / (1 + LEAST - likely))
        + weights.second * second
        + weights.placed * sum(candidate.placed for candidate in best.values())
        + weights.worded * (question.kind == "several")
        + weights.reasons * (question.kind == "why")
        + weights.halves * bool(halves(question.text, source.part_terms))
    )
    return 1 / (1 + math.exp(-odds))
