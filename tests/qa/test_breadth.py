"""How many places an answer takes its points from."""

from dataclasses import replace

import pytest

from qa.breadth import LONG, SEVERAL, breadth
from qa.compose import cited_numbers, words
from qa.evidence import Candidate
from qa.question import understand
from qa.recommendations import asks_for_actions

PARTS = {
    "Safeguarding services": frozenset({"safeguard"}),
    "Services for looked after children": frozenset({"look"}),
}


class Parts:
    part_terms = PARTS
    expansions = ("any",)


class Plain(Parts):
    expansions = ()


def candidate(number, score, placed=0.25):
    return Candidate(number, 0, 9, "It is so.", 0.5, 0.5, "Is it so?", 0.5, placed, 0.5, score)


def ranked(*scores, placed=0.25):
    return [candidate(str(n), score, placed) for n, score in enumerate(scores, 1)]


def question(text, several=0.0):
    return replace(understand(text, text, PARTS), intents={"several": several})


def test_without_evidence_nothing_is_likely():
    assert breadth(question("supervision"), [], Parts()) == 0.0


@pytest.mark.parametrize(
    ("text", "several", "scores", "placed", "likely"),
    [
        ("How many carers left?", 0.0, (0.9, 0.3), 0.25, 0.0001),
        ("Is supervision any good?", 0.6, (0.9, 0.85, 0.8, 0.75), 0.5, 0.8413),
        ("Is supervision any good?", 0.6, (0.9, 0.85, 0.8, 0.75), 0.25, 0.4081),
        ("Is supervision any good?", 0.6, (0.9, 0.4, 0.3, 0.3), 0.5, 0.1164),
        ("Strengths of supervision", 0.6, (0.9, 0.85, 0.8, 0.75), 0.25, 0.844),
        ("Why is supervision poor?", 0.6, (0.9, 0.85, 0.8, 0.75), 0.5, 0.1392),
    ],
)
def test_examples_wording_and_where_the_question_is_placed_decide_together(
    text, several, scores, placed, likely
):
    found = breadth(question(text, several), ranked(*scores, placed=placed), Parts())
    assert found == pytest.approx(likely, abs=5e-5)


def test_without_everyday_questions_nothing_is_placed_and_the_other_signs_count_more():
    asked = question("Is supervision any good?", 0.6), ranked(0.9, 0.85, 0.8, placed=0.0)
    assert breadth(*asked, Plain()) == pytest.approx(0.6361, abs=5e-5)
    assert breadth(*asked, Parts()) == pytest.approx(0.0823, abs=5e-5)


def test_further_sentences_of_a_paragraph_do_not_count_as_other_paragraphs():
    alone = [candidate("1", score) for score in (0.9, 0.89, 0.88)]
    assert breadth(question("Is it good?", 0.9), alone, Parts()) == breadth(
        question("Is it good?", 0.9), alone[:1], Parts()
    )


def test_a_longer_answer_takes_more_likelihood():
    assert 0 < SEVERAL < LONG < 1


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What was wrong with supervision, and what was recommended?", True),
        ("complaints: findings plus actions", True),
        ("What is being done about late visits?", True),
        ("What did inspectors think of supervision?", False),
        ("How good are the schools?", False),
    ],
)
def test_actions_may_be_asked_for_beside_other_things(text, asked):
    assert asks_for_actions(text) == asked


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("What did they find about missing children and what action was recommended?", {"28", "114", "25"}),
        ("How is supervision of social workers going for kids at risk and for kids in care?", {"17", "148"}),
        ("Is the complaints system working, for families and for children in care?", {"29", "134"}),
    ],
)
def test_a_question_about_one_matter_in_several_places_cites_them(real_pipeline, text, cited):
    answer = real_pipeline.ask(text)
    assert cited <= set(cited_numbers(answer.statements))
    assert words(answer.text) <= 350


@pytest.mark.encoder
def test_a_question_for_one_fact_stays_short(real_pipeline):
    answer = real_pipeline.ask("How many foster carers does the council have?")
    assert cited_numbers(answer.statements)[0] == "12"
    assert words(answer.text) <= 160


@pytest.mark.encoder
def test_a_comparison_gets_more_than_the_grades(real_pipeline):
    answer = real_pipeline.ask("quick compare of leadership, safeguarding v looked after, for a slide")
    assert {"75", "161"} <= set(cited_numbers(answer.statements))


@pytest.mark.encoder
def test_a_question_for_a_deadline_gets_the_action_alone(real_pipeline):
    answer = real_pipeline.ask("When must learning from serious case reviews be embedded?")
    assert cited_numbers(answer.statements) == ("25",)


@pytest.mark.encoder
def test_a_section_without_a_judgement_opens_no_answer(real_pipeline):
    assert cited_numbers(real_pipeline.ask("Who chairs the LSCB?").statements)[0] == "8"


@pytest.mark.encoder
def test_a_question_for_a_number_does_not_open_with_another_number(real_pipeline):
    text = real_pipeline.ask("How many children were on protection plans?").text
    assert "91 children" in text
    assert "133" not in text


@pytest.mark.encoder
def test_a_question_in_general_on_what_the_report_is_silent_on_is_refused(real_pipeline):
    assert real_pipeline.ask("Is there a gang problem in Kingston?").status == "not_in_report"


@pytest.mark.encoder
def test_a_question_that_is_no_request_for_points_does_not_open_with_a_judgement(real_pipeline):
    answer = real_pipeline.ask("Did inspectors find that children were left at risk?")
    assert "overall effectiveness is adequate" not in answer.text


@pytest.mark.encoder
def test_what_is_wrong_and_what_must_be_done_by_when_are_both_told(real_pipeline):
    asked = "What is wrong with health assessments for children in care, and what must be done by when?"
    cited = cited_numbers(real_pipeline.ask(asked).statements)
    assert {"98", "99", "100", "102", "103"} & set(cited)
