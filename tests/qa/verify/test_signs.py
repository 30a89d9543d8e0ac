"""The values, polarity and scope of a claim are read as a person reads them."""

from __future__ import annotations

from qa.verify.signs import unsaid_numbers, values_of
from qa.verify.tone import denials, done, universal


def test_numbers_in_words_and_digits_are_the_same() -> None:
    assert values_of("Twenty-two children and 168,955 people").numbers == {"22", "168955"}


def test_one_in_five_is_twenty_per_cent() -> None:
    assert values_of("One in five children").numbers == {"20"}


def test_a_period_is_not_a_number() -> None:
    found = values_of("within three months")
    assert (found.periods, found.numbers) == ({"3 month"}, set())


def test_a_rounded_figure_may_be_near_the_exact_one() -> None:
    assert unsaid_numbers("just under 169,000 people", frozenset({"168955"})) == set()
    assert unsaid_numbers("169,000 people", frozenset({"168955"})) == {"169000"}


def test_all_leaves_no_exception_where_most_does() -> None:
    assert universal("All visits are on time", "Most visits are on time")
    assert not universal("Most visits are on time", "Most visits are on time")


def test_what_is_planned_is_not_done() -> None:
    assert done("A manager has been appointed", "There are plans to appoint a manager")


def test_denials_are_counted() -> None:
    assert denials("There is no plan and work is poor") == 2
