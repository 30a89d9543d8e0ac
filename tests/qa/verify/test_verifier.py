"""Claims about the shipped report get the verdict that a careful reader gives, with the words that decide it."""

from __future__ import annotations

import pytest

from qa.verify.verifier import Verifier

pytestmark = pytest.mark.encoder

PLANS = "At the time of the inspection there were 91 children subject to child protection plans."


@pytest.fixture(scope="module")
def verifier(real_pipeline):
    return Verifier(real_pipeline.source)


def test_a_true_claim_is_supported_by_the_words_it_rests_on(verifier):
    verdict = verifier.check("91 children were subject to child protection plans.", ("12",))
    assert verdict.outcome == "supported"
    assert verdict.problems == ()
    assert verdict.better == ()
    assert [(e.paragraph, e.quote) for e in verdict.evidence] == [("12", PLANS)]


def test_a_changed_number_is_named_with_the_right_one(verifier):
    verdict = verifier.check("There were 19 children on child protection plans.", ("12",))
    assert verdict.outcome == "not_supported"
    assert [(p.kind, p.detail) for p in verdict.problems] == [
        ("number", "the draft says 19; paragraph 12 says 91")
    ]
    assert verdict.better == ()


def test_a_true_claim_with_the_wrong_paragraph_has_that_single_problem(verifier):
    verdict = verifier.check("91 children were subject to child protection plans.", ("27",))
    assert verdict.outcome == "not_supported"
    assert [(p.kind, p.detail) for p in verdict.problems] == [
        ("wrong_paragraph", "true, but it is paragraph 12, not 27")
    ]
    assert verdict.better == ("12",)


def test_a_paragraph_that_does_not_exist_supports_nothing(verifier):
    verdict = verifier.check("91 children were subject to child protection plans.", ("171",))
    assert verdict.outcome == "not_supported"
    assert verdict.better == ("12",)


@pytest.mark.parametrize("text", ["Members are asked to note this report.", "Thank you for coming.", "…"])
def test_what_claims_nothing_about_the_report_is_no_claim(verifier, text):
    assert verifier.check(text).outcome == "not_a_claim"


@pytest.mark.parametrize(
    "text",
    [
        PLANS.replace("there were 91", "there were not 91"),
        "The number of births in Sutton has been increasing considerably since 2002.",
    ],
)
def test_a_sentence_of_the_report_with_a_denial_or_a_name_changed_is_not_supported(verifier, text):
    paragraph = "12" if "plans" in text else "4"
    assert verifier.check(text, (paragraph,)).outcome == "not_supported"


def test_a_claim_is_called_true_of_another_paragraph_only_where_that_is_sure(verifier):
    false = verifier.check("Children who go missing from care are dealt with well.", ("28",))
    assert false.outcome == "not_supported"
    assert "wrong_paragraph" not in [problem.kind for problem in false.problems]
    true = verifier.check("The fostering service was judged outstanding for staying safe in 2010.", ("111",))
    assert [problem.detail for problem in true.problems] == ["true, but it is paragraph 110, not 111"]
