import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import fuse, min_max, ranked

NAN = float("nan")


def test_min_max_stretches_to_zero_and_one():
    assert min_max(np.array([2.0, 6.0, 3.0])).tolist() == [0.0, 1.0, 0.25]


def test_a_missing_score_becomes_zero_and_does_not_move_the_others():
    assert min_max(np.array([NAN, 0.5, 0.7, 0.6])).tolist() == pytest.approx([0, 0, 1, 0.5])


@pytest.mark.parametrize("scores", [[0.4, 0.4], [NAN, NAN], [0.4, NAN], []])
def test_a_leg_that_prefers_nothing_gives_zeros(scores):
    assert min_max(np.array(scores, dtype=float)).tolist() == [0.0] * len(scores)


def test_fusion_is_the_weighted_mean_of_the_stretched_legs():
    legs = {
        "paragraph": np.array([0.1, 0.3, 0.5]),  # 0, 1/2, 1
        "question": np.array([0.9, NAN, 0.4]),  # 1, 0, 0
        "words": np.array([0.0, 8.0, 2.0]),  # 0, 1, 1/4
    }
    fused = fuse(legs, {"paragraph": 0.2, "question": 0.3, "words": 0.5})
    assert fused.tolist() == pytest.approx([0.3, 0.6, 0.325])


def test_weights_need_not_add_up_to_one():
    legs = {"a": np.array([0.0, 1.0]), "b": np.array([5.0, 1.0])}
    assert fuse(legs, {"a": 1, "b": 3}).tolist() == [0.75, 0.25]


def test_a_leg_without_weight_counts_nothing():
    legs = {"a": np.array([0.0, 1.0]), "b": np.array([5.0, 1.0])}
    assert fuse(legs, {"a": 2.0}).tolist() == [0.0, 1.0]


def test_fusing_without_any_weight_is_an_error_that_names_the_legs():
    with pytest.raises(ValueError, match=r"no leg of \['a'\] has a weight above 0"):
        fuse({"a": np.array([1.0])}, {"a": 0.0})


def test_ties_stand_in_the_order_of_the_paragraphs():
    assert ranked(np.array([0.2, 0.9, 0.2, 0.9])) == [1, 3, 0, 2]


scores = st.lists(st.integers(-1000, 1000), min_size=2, max_size=20).map(lambda s: np.array(s, dtype=float))


@given(scores, st.floats(0.5, 4), st.integers(-50, 50))
def test_stretching_ignores_the_scale_and_origin_of_a_leg(raw, scale, shift):
    assert np.allclose(min_max(raw), min_max(raw * scale + shift), atol=1e-9)


@given(scores, st.floats(0.01, 1), st.floats(0.01, 1))
def test_fused_scores_stay_between_zero_and_one_and_ignore_the_order_of_legs(raw, one, other):
    forward = fuse({"a": raw, "b": raw[::-1]}, {"a": one, "b": other})
    backward = fuse({"b": raw[::-1], "a": raw}, {"b": other, "a": one})
    assert forward.tolist() == backward.tolist()
    assert all(-1e-12 <= score <= 1 + 1e-12 for score in forward)
