import json

from qa.text import terms
from qa.vocabulary import Counts, build_vocabulary, count, vocabulary_of
from qa.wording import kept_wording, sentence_terms, wording

TEXTS = ["Plans for 168,955 children.", "The audit of plans.", "A nurse."]


def test_a_vocabulary_is_the_same_after_its_counts_were_written_down():
    counts = count(TEXTS, also=("Who looks after teenagers?",))
    again = Counts.from_json(json.loads(json.dumps(counts.to_json())))
    assert again == counts
    assert vocabulary_of(again, ("planet",)) == build_vocabulary(
        TEXTS, also=("Who looks after teenagers?",), english=("planet",)
    )


def test_sentences_hold_their_own_terms_and_those_of_their_questions(source):
    sentences = source.index.sentence_passages
    held = sentence_terms(source.report, sentences, source.expansions)
    for place, sentence in enumerate(sentences[:100]):
        assert set(terms(sentence.text)) <= held[place]
        for question in source.keyed(sentence.paragraph, sentence.start, sentence.end):
            assert set(terms(question)) <= held[place]
    assert {term: {n for n, own in enumerate(held) if term in own} for term in held[0]} == {
        term: set(source.holding[term]) for term in held[0]
    }


def test_words_that_were_kept_are_those_worked_out(source, tmp_path):
    of = source.report, source.index.sentence_passages, source.expansions
    path = tmp_path / "wording.json"
    assert kept_wording(*of, path, "an id") == wording(*of)
    written = path.read_bytes()
    assert kept_wording(*of, path, "an id") == wording(*of)
    assert path.read_bytes() == written
    kept_wording(*of, path, "another id")
    assert path.read_bytes() != written
