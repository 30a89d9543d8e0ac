"""Words as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.lexicon import NUMBER_WORDS
from qa.text import fold, numbers, plain, stem, terms, words


def test_plain_text_is_lower_case_with_straight_quotes_and_hyphens():
    assert plain("The Council’s “Plan” – 2011—12") == 'the council\'s "plan" - 2011-12'


@given(st.text())
def test_plain_text_is_as_long_as_the_original(text):
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("everyday", "field"),
    [
        ("kids", "children"),
        ("Kids in care", "children looked after"),
        ("foster parents", "foster carers"),
        ("the town hall", "the council"),
        ("A&E", "hospital"),
        ("cp plans", "child protection plans"),
    ],
)
def test_everyday_words_become_the_words_of_the_field(everyday, field):
    assert fold(everyday) == field


@pytest.mark.parametrize("text", ["skids", "kidney", "co-kids", "gps-like"])
def test_a_phrase_inside_a_longer_word_is_left_alone(text):
    assert fold(text) == text


def test_the_longest_phrase_is_folded_first():
    assert fold("child protection plan") == "child protection plans"
    assert "children" not in fold("child protection plan")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("plans reviewed", "planned review"),
        ("supervised", "supervise"),
        ("the kids plans", "children plan"),
        ("eight children", "8 children"),
        ("168,955 people", "168955 people"),
        ("looked-after children", "looked after children"),
    ],
)
def test_two_ways_to_say_the_same_have_the_same_terms(one, other):
    assert terms(one) == terms(other)


def test_stop_words_and_the_reports_own_name_carry_no_content():
    assert terms("what does the report say about Kingston upon Thames?") == ()


def test_numbers_and_acronyms_with_digits_are_not_stemmed():
    assert stem("2012s") == "2012s"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("eight of 15 cases", ("8", "15")),
        ("a population of 168,955", ("168955",)),
        ("9.8% and 60 %", ("9.8", "60")),
        ("aged 0-3 years, 2011/12", ("0", "3", "2011", "12")),
        ("one more", ()),
        ("no figure at all", ()),
        ("", ()),
    ],
)
def test_numbers_of_a_text_come_out_in_digits_and_in_order(text, found):
    assert numbers(text) == found


@given(st.integers(min_value=0, max_value=10**9))
def test_a_number_with_thousands_separators_is_the_number(value):
    assert numbers(f"There were {value:,} children.") == (str(value),)


@given(st.sampled_from(sorted(set(NUMBER_WORDS) - {"one"})))
def test_a_number_word_is_its_number(word):
    assert numbers(f"There were {word} children.") == (NUMBER_WORDS[word],)


def test_words_keep_their_order_and_their_inner_signs():
    assert words("A&E, KF-CFC and 9.8% of the council's 16/17 year olds") == (
        "a&e", "kf-cfc", "and", "9.8%", "of", "the", "council's", "16/17", "year", "olds",
    )  # fmt: skip
