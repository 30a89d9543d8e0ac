import pytest

from evals.refusal import RiskPoint, auroc, catch_rate, risk_coverage
from evals.values import Reply


@pytest.fixture
def make(make_case, make_result):
    def build(answerable, confidence, right=True, refused=False):
        case = make_case(answerable=answerable)
        text = "91" if right else "many"
        status = "not_in_report" if refused else "answered"
        return make_result(case, Reply(status, text, ("1",), confidence=confidence))

    return build


def test_auroc_counts_the_pairs_in_order(make):
    results = [make(True, 0.9), make(True, 0.5), make(False, 0.5), make(False, 0.2)]
    assert auroc(results) == (2 + 1.5) / 4


def test_auroc_needs_both_kinds(make):
    assert auroc([make(True, 0.9)]) is None
    assert auroc([make(False, 0.9)]) is None


def test_risk_rises_with_coverage(make):
    results = [make(False, 0.2), make(True, 0.9), make(True, 0.8, right=False), make(True, 0.7)]
    assert risk_coverage(results, (0.25, 0.5, 0.6, 1.0)) == (
        RiskPoint(0.25, 0.0),
        RiskPoint(0.5, 0.5),
        RiskPoint(0.6, pytest.approx(1 / 3)),
        RiskPoint(1.0, 0.5),
    )


def test_what_is_refused_comes_last(make):
    results = [make(False, 1.0, refused=True), make(True, 0.1, right=False)]
    assert risk_coverage(results, (0.5,)) == (RiskPoint(0.5, 1.0),)


def test_coverage_of_seven_in_ten_takes_seven(make):
    results = [make(True, 0.5) for _ in range(7)] + [make(False, 0.1) for _ in range(3)]
    assert risk_coverage(results, (0.7,)) == (RiskPoint(0.7, 0.0),)


def test_the_catch_rate_is_taken_at_the_allowed_share_of_false_refusals(make):
    kept = [make(True, confidence / 10) for confidence in range(1, 11)]
    others = [make(False, 0.05), make(False, 0.15), make(False, 0.95)]
    assert catch_rate(kept + others, false_refusals=0.0) == pytest.approx(1 / 3)
    assert catch_rate(kept + others, false_refusals=0.1) == pytest.approx(2 / 3)
    assert catch_rate(kept + others, false_refusals=1.0) == pytest.approx(1.0)
    assert catch_rate(kept, false_refusals=0.1) is None
