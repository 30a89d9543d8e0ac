"""Many questions at once: every line gets its object, and the output is written whole or not at all."""

import json
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexMissingError
from qa.batch import Asked, answer_file, answered, read_question
from qa.errors import InputError, QuestionError
from qa.jsonl import Line
from qa.lines import LineError
from qa.values import Answer

KEYS = [
    "id",
    "question",
    "status",
    "answer",
    "statements",
    "citations",
    "related",
    "reason",
    "removed",
    "generator",
    "seconds",
]


class Scripted:
    """Answers a question with its own words, and does what some words say."""

    def __init__(self):
        self.asked = []

    def ask(self, question, history=()):
        self.asked.append((question, tuple(history)))
        if not question.strip():
            raise QuestionError("There is no question.")
        if "fault" in question:
            raise ZeroDivisionError("by zero")
        if "index" in question:
            raise IndexMissingError("There is no index.")
        if "stop" in question:
            raise KeyboardInterrupt
        return Answer(question.strip(), "not_in_report", f"No: {question}", "kingston-2012", reason="nothing")


@pytest.fixture
def run(tmp_path):
    """Answers given lines; the result is the objects written and what was said."""

    def go(*lines, pipeline=None):
        source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        source.write_bytes(b"\n".join(raw) + b"\n")
        said = []
        answer_file(source, output, lambda: pipeline or Scripted(), say=said.append)
        return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()], said

    return go


def test_each_line_gets_its_answer_in_the_same_order(run):
    results, _ = run({"id": "b", "question": "one"}, {"id": "a", "question": "two"})
    assert [(r["id"], r["question"], r["answer"]) for r in results] == [
        ("b", "one", "No: one"),
        ("a", "two", "No: two"),
    ]
    assert list(results[0]) == KEYS


def test_earlier_questions_are_handed_on_oldest_first():
    pipeline = Scripted()
    answered(Asked("q", "why?", ("first", "second")), pipeline)
    assert pipeline.asked == [("why?", ("first", "second"))]


@pytest.mark.parametrize("id_", ["q1", "", "ü", 7, -1, 1.5, 10**30])
def test_an_id_comes_back_as_it_was_given(run, id_):
    [result], _ = run({"id": id_, "question": "x"})
    assert result["id"] == id_
    assert type(result["id"]) is type(id_)


@pytest.mark.parametrize("line", [{"question": "x"}, {"id": None, "question": "x", "history": None}])
def test_an_absent_id_is_null_and_absent_history_is_none(run, line):
    [result], _ = run(line)
    assert (result["id"], result["status"]) == (None, "not_in_report")


def test_unknown_keys_are_ignored(run):
    [result], _ = run({"id": "q", "question": "x", "category": "fact", "gold": [12]})
    assert list(result) == KEYS


def test_the_question_comes_back_as_it_was_given(run):
    [result], _ = run({"id": "q", "question": "  x \n"})
    assert result["question"] == "  x \n"


@pytest.mark.parametrize(
    ("line", "id_", "word"),
    [
        (b"not json", None, "not JSON"),
        (b'{"id": "q", "question": "x"', None, "not JSON"),
        (b'["q", "x"]', None, "JSON object"),
        (b'{"id": "q", "question": "\xff"}', None, "UTF-8"),
        (b'{"id": "q", "question": "\\udc00"}', None, "cannot be read"),
        ({"id": "q"}, "q", "absent"),
        ({"id": "q", "question": None}, "q", "absent"),
        ({"id": "q", "question": 5}, "q", "a number"),
        ({"id": "q", "question": ["x"]}, "q", "a list"),
        ({"id": "q", "question": ""}, "q", "no question"),
        ({"id": "q", "question": " \n"}, "q", "no question"),
        ({"id": ["q"], "question": "x"}, None, "id must be"),
        ({"id": True, "question": "x"}, None, "id must be"),
        ({"id": "q", "question": "x", "history": "y"}, "q", "list of strings"),
        ({"id": "q", "question": "x", "history": [1]}, "q", "list of strings"),
        ({"id": "q", "question": "x", "history": {"a": 1}}, "q", "list of strings"),
    ],
)
def test_a_bad_line_gets_an_error_with_its_number_and_the_run_goes_on(run, line, id_, word):
    results, said = run({"id": "first", "question": "x"}, b"", line, {"id": "last", "question": "y"})
    assert [r["id"] for r in results] == ["first", id_, "last"]
    bad = results[1]
    assert sorted(bad) == ["error", "id", "line"]
    assert bad["line"] == 3
    assert word in bad["error"]
    assert f"Line 3: {bad['error']}" in said


def test_a_fault_costs_one_answer_and_not_all(run):
    results, said = run({"id": "a", "question": "fault"}, {"id": "b", "question": "x"})
    assert sorted(results[0]) == ["error", "id", "line"]
    assert "ZeroDivisionError" in results[0]["error"]
    assert results[1]["status"] == "not_in_report"
    assert any("ZeroDivisionError" in line for line in said)


def test_an_empty_input_gives_an_empty_output(run, tmp_path):
    results, said = run(b"", b"  ")
    assert results == []
    assert said == [f"0 lines: none. Written to {tmp_path / 'out.jsonl'}"]


def test_progress_tells_how_far_it_is_and_what_came_out(run):
    _, said = run(*[{"question": "x"}] * 120, {"question": ""})
    assert said[:2] == ["50 of 121 lines", "100 of 121 lines"]
    assert said[-1].startswith("121 lines: 120 not in the report, 1 errors. Written to ")


@pytest.mark.parametrize(("word", "error"), [("index", IndexMissingError), ("stop", KeyboardInterrupt)])
def test_what_ends_the_run_leaves_the_old_output(run, tmp_path, word, error):
    (tmp_path / "out.jsonl").write_text("old")
    with pytest.raises(error):
        run({"question": "x"}, {"question": word})
    assert (tmp_path / "out.jsonl").read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == ["in.jsonl", "out.jsonl"]


def test_the_pipeline_is_not_made_for_an_input_or_output_that_cannot_be_used(tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text('{"question": "x"}\n')

    def make():
        raise AssertionError("made in vain")

    for input_, output in (
        (tmp_path / "absent", tmp_path / "out"),
        (source, tmp_path / "absent" / "out"),
        (source, source),
        (source, tmp_path),
        (tmp_path, tmp_path / "out"),
    ):
        with pytest.raises(InputError):
            answer_file(input_, output, make, say=lambda _: None)
    assert os.listdir(tmp_path) == ["in.jsonl"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("id", "question", "history", "other"), json_values)))
def test_any_object_is_a_question_or_an_error(value):
    history = value.get("history")
    listed = history is None or (isinstance(history, list) and all(isinstance(item, str) for item in history))
    id_ = value.get("id")
    named = id_ is None or (isinstance(id_, str | int) and not isinstance(id_, bool))
    if isinstance(value.get("question"), str) and listed and named:
        assert read_question(Line(4, value)) == Asked(id_, value["question"], tuple(history or ()))
    else:
        with pytest.raises(LineError, match=r"\.$"):
            read_question(Line(4, value))


QUESTIONS = (
    {"id": "1", "question": "para 79"},
    {"id": "2", "question": "¶171"},
    {"id": "3", "question": "169-172"},
    {"id": "4", "question": "which areas were good"},
    {"id": "5", "question": "why is that?", "history": ["What grade did leadership and management get?"]},
    {"id": "6", "question": ""},
    {"id": "7", "question": "x" * 10_001},
    {"id": "8", "question": "???"},
    {"id": "9", "question": "what must be done within three months for looked after children"},
)


def test_the_same_input_gives_the_same_bytes_but_for_the_seconds(bag_pipeline, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps(q) + "\n" for q in QUESTIONS))
    written = []
    for name in ("one", "two"):
        answer_file(source, tmp_path / name, lambda: bag_pipeline, say=lambda _: None)
        written.append(re.sub(rb'"seconds": [\d.e-]+', b'"seconds": 0', (tmp_path / name).read_bytes()))
    assert written[0] == written[1]


def test_the_pipelines_own_outcomes_reach_the_file(bag_pipeline, run):
    results, _ = run(*QUESTIONS, pipeline=bag_pipeline)
    statuses = {r["id"]: r.get("status") for r in results}
    assert (statuses["1"], statuses["2"], statuses["3"]) == ("answered", "not_in_report", "partial")
    assert (statuses["4"], statuses["8"], statuses["9"]) == ("answered", "not_in_report", "answered")
    assert [(r["id"], r["line"]) for r in results if "error" in r] == [("6", 6), ("7", 7)]
    assert "10,001" in next(r["error"] for r in results if r["id"] == "7")
