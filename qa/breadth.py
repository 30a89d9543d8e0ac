"""How likely it is that an answer takes points from several paragraphs, from the question and what was found.

A logistic regression over six signs, fitted to development questions: how like the question is to examples that want
several places (``several`` of :mod:`qa.intent`), how close the second and the eighth paragraph come to the first, and
whether the words ask for several points, for reasons, or about both halves of the report. The weights were fitted
once, to 987 development questions (docs/decisions.md); no command fits them anew, so they stand here and in no file.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import islice

from qa.evidence import Candidate
from qa.question import Question
from qa.source import Source
from qa.topic import halves

LONG = 0.75  # likelihood from which an answer may be long
LONG_OUTRIGHT = 0.5  # the same where the words ask for points from several places
SEVERAL = 0.25  # the same from which it takes points from several paragraphs, but stays short

BASE = -8.03
EXAMPLES, SECOND, EIGHTH, WORDED, REASONS, HALVES = 0.70, 7.64, 2.13, 2.28, -3.15, 1.62
LEAST = 0.005  # likelihood at which that of an intent is cut off before its log-odds are taken
LOOKED_AT = 60  # sentences in which the best paragraphs are looked for


def breadth(question: Question, ranked: Sequence[Candidate], source: Source) -> float:
    """The likelihood, 0 to 1; ``ranked`` are all sentences, best first."""
    if not ranked:
        return 0.0
    best: dict[str, float] = {}
    for candidate in islice(ranked, LOOKED_AT):
        best.setdefault(candidate.paragraph, candidate.score)
    scores = list(best.values())
    first = max(scores[0], LEAST)
    likely = question.intents.get("several", 0.0)
    odds = (
        BASE
        + EXAMPLES * math.log((likely + LEAST) / (1 + LEAST - likely))
        + SECOND * scores[min(1, len(scores) - 1)] / first
        + EIGHTH * scores[min(7, len(scores) - 1)] / first
        + WORDED * (question.kind == "several")
        + REASONS * (question.kind == "why")
        + HALVES * bool(halves(question.text, source.part_terms))
    )
    return 1 / (1 + math.exp(-odds))
