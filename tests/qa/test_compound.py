"""Double questions are taken apart, and a wish for a form is no question."""

import pytest

from qa.compound import parts
from qa.question import kind
from qa.topic import only_form


def test_two_questions_joined_by_and_are_two():
    asked = "How many children left care, and what does the council offer them?"
    assert parts(asked) == ("How many children left care", "what does the council offer them?")


@pytest.mark.parametrize(
    "form",
    ["Give me three bullets with para refs", "Please keep it to two lines.", "In two sentences please"],
)
def test_a_wish_for_a_form_belongs_to_the_question_before_it(form):
    assert only_form(form)
    assert parts(f"What is working for care leavers? {form}") == (
        f"What is working for care leavers? {form}",
    )
    assert kind("What is working for care leavers? Give me three bullets with para refs") == "several"


@pytest.mark.parametrize(
    "text", ["Give me three bullets on supervision", "Which areas were good?", "", "???"]
)
def test_what_names_a_topic_or_nothing_is_no_form(text):
    assert not only_form(text)
