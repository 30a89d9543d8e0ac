"""The conditions that a question sets: years and names."""

import pytest

from qa.gate import _with_year, names, years
from qa.question import understand, wants


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in 2009", ("2009",)),
        ("2011/12", ("2011", "2012")),
        ("2010-11 and 2011", ("2010", "2011")),
        ("between 2009 and 2012, then 2009 again", ("2009", "2012")),
        ("168,955 people", ()),
        ("paragraph 12", ()),
        ("", ()),
    ],
)
def test_years_come_once_each_and_both_of_a_school_year(text, found):
    assert sorted(years(text)) == sorted(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Who is Jane Smith?", ("Jane", "Smith")),
        ("how many children in surrey?", ("surrey",)),
        ("Is Richmond better?", ("Richmond",)),
        ("How many children were looked after?", ()),
        ("HOW MANY CHILDREN WERE LOOKED AFTER?", ()),
        ("", ()),
    ],
)
def test_names_are_capitalised_words_inside_a_sentence_and_known_places(text, found):
    assert names(text) == found


def test_a_yes_or_no_question_wants_no_number():
    assert wants("Did early help cut the number of repeat victims?") == frozenset()
    assert wants("What was the number of repeat victims?") == {"count"}


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many of the children were seen alone?", {"share"}),
        ("Of the kids who came into care, how many were sent far away?", {"share"}),
        ("How many children were seen alone?", {"count"}),
        ("name of young people's contraception clinics", frozenset()),
        ("What is the name of the head of the service?", {"person"}),
        ("name of the service manager", {"person"}),
    ],
)
def test_how_many_of_a_group_wants_a_number_or_share_and_the_name_of_a_service_no_person(question, wanted):
    assert wants(question) == wanted


def test_what_is_missing_names_one_year_only():
    asked = understand("", "How many plans were there in 2010 and 2011?", {})
    assert (
        _with_year("the report gives no number for this", asked)
        == "the report gives no number for this for 2010"
    )
    assert (
        _with_year("the report gives no such finding for 2011", asked)
        == "the report gives no such finding for 2011"
    )
