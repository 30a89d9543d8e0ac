"""Questions to ask next."""

import random

import pytest

from qa.suggest import LONGEST, next_questions
from qa.text import terms
from qa.values import Answer

pytestmark = pytest.mark.encoder


def test_the_next_questions_are_new_short_and_near(real_pipeline):
    answer = real_pipeline.ask("How many children were subject to child protection plans?")
    found = next_questions(answer, real_pipeline.source)
    assert len(found) == 3
    assert all(question.endswith("?") and len(question.split()) <= LONGEST for question in found)
    asked = set(terms(answer.question))
    assert all(len(set(terms(question)) & asked) < len(set(terms(question))) for question in found)


def test_after_a_refusal_they_are_about_the_paragraphs_worth_a_look(real_pipeline):
    answer = real_pipeline.ask("How many children were subject to child protection plans in 2009?")
    assert answer.status == "not_in_report"
    assert len(next_questions(answer, real_pipeline.source)) == 3


def test_after_a_disclosure_there_are_none(real_pipeline):
    answer = Answer("x", "not_in_report", "Call 999.", "kingston-2012", related=("12",), sensitive=True)
    assert next_questions(answer, real_pipeline.source) == ()


def test_nearly_all_of_them_are_answered(real_pipeline):
    """A seeded sample of the questions that are offered after answers from all over the report."""
    numbers = [p.number for p in real_pipeline.report.paragraphs]
    offered = {
        question
        for number in random.Random(7).sample(numbers, 25)
        for question in real_pipeline.next_questions(real_pipeline.ask(f"paragraph {number}"))
    }
    answered = [question for question in offered if real_pipeline.ask(question).status != "not_in_report"]
    assert len(answered) >= 0.95 * len(offered)
    assert len(offered) > 30
