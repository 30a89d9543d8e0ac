from dataclasses import replace

import numpy as np
import pytest

from corpus.values import FINDINGS
from qa.evidence import GENERIC_TERMS, Ranker, covered_share
from qa.text import fold
from qa.wording import sentence_terms


@pytest.fixture(scope="module")
def ranked(source, ask):
    return Ranker(source).rank(ask("Why was the leadership of safeguarding judged inadequate?"))


def test_sentences_come_best_first(ranked):
    scores = [candidate.score for candidate in ranked]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) > 500


def test_a_sentence_looked_at_twice_is_the_same_one(ranked):
    assert ranked[3] is ranked[3]
    assert ranked[1:4][2] is ranked[3]
    assert list(ranked)[3] is ranked[3]


def test_every_sentence_has_the_signs_that_the_index_gives_it(ranked, source):
    hits = {
        (hit.paragraph, hit.start): hit
        for hit in source.index.sentences("Why was the leadership of safeguarding judged inadequate?")
    }
    for candidate in ranked:
        hit = hits[candidate.paragraph, candidate.start]
        assert (candidate.text, candidate.end, candidate.question) == (hit.text, hit.end, hit.question)
        assert candidate.cosine == hit.cosine
        assert candidate.question_cosine == hit.question_cosine


def test_coverage_is_the_share_of_the_question_by_idf(ranked, source, ask):
    question = ask("Why was the leadership of safeguarding judged inadequate?")
    assert not set(question.terms) <= GENERIC_TERMS
    idf = {
        term: source.vocabulary.idf(term) * (0.4 if term in GENERIC_TERMS else 1) for term in question.terms
    }
    sentences = source.index.sentence_passages
    held = sentence_terms(source.report, sentences, source.expansions)
    terms_of = {(s.paragraph, s.start): own for s, own in zip(sentences, held, strict=True)}
    for candidate in ranked[:200]:
        present = terms_of[candidate.paragraph, candidate.start]
        assert candidate.coverage == pytest.approx(covered_share(idf, present), abs=1e-12)


def test_only_the_paragraphs_that_are_asked_for_are_ranked(source, ask, ranker):
    found = ranker.rank(ask("How many children are looked after?"), only=frozenset({"12", FINDINGS}))
    assert {candidate.paragraph for candidate in found} <= {"12", FINDINGS}
    assert len(found) > 0


def test_other_scores_order_the_sentences_anew_and_equal_ones_stay_as_they_were(ranked):
    same = ranked.rescored(lambda n: 0.5)
    assert [(c.paragraph, c.start) for c in same] == [(c.paragraph, c.start) for c in ranked]
    assert {c.score for c in same} == {0.5}
    turned = ranked.rescored(lambda n: -ranked.score(n))
    assert [c.score for c in turned] == sorted((-c.score for c in ranked), reverse=True)


def test_a_ranking_can_be_confined_to_paragraphs(ranked):
    some = {c.paragraph for c in ranked[:3]}
    assert list(ranked.within(some.__contains__)) == [c for c in ranked if c.paragraph in some]


def test_a_ranking_can_be_opened_by_another_sentence(ranked):
    opened = ranked.opened_by(ranked[3])
    assert opened[0] is ranked[3]
    assert list(opened[1:]) == [c for c in ranked if c is not ranked[3]]


def test_without_everyday_questions_a_question_is_also_read_in_the_words_of_the_field(source, ask):
    question = ask("Are kids in care good at maths?")
    plain = Ranker(replace(source, expansions=())).rank(question)
    asked, folded = (source.index.nearness(text) for text in (question.text, fold(question.text)))
    assert fold(question.text) == "are children looked after good at maths?"
    places = {(s.paragraph, s.start): n for n, s in enumerate(source.index.sentence_passages)}
    nearer = 0
    for candidate in plain[:200]:
        place = places[candidate.paragraph, candidate.start]
        assert candidate.cosine == max(asked.cosine[place], folded.cosine[place])
        nearer += bool(folded.cosine[place] > asked.cosine[place])
    assert nearer > 0


def test_with_everyday_questions_it_is_read_as_it_was_asked(source, ask):
    question = ask("Are kids in care good at maths?")
    asked = source.index.nearness(question.text)
    found = Ranker(source).rank(question)
    assert max(candidate.cosine for candidate in found) <= float(np.max(asked.cosine))
