"""The map from everyday questions to sentences."""

import numpy as np
import pytest

from index import fitted


def unit(rows):
    rows = np.array(rows, dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


# Questions point between the axes of the sentences, a little nearer to the wrong one.
SENTENCES = unit([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]])
QUESTIONS = unit([[0.45, 0.55, 0, 1], [0.5, 0.6, 0, 1], [0.55, 0.45, 0, -1], [0.6, 0.5, 0, -1]])
ANSWERS = [[0], [0], [1], [1]]


def nearest(maps, questions):
    return (maps.questions(questions) @ maps.sentences(SENTENCES).T).argmax(axis=1).tolist()


def test_questions_come_to_lie_nearest_to_the_sentences_that_answer_them():
    assert nearest(fitted.identity(4), QUESTIONS) == [1, 1, 0, 0]
    maps = fitted.fit(np.repeat(QUESTIONS, 200, axis=0), SENTENCES, ANSWERS_REPEATED)
    assert nearest(maps, QUESTIONS) == [0, 0, 1, 1]


ANSWERS_REPEATED = [rows for rows in ANSWERS for _ in range(200)]


def test_a_question_like_those_of_the_fit_finds_its_sentence_too():
    maps = fitted.fit(np.repeat(QUESTIONS, 200, axis=0), SENTENCES, ANSWERS_REPEATED)
    assert nearest(maps, unit([[0.4, 0.5, 0, 0.9], [0.6, 0.4, 0, -0.9]])) == [0, 1]


def test_mapped_vectors_have_length_one():
    maps = fitted.fit(QUESTIONS, SENTENCES, ANSWERS)
    assert np.linalg.norm(maps.questions(QUESTIONS), axis=1) == pytest.approx(np.ones(4), abs=1e-6)
    assert np.linalg.norm(maps.sentences(SENTENCES), axis=1) == pytest.approx(np.ones(3), abs=1e-6)


@pytest.mark.parametrize("answers", [[], [[], [], [], []]])
def test_without_questions_that_have_an_answer_the_map_changes_nothing(answers):
    maps = fitted.fit(QUESTIONS[: len(answers)], SENTENCES, answers)
    assert maps.sentences(SENTENCES).tolist() == SENTENCES.tolist()


def test_the_same_input_gives_the_same_map():
    one, other = (fitted.fit(QUESTIONS, SENTENCES, ANSWERS) for _ in range(2))
    assert one.to_bytes() == other.to_bytes()


def test_a_map_is_read_as_it_was_written():
    maps = fitted.fit(QUESTIONS, SENTENCES, ANSWERS)
    read = fitted.from_bytes(maps.to_bytes())
    assert read.question_map.tolist() == maps.question_map.tolist()
    assert read.sentence_map.tolist() == maps.sentence_map.tolist()


def test_bytes_that_are_no_map_are_refused():
    from io import BytesIO

    buffer = BytesIO()
    np.save(buffer, np.zeros((2, 3, 4), dtype=np.float32))
    with pytest.raises(
        ValueError, match=r"expected two square matrices, found an array of shape \(2, 3, 4\)"
    ):
        fitted.from_bytes(buffer.getvalue())
