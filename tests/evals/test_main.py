"""The command line, from the arguments to the files, over a fake tool that is a function of the question."""

import json
import re

import pytest

from evals import __main__ as program
from evals import gate, names
from evals.cases import CASES
from evals.systems import System, always_refuse
from evals.values import Reply
from index.errors import IndexRefusedError
from tests.evals.conftest import build_case, small_report

CASES_ASKED = (
    build_case(id="a", must_pass=True),
    build_case(id="b", question="How late are the visits?", required=[["2"]], facts=["late"], split="test"),
    build_case(
        id="c", question="What is the weather?", answerable=False, category="unanswerable", split="test"
    ),
)


class FakeWorkshop:
    """Makes every system alike: it copies the first paragraph that shares a long word with the question."""

    def __init__(self, settings, *, progress):
        self.report = small_report()

    def systems(self, wanted, cases):
        for name in wanted:
            yield (
                always_refuse(name=name, note="refuses")
                if name == names.ALWAYS_REFUSE
                else System(name, "copies", self.reply)
            )

    def reply(self, case):
        asked = set(re.findall(r"\w{4,}", case.question.lower()))
        for paragraph in self.report.paragraphs:
            if asked & set(re.findall(r"\w{4,}", paragraph.text.lower())):
                return Reply("answered", paragraph.text, (paragraph.number,), (paragraph.number,))
        return Reply("not_in_report", "The report does not say.", confidence=0.0)

    def provenance(self, cases):
        return {"cases": str(len(cases))}


class ForgetfulWorkshop(FakeWorkshop):
    """The same after a change for the worse: it refuses everything."""

    def reply(self, case):
        return Reply("not_in_report", "The report does not say.", confidence=0.0)


class TamperedWorkshop(FakeWorkshop):
    def systems(self, wanted, cases):
        raise IndexRefusedError("The index is tampered with. Run: python -m index build")


@pytest.fixture(autouse=True)
def small_world(monkeypatch, tmp_path):
    monkeypatch.setattr("evals.wiring.Workshop", FakeWorkshop)
    monkeypatch.setattr(program, "load", lambda: CASES_ASKED)
    monkeypatch.setattr(program, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(gate, "BASELINE", tmp_path / "results" / "baseline.json")


def test_a_whole_run_prints_the_tables_and_writes_the_results_and_a_line_of_history(tmp_path, capsys):
    assert program.main(["run"]) == 0
    printed = capsys.readouterr()
    assert "## The test split: 2 questions, 1 of them not answered by the report" in printed.out
    assert "| ours | 2 | 100.0 [34.2, 100.0] |" in printed.out
    assert "gets wrong" not in printed.out
    assert printed.err.count("3 questions in") == len(names.NAMES)
    written = sorted(path.name for path in (tmp_path / "results").iterdir())
    assert written == ["history.jsonl", "report.html", "results.json", "results.md", "timings.json"]
    value = json.loads((tmp_path / "results" / "results.json").read_text(encoding="utf-8"))
    assert [question["systems"]["ours"]["right"] for question in value["questions"]] == [True, True, True]


def test_the_systems_are_shown_in_their_fixed_order_however_they_were_asked(capsys):
    assert program.main(["run", "--system", "ours", "always-refuse"]) == 0
    rows = re.findall(r"^\| (ours|always-refuse) \| 2 \|", capsys.readouterr().out, re.MULTILINE)
    assert rows == ["always-refuse", "ours"]


def test_two_runs_write_the_same_bytes_but_for_the_times(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    assert (
        program.main(["run", "--output", str(first)]) == program.main(["run", "--output", str(second)]) == 0
    )
    for name in ("results.json", "results.md", "report.html"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


@pytest.mark.parametrize("narrow", [["--split", "dev"], ["--system", "ours"]])
def test_a_narrower_run_writes_only_where_it_is_told(tmp_path, narrow):
    assert program.main(["run", *narrow]) == 0
    assert not (tmp_path / "results").exists()
    assert program.main(["run", *narrow, "--output", str(tmp_path / "other")]) == 0
    assert (tmp_path / "other" / "results.md").is_file()


def test_the_gate_passes_an_unchanged_tool_and_asks_it_alone(capsys):
    assert program.main(["run", "--update-baseline"]) == 0
    assert program.main(["run", "--gate"]) == 0
    printed = capsys.readouterr()
    assert printed.out.endswith(
        "Gate passed.\nRight: +0.0 [+0.0, +0.0] points against the baseline on 3 questions "
        "(McNemar p = 1.000); 0 questions are new.\nMust-pass failures: 0\n"
        "Turned wrong: 0\nTurned right: 0\n"
    )
    assert "bm25-only" not in printed.out


def test_the_gate_fails_a_must_pass_failure_and_shows_both_answers(monkeypatch, capsys):
    assert program.main(["run", "--update-baseline"]) == 0
    monkeypatch.setattr("evals.wiring.Workshop", ForgetfulWorkshop)
    assert program.main(["run", "--gate"]) == 1
    printed = capsys.readouterr().out
    assert "Gate failed." in printed
    assert "before: 'There were 91 children on plans.'\n    now: 'The report does not say.'" in printed


def test_a_gate_without_a_baseline_is_an_error_before_anything_is_asked(capsys):
    assert program.main(["run", "--gate"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "There is no baseline" in printed.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--gate", "--system", "bm25-only"], "The gate and the baseline are about the system 'ours'"),
        (["--update-baseline", "--split", "dev"], "A baseline is of all questions"),
    ],
)
def test_options_that_do_not_go_together_are_an_error(capsys, arguments, words):
    assert program.main(["run", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_an_unknown_system_is_an_error_that_names_those_that_exist(capsys):
    with pytest.raises(SystemExit) as stopped:
        program.main(["run", "--system", "magic"])
    assert stopped.value.code == 2
    assert "always-refuse" in capsys.readouterr().err


def test_a_tampered_index_has_its_own_exit_code(monkeypatch, capsys):
    monkeypatch.setattr("evals.wiring.Workshop", TamperedWorkshop)
    assert program.main(["run"]) == 3
    assert "python -m index build" in capsys.readouterr().err


def test_results_that_cannot_be_written_are_an_error(tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert program.main(["run", "--output", str(tmp_path / "file" / "x")]) == 2
    assert "Choose another --output" in capsys.readouterr().err


def test_the_latest_results_are_printed(capsys):
    assert program.main(["report"]) == 2
    assert "There are no results" in capsys.readouterr().err
    assert program.main(["run"]) == 0
    capsys.readouterr()
    assert program.main(["report"]) == 0
    assert capsys.readouterr().out.startswith("# Evaluation\n\n- cases: 3\n")


def test_the_shipped_cases_are_those_that_are_read():
    assert {path.name for path in CASES.glob("*.jsonl")} == {
        "everyday.jsonl",
        "fact.jsonl",
        "refusal.jsonl",
        "structure.jsonl",
        "synthesis.jsonl",
    }
