"""Follow-up questions made whole by the earlier ones."""

import pytest

from qa.followup import complete, needs_history
from qa.text import terms

PLANS = "How many children were subject to child protection plans?"


@pytest.mark.parametrize(
    "question",
    [
        "How many foster carers does the council have?",
        "What did inspectors find about the supervision of social workers in the duty team?",
    ],
)
def test_a_question_that_stands_by_itself_is_unchanged(question):
    assert complete(question, [PLANS]) == question


@pytest.mark.parametrize("history", [[], [""], ["  ", "\n"]])
def test_without_earlier_questions_nothing_is_added(history):
    assert complete("and for care leavers?", history) == "and for care leavers?"


@pytest.mark.parametrize(
    "question",
    ["Which paragraph says that?", "what para is that from?", "where does it say that?", "source?"],
)
def test_asking_for_the_paragraph_repeats_the_question(question):
    assert complete(question, [PLANS]) == PLANS


@pytest.mark.parametrize(
    "question", ["why?", "Why is that?", "how come?", "but why", "and what is the reason?"]
)
def test_asking_why_asks_why_of_the_question_before(question):
    completed = complete(question, ["What grade did leadership and management get?"])
    assert completed.lower().startswith("why")
    assert set(terms("grade leadership management")) <= set(terms(completed))


def test_asking_how_it_has_changed_keeps_the_subject():
    completed = complete("Has that gone up or down?", [PLANS])
    assert set(terms(PLANS)) <= set(terms(completed))


def test_one_deadline_takes_the_place_of_another():
    earlier = "What must be done within three months for looked after children?"
    completed = complete("and within six months?", [earlier])
    assert "six months" in completed
    assert "three months" not in completed
    assert "looked after" in completed


def test_one_group_takes_the_place_of_another():
    completed = complete("and for care leavers?", ["How are looked after children helped into employment?"])
    assert "care leavers" in completed
    assert "employment" in completed


def test_the_other_half_takes_the_place_of_the_first():
    completed = complete("and the other half?", ["What grade did safeguarding get for leadership?"])
    assert "looked after" in completed
    assert "leadership" in completed
    assert "safeguarding" not in completed


def test_follow_ups_may_lean_on_follow_ups():
    history = ["What must be done immediately for looked after children?", "and within three months?"]
    completed = complete("and within six months?", history)
    assert "six months" in completed
    assert "looked after" in completed
    assert "three months" not in completed


def test_any_short_question_keeps_its_own_words():
    completed = complete("and boys?", ["How many children were excluded from school?"])
    assert set(terms("boys exclusions")) <= set(terms(completed))


@pytest.mark.parametrize(
    "question", ["why?", "and then?", "what about them?", "is it better?", "which ones?"]
)
def test_short_and_pointing_questions_need_history(question):
    assert needs_history(question)


@pytest.mark.parametrize("turns", [3, 30, 2_000])
def test_a_long_conversation_is_no_obstacle(turns):
    history = [PLANS, *["and what about boys?"] * turns]
    assert "girls" in complete("and what about girls?", history)


@pytest.mark.parametrize(
    ("earlier", "question", "deadline"),
    [
        (
            "What must be done straight away on safeguarding?",
            "now the same for the six-month list",
            "within six months",
        ),
        ("What must be done within three months?", "And what is due within six?", "within six months"),
        ("What must be done within three months?", "and six?", "within six months"),
    ],
)
def test_a_deadline_is_replaced_however_it_is_put(earlier, question, deadline):
    completed = complete(question, [earlier])
    assert deadline in completed
    assert "three" not in completed
    assert "straight" not in completed


@pytest.mark.parametrize(
    ("question", "alike", "leans"),
    [
        ("How many schools does the borough have?", 0.96, False),
        ("To what figure, roughly", 0.4, True),
        ("Does the hospital do likewise?", 0.9, True),
        ("hospital team for vulnerable pregnant women", 0.73, False),
        ("And in 2013?", 0.9, True),
    ],
)
def test_likeness_to_everyday_questions_tells_whether_a_short_question_means_anything_alone(
    question, alike, leans
):
    assert needs_history(question, lambda _: alike) is leans


def test_without_everyday_questions_only_words_tell():
    assert not needs_history("To what figure, roughly", lambda _: -1.0)
    assert needs_history("Exclusions?", lambda _: -1.0)


def test_a_follow_up_of_a_follow_up_leans_on_the_first_question():
    history = ["Is there a doctor on the looked after health team?", "Permanent one?"]
    assert "doctor" in complete("so the stand-in began when?", history)
