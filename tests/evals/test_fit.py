"""What is fitted to training examples: the data, and that what is written is what was fitted."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from corpus.library import load, probes
from corpus.values import Probe
from evals import cases, fit
from qa.intent import Weights
from qa.sufficiency import Forest


def test_no_test_case_nearly_repeats_a_training_example():
    held_out = [c for c in cases.load() if c.split == "test" and not c.history]
    known = [item.question for item in probes(load())]
    assert [(case.id, other) for case, other, _ in cases.near_repeats(held_out, known)] == []


def test_the_intents_are_those_that_the_program_knows():
    from qa.intent import fitted

    assert {item.intent for item in fit.intents()} | {"question"} == set(fitted().intents)


class ThreeWords:
    """Texts point one way for each of three words."""

    fingerprint = "three words"

    def encode(self, texts):
        return np.array([[float(word in text) for word in ("grade", "do", "who")] for text in texts])


def test_fitted_intents_tell_the_examples_apart():
    examples = [fit.Intent(question=f"grade {n}", intent="grade_area") for n in range(5)]
    examples += [fit.Intent(question=f"do {n}", intent="actions") for n in range(5)]
    others = [Probe(id=str(n), question=f"who {n}", answerable=True) for n in range(5)]
    content = json.loads(fit.fit_intents(ThreeWords(), examples, others))
    weights = Weights(
        content["fingerprint"],
        tuple(content["intents"]),
        np.array(content["biases"]),
        np.array(content["weights"]),
    )
    assert weights.fingerprint == "three words"
    told = [weights.likelihoods(vector) for vector in np.eye(3)]
    assert [max(likely, key=likely.get) for likely in told] == ["grade_area", "actions", "question"]


@pytest.fixture
def scored(monkeypatch):
    """Signs made from the text: its length decides whether it is answerable."""
    rows = {f"{n} " + "x" * n: {"length": n / 100, "odd": float(n % 2)} for n in range(100)}
    monkeypatch.setattr(fit, "_signs", lambda pipeline, text, without: rows[text])
    return [
        Probe(id=str(n), question=text, answerable=rows[text]["length"] > 0.5) for n, text in enumerate(rows)
    ], rows


PLAIN = SimpleNamespace(source=SimpleNamespace(expansions=()))
KEYED = SimpleNamespace(source=SimpleNamespace(expansions=("any",)))


def test_how_a_training_question_leans_is_worked_out_without_its_own_pair(scored, monkeypatch):
    questions, rows = scored
    asked = {}

    def cross_fitted(vectors, answered, groups):
        asked.update(vectors=vectors, answered=list(answered), groups=groups)
        return np.where(answered, 0.123456, -1.0)

    monkeypatch.setattr(fit, "cross_fitted", cross_fitted)
    fit.fit(KEYED, questions, SimpleNamespace(encode=len))
    assert asked["vectors"] == len(questions)
    assert asked["answered"] == [item.answerable for item in questions]
    assert asked["groups"] == [item.pair for item in questions]
    assert {row["known_leaning"] for row in rows.values()} == {0.1235, -1.0}


def test_the_forest_that_is_written_gives_the_likelihoods_that_were_fitted(scored):
    questions, rows = scored
    content = fit.fit(PLAIN, questions, SimpleNamespace())
    read = json.loads(fit.to_json({"with_questions": content}))["with_questions"]
    forest = Forest(read["base"], tuple(tuple(tuple(node) for node in tree) for tree in read["trees"]))
    told = [forest.likelihood(rows[item.question]) > 0.5 for item in questions]
    assert told == [item.answerable for item in questions]
