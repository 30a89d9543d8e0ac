"""Sorts of words are told by vectors, and a claim is compared with sentences by them."""

from __future__ import annotations

import json

import numpy as np
import pytest

from index.wordvectors import WordVectors
from qa.verify.sorts import read_sorts, sorts

PLANES = {"praise": [-5.0, 10.0, 0.0, 0.0], "fault": [-5.0, 0.0, 10.0, 0.0], "denial": [-5.0, 0.0, 0.0, 10.0]}
FITTED = read_sorts(json.dumps({"fingerprint": "made", "planes": PLANES}))


def words(*rows: tuple[float, float, float]) -> WordVectors:
    return WordVectors(("word",) * len(rows), np.array(rows, dtype=np.float32).reshape(-1, 3))


GOOD, BAD = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)


def test_a_word_lies_on_its_side_of_each_plane():
    likely = FITTED.likely(words(GOOD, BAD).vectors)
    assert likely.argmax(axis=1).tolist() == [0, 1]


def test_praise_for_fault_shows():
    same, turned = (FITTED.compared(words(GOOD), [words(told)]) for told in (GOOD, BAD))
    assert same["praise_first_gap"] == same["praise_first_turn"] == same["tone_first_least"] == 0
    assert turned["praise_first_gap"] > 0.9
    assert turned["fault_first_turn_back"] > 0.9
    assert turned["tone_near_least"] > 0.9
    assert turned["tone_near_both"] < 0


def test_a_further_sentence_may_hold_what_the_first_lacks():
    found = FITTED.compared(words(GOOD), [words(BAD), words(GOOD)])
    assert found["praise_first_gap"] > 0.9
    assert found["praise_near_gap"] == 0


def test_nothing_to_compare_gives_the_same_signs():
    assert FITTED.compared(words(GOOD), []).keys() == FITTED.compared(words(GOOD), [words(BAD)]).keys()


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("text", "word", "sort"),
    [
        ("Practice in most of the cases seen was flawed.", "flawed", "fault"),
        ("Inspectors found the provision to be exemplary.", "exemplary", "praise"),
        ("The choir is led by a firefighter from Croydon.", "firefighter", "body"),
    ],
)
def test_a_word_that_no_list_has_is_told_by_how_it_stands(real_pipeline, text, word, sort):
    assert sorts().fingerprint == real_pipeline.source.index.encoder_fingerprint
    read = real_pipeline.source.index.word_vectors(text)
    likely = sorts().likely(read.vectors)[read.words.index(word)]
    assert likely[sorts().names.index(sort)] > 0.5
