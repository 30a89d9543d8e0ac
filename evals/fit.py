"""Fits :mod:`qa.sufficiency` and :mod:`qa.intent` to training examples, which are no cases of the evaluation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from corpus.values import Probe
from index.encoder import Encoder
from index.leaning import cross_fitted
from qa import intent, sufficiency
from qa.gate import failed
from qa.pipeline import Pipeline

FORESTS_FILE = Path(sufficiency.__file__).with_name(sufficiency.FORESTS)

WEIGHTS_FILE = Path(intent.__file__).with_name(intent.WEIGHTS)

INTENTS = Path(__file__).parent / "training" / "intents.jsonl"

DIGITS = 5  # decimals kept of thresholds and values: one more than signs have, so that none moves across
TREES = 150
LEAVES = 8
RATE = 0.08


class Intent(BaseModel):
    """What somebody types and what is wanted by it; ``question`` is any question on the report but those named."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str = Field(min_length=1)
    intent: str


def intents(path: Path = INTENTS) -> tuple[Intent, ...]:
    """The examples of intents in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(Intent.model_validate_json(line) for line in lines if line.strip())


def fit_intents(encoder: Encoder, examples: Sequence[Intent], questions: Sequence[Probe]) -> str:
    """The weights that tell intents apart, as the JSON text that :mod:`qa.intent` reads."""
    from sklearn.linear_model import LogisticRegression

    texts = [item.question for item in examples] + [item.question for item in questions]
    intents = [item.intent for item in examples] + ["question"] * len(questions)
    model = LogisticRegression(C=10, max_iter=5000, class_weight="balanced")
    model.fit(encoder.encode(texts), intents)
    content = {
        "fingerprint": encoder.fingerprint,
        "intents": [str(name) for name in model.classes_],
        "biases": model.intercept_.round(3).tolist(),
        "weights": model.coef_.round(3).tolist(),
    }
    return json.dumps(content) + "\n"


def fit(pipeline: Pipeline, questions: Sequence[Probe], encoder: Encoder) -> dict[str, Any]:
    """A forest, in the form that :mod:`qa.sufficiency` reads, for the pipeline's way of ranking.

    A question is compared with the report's probes but for its own pair: nobody who asks has asked in the same words.
    How it leans is worked out from weights that know nothing of its pair.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    pairs: dict[str, set[str]] = {}
    for item in questions:
        pairs.setdefault(item.pair, set()).add(item.question)
    rows = [_signs(pipeline, item.question, frozenset(pairs[item.pair])) for item in questions]
    if pipeline.source.expansions:
        vectors = encoder.encode([item.question for item in questions])
        answered = np.array([item.answerable for item in questions])
        leaning = cross_fitted(vectors, answered, [item.pair for item in questions])
        for row, value in zip(rows, leaning, strict=True):
            row["known_leaning"] = round(float(value), sufficiency.DIGITS)
    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    model = HistGradientBoostingClassifier(
        max_iter=TREES, learning_rate=RATE, max_leaf_nodes=LEAVES, l2_regularization=1.0, random_state=0
    ).fit(table, [item.answerable for item in questions])
    return forest(model, names)


def forest(model: Any, names: Sequence[str]) -> dict[str, Any]:  # noqa: ANN401 - scikit-learn is untyped
    """A fitted gradient boosting classifier in the form that :mod:`qa.sufficiency` reads."""
    # scikit-learn offers no public way to read the trees; tests compare what is written with the model itself.
    trees = [list(_nodes(stage[0].nodes, names)) for stage in model._predictors]
    return {"base": round(float(model._baseline_prediction[0, 0]), DIGITS), "trees": trees}


def to_json(forests: Mapping[str, Mapping[str, Any]]) -> str:
    """The forests as JSON text, a tree a line."""
    parts = []
    for name, forest in forests.items():
        trees = ",\n".join(json.dumps(tree) for tree in forest["trees"])
        parts.append(f'"{name}": {{"base": {forest["base"]}, "trees": [\n{trees}\n]}}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _signs(pipeline: Pipeline, text: str, without: frozenset[str]) -> dict[str, float]:
    question, ranked = pipeline.evidence(text)
    conditions = failed(question, ranked[0], pipeline.source)
    return sufficiency.signs(question, ranked, conditions, pipeline.source, without=without)


def _nodes(nodes: Any, names: Sequence[str]) -> Iterator[list[Any]]:  # noqa: ANN401 - a NumPy record array
    for node in nodes:
        if node["is_leaf"]:
            yield [round(float(node["value"]), DIGITS)]
        else:
            threshold = round(float(node["num_threshold"]), DIGITS)
            yield [names[node["feature_idx"]], threshold, int(node["left"]), int(node["right"])]
