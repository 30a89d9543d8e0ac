"""How likely it is that a claim is supported, by its signs: weights and trees, half each.

A logistic regression adds up what each sign says by itself; the trees see what signs say together, such as that a
turned denial counts only where the rest is alike. Both were fitted to the training and development claims
(``python -m evals claims --fit``). The log-odds are the mean of the two.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from qa.sufficiency import Forest, as_forest

WEIGHTS = "weights.json"
"""The fitted weights and trees, beside this module."""

UNTOLD = 0.2  # highest likelihood of a claim that breaks a hard rule
HARD = ("number_whole", "changed_copy")
"""Signs that nothing outweighs: a number that the paragraphs do not hold; a copy that is changed where it matters."""

DIGITS = 4  # decimals kept of a sign: beyond them, processors differ


class Weights:
    """What each sign adds to the log-odds that a claim is supported, and a forest over the same signs."""

    def __init__(self, base: float, signs: Mapping[str, float], threshold: float, forest: Forest) -> None:
        self.base, self.signs, self.threshold, self.forest = base, signs, threshold, forest

    def likelihood(self, signs: Mapping[str, float]) -> float:
        """The likelihood, 0 to 1. Raises :class:`KeyError` for a sign that is missing."""
        added = self.base + sum(weight * signs[name] for name, weight in self.signs.items())
        total = (added + self.forest.log_odds(signs)) / 2
        likely = round(1 / (1 + math.exp(-total)), DIGITS)
        return min(likely, UNTOLD) if any(signs[name] for name in HARD) else likely


def read_weights(text: str) -> Weights:
    """The weights in the JSON text that :mod:`evals.claims.fitting` writes."""
    content = json.loads(text)
    return Weights(content["base"], content["signs"], content["threshold"], as_forest(content["forest"]))


@cache
def weights() -> Weights:
    """The weights that are shipped."""
    return read_weights(files("qa.verify").joinpath(WEIGHTS).read_text(encoding="utf-8"))
