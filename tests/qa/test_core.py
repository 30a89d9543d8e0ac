"""The asking part of a long-winded question."""

import pytest

from qa.core import SHORT, asking_part


@pytest.mark.parametrize(
    "text",
    [
        "How many children were looked after?",
        "Hello! How many children were looked after, please?",
        "",
        "supervision " * SHORT,
    ],
)
def test_a_short_question_or_one_without_asking_is_kept_whole(text):
    assert asking_part(text) == text


def test_the_story_before_the_question_is_left_out():
    text = (
        "Good morning, I have just started at the council and my boss has asked me to read up before "
        "a meeting on Tuesday. How many foster carers did the council have at the time?"
    )
    assert asking_part(text) == "How many foster carers did the council have at the time?"


def test_the_reason_for_asking_within_the_sentence_is_left_out():
    text = (
        "I am putting together a paper for our panel about fostering and before it goes off on Friday "
        "could you tell me how many foster carers the council had at the time"
    )
    assert asking_part(text).startswith("how many foster carers")


def test_thanks_after_the_question_are_left_out():
    text = (
        "Which paragraph talks about the independent reviewing officer service and its escalation plan? I "
        "need it for a briefing that is due later today. Thanks so much for the help with all of this."
    )
    assert asking_part(text).startswith("Which paragraph talks about the independent reviewing officer")
    assert "Thanks" not in asking_part(text)


def test_a_question_that_points_back_keeps_the_sentence_before_it():
    text = (
        "I was reading the part about the escalation protocol for reviewing officers and how rarely "
        "it had been used in practice. Why is that?"
    )
    assert "escalation protocol" in asking_part(text)
    assert asking_part(text).endswith("Why is that?")


def test_what_an_earlier_sentence_asks_indirectly_is_taken_without_its_reasons():
    text = (
        "As part of the equality work that we have been asked to do for the new places strategy, and this may be a bit "
        "dated now, I want to quote what share of "
        "pupils come from an ethnic minority background. What figure is given?"
    )
    assert asking_part(text) == (
        "what share of pupils come from an ethnic minority background. What figure is given?"
    )
