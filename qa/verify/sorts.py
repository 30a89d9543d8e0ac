"""Sorts of words (praise, denial, all, some, bodies, figures …), told by the vector that a word has where it stands.

A list of words knows only its own words. A plane through the vectors of the listed words, fitted by
:mod:`evals.claims.sorting`, also knows those that stand like them: “flawed” lies with “poor”, “flats” with “homes”. A
changed claim has a word of a sort that is like none of the sentence, or turns the sort that the sentence's words have.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from index.wordvectors import WordVectors

SORTS = "sorts.json"
"""The fitted planes, beside this module, with the fingerprint of the encoder that they are for."""

Floats = NDArray[np.float32]


class Sorts:
    """A plane for each sort of word."""

    def __init__(self, fingerprint: str, names: Sequence[str], planes: Floats, biases: Floats) -> None:
        self.fingerprint, self.names = fingerprint, tuple(names)
        self._planes, self._biases = planes, biases

    def likely(self, vectors: Floats) -> Floats:
        """How likely each word (row) is of each sort (column)."""
        return np.asarray(1 / (1 + np.exp(-(vectors @ self._planes.T + self._biases))))

    def compared(self, claim: WordVectors, told: Sequence[WordVectors]) -> dict[str, float]:
        """The signs by name, for a claim beside the sentence most like it (``first``) and beside all (``near``)."""
        first = self._beside(claim.vectors, told[0].vectors if told else claim.vectors[:0], "first")
        near = np.concatenate([one.vectors for one in told]) if told else claim.vectors[:0]
        whole = self._beside(claim.vectors, near, "near")
        return first | {name: value for name, value in whole.items() if not name.endswith("_said")}

    def _beside(self, claim: Floats, told: Floats, name: str) -> dict[str, float]:
        mine, theirs = self.likely(claim), self.likely(told)
        if not len(claim) or not len(told):
            claim = told = np.zeros((1, self._planes.shape[1]), dtype=np.float32)
            mine = theirs = np.zeros((1, len(self.names)), dtype=np.float32)
        alike = claim @ told.T
        there, back = 1 - alike.max(axis=1)[:, None], 1 - alike.max(axis=0)[:, None]
        measured = {
            "said": mine.max(axis=0),
            "more": mine.max(axis=0) - theirs.max(axis=0),
            "sum": mine.sum(axis=0) - theirs.sum(axis=0),
            "gap": (mine * there).max(axis=0),
            "back": (theirs * back).max(axis=0),
            "turn": (mine - theirs[alike.argmax(axis=1)]).max(axis=0),
            "turn_back": (theirs - mine[alike.argmax(axis=0)]).max(axis=0),
        }
        found = {
            f"{sort}_{name}_{sign}": float(values[place])
            for sign, values in measured.items()
            for place, sort in enumerate(self.names)
        }
        own, other = self._tone(mine), self._tone(theirs)
        found[f"tone_{name}_least"] = float(abs(own.min() - other.min()))
        found[f"tone_{name}_most"] = float(abs(own.max() - other.max()))
        found[f"tone_{name}_both"] = float(own.sum() * other.sum())
        return found

    def _tone(self, likely: Floats) -> Floats:
        """How far each word praises rather than faults or denies."""
        of = {name: likely[:, place] for place, name in enumerate(self.names)}
        return np.asarray(of["praise"] - np.maximum(of["denial"], of["fault"]))


def read_sorts(text: str) -> Sorts:
    """The planes in the JSON text that :mod:`evals.claims.sorting` writes."""
    content: Mapping[str, Mapping[str, Sequence[float]]] = json.loads(text)
    planes = content["planes"]
    rows = np.array([row[1:] for row in planes.values()], dtype=np.float32)
    biases = np.array([row[0] for row in planes.values()], dtype=np.float32)
    return Sorts(str(content["fingerprint"]), tuple(planes), rows, biases)


@cache
def sorts() -> Sorts:
    """The planes that are shipped."""
    return read_sorts(files("qa.verify").joinpath(SORTS).read_text(encoding="utf-8"))
