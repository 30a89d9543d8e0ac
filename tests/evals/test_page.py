import re
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from evals import history
from evals.background import BEGINS, ENDED, BackgroundRun
from evals.history import Past, Share
from evals.page import RESULTS, categories_table, evaluation_page, history_part, latest, plot, run_part
from evals.report import to_json
from evals.summary import Evaluation
from evals.values import Reply, Run
from tests.evals.conftest import small_report

WHEN = datetime(2026, 11, 25, 9, 36, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>"


def share(value, n=10):
    return Share(n=n, value=value, low=value - 0.1, high=value + 0.1)


def line(value, days=0):
    return Past(
        finished=WHEN + timedelta(days=days), system="ours", cases="10 (abc)", right={"test": share(value)}
    )


@pytest.fixture
def evaluation(make_case, make_result):
    right = make_result(make_case(id="a", split="test"), Reply("answered", "There were 91.", ("1",)))
    wrong = make_result(
        make_case(id="b", split="test", question=f"Why {HOSTILE}?", category="why", note="See 2"),
        Reply("answered", f"Because {HOSTILE}", ("2",)),
    )
    return Evaluation((Run("ours", "the whole tool", (right, wrong)),), {"cases": "2 (abc)"})


@pytest.fixture
def results(evaluation, tmp_path):
    (tmp_path / "results.json").write_text(to_json(evaluation))
    return latest(tmp_path)[0]


@pytest.fixture
def cases(evaluation):
    return {result.case.id: result.case for result in evaluation.main.results}


def cells(html, tag="t[hd]"):
    return re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", html)


def test_the_page_says_how_many_answers_are_right_with_an_interval(results, cases):
    page = evaluation_page(results, [line(0.5)], cases, small_report())
    assert "Of 2 test questions, 50.0% are answered rightly (95% interval 9.5% to 90.5%)." in page
    assert page.startswith("<!doctype html><html")


def test_each_category_has_a_row_and_all_together_the_last(results):
    rows = re.findall(r"<tr>(.*?)</tr>", categories_table(results, "test"))
    assert [cells(row)[:3] for row in rows[1:]] == [
        ["fact", "1", "100.0"],
        ["why", "1", "0.0"],
        ["all", "2", "50.0"],
    ]


def test_a_wrong_answer_stands_beside_what_was_expected_and_is_shown_as_text(results, cases):
    page = evaluation_page(results, [], cases, small_report())
    assert "Wrong answers (1 of 2)" in page
    assert "<summary>b · why · Why &lt;script&gt;alert(1)&lt;/script&gt;?</summary>" in page
    assert (
        "<dt>Expected</dt><dd>answered; paragraphs 1\n“There were 91 children on plans.” (1)\nSee 2</dd>"
        in page
    )
    assert "<dt>Answer</dt><dd>Because &lt;script&gt;" in page
    assert "does not cite 1" in page
    assert HOSTILE not in page


def test_a_case_that_is_gone_is_said(results):
    assert "This question is not asked any more." in evaluation_page(results, [], {}, small_report())


def test_the_plot_has_a_point_for_each_run_and_says_the_same_in_words():
    picture = plot([line(0.5), line(0.6, 1), line(0.75, 2)])
    root = ET.fromstring(picture)
    points = [(float(one.get("cx")), float(one.get("cy"))) for one in root.iter("circle")]
    assert len(points) == 3
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    assert [y for _, y in points] == sorted((y for _, y in points), reverse=True)
    assert root.find("title").text == (
        "Share of test questions answered rightly in 3 runs, from 50.0% of 10 on 25 November 2026 to 75.0% of 10 on "
        "27 November 2026; the lines are 95% intervals."
    )
    assert root.get("role") == "img"


def test_one_run_is_a_point_and_none_is_nothing():
    assert plot([line(0.5)]).count("<circle") == 1
    assert plot([]) == history_part([]) == ""


def test_the_history_is_a_table_too_newest_first():
    assert cells(history_part([line(0.5), line(0.6, 1)]))[3:] == [
        *("26 November 2026, 09:36", "10 (abc)", "60.0% of 10"),
        *("25 November 2026, 09:36", "10 (abc)", "50.0% of 10"),
    ]


def test_a_run_is_written_down_with_its_time_and_read_again(evaluation, tmp_path):
    made = history.past(evaluation, WHEN)
    history.append(tmp_path, made)
    with (tmp_path / "history.jsonl").open("a") as file:
        file.write("nonsense\n")
    history.append(tmp_path, line(0.7, -1))
    assert history.read(tmp_path, tmp_path / "none") == (line(0.7, -1), made)
    assert (made.right["test"].n, made.right["test"].value, made.cases) == (2, 0.5, "2 (abc)")


def test_the_results_of_the_latest_run_are_shown(evaluation, tmp_path):
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    for folder, note, days in ((shipped, "old", 0), (own, "new", 1)):
        folder.mkdir()
        (folder / "results.json").write_text(to_json(replace(evaluation, provenance={"cases": note})))
        history.append(folder, line(0.5, days))
    results, runs = latest(shipped, own)
    assert results["provenance"] == {"cases": "new"}
    assert len(runs) == 2


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 99}'])
def test_results_that_cannot_be_read_are_none(tmp_path, text):
    (tmp_path / "results.json").write_text(text)
    results, runs = latest(tmp_path)
    assert results is None
    assert "There are no results yet. Make them with: python -m evals run" in evaluation_page(
        results, runs, {}, small_report()
    )


def test_the_shipped_results_end_their_history():
    results, runs = latest(RESULTS)
    main = results["splits"]["test"]["systems"][results["main"]]
    assert runs[-1].cases == results["provenance"]["cases"]
    assert runs[-1].right["test"].value == main["right"]["value"]


def ended(run, seconds=30):
    until = time.monotonic() + seconds
    while run.running and time.monotonic() < until:
        time.sleep(0.01)
    return run.state


def test_a_run_in_the_background_tells_its_progress_and_its_end(tmp_path):
    go_on = tmp_path / "go on"
    code = (
        "import pathlib, sys, time\n"
        "print('ours: 100 of 200', file=sys.stderr, flush=True)\n"
        f"while not pathlib.Path({str(go_on)!r}).exists(): time.sleep(0.01)\n"
    )
    run = BackgroundRun([sys.executable, "-c", code])
    assert 'id="run">' in run_part(run)
    run.start()
    run.start()
    until = time.monotonic() + 30
    while run.state == BEGINS and time.monotonic() < until:
        time.sleep(0.01)
    assert run.state == "The evaluation is running. ours: 100 of 200"
    assert 'type="submit" disabled>' in run_part(run)
    assert 'data-running="yes"' in run_part(run)
    go_on.touch()
    assert ended(run) == ENDED


def test_a_run_that_fails_says_its_last_words():
    run = BackgroundRun([sys.executable, "-c", "import sys; sys.exit('The index is tampered with.')"])
    run.start()
    assert ended(run) == "The evaluation has failed: The index is tampered with."


def test_a_program_that_is_not_there_is_said():
    run = BackgroundRun(["/no/such/program"])
    run.start()
    assert ended(run) == "The evaluation could not be started: No such file or directory."
