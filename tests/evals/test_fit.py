"""What is fitted to training examples: the data, and that what is written is what was fitted."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from corpus.library import load, probes
from corpus.values import Probe
from evals import cases, fit
from index import store
from qa.intent import Weights
from qa.pipeline import Pipeline
from qa.source import build_source
from qa.sufficiency import Forest
from tests.index.conftest import FakeEncoder, sample_expansions, sample_report


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


def test_a_training_question_is_judged_by_an_index_that_has_not_learned_from_its_pair(monkeypatch):
    questions = [Probe(id=f"{n}", question=f"a{n}", answerable=True) for n in range(40)]
    questions += [Probe(id=f"{n}b", question=f"b{n}", answerable=False, twin=f"{n}") for n in range(40)]
    judged = {}

    def signs(pipeline, text, without):
        judged[text] = without
        assert {text, *without} <= pipeline
        return {"length": float(len(text))}

    monkeypatch.setattr(fit, "_signs", signs)
    monkeypatch.setattr(fit, "_forgetting", lambda pipeline, fold: {item.question for item in fold})
    fit.fit(PLAIN, questions)
    assert judged == {f"{kind}{n}": {f"a{n}", f"b{n}"} for kind in "ab" for n in range(40)}


def test_the_pipeline_that_judges_has_not_learned_from_the_questions_but_compares_with_them(tmp_path):
    report, encoder = sample_report(), FakeEncoder()
    asked = Probe("1", "Who pays the foster carers?", answerable=True, paragraphs=("1",))
    keyed = sample_expansions()
    index = store.build(report, keyed, encoder, tmp_path, probes=(asked,))
    pipeline = Pipeline(build_source(report, index, keyed), council="")
    other = fit._forgetting(pipeline, [asked])
    before, after = (p.source.index.nearness(asked.question) for p in (pipeline, other))
    assert before.placed.max() > 0.9
    assert after.placed.max() < 0.5
    assert other.source.index.known(asked.question).answered == 1.0
    assert other.source.index.known(asked.question).leaning == 0.0
    assert fit._forgetting(PLAIN, [asked]) is PLAIN


def test_the_forest_that_is_written_gives_the_likelihoods_that_were_fitted(scored):
    questions, rows = scored
    content = fit.fit(PLAIN, questions)
    read = json.loads(fit.to_json({"with_questions": content}))["with_questions"]
    forest = Forest(read["base"], tuple(tuple(tuple(node) for node in tree) for tree in read["trees"]))
    told = [forest.likelihood(rows[item.question]) > 0.5 for item in questions]
    assert told == [item.answerable for item in questions]
