"""What somebody who types into the page is after, learned from examples.

People tell of harm to a child, ask for a grade or for what must be done in more ways than a list of words can hold, and
ordinary questions are full of the same words. A logistic regression over the vector of the text tells the intents
apart. It was fitted to examples (``python -m evals fit``) and holds for one encoder only; with another there are no
intents, and what would have gone by them goes by words alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

WEIGHTS = "intent.json"
"""The fitted weights, beside this module, with the fingerprint of the encoder that they are for."""

GRADES = ("grade_area", "grade_which", "grade_count", "grade_meaning")
"""Intents that the grades of the report answer; ``grade_why`` wants reasons and is not one of them."""

ELSEWHERE = ("instruction", "offtopic", "opinion", "smalltalk")
"""Intents that the report does not serve."""


@dataclass(frozen=True)
class Weights:
    """A multinomial logistic regression: softmax(``weights`` @ vector + ``biases``), a row and a bias an intent."""

    fingerprint: str
    intents: tuple[str, ...]
    biases: NDArray[np.float64]
    weights: NDArray[np.float64]

    def likelihoods(self, vector: Sequence[float]) -> Mapping[str, float]:
        """How likely each intent is; they add up to 1."""
        odds = self.weights @ np.asarray(vector, dtype=np.float64) + self.biases
        powers = np.exp(odds - odds.max())
        return dict(zip(self.intents, (powers / powers.sum()).round(4).tolist(), strict=True))


@cache
def fitted() -> Weights:
    """The weights that come with the program."""
    content = json.loads(files("qa").joinpath(WEIGHTS).read_text(encoding="utf-8"))
    return Weights(
        content["fingerprint"],
        tuple(content["intents"]),
        np.array(content["biases"], dtype=np.float64),
        np.array(content["weights"], dtype=np.float64),
    )


def together(likelihoods: Mapping[str, float], intents: Sequence[str]) -> float:
    """How likely it is one of some intents; 0 where nothing is known."""
    return sum(likelihoods.get(intent, 0.0) for intent in intents)
