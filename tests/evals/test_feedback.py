import json
from datetime import UTC, datetime

import pytest

from evals import __main__ as program
from evals.cases import Case
from evals.errors import EvalsError
from evals.feedback import choose, draft_cases, to_jsonl, to_text, write_new
from qa.page.store import Feedback, Store, StoredFeedback, store_file
from qa.values import Answer, Citation, Evidence, Statement
from tests.evals.conftest import build_case, small_report

WHEN = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
REPORT = small_report()


def said(paragraph="1", question="How many children?"):
    quote = "There were 91"
    statement = Statement(f"“{quote}”", (Citation(Evidence("small", paragraph, quote, 0, 13), ("Part",)),))
    return Answer(question, "answered", f"“{quote}” [{paragraph}]", "small", (statement,), related=("3",))


def refused(question="How many in 2015?"):
    return Answer(
        question, "not_in_report", "The report does not say.", "small", related=("2",), reason="nothing"
    )


def given(id, verdict, answer, comment=""):
    return StoredFeedback(id, WHEN, Feedback(verdict, comment, answer, "small abc"))


def drafts(*items, cases=()):
    told = []
    lines = draft_cases(items, REPORT, cases, tell=told.append).splitlines()
    return [json.loads(line) for line in lines], told


def test_feedback_is_listed_with_question_answer_and_comment():
    assert to_text([given(3, "wrong_paragraph", said(), "See\n2")]) == (
        "3  25 November 2026  wrong paragraph\n"
        "   question: How many children?\n"
        "   answer: “There were 91” [1]\n"
        "   comment: See 2\n"
        "   index: small abc\n"
    )


def test_feedback_is_exported_with_the_answer_as_programs_read_it():
    exported = json.loads(to_jsonl([given(3, "right", said())]))
    assert (exported["id"], exported["verdict"], exported["index"]) == ("3", "right", "small abc")
    assert exported["citations"][0]["paragraph"] == "1"
    assert exported["added"] == "2026-11-25T12:00:00+00:00"


def test_feedback_is_chosen_by_verdict_and_number():
    items = (given(1, "right", said()), given(2, "wrong_answer", said()), given(3, "right", said()))
    assert choose(items) == items
    assert [one.id for one in choose(items, verdicts=["right"])] == [1, 3]
    assert [one.id for one in choose(items, verdicts=["right"], ids=[2, 3])] == [3]
    with pytest.raises(EvalsError, match="There is no feedback 9"):
        choose(items, ids=[9])


@pytest.mark.parametrize(
    ("verdict", "answer", "comment", "required", "status"),
    [
        ("right", said("1"), "", [["1"]], "answered"),
        ("right", said("1"), "unlike 2", [["1"]], "answered"),
        ("wrong_paragraph", said("1"), "It is in 2, not in 99.", [["2"]], "answered"),
        ("wrong_answer", said("1"), "", [["1"]], "answered"),
        ("wrong_answer", refused(), "paragraph 3 says it", [["3"]], "answered"),
        ("right", refused(), "", [], "not_in_report"),
        ("should_refuse", said("1"), "", [], "not_in_report"),
    ],
)
def test_a_draft_is_a_case_of_what_the_user_took_to_be_right(verdict, answer, comment, required, status):
    (draft,), told = drafts(given(4, verdict, answer, comment))
    case = Case.model_validate(draft)
    assert ([list(group) for group in case.required], case.status) == (required, status)
    assert (case.id, case.split, case.question) == ("FEEDBACK-4", "dev", answer.question)
    assert case.note.startswith("DRAFT from feedback 4")
    assert told == []


def test_a_draft_whose_right_paragraph_nobody_named_is_no_case_until_somebody_does():
    (draft,), told = drafts(given(4, "wrong_paragraph", said("1"), "nonsense"))
    with pytest.raises(ValueError, match="needs at least one required paragraph"):
        Case.model_validate(draft)
    assert told == ["Feedback 4 names no right paragraph: put one into 'required' of FEEDBACK-4."]


def test_a_question_makes_one_draft_by_the_latest_feedback_and_names_the_case_it_is_like():
    items = (given(1, "right", said()), given(2, "should_refuse", said()))
    (draft,), _ = drafts(*items, cases=[build_case(id="F-1", question="How many children")])
    assert (draft["id"], draft["answerable"]) == ("FEEDBACK-2", False)
    assert draft["note"].endswith("Much like F-1.")


def test_a_file_that_is_there_is_not_overwritten(tmp_path):
    path = tmp_path / "made" / "drafts.jsonl"
    write_new(path, "one\n")
    with pytest.raises(EvalsError, match="is there already and is not overwritten"):
        write_new(path, "two\n")
    assert path.read_text() == "one\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("QA_HOME", str(tmp_path))
    store = Store(store_file(tmp_path))
    store.add_feedback("ann", Feedback("right", "", said("12"), "i"))
    store.add_feedback("ben", Feedback("should_refuse", "no such year", said("12", "And 2015?"), "i"))
    store.close()
    return tmp_path


def test_the_command_lists_exports_drafts_and_deletes(home, capsys):
    assert program.main(["feedback"]) == 0
    assert capsys.readouterr().out.count("question:") == 2
    files = [home / "all.jsonl", home / "drafts.jsonl"]
    options = ["--export", str(files[0]), "--draft-cases", str(files[1])]
    assert program.main(["feedback", "--verdict", "should_refuse", *options]) == 0
    assert [len(file.read_text().splitlines()) for file in files] == [1, 1]
    assert program.main(["feedback", "--id", "1", "--delete"]) == 0
    capsys.readouterr()
    assert program.main(["feedback"]) == 0
    assert capsys.readouterr().out.startswith("2  ")


def test_the_command_overwrites_nothing_and_deletes_nothing_that_was_not_named(home, capsys):
    taken = home / "taken.jsonl"
    taken.write_text("mine")
    assert program.main(["feedback", "--export", str(taken)]) == 2
    assert program.main(["feedback", "--delete"]) == 2
    assert taken.read_text() == "mine"
    said = capsys.readouterr().err
    assert "is not overwritten" in said
    assert "Say which feedback to remove" in said


def test_without_a_page_there_is_no_feedback_and_no_file_is_made(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QA_HOME", str(tmp_path))
    assert program.main(["feedback"]) == 0
    assert capsys.readouterr().err == "No feedback has been given.\n"
    assert list(tmp_path.iterdir()) == []
