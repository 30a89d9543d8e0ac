"""Fits the weights of the verifier to the training and development claims."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from evals.claims.benchmark import Claim
from qa.source import Source
from qa.verify.verifier import Verifier

LIGHT = 0.08  # weight of a made example: a paragraph near a claim may support it after all
NEAR = 3  # paragraphs near a claim that it is also set beside
FOLDS = 5


def fit_weights(claims: Sequence[Claim], source: Source) -> str:
    """The weights as JSON: signs in a fixed order, and the threshold that serves both sorts of claim best."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    examples = _examples(claims, source)
    names = sorted(examples[0][0])
    x = np.array([[signs[name] for name in names] for signs, *_ in examples])
    y = np.array([label for _, label, *_ in examples])
    weight = np.array([w for _, _, w, _ in examples])
    groups = np.array([g for *_, g in examples])
    scale = x.std(axis=0) + 1e-9
    model = LogisticRegression(C=3.0, max_iter=5000, class_weight="balanced")
    held_out = cross_val_predict(
        model, x / scale, y, groups=groups, cv=GroupKFold(FOLDS), params={"sample_weight": weight},
        method="predict_proba",
    )[:, 1]  # fmt: skip
    own = weight == 1
    threshold = max(
        (n / 100 for n in range(20, 81)),
        key=lambda t: (held_out[own & (y == 1)] >= t).mean() + (held_out[own & (y == 0)] < t).mean(),
    )
    model.fit(x / scale, y, sample_weight=weight)
    signs = {name: round(float(v), 4) for name, v in zip(names, model.coef_[0] / scale, strict=True)}
    content = {"base": round(float(model.intercept_[0]), 4), "signs": signs, "threshold": threshold}
    return json.dumps(content, indent=1) + "\n"


def _examples(claims: Sequence[Claim], source: Source) -> list[tuple[dict[str, float], int, float, int]]:
    verifier = Verifier(source)
    found = []
    for group, claim in enumerate(claims):
        if claim.verdict not in ("supported", "not_supported") or not claim.paragraphs:
            continue
        hits = source.index.sentences(claim.claim)
        true = claim.verdict == "supported"
        found.append((verifier.signs(claim.claim, claim.paragraphs, hits), int(true), 1.0, group))
        if claim.better:
            found.append((verifier.signs(claim.claim, claim.better, hits), 1, 1.0, group))
        near = [n for n in verifier.nearest(claim.claim, hits) if n not in claim.paragraphs + claim.better]
        found += [(verifier.signs(claim.claim, (n,), hits), 0, LIGHT, group) for n in near[:NEAR]]
    return found
