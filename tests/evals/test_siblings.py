"""The questions over several reports are sound, judged by report and paragraph, and answered as measured."""

import json
import re

import pytest

from corpus.library import DEFAULT_REPORT, load
from evals import __main__ as program
from evals.siblings.benchmark import (
    KINDS,
    SiblingCase,
    judge,
    load_cases,
    measure,
    siblings,
    texts_of,
    to_json,
    to_markdown,
)
from evals.wiring import sibling_library
from qa.settings import Settings
from qa.values import Answer, Citation, Evidence, Statement

CASES = load_cases()
MADE_UP = siblings()
REPORTS = {report.id: report for report in (load(DEFAULT_REPORT), *MADE_UP)}
TEXTS = texts_of(REPORTS.values())


# --- the data


def test_there_are_three_made_up_reports_with_a_table_of_grades_each():
    assert [(r.id, len(r.numbers()), len(r.judgements)) for r in MADE_UP] == [
        ("anytown-2013", 32, 17),
        ("marlbeck-2011", 31, 17),
        ("marlbeck-2014", 29, 6),
    ]


def test_each_says_on_its_title_page_that_it_is_made_up():
    for report in MADE_UP:
        head = report.source.split("## ")[0][:900]
        assert "A made-up report on a place that does not exist" in head


def test_each_has_paragraphs_that_nearly_repeat_those_of_another_with_other_figures():
    def skeleton(text):
        return re.sub(r"[\d,.]+|in(?=adequate)", "#", text)[:60]

    first, second = ({skeleton(p.text) for p in r.paragraphs} for r in MADE_UP[:2])
    assert len(first & second) >= 8


def test_there_are_cases_of_every_kind_in_both_splits():
    assert len(CASES) >= 60
    assert {case.kind for case in CASES} == set(KINDS)
    assert {case.kind for case in CASES if case.split == "test"} == set(KINDS)
    assert len({case.id for case in CASES}) == len(CASES)


def test_every_case_names_paragraphs_that_exist_and_facts_that_they_print():
    lost = []
    for case in CASES:
        for report, numbers in case.required.items():
            lost += [(case.id, report, number) for number in numbers if (report, number) not in TEXTS]
        cited = " ".join(
            TEXTS.get((report, number), "") for report, numbers in case.required.items() for number in numbers
        )
        lost += [
            (case.id, fact)
            for fact in case.facts
            if case.kind not in ("compare",) and not re.search(fact, cited, re.IGNORECASE)
        ]
        lost += [(case.id, name) for name in case.scope if name not in {*REPORTS, "all"}]
    assert lost == [("followup-05", "17")]  # which paragraph it is: its number is the answer


# --- judging


def case(**changes):
    values = {
        "id": "one",
        "kind": "same",
        "question": "How many?",
        "history": (),
        "scope": ("all",),
        "required": {"anytown-2013": ("5",)},
        "may": ("marlbeck-2011",),
        "facts": ("61",),
        "forbidden": ("50",),
        "split": "dev",
    }
    return SiblingCase(**{**values, **changes})


def reply(*cited, text="61", start=0):
    statements = tuple(
        Statement(
            text,
            (Citation(Evidence(report, number, TEXTS[report, number][:5], start, start + 5), ()),),
        )
        for report, number in cited
    )
    return Answer("How many?", "answered" if cited else "not_in_report", text, "x", statements)


@pytest.mark.parametrize(
    ("changes", "answer", "fault"),
    [
        ({}, reply(("anytown-2013", "5")), None),
        ({}, reply(("anytown-2013", "5"), ("marlbeck-2011", "5")), None),
        ({}, reply(("anytown-2013", "5"), ("marlbeck-2014", "3")), "reports"),
        ({}, reply(("marlbeck-2011", "5")), "reports"),
        ({}, reply(("anytown-2013", "6")), "paragraphs"),
        ({}, reply(("anytown-2013", "5"), text="50"), "facts"),
        ({}, reply(), "status"),
        ({}, reply(("anytown-2013", "5"), start=3), "broken"),
        ({"required": {}, "facts": ()}, reply(text="no"), None),
        ({"required": {}, "may": (), "facts": ()}, reply(("anytown-2013", "5")), "status"),
    ],
)
def test_an_answer_is_right_if_report_paragraph_facts_and_quotes_are(changes, answer, fault):
    judged = judge(case(**changes), answer, TEXTS)
    assert judged.right == (fault is None)
    if fault:
        assert bool(getattr(judged, fault)) == (fault == "broken")


def test_the_results_have_the_shares_and_what_went_wrong():
    cases = [case(), case(id="two", question="How few?")]
    judged = measure(
        cases,
        lambda c: reply(("anytown-2013", "5")) if c.id == "one" else reply(("anytown-2013", "6")),
        TEXTS,
    )
    value = json.loads(to_json(judged, {"reports": "x"}))
    assert value["shares"]["dev"]["right"] == 0.5
    assert value["shares"]["dev"]["right report"] == 1.0
    assert [one["fault"] for one in value["cases"]] == ["", "paragraphs"]
    shown = to_markdown(judged, {"reports": "x"})
    assert "| several reports have the fact | 2 | 0.50" in shown
    assert "- two: How few? (paragraphs)" in shown


def test_the_other_options_of_a_run_do_not_go_with_it(capsys):
    assert program.main(["run", "--siblings", "--gate"]) == 2
    assert "leave the other options out" in capsys.readouterr().err


# --- the program


@pytest.mark.encoder
def test_the_right_report_is_cited_and_no_other_quoted_for_it(real_home):
    with sibling_library(Settings(home=real_home), progress=lambda line: None) as library:
        judged = measure(
            CASES,
            lambda c: library.ask(c.question, c.history, reports=None if "all" in c.scope else c.scope),
            texts_of(library.reports),
        )
    assert sum(one.status and one.reports for one in judged) >= 0.85 * len(judged)
    assert sum(one.broken for one in judged) == 0
    for kind in ("other", "followup", "compare"):
        assert all(one.right for one in judged if one.case.kind == kind), kind
