import math

import pytest

from evals import metrics
from evals.metrics import Mean
from evals.values import Reply


@pytest.fixture
def results(make_case, make_result):
    """Four answerable questions (right, half right, refused, answered without a citation) and two others."""
    two = {"required": [["1"], ["2"]], "facts": ["91", "Eleven"]}
    return [
        make_result(make_case(id="a"), Reply("answered", "There were 91. [1]", ("1",), ("1", "2"))),
        make_result(
            make_case(id="b", acceptable=["3"], **two),
            Reply(
                "answered",
                "It was 91 in all. [1] [3] [400]",
                ("1", "3", "400"),
                ("3", "9", "1", "8", "7", "2"),
            ),
        ),
        make_result(make_case(id="c"), Reply("not_in_report", "The report does not say.")),
        make_result(make_case(id="d", facts=[]), Reply("answered", "Yes.", (), ("5", "1"))),
        make_result(make_case(id="e", answerable=False), Reply("not_in_report", "No.")),
        make_result(make_case(id="f", answerable=False), Reply("answered", "Yes it is. [1]", ("1",), ("1",))),
    ]


def test_right_is_over_all_questions(results):
    assert metrics.right(results) == Mean(2 / 6, 6)


def test_key_fact_recall_leaves_out_questions_without_facts_and_counts_refusals(results):
    assert metrics.key_fact_recall(results) == Mean((1 + 1 / 2 + 0) / 3, 3)


def test_citation_recall_is_over_all_answerable_questions(results):
    assert metrics.gold_citation_recall(results) == Mean((1 + 1 / 2 + 0 + 0) / 4, 4)


def test_citation_precision_keeps_paragraphs_that_do_not_exist(results):
    assert metrics.gold_citation_precision(results) == Mean((1 + 2 / 3) / 2, 2)
    assert metrics.unknown_citations(results) == 1


def test_refusal_measures(results):
    assert metrics.refusal_recall(results) == Mean(1 / 2, 2)
    assert metrics.refusal_precision(results) == Mean(1 / 2, 2)
    assert metrics.false_refusals(results) == Mean(1 / 4, 4)


def test_words_are_the_median_of_answers_that_were_given(results):
    assert metrics.median_words(results) == 3.0  # of 3, 5 and 1
    assert metrics.median_words([]) is None


def test_a_mean_of_nothing_has_no_value():
    assert metrics.mean([]) == Mean(None, 0)
    assert metrics.refusal_precision([]) == Mean(None, 0)
    assert metrics.retrieval([])["nDCG@10"] == Mean(None, 0)


def test_retrieval_by_hand(results):
    found = metrics.retrieval(results)
    assert found["Success(rel=2)@1"] == Mean(1 / 4, 4)  # a alone
    assert found["R(rel=2)@5"] == Mean((1 + 1 / 2 + 0 + 1) / 4, 4)  # b finds 1 third, 2 sixth
    assert found["RR(rel=2)@10"] == Mean(pytest.approx((1 + 1 / 3 + 0 + 1 / 2) / 4), 4)
    gain_b = 1 / math.log2(2) + 2 / math.log2(4) + 2 / math.log2(7)
    ideal_b = 2 / math.log2(2) + 2 / math.log2(3) + 1 / math.log2(4)
    assert found["nDCG@10"] == Mean(pytest.approx((1 + gain_b / ideal_b + 0 + 1 / math.log2(3)) / 4), 4)


def test_interchangeable_paragraphs_are_one_document(make_case, make_result):
    case = make_case(required=[["13", "70"], ["2"]], acceptable=["70", "3"])
    assert metrics.judged(case) == {"13|70": 2, "2": 2, "3": 1}
    assert metrics.collapse(case, ("70", "13", "5", "2", "5")) == ("13|70", "5", "2")
    found = metrics.retrieval([make_result(case, Reply("answered", "91", (), ("70", "13", "2")))])
    assert found["R(rel=2)@5"].value == 1.0
    assert found["nDCG@10"].value == pytest.approx(
        (2 + 2 / math.log2(3)) / (2 + 2 / math.log2(3) + 1 / math.log2(4))
    )


def test_a_paragraph_of_two_groups_stands_for_both(make_case):
    case = make_case(required=[["findings", "44"], ["findings", "119"]])
    assert metrics.collapse(case, ("findings", "44", "7")) == ("findings|44", "findings|119", "7")
