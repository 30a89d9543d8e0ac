"""The everyday words are a sound table."""

from collections import Counter

from qa.lexicon import NUMBER_WORDS, STOP_WORDS, SYNONYMS
from qa.places import PLACES


def test_no_phrase_stands_twice():
    counts = Counter(phrase for row in SYNONYMS for phrase in row)
    assert [phrase for phrase, count in counts.items() if count > 1] == []


def test_every_row_has_something_to_fold():
    assert [row for row in SYNONYMS if len(row) < 2] == []


def test_phrases_are_in_lower_case_and_tidy():
    phrases = [phrase for row in SYNONYMS for phrase in row]
    assert [phrase for phrase in phrases if phrase != " ".join(phrase.lower().split())] == []


def test_no_stop_word_is_folded_into_something_that_counts():
    assert sorted({phrase for row in SYNONYMS for phrase in row} & STOP_WORDS) == []


def test_number_words_run_from_nothing_to_twenty():
    assert set(NUMBER_WORDS.values()) == {str(n) for n in range(21)}


def test_the_reports_own_borough_is_not_a_place_to_compare_it_with():
    assert "kingston" not in PLACES
    assert {"surrey", "richmond", "croydon", "hackney"} <= PLACES
