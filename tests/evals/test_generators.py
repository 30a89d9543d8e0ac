"""Generators are asked the same questions and compared by the same measures."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from evals.cases import load, select
from evals.errors import EvalsError
from evals.generators import figures, sample, to_json, to_markdown, write
from qa.errors import QuestionError
from qa.values import Removed
from qa.verify.values import Verdict

CASES = select(load(), "dev")


def supported(claim, paragraphs):
    return Verdict("supported")


class Asker:
    """Answers as the pipeline does, as if a model had written it; takes something out of every answer."""

    def __init__(self, pipeline, **changes):
        self.pipeline, self.changes = pipeline, changes

    def ask(self, question, history=(), *, only=None):
        return replace(self.pipeline.ask(question, history), **self.changes)


@pytest.fixture(scope="module")
def texts(real_pipeline):
    return {p.number: p.text for p in real_pipeline.report.paragraphs}


def test_a_sample_is_always_the_same_and_in_order():
    chosen = sample(CASES, 40)
    assert chosen == sample(CASES, 40)
    assert len(chosen) == 40
    assert [CASES.index(case) for case in chosen] == sorted(CASES.index(case) for case in chosen)
    assert sample(CASES[:3], 40) == sample(CASES[:3], None) == CASES[:3]


def test_a_sample_of_none_is_refused():
    with pytest.raises(EvalsError, match="must be 1 or more, not 0"):
        sample(CASES, 0)


@pytest.mark.encoder
def test_what_a_model_wrote_is_counted(real_pipeline, texts):
    removed = (Removed("x", ("1",), ("number", "name")),)
    cases = sample(CASES, 10)
    quotes = figures(write("quotes", real_pipeline, cases, texts, supported))
    made = write("m", Asker(real_pipeline, generator="m", removed=removed), cases, texts, supported)
    found = figures(made)
    assert (quotes["asked of the model"], quotes["statements removed"]) == (0, 0)
    assert (found["questions"], found["asked of the model"], found["statements removed"]) == (10, 10, 10)
    assert found["removed by kind"] == {"name": 10, "number": 10}
    assert found["shown but doubted by the checker of claims"] == 0
    assert [found[n] for n in ("right", "key facts", "caught")] == [
        quotes[n] for n in ("right", "key facts", "caught")
    ]


@pytest.mark.encoder
def test_statements_that_the_checker_of_claims_doubts_are_counted(real_pipeline, texts):
    doubting = lambda claim, paragraphs: Verdict("not_supported")  # noqa: E731
    found = figures(write("m", Asker(real_pipeline, generator="m"), sample(CASES, 5), texts, doubting))
    shown = found["statements of the model shown"]
    assert found["shown but doubted by the checker of claims"] == shown > 0


def test_a_question_that_cannot_be_asked_is_left_out(texts):
    class Refuses:
        def ask(self, question, history=(), *, only=None):
            raise QuestionError("too long")

    assert figures(write("m", Refuses(), CASES[:2], texts, supported))["questions"] == 0


@pytest.mark.encoder
def test_generators_stand_side_by_side(real_pipeline, texts):
    written = [write(name, real_pipeline, CASES[:2], texts, supported) for name in ("quotes", "m")]
    table = to_markdown(written, {"questions": "2 of dev"})
    assert "| measure | `quotes` | `m` |" in table
    assert "questions: 2 of dev" in table
    assert [g["generator"] for g in json.loads(to_json(written, {}))["generators"]] == ["quotes", "m"]
