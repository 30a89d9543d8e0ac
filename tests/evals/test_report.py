import json

import pytest

from evals.bootstrap import Interval
from evals.report import percent, rounded, table, to_json, to_markdown, with_interval, with_lines
from evals.summary import Evaluation, by_category, difference, of_split, summarise
from evals.timings import timings, to_lines
from evals.values import Reply, Run

RIGHT = Reply("answered", "There were 91. [1]", ("1",), ("1", "2"), confidence=0.9)
REFUSED = Reply("not_in_report", "The report does not say.", confidence=0.1)


@pytest.fixture
def evaluation(make_case, make_result):
    cases = [
        make_case(id="a"),
        make_case(id="b", split="test"),
        make_case(id="c", split="test", category="grade"),
        make_case(id="d", split="test", category="unanswerable", answerable=False),
    ]
    ours = [RIGHT, RIGHT, REFUSED, REFUSED]
    runs = {"always-refuse": [REFUSED] * 4, "ours": ours}
    return Evaluation(
        tuple(
            Run(
                name,
                f"what {name} does",
                tuple(make_result(*pair, 0.01) for pair in zip(cases, replies, strict=True)),
            )
            for name, replies in runs.items()
        ),
        {"report": "small"},
    )


def test_the_main_run_is_ours_else_the_first(evaluation):
    assert evaluation.main.system == "ours"
    assert Evaluation(evaluation.runs[:1], {}).main.system == "always-refuse"


def test_a_summary_by_hand(evaluation):
    summary = summarise(of_split(evaluation.main, "test"))
    assert summary.n == 3
    assert summary.right.value == 2 / 3
    assert (summary.caught.value, summary.false_refusals.value, summary.refusal_precision.value) == (
        1.0,
        0.5,
        0.5,
    )
    assert (summary.key_facts.value, summary.citation_recall.value, summary.citation_precision.value) == (
        0.5,
        0.5,
        1,
    )
    assert summary.words == 3.0


def test_categories_stand_in_their_fixed_order(evaluation):
    assert list(by_category(evaluation.main.results)) == ["fact", "grade", "unanswerable"]


def test_the_difference_is_in_right_replies(evaluation):
    refuse, ours = (run.results for run in evaluation.runs)
    assert difference(ours, refuse).value == 0.5


def test_markdown_has_a_row_for_each_system_split_and_category(evaluation):
    text = to_markdown(evaluation)
    assert "## The test split: 3 questions, 1 of them not answered by the report" in text
    assert "## The dev split: 1 questions, 0 of them not answered by the report" in text
    assert "| ours | 3 | 66.7 [20.8, 93.9] | 50.0 | 50.0 | 100.0 | 100.0 | 50.0 | 50.0 | 3 |" in text
    assert "| ours | 2 | 0.500 | 0.500 | 0.500 | 0.500 |" in text
    assert "| unanswerable | 1 | 100.0 [20.7, 100.0] | – | – | – | 100.0 | – | 100.0 | – |" in text
    assert (
        "- test c (grade): status is not_in_report, expected answered; missing: \\b91\\b; does not cite 1"
        in text
    )
    assert "- Of ours, 0 cited paragraphs do not exist and 0 quotes are not verbatim." in text


def test_the_list_of_failures_can_be_left_out(evaluation):
    assert "gets wrong" in to_markdown(evaluation)
    assert "gets wrong" not in to_markdown(evaluation, failures=False)


def test_json_has_a_verdict_on_every_question_by_every_system(evaluation):
    value = json.loads(to_json(evaluation))
    assert [question["id"] for question in value["questions"]] == ["a", "b", "c", "d"]
    assert value["questions"][2]["systems"]["ours"] == {
        "right": False,
        "status": "not_in_report",
        "cited": [],
        "confidence": 0.1,
        "words": 5,
        "reasons": ["status is not_in_report, expected answered", "missing: \\b91\\b", "does not cite 1"],
    }
    assert value["questions"][0]["answer"] == "There were 91. [1]"
    assert value["splits"]["test"]["systems"]["ours"]["right"]["value"] == 0.666667
    assert value["splits"]["test"]["differences"]["always-refuse"]["value"] == 0.333333
    assert value["refusal"]["ours"]["auroc"] == pytest.approx(2.5 / 3, abs=1e-6)


def test_the_same_evaluation_gives_the_same_bytes_and_no_times(evaluation):
    assert to_json(evaluation) == to_json(evaluation)
    assert to_markdown(evaluation) == to_markdown(evaluation)
    assert "second" not in to_json(evaluation) + to_markdown(evaluation)


def test_times_are_kept_apart(evaluation):
    assert timings(evaluation.runs)["ours"] == {"median_ms": 10.0, "p95_ms": 10.0, "total_s": 0.04}
    assert to_lines(evaluation.runs[1:]) == "ours: median 10.0 ms, 95th percentile 10.0 ms a question"


def test_a_bar_in_a_cell_does_not_end_it():
    assert table(["a"], [["1|2"]]) == "| a |\n| --- |\n| 1\\|2 |"


def test_shares_are_shown_in_percent():
    assert percent(0.1234) == "12.3"
    assert percent(None) == "–"
    assert with_interval(Interval(0.05, -0.01, 0.11), signed=True) == "+5.0 [-1.0, +11.0]"


def test_numbers_are_rounded_wherever_they_stand():
    assert rounded({"a": [1 / 3, (2, "x")], "b": None}) == {"a": [0.333333, [2, "x"]], "b": None}


def test_lines_are_valid_json():
    text = with_lines({"a": {"b": 1}}, "items", [{"c": "é"}, 2])
    assert json.loads(text) == {"a": {"b": 1}, "items": [{"c": "é"}, 2]}
    assert '\n{"c": "é"},\n2\n' in text
