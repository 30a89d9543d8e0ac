"""Follow-ups are completed and foreign questions translated by the model, or else by the rules."""

from __future__ import annotations

import pytest

from qa.generating import Generating
from qa.guard import LANGUAGE
from tests.qa.models_made import Made, good

pytestmark = pytest.mark.encoder

FIRST = "How many looked after children are there?"


def asker(pipeline, line):
    def write(system, user):
        return good(system, user) if "<paragraphs>" in user else line

    return Generating(pipeline, Made(write))


def test_a_follow_up_is_put_into_the_words_of_the_model(real_pipeline):
    answer = asker(real_pipeline, "How many looked after children are under five?").ask(
        "And under five?", [FIRST]
    )
    assert answer.question == "And under five?"
    assert "under five" in answer.understood
    assert "looked after children" in answer.understood


@pytest.mark.parametrize(
    "line", ["", "How many dragons are under five?", "First line\nSecond line", "x" * 1000]
)
def test_a_rewriting_that_cannot_be_right_leaves_the_rules(real_pipeline, line):
    answer = asker(real_pipeline, line).ask("And under five?", [FIRST])
    assert answer.understood == real_pipeline.ask("And under five?", [FIRST]).understood


def test_a_question_in_another_language_is_translated_and_answered_in_english(real_pipeline):
    asked = "Combien d'enfants sont pris en charge par les autorités locales de Kingston ?"
    assert real_pipeline.ask(asked).text == LANGUAGE
    answer = asker(real_pipeline, FIRST).ask(asked)
    assert (answer.question, answer.status) == (asked, "answered")
    assert answer.understood == real_pipeline.ask(FIRST).understood
    assert "133" in answer.text


def test_a_translation_with_a_figure_of_its_own_is_not_used(real_pipeline):
    asked = "Combien d'enfants sont pris en charge par les autorités locales de Kingston ?"
    assert asker(real_pipeline, "How many of the 133 children are there?").ask(asked).text == LANGUAGE


def test_a_disclosure_behind_another_language_is_answered_as_one(real_pipeline):
    asked = "Combien d'enfants sont pris en charge par les autorités locales de Kingston ?"
    assert asker(real_pipeline, "My stepfather hits me every night").ask(asked).sensitive
