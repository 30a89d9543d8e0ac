from math import log

import pytest

from index.words import WordIndex, counted, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Looked-after CHILDREN", ["look", "after", "children"]),
        ("16/17 year olds", ["16/17", "16", "17", "year", "old"]),
        ("A&E at 3.10", ["a&e", "e", "3.10", "3", "10"]),
        ("1,250 pupils", ["1250", "pupil"]),
        ("the council's and parents’ plans", ["council", "parent", "plan"]),
        ("Zoë’s café", ["zoë", "café"]),
        ("What is it?", []),
        ("", []),
        ("??? — !", []),
    ],
)
def test_words_are_lower_case_stemmed_and_without_stop_words(text, expected):
    assert tokens(text) == expected


def test_scores_are_bm25_as_lucene_defines_it():
    # Three texts of 2, 2 and 1 words: mean 5/3. "plan" stands once in two of them.
    scores = WordIndex(counted(["plan child", "plan nurse", "school"])).scores("plans")
    idf = log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    frequency = 1 / (1 + 1.5 * (1 - 0.75 + 0.75 * 2 / (5 / 3)))
    assert scores.tolist() == pytest.approx([idf * frequency, idf * frequency, 0], rel=1e-6)


@pytest.mark.parametrize("query", ["zebra", "", "the of"])
def test_a_query_that_shares_no_word_scores_nothing(query):
    assert WordIndex(counted(["plan child", "school"])).scores(query).tolist() == [0, 0]


@pytest.mark.parametrize("texts", [[], [""], ["", "the"]])
def test_texts_without_words_can_be_indexed(texts):
    assert WordIndex(counted(texts)).scores("plan").tolist() == [0] * len(texts)


def test_an_unknown_word_changes_nothing():
    words = WordIndex(counted(["plan child", "school"]))
    assert words.scores("plan zebra").tolist() == words.scores("plan").tolist()


def test_shared_words_are_given_as_typed_once_each():
    words = WordIndex(counted(["plans for children in A&E", "school"]))
    assert words.shared("Which Plan for the child's A&E plan, and Plan B?", 0) == ("Plan", "A&E", "plan")
    assert words.shared("Which plan?", 1) == ()
