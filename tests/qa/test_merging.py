"""The answers of several reports put together: named, best first, short, and honest about those that have none."""

from dataclasses import replace

import pytest

from qa.merging import MOST_REPORTS, Found, merge, none_answers
from qa.values import Answer, Citation, Evidence, Statement

QUESTION = "How many foster carers are there?"
QUOTE = "There are {count} foster carers."


@pytest.fixture
def found(source):
    """Makes what a report answers; its quote is of the shipped report's first paragraph, for want of others."""

    def make(report_id, count=12, *, confidence=0.9, numbers=("1",), text=None):
        statements = tuple(
            Statement(
                text or f"“{QUOTE.format(count=count)}”",
                (Citation(Evidence(report_id, number, QUOTE.format(count=count), 0, 9), ()),),
            )
            for number in numbers
        )
        answer = Answer(QUESTION, "answered", "", report_id, statements, confidence=confidence)
        return Found(report_id, report_id.title(), answer, source)

    return make


@pytest.fixture
def silent(source):
    def make(report_id, reason="the report has nothing on this", related=()):
        text = f"The report does not say: {reason}."
        answer = Answer(
            QUESTION, "not_in_report", text, report_id, reason=reason, related=related, confidence=0.1
        )
        return Found(report_id, report_id.title(), answer, source)

    return make


def test_each_statement_says_which_report_it_is_from_and_cites_it(found):
    merged = merge(QUESTION, QUESTION, [found("alder", 3), found("birch", 4)], told=False)
    assert merged.text.splitlines() == [
        "Alder: “There are 3 foster carers.” [alder:1]",
        "Birch: “There are 4 foster carers.” [birch:1]",
    ]
    assert [s.citations[0].evidence.report for s in merged.statements] == ["alder", "birch"]
    assert (merged.status, merged.reason) == ("answered", None)


def test_the_surest_report_comes_first_and_nearly_equal_ones_stay_in_order(found):
    merged = merge(
        QUESTION,
        QUESTION,
        [found("alder", confidence=0.8), found("birch", confidence=0.94), found("cedar", confidence=0.95)],
        told=True,
    )
    assert [s.text.partition(":")[0] for s in merged.statements] == ["Birch", "Cedar", "Alder"]


def test_reports_that_do_not_say_are_told_of(found, silent):
    merged = merge(
        QUESTION, QUESTION, [found("alder"), found("cedar"), silent("birch"), silent("elm")], told=False
    )
    assert (merged.status, merged.reason) == ("answered", "Birch and Elm do not say")


def test_a_comparison_of_named_reports_with_one_answer_is_partial(found, silent):
    merged = merge(QUESTION, QUESTION, [found("alder"), silent("birch")], told=True)
    assert (merged.status, merged.reason) == ("partial", "Birch does not say")


def test_of_many_reports_five_are_quoted_and_the_others_named(found):
    many = [found(f"report{n}", n) for n in range(7)]
    merged = merge(QUESTION, QUESTION, many, told=False)
    assert len(merged.statements) == MOST_REPORTS == 5
    assert merged.reason == "2 more reports answer this: Report5 and Report6"
    merged = merge(QUESTION, QUESTION, [*many, *(found(f"other{n}", n) for n in range(5))], told=False)
    assert merged.reason == "7 more reports answer this"


def test_a_fact_takes_one_statement_of_each_report_and_that_which_holds_most_of_the_question(found):
    alder, birch = found("alder", 3, numbers=("1", "2")), found("birch", 4)
    other = replace(alder.answer.statements[0], text="“The council is small.”")
    answer = replace(alder.answer, statements=(other, alder.answer.statements[1]))
    merged = merge(QUESTION, QUESTION, [replace(alder, answer=answer), birch], told=False)
    assert [s.text for s in merged.statements] == [
        "Alder: “There are 3 foster carers.”",
        "Birch: “There are 4 foster carers.”",
    ]


def test_a_list_is_shared_out_among_the_reports_and_says_when_it_is_cut_short(found):
    question = "List the foster carers"
    long = "“" + "word " * 90 + "”"
    lists = [found(name, numbers=("1", "2", "3"), text=long) for name in ("alder", "birch")]
    merged = merge(question, question, lists, told=False)
    assert [s.citations[0].evidence.paragraph for s in merged.statements] == ["1", "1"]
    assert merged.reason == "shortened: ask one of the reports for all of it"
    short = [found(name, numbers=("1", "2", "3")) for name in ("alder", "birch")]
    assert len(merge(question, question, short, told=False).statements) == 6


def test_the_only_report_that_answers_is_given_whole(found, silent):
    merged = merge(QUESTION, QUESTION, [found("alder", numbers=("1", "2")), silent("birch")], told=False)
    assert len(merged.statements) == 2


def test_an_answer_much_weaker_than_the_best_that_covers_less_is_left_out(found, source):
    strong = found("alder", confidence=0.9)
    weak = found("birch", confidence=0.72, numbers=("12",))
    assert "foster" in source.paragraphs["12"].text
    weak_elsewhere = found("cedar", confidence=0.72, numbers=("1",))
    strong = replace(
        strong,
        answer=replace(
            strong.answer,
            statements=tuple(
                replace(
                    s, citations=(replace(s.citations[0], evidence=replace(s.citations[0].evidence, paragraph="12")),)
                )
                for s in strong.answer.statements
            ),
        ),
    )  # fmt: skip
    merged = merge(QUESTION, QUESTION, [strong, weak, weak_elsewhere], told=False)
    assert [s.text.partition(":")[0] for s in merged.statements] == ["Alder", "Birch"]
    assert merged.reason == "Cedar does not say"


def test_where_even_the_best_is_weak_nothing_is_said(found):
    weak = [found("alder", confidence=0.66), found("birch", confidence=0.6)]
    assert merge(QUESTION, QUESTION, weak, told=False) is None
    refused = none_answers(QUESTION, QUESTION, weak)
    assert refused.status == "not_in_report"
    assert refused.text == "The reports do not say: nothing that answers this in Alder or Birch."
    assert len(merge(QUESTION, QUESTION, weak, told=True).statements) == 2


def test_what_is_missing_everywhere_alike_is_said_once(silent):
    alike = [silent("alder"), silent("birch", related=("3", "4"))]
    refused = none_answers(QUESTION, QUESTION, alike)
    assert refused.text == "The reports do not say: each of the 2 reports has nothing on this."
    assert refused.related == ("birch:3",)
    differing = [silent("alder"), silent("birch", "the report does not mention Sutton")]
    assert none_answers(QUESTION, QUESTION, differing).reason == "nothing that answers this in Alder or Birch"


def test_what_is_no_question_is_turned_away_in_the_same_words(source):
    answer = Answer("???", "not_in_report", "That is no question.", "alder", reason="no words")
    found = [Found(name, name.title(), answer, source) for name in ("alder", "birch")]
    refused = none_answers("???", "???", found)
    assert (refused.text, refused.reason) == ("That is no question.", "no words")
