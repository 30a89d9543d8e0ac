"""Each hard rule finds what it is there for and leaves what says the same alone."""

from __future__ import annotations

import pytest

from qa.verify.strict import RULES, broken, kinds_of, problems, unsaid


@pytest.mark.parametrize(
    ("claim", "evidence", "kind"),
    [
        ("There are 134 children.", "There are 133 children.", "number"),
        ("Eight children left.", "Three children left.", "number"),
        ("A rise of £5.", "A rise of 5%.", "number"),
        ("Two schools, one academy.", "Two schools, three academies.", "number"),
        ("Half of the schools.", "A third of the schools.", "number"),
        ("95% of schools and 60% of nurseries.", "60% of schools and 95% of nurseries.", "number"),
        ("It began in May.", "It began in June.", "date"),
        ("The review ended in 2011.", "The review ended in 2010.", "date"),
        ("Audits are monthly.", "Audits are quarterly.", "date"),
        ("Care is good.", "Care is adequate.", "grade"),
        ("Leadership is good and care adequate.", "Leadership is adequate and care good.", "grade"),
        ("Sutton hosts the team.", "Kingston hosts the team.", "name"),
        ("The police attend.", "Teachers attend.", "name"),
        ("Plans are not shared.", "Plans are shared.", "negation"),
        ("Plans are shared.", "Plans are not shared.", "negation"),
        ("Numbers have declined.", "Numbers have improved.", "negation"),
        ("All plans are shared.", "Plans are shared.", "overclaim"),
        ("Plans are shared.", "Some plans are shared.", "overclaim"),
        ("Most plans are shared.", "Some plans are shared.", "overclaim"),
        ("The team has been merged.", "The council plans to merge the team.", "overclaim"),
        ("Plans are late because of sickness.", "Plans are late. Sickness is high.", "overclaim"),
    ],
)
def test_what_is_not_said_is_found(claim, evidence, kind):
    assert kind in problems(claim, evidence, ordinary=lambda word: word != "sutton")


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Eight children left.", "8 children left."),
        ("168,955 people live there.", "The population is 168,955; they live there."),
        ("Some plans are shared.", "Most plans are shared."),
        ("Plans are not shared.", "Plans are not shared with schools."),
        ("Most plans are shared.", "The majority of plans are shared."),
    ],
)
def test_what_says_the_same_or_less_is_left_alone(claim, evidence):
    assert problems(claim, evidence) == ()


def test_what_is_unsaid_leaves_out_words_about_the_report():
    assert unsaid("Inspectors found that plans glow.", frozenset({"plan"})) == ("glow",)


def test_the_rules_that_are_broken_are_told_by_name():
    found = broken("All 5 plans are shared.", "4 plans are shared.")
    assert found == {"number", "moved_number", "universal"}
    assert kinds_of(found) == ("number", "overclaim")
    assert found < set(RULES)
