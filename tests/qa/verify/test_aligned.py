"""Likenesses of words are counted exactly, by vectors that are made from the words."""

from __future__ import annotations

import numpy as np
import pytest

from index.wordvectors import WordVectors
from qa.verify.aligned import aligned

MEANT = {"kids": "children", "cared": "looked"}
PLACES = ("children", "looked", "after", "not", "all", "some", "13", "Ofsted")


def vectors(text):
    """Each word points its own way; words that mean the same point the same way."""
    words = tuple(text.split())
    rows = np.zeros((len(words), len(PLACES) + 1), dtype=np.float32)
    for n, word in enumerate(words):
        same = MEANT.get(word, word)
        rows[n, PLACES.index(same) if same in PLACES else -1] = 1
    return WordVectors(words, rows)


def signs(claim, sentence):
    return aligned(vectors(claim), vectors(sentence), lambda word: 0.0 if word in ("after", "not") else 2.0)


def test_a_paraphrase_is_alike_throughout():
    found = signs("kids cared after", "children looked after")
    assert found["alike_mean"] == found["alike_weighted"] == found["alike_all"] == found["alike_back"] == 1
    assert found["alike_gap"] == found["alike_gaps"] == found["alike_below_60"] == 0


def test_a_word_that_is_like_none_is_the_least_alike_and_the_gap():
    found = signs("children strange", "children looked after")
    assert (found["alike_mean"], found["alike_least_1"], found["alike_least_2"]) == (0.5, 0, 0.5)
    assert (found["alike_below_30"], found["alike_gap"], found["alike_gaps"]) == (0.5, 2, 2)


@pytest.mark.parametrize(
    ("claim", "sentence", "name"),
    [
        ("children not looked", "children looked", "alike_least_denial"),
        ("children looked", "children not looked", "alike_back_least_denial"),
        ("all children", "some children", "alike_least_strong"),
        ("all children", "some children", "alike_back_least_limit"),
        ("children 13", "children looked", "alike_least_figure"),
        ("children Ofsted", "children looked", "alike_least_name"),
    ],
)
def test_what_a_claim_often_turns_on_is_looked_at_by_itself(claim, sentence, name):
    assert signs(claim, sentence)[name] == 0
    assert signs(claim, claim)[name] == 1


def test_a_text_without_words_is_like_none_and_has_the_same_signs():
    found = signs("children", "")
    assert set(found) == set(signs("children", "children"))
    assert set(found.values()) == {0.0}
