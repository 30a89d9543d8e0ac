"""How likely it is that the report answers a question."""

import math

import pytest

from qa.gate import failed
from qa.sufficiency import FORMS, Forest, forest, likelihood, signs

TREE = (("score", 0.5, 1, 2), (-2.0,), ("lead", 0.1, 3, 4), (0.0,), (2.0,))
FOREST = Forest(base=0.0, trees=(TREE, ((1.0,),)))


@pytest.mark.parametrize(
    ("score", "lead", "odds"),
    [(0.5, 0.9, -1.0), (0.6, 0.1, 1.0), (0.6, 0.2, 3.0)],
)
def test_the_values_of_the_leaves_add_up_to_the_log_odds(score, lead, odds):
    assert FOREST.likelihood({"score": score, "lead": lead}) == 1 / (1 + math.exp(-odds))


def test_a_sign_that_a_forest_asks_for_must_be_there():
    with pytest.raises(KeyError, match="lead"):
        FOREST.likelihood({"score": 0.6})


@pytest.mark.parametrize("with_questions", [True, False])
def test_the_fitted_forests_ask_for_no_sign_that_does_not_exist(bag_pipeline, with_questions):
    question, ranked = bag_pipeline.evidence("How many foster carers does the council have?")
    conditions = failed(question, ranked[0], bag_pipeline.source)
    found = signs(question, ranked, conditions, bag_pipeline.source)
    fitted = forest(with_questions=with_questions)
    asked = {node[0] for tree in fitted.trees for node in tree if len(node) > 1}
    assert asked - set(found) == set()
    assert all(tree[int(n[2])] and tree[int(n[3])] for tree in fitted.trees for n in tree if len(n) > 1)


def test_signs_say_what_the_question_asks_for_and_what_the_evidence_lacks(bag_pipeline):
    question, ranked = bag_pipeline.evidence("How many care leavers did the police arrest in 2009?")
    conditions = failed(question, ranked[0], bag_pipeline.source)
    found = signs(question, ranked, conditions, bag_pipeline.source)
    assert (found["asks_how_many"], found["asks_why"]) == (1.0, 0.0)
    assert (found["group_asked"], found["body_asked"], found["time_asked"]) == (1.0, 1.0, 1.0)
    assert {f"asks_{name}" for name, _ in FORMS} <= set(found)


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("answerable", "near_miss"),
    [
        (
            "How many young people are on the Kingston Youth Council?",
            "How many young people have left the Kingston Youth Council?",
        ),
        (
            "What share of looked after children were not visited in time, by the council's audit?",
            "What share of adopted children were not visited in time, by the council's audit?",
        ),
    ],
)
def test_a_near_miss_is_less_likely_answered_than_its_twin(real_pipeline, answerable, near_miss):
    def likely(text):
        question, ranked = real_pipeline.evidence(text)
        conditions = failed(question, ranked[0], real_pipeline.source)
        return likelihood(question, ranked, conditions, real_pipeline.source)

    assert likely(near_miss) < likely(answerable)
