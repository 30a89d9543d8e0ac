"""A classifier of questions, fitted to those of which it is known whether they are answered."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import leaning


def unit(rows):
    vectors = np.asarray(rows, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def random(count, seed=0, dimension=12):
    return unit(np.random.default_rng(seed).normal(size=(count, dimension)))


def leans(vectors, weights, queries):
    return leaning.closeness(queries @ vectors.T) @ weights


def test_the_weights_solve_the_equations_of_kernel_ridge_regression():
    vectors, answered = random(200), np.arange(200) % 3 == 0
    kernel = np.exp(leaning.SHARPNESS * (vectors.astype(float) @ vectors.T.astype(float) - 1))
    exact = np.linalg.solve(kernel + leaning.RIDGE * np.eye(200), np.where(answered, 1.0, -1.0))
    assert leaning.fit(vectors, answered) == pytest.approx(exact, abs=0.02)


@given(st.integers(1, 40), st.integers(0, 5))
def test_what_is_left_of_the_signs_is_small_for_any_probes(count, seed):
    vectors, answered = random(count, seed), np.random.default_rng(seed).random(count) < 0.5
    weights = leaning.fit(vectors, answered)
    left = np.where(answered, 1.0, -1.0) - leans(vectors, weights, vectors) - leaning.RIDGE * weights
    assert np.sqrt(np.mean(left**2)) < 2 * leaning.CLOSE


def test_the_same_question_both_ways_leans_to_neither():
    twice = unit([[1, 0], [1, 0]])
    weights = leaning.fit(twice, [True, False])
    assert leans(twice, weights, twice[:1]) == pytest.approx([0.0], abs=1e-5)


def test_without_probes_there_are_no_weights():
    assert leaning.fit(np.zeros((0, 4), dtype=np.float32), []).shape == (0,)


def test_a_probe_among_the_opposite_sort_counts_most():
    around = unit(np.c_[np.ones(21), np.linspace(-0.2, 0.2, 21)])
    answered = np.ones(21, dtype=bool)
    answered[10] = False
    weights = np.abs(leaning.fit(around, answered))
    assert weights.argmax() == 10


def test_weights_are_read_as_they_were_written_and_nothing_else_is():
    weights = leaning.fit(random(5), [True, False, True, True, False])
    assert np.array_equal(leaning.from_bytes(leaning.to_bytes(weights)), weights)
    buffer = BytesIO()
    np.save(buffer, np.zeros((2, 2)))
    with pytest.raises(ValueError, match=r"expected one weight a probe, found an array of shape \(2, 2\)"):
        leaning.from_bytes(buffer.getvalue())
