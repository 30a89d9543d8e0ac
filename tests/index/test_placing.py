"""Where questions that are known to be answered place another one."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import leaning, placing
from index.leaning import SHARPNESS
from index.passages import Passage
from tests.index.test_leaning import random, unit


def test_the_weights_solve_the_equations_of_kernel_ridge_regression():
    vectors = random(100)
    answers = [(row % 3, 3) for row in range(100)]
    wanted = np.zeros((100, 5))
    for row, places in enumerate(answers):
        wanted[row, list(places)] = 1
    kernel = np.exp(SHARPNESS * (vectors.astype(float) @ vectors.T.astype(float) - 1))
    exact = np.linalg.solve(kernel + placing.RIDGE * np.eye(100), wanted)
    assert placing.fit(vectors, answers, 5) == pytest.approx(exact, abs=1e-3)


@given(st.integers(1, 30), st.integers(0, 5))
def test_a_question_is_placed_between_nowhere_and_surely(count, seed):
    vectors = random(count, seed)
    weights = placing.fit(vectors, [(row % 4,) for row in range(count)], 4)
    found = placing.placed(random(1, seed + 10)[0] @ vectors.T, weights)
    assert found.shape == (4,)
    assert ((found >= 0) & (found <= 1)).all()


def test_a_known_question_is_placed_where_it_is_answered():
    vectors = random(20, dimension=40)
    weights = placing.fit(vectors, [(row,) for row in range(20)], 20)
    assert [placing.placed(vectors @ vector, weights).argmax() for vector in vectors] == list(range(20))


def test_nearly_equal_questions_with_different_answers_are_told_apart():
    around = unit(np.c_[np.ones(4), np.linspace(-0.3, 0.3, 4)])
    weights = placing.fit(around, [(0,), (0,), (1,), (1,)], 2)
    for side, place in ((-0.1, 0), (0.1, 1)):
        assert placing.placed(around @ unit([[1, side]])[0], weights).argmax() == place


def test_where_no_question_is_known_every_one_is_placed_nowhere():
    weights = placing.fit(np.zeros((0, 4), dtype=np.float32), (), 3)
    assert weights.shape == (0, 3)
    assert placing.placed(np.zeros(0), weights).tolist() == [0, 0, 0]


def test_each_question_counts_once_with_all_paragraphs_that_answer_it():
    passages = (
        Passage("paragraph", "1", 0, 9, "Who pays?"),
        Passage("question", "1", 0, 9, "Who pays?"),
        Passage("question", "2", 0, 9, "How much?"),
        Passage("question", "2", 0, 9, "Who pays?"),
        Passage("unanswered", "2", 0, 0, "Who is the mayor?"),
        Passage("answered", "2", 0, 0, "Who foots the bill?"),
    )
    found = placing.asked(passages, {"1": 0, "2": 1})
    assert found.rows.tolist() == [1, 2, 5]
    assert found.answers == ((0, 1), (1,), (1,))


def test_weights_are_read_as_they_were_written_and_nothing_else_is():
    weights = placing.fit(random(5), [(0,), (1,), (0,), (1,), (0,)], 2)
    assert np.array_equal(placing.from_bytes(leaning.to_bytes(weights)), weights)
    buffer = BytesIO()
    np.save(buffer, np.zeros(2))
    with pytest.raises(ValueError, match=r"expected a row a question, found an array of shape \(2,\)"):
        placing.from_bytes(buffer.getvalue())
