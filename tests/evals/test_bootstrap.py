import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.bootstrap import Interval, mcnemar, paired_difference, wilson


def test_wilson_by_hand():
    # (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n) with p = 0.8, n = 10, z = 1.959964
    assert wilson(8, 10) == Interval(
        0.8, pytest.approx(0.490162, abs=1e-6), pytest.approx(0.943318, abs=1e-6)
    )


def test_wilson_of_nothing_is_everything():
    assert wilson(0, 0) == Interval(0.0, 0.0, 1.0)


def test_wilson_is_not_empty_at_the_ends():
    assert wilson(10, 10).low == pytest.approx(0.722467, abs=1e-6)


def test_equal_runs_differ_by_nothing():
    assert paired_difference([1, 0, 1], [1, 0, 1]) == Interval(0.0, 0.0, 0.0)


def test_a_constant_gain_has_no_spread():
    assert paired_difference([1, 1, 1], [0, 0, 0]) == Interval(1.0, 1.0, 1.0)


def test_no_questions_differ_by_nothing():
    assert paired_difference([], []) == Interval(0.0, 0.0, 0.0)


def test_the_interval_is_that_of_the_binomial():
    # 100 questions, 20 turned wrong: the wrong ones in a resample are binomial(100, 0.2), with 95% of
    # their number between 12 and 28.
    interval = paired_difference([0] * 20 + [1] * 80, [1] * 100)
    assert interval.value == pytest.approx(-0.2)
    assert interval.low == pytest.approx(-0.28)
    assert interval.high == pytest.approx(-0.12)


def test_runs_of_different_length_are_refused():
    with pytest.raises(ValueError, match="2 new values and 1 old ones"):
        paired_difference([1, 0], [1])


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=40))
def test_the_interval_is_seeded_and_swapping_the_runs_changes_the_sign(pairs):
    new, old = [a for a, _ in pairs], [b for _, b in pairs]
    first = paired_difference(new, old, samples=200)
    assert first == paired_difference(new, old, samples=200)
    assert first.low <= first.value + 1e-12
    assert first.value <= first.high + 1e-12
    assert paired_difference(old, new, samples=200).value == pytest.approx(-first.value)


def test_mcnemar_by_hand():
    # 5 turned right, none wrong: 2 · (1/2)^5
    assert mcnemar([True] * 5 + [True], [False] * 5 + [True]) == pytest.approx(0.0625)
    assert mcnemar([True, False], [False, True]) == 1.0
    assert mcnemar([True, False], [True, False]) == 1.0
