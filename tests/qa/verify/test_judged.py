"""Claims about grades beside the table of judgements, and numbers beside what they count."""

import pytest

from qa.verify.counted import counted_alike
from qa.verify.judged import judged


@pytest.mark.parametrize(
    ("claim", "cited", "outcome", "kind"),
    [
        ("Safeguarding was judged good overall.", (), "not_supported", "grade"),
        ("Safeguarding was judged inadequate overall.", (), "supported", None),
        ("Partnership working in safeguarding was judged adequate.", ("83",), "supported", None),
        ("Partnership working in safeguarding was judged adequate.", ("findings",), "supported", None),
        (
            "Partnership working in safeguarding was judged adequate.",
            ("84",),
            "not_supported",
            "wrong_paragraph",
        ),
        ("Enjoying and achieving was rated outstanding.", ("119",), "not_supported", "grade"),
    ],
)
def test_the_table_settles_claims_about_grades(source, claim, cited, outcome, kind):
    found = judged(claim, cited, source)
    assert found.outcome == outcome
    assert [problem.kind for problem in found.problems] == ([kind] if kind else [])


@pytest.mark.parametrize(
    "claim",
    [
        "The quality of case recording in the duty team was good.",
        "Two of the cases were judged inadequate.",
        "There were 91 children on plans.",
        "Staying safe was judged outstanding in 2010.",  # by another inspection
    ],
)
def test_other_claims_are_left_to_the_sentences(source, claim):
    assert judged(claim, (), source) is None


def test_a_number_is_compared_with_the_one_that_counts_the_same():
    text = "They comprise 29 children under five and 30 young people. There were 79 care leavers (18-24)."
    assert counted_alike("There were 19 care leavers.", "19", text) == {"79"}
    assert counted_alike("There were nine care leavers.", "9", text) == {"79"}
    assert counted_alike("There were 19 dentists.", "19", text) == frozenset()
