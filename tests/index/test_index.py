from dataclasses import replace

import numpy as np
import pytest

from corpus.values import Paragraph
from index import store
from index.hits import ALL_LEGS, Found


def test_hits_are_paragraphs_best_first(index):
    hits = index.search("How many foster carers are there?")
    assert hits[0].paragraph == "1"
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_a_hit_says_for_each_leg_what_found_it(index):
    hit = index.search("carer headcount")[0]
    question = next(found for found in hit.why if found.leg == "question")
    assert hit.paragraph == "1"
    assert question == Found("question", 1.0, "carer headcount", 38, 62)


def test_the_words_leg_names_the_words_that_were_shared(index):
    hit = index.search("Which nurses visit the A&E?", legs=["words"])[0]
    assert hit.paragraph == "3.10"
    (words,) = hit.why
    assert (words.leg, words.text, words.start, words.end) == ("words", "nurses, visit, A&E", 0, 66)
    assert words.score > 0


def test_the_nearest_neighbour_of_a_sentence_is_itself(index):
    hit = index.search("It has 50 foster carers.", legs=["sentence"])[0]
    assert hit.why == (Found("sentence", 1.0, "It has 50 foster carers.", 38, 62),)


def test_a_table_row_is_found_by_what_it_says_in_words(index):
    hit = index.search("Looked after – Staying safe: Good", legs=["sentence"])[0]
    assert hit.paragraph == "findings"
    assert hit.why == (Found("sentence", 1.0, "Looked after – Staying safe: Good", 50, 67),)


@pytest.mark.parametrize(("top_k", "expected"), [(0, 0), (1, 1), (3, 3), (4, 4), (100, 4)])
def test_at_most_top_k_hits_and_never_more_than_there_are(index, top_k, expected):
    assert len(index.search("children", top_k=top_k)) == expected


@pytest.mark.parametrize("query", ["", "   ", "\n\t"])
def test_a_blank_query_finds_nothing(index, query):
    assert index.search(query) == ()


def test_words_that_the_report_does_not_have_find_nothing_by_words(index):
    assert index.search("zebra crossing", legs=["words"]) == ()


def test_equal_scores_stand_in_the_order_of_the_paragraphs(index):
    # No word is shared, so every dense score is the same and says nothing.
    hits = index.search("zebra", legs=["paragraph"])
    assert [hit.paragraph for hit in hits] == ["1", "3.10", "4", "findings"]
    assert {hit.score for hit in hits} == {0.0}


def test_the_same_question_gives_the_same_hits(index, report, expansions, encoder, tmp_path):
    again = store.load(report, expansions, encoder, tmp_path)
    query = "Who visits the hospital, and how many children?"
    assert index.search(query) == index.search(query) == again.search(query)
    assert index.sentences(query) == again.sentences(query)
    assert index.id == again.id


def test_only_the_legs_asked_for_are_searched(index):
    hits = index.search("How many foster carers?", legs=["sentence", "paragraph"])
    assert {found.leg for hit in hits for found in hit.why} == {"sentence", "paragraph"}


def test_weights_decide_which_leg_counts(index):
    query = "Who checks teeth? It has 50 foster carers."
    by_sentence = index.search(query, weights={"sentence": 1.0})
    by_question = index.search(query, weights={"question": 1.0})
    assert (by_sentence[0].paragraph, by_question[0].paragraph) == ("1", "3.10")


def test_a_paragraph_without_questions_is_judged_by_its_sentences_instead(index):
    legs = ["sentence", "question"]
    hit = index.search("Looked after – Staying safe: Good", legs=legs)[0]
    assert (hit.paragraph, hit.score) == ("findings", 1.0)
    assert [found.leg for found in hit.why] == ["sentence"]


def test_a_report_without_questions_is_searched_by_the_other_legs(report, encoder, tmp_path):
    index = store.build(report, (), encoder, tmp_path)
    hits = index.search("How many foster carers?")
    assert hits[0].paragraph == "1"
    assert {found.leg for hit in hits for found in hit.why} == {"paragraph", "sentence", "words"}
    assert index.search("How many foster carers?", legs=["question"]) == ()


def test_an_unknown_leg_is_named_with_those_that_exist(index):
    with pytest.raises(ValueError, match=r"unknown leg 'dense', expected some of paragraph, sentence"):
        index.search("children", legs=["dense"])
    with pytest.raises(ValueError, match="unknown leg 'dense'"):
        index.search("children", weights={"dense": 1.0})


def test_searching_by_no_leg_is_an_error(index):
    with pytest.raises(ValueError, match="no leg"):
        index.search("children", legs=[])
    with pytest.raises(ValueError, match="no leg"):
        index.search("children", legs=["words"], weights={"sentence": 1.0})


def test_every_sentence_is_scored_in_the_order_of_the_text(index, report):
    hits = index.sentences("foster carers")
    texts = {p.number: p.text for p in report.paragraphs}
    assert [hit.paragraph for hit in hits] == ["1"] * 2 + ["3.10"] * 3 + ["4"] * 3 + ["findings"] * 4
    assert [hit.text for hit in hits] == [texts[hit.paragraph][hit.start : hit.end] for hit in hits]
    assert [hit.text for hit in hits if hit.paragraph == "3.10"] == [
        "Health is good:",
        "dentists see 16/17 year olds",
        "nurses visit A&E.",
    ]


def test_a_sentence_has_the_nearest_question_that_it_answers(index):
    hits = index.sentences("carer headcount")
    second = next(hit for hit in hits if hit.start == 38)
    assert (second.question, second.question_cosine) == ("carer headcount", 1.0)
    first = hits[0]
    assert (first.question, first.question_cosine) == ("", -1.0)


def test_a_question_about_several_items_belongs_to_each_of_them(index):
    items = [hit for hit in index.sentences("Who checks teeth?") if hit.paragraph == "3.10"]
    assert [hit.question for hit in items] == ["", "Who checks teeth?", "Who checks teeth?"]


def test_the_cosine_of_a_row_is_that_of_its_words_if_they_are_nearer(index):
    hits = index.sentences("Looked after – Staying safe: Good")
    best = max(hits, key=lambda hit: hit.cosine)
    assert (best.paragraph, best.text, best.cosine) == ("findings", "Staying safe\tGood", 1.0)


def test_a_report_with_one_paragraph_can_be_searched(report, encoder, tmp_path):
    only = Paragraph("sample", "1", "One sentence.")
    index = store.build(replace(report, paragraphs=(only,), judgements=()), (), encoder, tmp_path)
    (hit,) = index.search("sentence")
    assert hit.paragraph == "1"


def test_an_empty_report_can_be_indexed_and_finds_nothing(report, encoder, tmp_path):
    index = store.build(replace(report, paragraphs=(), judgements=()), (), encoder, tmp_path)
    assert index.search("anything", legs=ALL_LEGS) == ()
    assert index.sentences("anything") == ()


class Counting:
    """Passes on to an encoder and remembers what it was asked."""

    def __init__(self, encoder):
        self.name, self.dimension, self.fingerprint = encoder.name, encoder.dimension, encoder.fingerprint
        self.encoder, self.asked = encoder, []

    def encode(self, texts):
        self.asked.append(list(texts))
        return np.asarray(self.encoder.encode(texts))


def test_one_query_is_encoded_once_however_often_it_is_used(report, expansions, encoder, tmp_path):
    counting = Counting(encoder)
    index = store.build(report, expansions, counting, tmp_path)
    counting.asked.clear()
    index.search("foster carers")
    index.search("foster carers", legs=["sentence"])
    index.sentences("foster carers")
    assert counting.asked == [["foster carers"]]
