"""How likely it is that the report answers a question, learned from questions that it answers and near misses.

The conditions of :mod:`qa.gate` each say yes or no to one thing. Many near misses meet all of them: a number stands
there, but of another group. What gives these away is a pattern of small signs: how alike question and evidence are, how
far ahead of the next paragraph the best one is, whether the question asks for a kind of thing that none of the everyday
questions keyed to the sentence asks for, whether it names a group or body that the sentence does not. A small forest
of decision trees weighs the signs. It was fitted on training questions (``python -m evals fit``), which are no cases of
the evaluation.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from qa.evidence import Candidate
from qa.lexicon import SLOTS
from qa.question import Question
from qa.source import Source
from qa.text import fold, plain, words
from qa.valuetypes import missing_value

FORESTS = "sufficiency.json"
"""The fitted forests, beside this module: one for reports with everyday questions, one for those without."""

DIGITS = 4  # decimals kept of a sign: beyond them, processors differ

# What a question can ask for, as its words say it.
FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("how_many", r"\bhow many\b|\bnumber of\b"),
        ("money", r"\bhow much\b|\bcosts?\b|£|\bbudget|\bfund|\bpaid\b|\bpay\b|\bspen[dt]"),
        ("how_long", r"\bhow long\b"),
        ("how_often", r"\bhow often\b"),
        ("when", r"\bwhen\b|\bwhat (?:date|year|day|month)|\bwhich (?:year|month|date)"),
        ("where", r"\bwhere\b"),
        ("who", r"\bwho\b|\bwhose\b|\bwhom\b"),
        ("which", r"\bwhich\b"),
        ("name", r"\bnames?\b|\bcalled\b"),
        ("why", r"\bwhy\b|\breasons?\b|\bhow come\b|\bbecause\b"),
        ("share", r"\bper ?cent|\bproportion\b|\bshare\b|%"),
        ("how", r"\bhow\b"),
        ("what", r"\bwhat\b"),
        ("yes_no", r"^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b"),
        (
            "compared",
            r"\b(?:more|less|fewer|higher|lower|better|worse|than|most|least|best|worst|highest|lowest|average|"
            r"biggest|first)\b|\bcompar",
        ),
        (
            "time",
            r"\b(?:last year|previous|before|since|ago|after|next|now|still|years?|months?)\b|\b(?:19|20)\d\d\b",
        ),
    )
)
# What a sentence holds that may be an answer.
_HOLDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("digit", r"\d"),
        ("percent", r"%"),
        ("year", r"\b(?:19|20)\d\d\b"),
        ("number_word", r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"),
        ("cause", r"\bdue to\b|\bresult|\bled to\b|\btherefore\b|\bconsequen|\bcontribut|\bimpact|\baffect"),
        ("comparison", r"\bthan\b|\bcompared\b|\bnational|\baverage\b|\bneighbour"),
        ("period", r"\b(?:months?|years?|weeks?|days?)\b"),
    )
)


@dataclass(frozen=True, slots=True)
class Forest:
    """Decision trees whose values add up to the log-odds that the report answers.

    A tree is its nodes: ``[sign, threshold, left, right]`` goes left when the sign is at most the threshold;
    ``[value]`` is a leaf. Signs are named, so that a forest says what it looks at.
    """

    base: float
    trees: tuple[tuple[tuple[Any, ...], ...], ...]

    def likelihood(self, signs: Mapping[str, float]) -> float:
        """The likelihood, 0 to 1. Raises :class:`KeyError` for a sign that is missing."""
        return 1 / (1 + math.exp(-self.log_odds(signs)))

    def log_odds(self, signs: Mapping[str, float]) -> float:
        """The natural logarithm of the odds. Raises :class:`KeyError` for a sign that is missing."""
        total = self.base
        for nodes in self.trees:
            node = nodes[0]
            while len(node) > 1:
                name, threshold, left, right = node
                node = nodes[left if signs[name] <= threshold else right]
            total += node[0]
        return total


def as_forest(content: Mapping[str, Any]) -> Forest:
    """The forest that :mod:`evals.fit` wrote."""
    trees = tuple(tuple(tuple(node) for node in tree) for tree in content["trees"])
    return Forest(float(content["base"]), trees)


@cache
def forest(*, with_questions: bool) -> Forest:
    """The fitted forest for reports with, or without, everyday questions."""
    content = json.loads(files("qa").joinpath(FORESTS).read_text(encoding="utf-8"))
    return as_forest(content["with_questions" if with_questions else "without_questions"])


def likelihood(
    question: Question, ranked: Sequence[Candidate], failed: Mapping[str, bool], source: Source
) -> float:
    """How likely the report answers the question with its best evidence; ``failed`` are the gate's conditions."""
    chosen = forest(with_questions=bool(source.expansions))
    return chosen.likelihood(signs(question, ranked, failed, source))


def signs(
    question: Question,
    ranked: Sequence[Candidate],
    failed: Mapping[str, bool],
    source: Source,
    *,
    without: frozenset[str] = frozenset(),
) -> dict[str, float]:
    """The signs by name: likeness and lead of the best evidence, forms of question and keyed questions, slots, probes.

    ``without`` are probes that are left out of the comparison, as a question that is itself one must be.
    """
    best = ranked[0]
    other = next((c.score for c in ranked if c.paragraph != best.paragraph), 0.0)
    found = {
        "score": best.score,
        "cosine": best.cosine,
        "question_cosine": best.question_cosine,
        "fitted": best.fitted,
        "placed": best.placed,
        "coverage": best.coverage,
        "lead": best.score - other,
        "lead_sentence": best.score - (ranked[1].score if len(ranked) > 1 else 0.0),
        "wants": float(len(question.wants)),
        "missing_value": float(missing_value(question.wants, best.text) is not None),
        "words": float(len(words(question.text))),
        "unknown_words": float(sum(not source.vocabulary.has_term(t) for t in question.terms)),
    }
    found |= {f"failed_{name}": float(value) for name, value in failed.items()}
    found |= {f"holds_{name}": float(bool(pattern.search(plain(best.text)))) for name, pattern in _HOLDS}
    found |= _form_signs(question.asking, best, source)
    found |= _slot_signs(question.text, best, source)
    found |= _probe_signs(question, best, source, without)
    return {name: round(value, DIGITS) for name, value in found.items()}


def _probe_signs(
    question: Question, best: Candidate, source: Source, without: frozenset[str]
) -> dict[str, float]:
    """How near the question is to those that the report is known to answer and not to answer."""
    near = source.index.known(question.text, without=without)
    return {
        "known_answered": near.answered,
        "known_unanswered": near.unanswered,
        "known_three_unanswered": near.three_unanswered,
        "known_share": near.share,
        "known_leaning": near.leaning,
        "known_nearer": near.unanswered - near.answered,
        "known_beyond": near.unanswered - best.question_cosine,
    }


def _form_signs(asking: str, best: Candidate, source: Source) -> dict[str, float]:
    """What the question asks for, and what the everyday questions of the best sentence ask for."""
    asked, nearest = _forms(asking), _forms(best.question)
    keyed = [_forms(question) for question in source.keyed(best.paragraph, best.start, best.end)]
    found = {f"asks_{name}": float(value) for (name, _), value in zip(FORMS, asked, strict=True)}
    found |= {
        f"beyond_{name}": float(a) - float(b) for (name, _), a, b in zip(FORMS, asked, nearest, strict=True)
    }
    found["forms_apart"] = float(sum(a != b for a, b in zip(asked, nearest, strict=True)))
    found["forms_apart_best"] = float(
        min((sum(a != b for a, b in zip(asked, forms, strict=True)) for forms in keyed), default=9)
    )
    found["forms_unheard"] = float(
        sum(wanted and not any(forms[i] for forms in keyed) for i, wanted in enumerate(asked))
    )
    found["keyed"] = float(len(keyed))
    return found


@lru_cache(maxsize=8192)
def _forms(text: str) -> tuple[bool, ...]:
    lower = plain(text)
    return tuple(bool(pattern.search(lower)) for _, pattern in FORMS)


@cache
def _slot_patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(r"\b(?:" + "|".join(phrases) + r")s?\b") for name, phrases in SLOTS.items()}


@lru_cache(maxsize=8192)
def slots(text: str, name: str) -> frozenset[str]:
    """The things of one kind (``group``, ``body`` …) that a text names, in the words of the lexicon."""
    return frozenset(found.removesuffix("s") for found in _slot_patterns()[name].findall(fold(text)))


def _slot_signs(text: str, best: Candidate, source: Source) -> dict[str, float]:
    """Groups, bodies, measures and times that the question names and the evidence does not, or the other way."""
    paragraph = source.paragraphs[best.paragraph]
    near = best.text + " " + " ".join(paragraph.section)
    keyed = near + " " + " ".join(source.keyed(best.paragraph, best.start, best.end))
    whole = keyed + " " + paragraph.text
    found: dict[str, float] = {}
    for name in SLOTS:
        asked = slots(text, name)
        told = slots(best.text, name)
        absent = asked - slots(keyed, name)
        found |= {
            f"{name}_asked": float(len(asked)),
            f"{name}_not_near": float(len(asked - slots(near, name))),
            f"{name}_not_keyed": float(len(absent)),
            f"{name}_not_there": float(len(asked - slots(whole, name))),
            f"{name}_other": float(bool(absent) and bool(told - asked)),
            f"{name}_not_in_nearest": float(len(asked - slots(best.question, name))),
            f"{name}_only_in_nearest": float(len(slots(best.question, name) - asked)),
        }
    return found
