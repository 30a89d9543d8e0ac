"""Reports are called by their authority and year, and a question is known to name them however it does so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.values import Metadata
from qa.naming import Naming, listed, place_of, short_place


def about(report_id, authority, published="", inspected=""):
    return Metadata(report_id, "Inspection", authority, "", published, inspected, "", "", "")


KINGSTON = about(
    "kingston-2012", "Royal Borough of Kingston upon Thames", "2012-07-10", "21 May – 1 June 2012"
)
ANYTOWN = about("anytown-2013", "Anytown Borough Council", "2013-04-19", "4 – 15 March 2013")
MARLBECK = about("marlbeck-2011", "Marlbeck County Council", "2011-10-28")
AGAIN = about("marlbeck-2014", "Marlbeck County Council", "2014-08-08")
NAMING = Naming([KINGSTON, ANYTOWN, MARLBECK, AGAIN])


@pytest.mark.parametrize(
    ("authority", "place", "short"),
    [
        ("Royal Borough of Kingston upon Thames", "Kingston upon Thames", "Kingston"),
        ("London Borough of Sutton", "Sutton", "Sutton"),
        ("Anytown Borough Council", "Anytown", "Anytown"),
        ("Marlbeck County Council", "Marlbeck", "Marlbeck"),
        ("City of Ostrey", "Ostrey", "Ostrey"),
        ("Bath and North East Somerset Council", "Bath and North East Somerset", "Bath"),
        ("Stoke-on-Trent City Council", "Stoke-on-Trent", "Stoke"),
        ("North Somerset Council", "North Somerset", "North Somerset"),
        ("Royal Borough of Kensington and Chelsea", "Kensington and Chelsea", "Kensington"),
        ("Ministry of Works", "Ministry of Works", "Ministry of Works"),
        ("", "", ""),
    ],
)
def test_the_place_of_an_authority_is_its_name_without_the_kind_of_authority(authority, place, short):
    assert (place_of(authority), short_place(place)) == (place, short)


def test_a_report_is_called_by_its_place_and_the_year_of_publication():
    assert [names.label for names in NAMING.all] == [
        "Kingston 2012",
        "Anytown 2013",
        "Marlbeck 2011",
        "Marlbeck 2014",
    ]


def test_labels_tell_reports_apart():
    hull = about("hull", "Kingston upon Hull City Council", "2012-01-01")
    twice = about("anytown-again", "Anytown Borough Council", "2013-12-01")
    labels = [names.label for names in Naming([KINGSTON, hull, ANYTOWN, twice]).all]
    assert labels == [
        "Kingston upon Thames 2012",
        "Kingston upon Hull 2012",
        "Anytown 2013 (anytown-2013)",
        "Anytown 2013 (anytown-again)",
    ]


def test_a_report_that_names_no_authority_is_called_by_its_id():
    naming = Naming([about("letter-2015", ""), about("report-7", "")])
    assert [names.label for names in naming.all] == ["letter-2015", "report-7"]
    assert naming.named("What does letter-2015 say?") == ("letter-2015",)
    assert naming.named("What does the letter say?") == ("letter-2015",)
    assert naming.named("What does the report say?") == ()


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("How many foster carers are there in Anytown?", ("anytown-2013",)),
        ("how many in anytown", ("anytown-2013",)),
        ("How many does Kingston upon Thames have?", ("kingston-2012",)),
        ("Kingston's social workers", ("kingston-2012",)),
        ("What did the Royal Borough of Kingston upon Thames do?", ("kingston-2012",)),
        ("anytown-2013: how many?", ("anytown-2013",)),
        ("How do Anytown and Kingston compare?", ("kingston-2012", "anytown-2013")),
        ("How many in Marlbeck?", ("marlbeck-2011", "marlbeck-2014")),
        ("How many in Marlbeck in 2014?", ("marlbeck-2014",)),
        ("How did Marlbeck change from 2011 to 2014?", ("marlbeck-2011", "marlbeck-2014")),
        ("How many in Marlbeck in 1999?", ("marlbeck-2011", "marlbeck-2014")),
        ("How many in Anytown in 2012?", ("anytown-2013",)),
        ("What does the 2014 report say?", ("marlbeck-2014",)),
        ("What did the report of 2012 say?", ("kingston-2012",)),
        ("How many were there in 2014?", ()),
        ("What does the 1999 report say?", ()),
        ("How many foster carers are there?", ()),
        ("How many in Kingston upon Hull?", ()),
        ("How many in Anytownley?", ()),
    ],
)
def test_a_question_names_reports_by_authority_year_or_id(question, named):
    assert NAMING.named(question) == named


def test_a_place_that_is_a_word_too_is_named_by_its_capital_only():
    naming = Naming([about("reading-2012", "Reading Borough Council", "2012-01-01")])
    assert naming.named("How many carers are there in Reading?") == ("reading-2012",)
    assert naming.named("How good is reading in schools?") == ()


@pytest.mark.parametrize(
    ("question", "years", "left"),
    [
        ("How many foster carers are there in Anytown?", (), "How many foster carers are there?"),
        ("In Anytown, how many schools are there?", (), "How many schools are there?"),
        ("How many schools does Kingston have?", (), "How many schools does the council have?"),
        ("What are Anytown's plans?", (), "What are the council's plans?"),
        ("What does the Marlbeck 2011 report say about drift?", ("2011",), "What does the report say about drift?"),
        ("According to the 2014 report on Marlbeck, how many?", ("2014",), "According to the report, how many?"),
        ("When was the Anytown inspection report published?", (), "When was the report published?"),
        ("How many were there in Marlbeck in 2010?", ("2011",), "How many were there in 2010?"),
        ("How many carers do Kingston and Anytown have?", (), "How many carers do the council have?"),
        ("Compare the rates in Anytown and Marlbeck", (), "Compare the rates"),
        ("Who has more carers, Kingston or Anytown?", (), "Who has more carers?"),
        ("marlbeck-2011: how many cases?", (), "How many cases?"),
        ("Who leads the Kingston Youth Council?", (), "Who leads the council Youth Council?"),
        ("What is said of conferences in the Marlbeck report of 2014?", ("2014",), "What is said of conferences?"),
    ],
)  # fmt: skip
def test_a_question_without_the_names_asks_the_same_of_any_report(question, years, left):
    assert NAMING.without(question, years) == left


@given(st.lists(st.sampled_from("how many carers were seen by 27 doctors before May".split()), min_size=1))
def test_a_question_that_names_no_report_is_left_as_it_is(tokens):
    question = " ".join(tokens)
    assert NAMING.named(question) == ()
    assert NAMING.without(question).lower() == question.lower()


def test_years_that_say_when_are_taken_out_where_another_report_is_asked():
    assert NAMING.without_years("What was the rate in 2011?", {"2011"}) == "What was the rate?"
    assert NAMING.without_years("What was the rate in 2010?", {"2011"}) == "What was the rate in 2010?"
    assert NAMING.without_years("What was the rate in 2010?", ()) == "What was the rate in 2010?"


def test_citations_in_words_name_report_and_paragraph():
    assert NAMING.cited("kingston-2012", "79") == "Kingston 2012, para 79"
    assert NAMING.cited("anytown-2013", "findings") == "Anytown 2013, main findings"
    assert NAMING.cited("anytown-2013", "front") == "Anytown 2013, title page"
    assert NAMING.cited("anytown-2013", "p3.2") == "Anytown 2013, block p3.2"
    assert NAMING.pointed("79") == "Kingston 2012, para 79"
    assert NAMING.pointed("anytown-2013:5") == "Anytown 2013, para 5"


def test_names_are_listed_as_in_a_sentence():
    assert [listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C"])] == ["A", "A and B", "A, B and C"]
