"""What must be done, by whom and by when."""

from collections import Counter

import pytest

from qa.recommendations import asked_addressees, asked_deadline, recommendation_answer

DEADLINES = ("Immediately", "Within three months", "Within six months")
LIMIT = 350  # words of a list


@pytest.fixture(scope="module")
def actions(report):
    return report.recommendations


@pytest.fixture(scope="module")
def recommend(source, ask, ranker, acronyms):
    return lambda text: recommendation_answer(ask(text), source, ranker, acronyms)


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("what must be done immediately", "Immediately"),
        ("what needs doing straight away", "Immediately"),
        ("the urgent actions", "Immediately"),
        ("within three months", "Within three months"),
        ("in 3 months", "Within three months"),
        ("the six-month actions", "Within six months"),
        ("within 6 months", "Within six months"),
        ("within twelve months", ""),
        ("within 9 months", ""),
        ("what happened during the past three months", None),
        ("what must be done", None),
    ],
)
def test_deadlines_are_understood_in_words_and_figures(actions, text, deadline):
    assert asked_deadline(text, actions) == deadline


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("what must the lscb do", {"LSCB"}),
        ("actions for the local safeguarding children board", {"LSCB"}),
        ("actions for the council", set()),
        ("what must be done", set()),
    ],
)
def test_addressees_are_understood_by_short_and_long_form(actions, acronyms, text, named):
    assert asked_addressees(text, actions, acronyms) == named


@pytest.mark.parametrize(
    ("text", "paragraph", "deadline"),
    [
        ("what must be done within three months for looked after children", "97", "Within three months"),
        ("What must be done immediately for looked after children?", "97", "Immediately"),
        ("list the immediate safeguarding actions", "25", "Immediately"),
        ("recommendations within six months for looked after children", "97", "Within six months"),
    ],
)
def test_all_actions_of_a_deadline_in_one_half_are_listed(
    recommend, actions, cited, text, paragraph, deadline
):
    answer = recommend(text)
    expected = [a for a in actions if (a.paragraph, a.deadline) == (paragraph, deadline)]
    quoted = [
        c.evidence for s in answer.statements for c in s.citations if c.evidence.end - c.evidence.start > 30
    ]
    assert (answer.status, cited(answer)) == ("answered", [paragraph])
    assert [evidence.start for evidence in quoted] == [action.start for action in expected]
    assert len(answer.text.split()) <= LIMIT


def test_the_actions_of_one_addressee_are_listed(recommend, actions, cited):
    answer = recommend("What must the LSCB do?")
    starts = {c.evidence.start for s in answer.statements for c in s.citations}
    assert (answer.status, cited(answer)) == ("answered", ["25"])
    assert {a.start for a in actions if a.addressee == "LSCB"} <= starts


def test_actions_for_the_health_service_are_those_that_name_it(recommend, actions):
    answer = recommend("recommendations for NHS Kingston")
    named = {(a.paragraph, a.start) for a in actions if a.addressee.startswith("NHS Kingston")}
    quoted = {
        (c.evidence.paragraph, c.evidence.start)
        for s in answer.statements
        for c in s.citations
        if c.evidence.quote not in DEADLINES
    }
    assert quoted == named


@pytest.mark.parametrize(
    "text",
    [
        "How many foster carers are there?",
        "Who chairs the LSCB?",
        "What did inspectors find about supervision?",
    ],
)
def test_other_questions_are_left_to_the_evidence(recommend, text):
    assert recommend(text) is None


@pytest.mark.parametrize("text", ["what must be done within twelve months?", "actions due within 9 months"])
def test_a_deadline_that_no_action_has_lists_no_actions(recommend, text):
    answer = recommend(text)
    assert answer is None or (answer.status, answer.statements) == ("not_in_report", ())


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("By when must a system of case file auditing be introduced?", "case file auditing"),
        ("What is the deadline for reviewing the use of the LADO?", "Designated Officer (LADO)"),
        ("When must learning from serious case reviews be embedded?", "learning from serious case reviews"),
        ("What is the deadline for improving supervision?", "introduce supervision arrangements"),
    ],
)
def test_when_an_action_is_due_names_its_deadline(real_pipeline, actions, question, words):
    deadlines = {action.deadline for action in actions if words in action.text}
    answer = real_pipeline.ask(question)
    assert answer.status == "answered"
    assert words in answer.text
    assert [deadline for deadline in deadlines if deadline not in answer.text] == []


def test_the_report_has_the_actions_that_the_tests_count_on(actions):
    assert Counter((a.paragraph, a.deadline) for a in actions) == {
        ("25", "Immediately"): 6,
        ("25", "Within three months"): 11,
        ("25", "Within six months"): 4,
        ("97", "Immediately"): 3,
        ("97", "Within three months"): 7,
        ("97", "Within six months"): 5,
    }


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("text", "deadline", "matter"),
    [
        ("What must be done within three months on gangs?", "Within three months", "gangs"),
        (
            "What must happen within three months about private fostering?",
            "Within three months",
            "private fostering",
        ),
        ("What must be done immediately about adoption?", "Immediately", "adoption"),
    ],
)
def test_actions_on_other_matters_are_no_answer(real_pipeline, text, deadline, matter):
    found = real_pipeline.ask(text)
    assert (found.status, found.related) == ("not_in_report", ("25", "97"))
    assert found.reason == f"it sets no action under “{deadline}” on {matter}"


@pytest.mark.encoder
def test_the_action_on_the_matter_is_the_answer(real_pipeline):
    found = real_pipeline.ask("What must be done within three months about missing children?")
    assert found.text.startswith("Within three months (1 of 11 actions in paragraph 25)")
    assert "missing children arrangements" in found.text
