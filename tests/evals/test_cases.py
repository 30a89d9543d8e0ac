"""The guard of the shipped cases, and how cases are read."""

import re
from collections import Counter

import pytest

from corpus.library import expansions
from corpus.library import load as load_report
from evals.cases import CATEGORIES, NEAR_REPEAT, load, near_repeats, select
from evals.errors import EvalsError

CASES = load()

COUNTS = {
    "fact": (410, 85),
    "why": (125, 24),
    "list": (77, 26),
    "multi": (227, 26),
    "grade": (90, 28),
    "acronym": (76, 22),
    "lookup": (86, 26),
    "briefing": (148, 24),
    "followup": (132, 29),
    "false_premise": (131, 22),
    "unanswerable": (101, 64),
    "near_miss": (221, 50),
    "hostile": (59, 51),
}


@pytest.fixture(scope="module")
def report():
    return load_report()


def test_the_counts_of_every_category_and_split_are_pinned():
    counts = Counter((case.category, case.split) for case in CASES)
    assert {name: (counts[name, "dev"], counts[name, "test"]) for name in CATEGORIES} == COUNTS


def test_forty_development_cases_must_pass_and_every_category_has_one():
    chosen = [case for case in CASES if case.must_pass]
    assert len(chosen) == 40
    assert {case.category for case in chosen} == set(CATEGORIES)
    # The gate prints what must pass and does not: test questions stay unread.
    assert {case.split for case in chosen} == {"dev"}


def test_no_question_is_asked_twice():
    asked = Counter((case.question, case.history) for case in CASES)
    assert [question for question, count in asked.items() if count > 1] == []


def test_every_paragraph_exists(report):
    known = {paragraph.number for paragraph in report.paragraphs}
    assert [(case.id, number) for case in CASES for number in case.gold if number not in known] == []


def test_every_answerable_case_has_a_fact_to_look_for():
    assert [case.id for case in CASES if case.answerable and not case.facts + case.computed] == []


def test_every_fact_is_printed_in_the_known_paragraphs(report):
    lost = []
    for case in CASES:
        text = "\n".join(paragraph.text for paragraph in report.paragraphs if paragraph.number in case.gold)
        facts = case.facts if case.answerable else ()
        lost += [(case.id, fact) for fact in facts if not re.search(fact, text, re.IGNORECASE | re.DOTALL)]
    assert lost == []


def test_near_misses_are_unanswerable_and_their_twins_answerable_in_the_same_split():
    known = {case.id: case for case in CASES}
    misses = [case for case in CASES if case.category == "near_miss"]
    twins = [(case, known[case.twin]) for case in CASES if case.twin]
    assert not any(case.answerable for case in misses)
    assert all(twin.answerable and twin.split == case.split for case, twin in twins)
    assert len(twins) == TWINS


TWINS = 159


def test_follow_ups_and_only_they_need_earlier_questions():
    assert [case.id for case in CASES if case.category == "followup" and not case.history] == []


def test_no_case_nearly_repeats_an_expansion_question(report):
    questions = [question for expansion in expansions(report) for question in expansion.questions]
    assert near_repeats(CASES, questions) == ()


def test_a_near_repeat_is_found_in_any_order_of_words(make_case):
    case = make_case(question="In the borough, how many people live?")
    (found,) = near_repeats([case], ["What is Evolve?", "How many people live in the borough?"])
    assert found == (case, "How many people live in the borough?", 100.0)


def test_another_question_about_the_same_thing_is_no_repeat(make_case):
    case = make_case(question="What size is Kingston's population?")
    assert near_repeats([case], ["How many people live in the borough?"], threshold=NEAR_REPEAT) == ()


def test_a_split_is_selected_in_order(make_case):
    cases = [make_case(id="a"), make_case(id="b", split="test"), make_case(id="c")]
    assert [case.id for case in select(cases, "dev")] == ["a", "c"]
    assert [case.id for case in select(cases, "all")] == ["a", "b", "c"]


def test_files_are_read_by_name_and_lines_in_order(tmp_path, make_case):
    (tmp_path / "b.jsonl").write_text(make_case(id="3").model_dump_json() + "\n", encoding="utf-8")
    lines = "\n\n".join(make_case(id=name).model_dump_json() for name in "12")
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    assert [case.id for case in load(tmp_path)] == ["1", "2", "3"]


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(EvalsError, match="There are no cases"):
        load(tmp_path)


def test_two_cases_of_one_id_are_an_error(tmp_path, make_case):
    (tmp_path / "a.jsonl").write_text((make_case().model_dump_json() + "\n") * 2, encoding="utf-8")
    with pytest.raises(EvalsError, match="Two cases have the id 'C-1'"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ('"category":"riddle"', "category: Input should be"),
        ('"facts":["(91"]', r"the pattern '\(91' does not compile"),
        ('"answerable":false', "answerable is False but status is 'answered'"),
        ('"required":[]', "needs at least one required paragraph"),
        ('"colour":"red"', "colour: Extra inputs are not permitted"),
    ],
)
def test_a_line_that_is_no_case_is_named(tmp_path, make_case, change, words):
    name = change.split(":")[0]
    line = re.sub(
        rf'{name}:("[^"]*"|\[.*?\]+|\w+)', change.replace("\\", r"\\"), make_case().model_dump_json()
    )
    if change not in line:
        line = line[:-1] + "," + change + "}"
    (tmp_path / "a.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(EvalsError, match=f"a.jsonl, line 1 is not a case: .*{words}"):
        load(tmp_path)
