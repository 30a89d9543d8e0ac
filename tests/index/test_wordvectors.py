"""Words get the mean of the vectors of their tokens, and texts the same vector as before."""

from __future__ import annotations

import numpy as np
import pytest

from index.wordvectors import by_word, of_length_one, word_spans


def test_words_stand_where_they_are_written():
    text = "St George's 9.8% of 1,200 carers – 2009/10."
    assert [text[a:b] for a, b in word_spans(text)] == [
        "St", "George's", "9.8%", "of", "1,200", "carers", "2009/10",
    ]  # fmt: skip


def test_a_word_has_the_mean_of_its_tokens_and_marks_count_for_nothing():
    states = np.array([[9, 9], [3, 0], [0, 3], [0, 2], [9, 9]], dtype=np.float32)
    found = by_word("carers met", [(0, 0), (0, 4), (4, 6), (7, 10), (0, 0)], states)
    assert found.words == ("carers", "met")
    assert found.vectors == pytest.approx(np.array([[0.5**0.5, 0.5**0.5], [0, 1]]))


def test_a_word_without_tokens_is_left_out():
    found = by_word("carers met", [(0, 6)], np.array([[2, 0]], dtype=np.float32))
    assert (found.words, found.vectors.tolist()) == (("carers",), [[1, 0]])


def test_no_words_are_no_rows_and_zeros_stay_zeros():
    assert of_length_one([], 3).shape == (0, 3)
    assert of_length_one([np.zeros(2, dtype=np.float32)], 2).tolist() == [[0, 0]]


@pytest.mark.encoder
def test_the_words_of_a_text_differ_by_what_stands_around_them(real_pipeline):
    index = real_pipeline.index
    one, other = index.word_vectors("the river bank"), index.word_vectors("the bank lends money")
    assert one.words == ("the", "river", "bank")
    assert np.linalg.norm(one.vectors, axis=1) == pytest.approx([1, 1, 1])
    assert one.vectors[2] @ other.vectors[1] < 0.9
    assert index.word_vectors("").words == ()
