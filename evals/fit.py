"""Fits :mod:`qa.sufficiency` and :mod:`qa.intent` to training examples, which are no cases of the evaluation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from corpus.values import Probe
from index.encoder import Encoder
from index.index import Index
from qa import intent, sufficiency
from qa.gate import failed
from qa.pipeline import Pipeline

FORESTS_FILE = Path(sufficiency.__file__).with_name(sufficiency.FORESTS)

WEIGHTS_FILE = Path(intent.__file__).with_name(intent.WEIGHTS)

INTENTS = Path(__file__).parent / "training" / "intents.jsonl"

DIGITS = 5  # decimals kept of thresholds and values: one more than signs have, so that none moves across
FOLDS = 5
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


def fit(pipeline: Pipeline, questions: Sequence[Probe]) -> dict[str, Any]:
    """A forest, in the form that :mod:`qa.sufficiency` reads, for the pipeline's way of ranking.

    A question is compared with the report's probes but for its own pair, and judged by an index that has learned from
    none of them: nobody who asks has asked in the same words.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    pairs: dict[str, set[str]] = {}
    for item in questions:
        pairs.setdefault(item.pair, set()).add(item.question)
    rows: list[dict[str, float]] = []
    answerable: list[bool] = []
    for fold in _folds(questions):
        other = _forgetting(pipeline, fold)
        rows += [_signs(other, item.question, frozenset(pairs[item.pair])) for item in fold]
        answerable += [item.answerable for item in fold]
    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    model = HistGradientBoostingClassifier(
        max_iter=TREES, learning_rate=RATE, max_leaf_nodes=LEAVES, l2_regularization=1.0, random_state=0
    ).fit(table, answerable)
    return forest(model, names)


def _folds(questions: Sequence[Probe]) -> list[list[Probe]]:
    """The questions in a few parts of about equal size, pairs together."""
    pairs = list(dict.fromkeys(item.pair for item in questions))
    fold = dict(zip(pairs, np.random.default_rng(0).integers(0, FOLDS, len(pairs)).tolist(), strict=True))
    parts = [[item for item in questions if fold[item.pair] == number] for number in range(FOLDS)]
    return [part for part in parts if part]


def _forgetting(pipeline: Pipeline, questions: Sequence[Probe]) -> Pipeline:
    """The pipeline over an index that has not learned from these questions."""
    source = pipeline.source
    if not source.expansions:
        return pipeline  # nothing was learned from any
    index = cast("Index", source.index).forgetting({item.question for item in questions})
    return Pipeline(replace(source, index=index), council="")


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
