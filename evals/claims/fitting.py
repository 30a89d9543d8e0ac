"""Fits the weights and trees of the verifier to the training and development claims."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.claims.benchmark import Claim
from evals.fit import forest
from qa.source import Source
from qa.verify.verifier import Verifier

LIGHT = 0.08  # weight of a made example: a paragraph near a claim may support it after all
NEAR = 3  # paragraphs near a claim that it is also set beside
FOLDS = 5
KEPT = 0.88  # share of true claims that are to be kept: who is told of faults that are none stops reading
STRENGTH = 0.3  # of the regression's fit against small weights
TREES, RATE, LEAVES = 150, 0.06, 8

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Examples:
    """Claims beside paragraphs, a row of signs each: whether they support it, and how much that counts."""

    names: tuple[str, ...]
    signs: Floats
    supported: NDArray[np.bool_]
    weight: Floats
    groups: NDArray[np.intp]

    def some(self, chosen: NDArray[np.bool_]) -> Examples:
        """Those examples."""
        return Examples(
            self.names,
            self.signs[chosen],
            self.supported[chosen],
            self.weight[chosen],
            self.groups[chosen],
        )


@dataclass(frozen=True, eq=False)
class Fit:
    """A logistic regression over scaled signs, and trees over the same signs."""

    scale: Floats
    linear: Any
    trees: Any

    def likelihoods(self, signs: Floats) -> Floats:
        """As :class:`qa.verify.likelihood.Weights` has them, of each row, but for its hard rule."""
        total = self.linear.decision_function(signs / self.scale) + self.trees.decision_function(signs)
        return np.asarray(1 / (1 + np.exp(-total / 2)))


def fit_weights(claims: Sequence[Claim], source: Source) -> str:
    """The weights as JSON: signs in a fixed order, the trees, and the threshold."""
    examples = examples_of(claims, source)
    fitted = fit(examples)
    return written(fitted, examples.names, threshold(held_out(examples), examples))


def written(fitted: Fit, names: Sequence[str], limit: float) -> str:
    """Both models with their threshold in the form that :mod:`qa.verify.likelihood` reads."""
    scaled = fitted.linear.coef_[0] / fitted.scale
    content = {
        "base": round(float(fitted.linear.intercept_[0]), 4),
        "signs": {name: round(float(v), 4) for name, v in zip(names, scaled, strict=True)},
        "threshold": limit,
    }
    made = forest(fitted.trees, names)
    trees = ",\n".join(json.dumps(tree) for tree in made["trees"])
    head = json.dumps(content, indent=1).removesuffix("\n}")
    return f'{head},\n "forest": {{"base": {made["base"]}, "trees": [\n{trees}\n]}}\n}}\n'


def fit(examples: Examples, strength: float = STRENGTH) -> Fit:
    """Both models, fitted to these examples; ``strength`` is how closely the regression fits."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression

    scale = examples.signs.std(axis=0) + 1e-9
    linear = LogisticRegression(C=strength, max_iter=5000, class_weight="balanced")
    linear.fit(examples.signs / scale, examples.supported, sample_weight=examples.weight)
    trees = HistGradientBoostingClassifier(
        max_iter=TREES, learning_rate=RATE, max_leaf_nodes=LEAVES, l2_regularization=5.0, random_state=0
    ).fit(examples.signs, examples.supported, sample_weight=examples.weight)
    return Fit(scale, linear, trees)


def held_out(examples: Examples, strength: float = STRENGTH) -> Floats:
    """The likelihood of each example by models that saw nothing of the same claim."""
    found = np.zeros(len(examples.signs))
    for fold in range(FOLDS):
        tested = examples.groups % FOLDS == fold
        if not tested.any():
            continue
        found[tested] = fit(examples.some(~tested), strength).likelihoods(examples.signs[tested])
    return found


def threshold(likely: Floats, examples: Examples) -> float:
    """The highest threshold, in hundredths, that keeps :data:`KEPT` of the true claims as they cite; 0 if none does."""
    true = likely[(examples.weight == 1) & examples.supported]
    return max((n / 100 for n in range(1, 100) if (true >= n / 100).mean() >= KEPT), default=0.0)


def examples_of(claims: Sequence[Claim], source: Source) -> Examples:
    """Each claim beside what it cites, beside what it should cite, and beside some paragraphs near it."""
    verifier = Verifier(source)
    found = [_rows(claim, source, verifier) for claim in claims]
    rows = [row for one in found for row in one]
    names = tuple(sorted(rows[0][0]))
    return Examples(
        names,
        np.array([[signs[name] for name in names] for signs, *_ in rows]),
        np.array([supported for _, supported, _ in rows]),
        np.array([weight for *_, weight in rows]),
        np.array([number for number, one in enumerate(found) for _ in one]),
    )


def _rows(claim: Claim, source: Source, verifier: Verifier) -> list[tuple[dict[str, float], bool, float]]:
    if claim.verdict not in ("supported", "not_supported") or not claim.paragraphs:
        return []
    hits = source.index.sentences(claim.claim)
    found = [(verifier.signs(claim.claim, claim.paragraphs, hits), claim.verdict == "supported", 1.0)]
    if claim.better:
        found.append((verifier.signs(claim.claim, claim.better, hits), True, 1.0))
    near = [n for n in verifier.nearest(claim.claim, hits) if n not in claim.paragraphs + claim.better]
    found += [(verifier.signs(claim.claim, (n,), hits), False, LIGHT) for n in near[:NEAR]]
    return found
