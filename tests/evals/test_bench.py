"""The comparison with other tools: what their pieces stand for, the measures, the workers and the tables."""

import json
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

import pytest

from corpus.library import load as load_report
from corpus.values import Span
from evals.bench import memory, run, tables
from evals.bench.pieces import held, ranking
from evals.bench.quality import quality, share_held
from evals.bench.systems import SYSTEMS, System, present
from tests.evals.conftest import build_case

LAYOUT = (
    Span("heading", 0, 10),
    Span("number", 10, 12, "1"),
    Span("paragraph", 12, 40, "1"),
    Span("gap", 40, 41),
    Span("paragraph", 41, 100, "2"),
    Span("grade", 100, 110),
    Span("paragraph", 110, 120, "3"),
)


@pytest.mark.parametrize(
    ("piece", "numbers"),
    [
        ((0, 10), ()),
        ((11, 30), ("1",)),
        ((40, 41), ()),
        ((30, 50), ("1", "2")),
        ((35, 50), ("2", "1")),
        ((39, 41), ("1",)),
        ((99, 111), ("findings", "2", "3")),
        ("79", ("79",)),
    ],
)
def test_a_piece_stands_for_the_paragraphs_it_holds_something_of_the_most_held_first(piece, numbers):
    assert held(piece, LAYOUT) == numbers


def test_the_paragraphs_of_a_better_piece_come_before_those_of_a_worse_one_and_each_once():
    assert ranking([(35, 50), (110, 120), (12, 20)], LAYOUT) == ("2", "1", "3")


def test_the_share_held_is_that_of_the_required_groups_and_not_of_their_members():
    report = load_report()
    case = build_case(required=[["12", "13"], ["79"]])
    assert share_held(case, ["13"], report) == 0.5
    assert share_held(case, ["12", "79"], report) == 1.0
    assert share_held(case, [], report) == 0.0


def test_the_measures_are_those_worked_out_by_hand():
    report = load_report()
    cases = [build_case(id="a", required=[["12"]]), build_case(id="b", required=[["79"]])]
    measured = quality(cases, [["12", "13"], ["1", "79", "3", "4", "5", "6"]], report)
    assert measured["recall@1"] == 0.5
    assert measured["recall@5"] == 1.0
    assert measured["nDCG@10"] == pytest.approx((1 + 0.63093) / 2, abs=1e-5)
    assert measured["held@1"] == 0.5
    assert measured["held@5"] == 1.0
    words = {p.number: len(p.text.split()) for p in report.paragraphs}
    both = [words["12"] + words["13"], sum(words[n] for n in ("1", "79", "3", "4", "5"))]
    assert measured["words@5"] == sum(both) / 2


def test_a_long_piece_that_holds_everything_ranks_no_paragraph_twice_but_holds_all():
    report = load_report()
    everything = (0, len(report.source))
    measured = quality([build_case(required=[["79"]])], [[everything]], report)
    assert (measured["held@1"], measured["recall@1"]) == (1.0, 0.0)


def test_the_questions_are_of_the_test_split_answerable_and_stand_alone():
    cases = run.asked()
    assert len(cases) > 250
    assert {(case.split, case.answerable, case.history) for case in cases} == {("test", True, ())}


def test_a_system_whose_package_is_missing_is_told_and_left_out():
    absent = System("Absent", "evals.bench.peers.absent", ("no-such-package",), "is not there")
    told = []
    result = run.compare([absent], progress=told.append)
    assert result["systems"] == []
    assert result["left out"] == {"Absent": "not installed: no-such-package"}
    assert told == ["Absent is left out: not installed: no-such-package"]


def test_a_system_that_fails_is_told_with_its_last_words_and_left_out():
    broken = System("Broken", "evals.bench.peers.broken", (), "has no module")
    result = run.compare([broken], rounds=1, progress=lambda line: None)
    assert result["left out"] == {
        "Broken": "it failed to build: ModuleNotFoundError: No module named 'evals.bench.peers.broken'"
    }


def test_a_worker_that_tries_to_reach_another_machine_fails():
    code = (
        "import sys, socket; from evals.bench import worker; sys.addaudithook(worker.refuse_network); "
        "socket.create_connection(('192.0.2.1', 80))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=run.ROOT)
    assert "it tried to reach another machine" in done.stderr


def test_the_memory_of_a_process_that_is_gone_is_unknown():
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    assert memory.resident_mb(child.pid) is None


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells how much memory is held")
def test_the_memory_held_now_is_at_most_the_most_that_was_held():
    assert 1 < memory.resident_mb() <= memory.most_mb()


RESULT = {
    "about": {"questions": 2, "rounds": 3, "report": "r", "encoder": "e", "cores": 2, "python": "3.11.7"},
    "systems": [
        {
            "system": name,
            "ours": name == "ours",
            "what": "finds <things>",
            "versions": "",
            **dict.fromkeys(("recall@1", "recall@5", "nDCG@10", "held@1", "held@5"), 0.5),
            **dict.fromkeys(
                ("words@5", "index_s", "index_cpu_s", "index_mb", "cold_s", "median_ms", "p95_ms", "cpu_ms"),
                7.0,
            ),
            "resident_mb": None,
        }
        for name in ("ours", "others")
    ],
    "left out": {"Absent": "not installed: x"},
}


def test_the_tables_show_every_system_and_who_is_left_out():
    text = tables.to_markdown(RESULT)
    row = "| others | 0.500 | 0.500 | 0.500 | 0.500 | 0.500 | 7 | 7.0 | 7.0 | 7.0 | 7.00 | 7.0 | 7.0 | 7.0 | – |"
    assert row in text
    assert "- **Absent** is left out: not installed: x" in text
    assert "over 2 questions" in text
    assert json.loads(tables.to_json(RESULT)) == RESULT


def test_the_picture_is_svg_and_leaves_out_what_was_not_measured():
    root = ElementTree.fromstring(tables.to_svg(RESULT))
    words = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words.count("others") == 5
    assert not any("memory" in text for text in words)


PEERS = [system for system in SYSTEMS if not system.ours]


@pytest.mark.encoder
@pytest.mark.parametrize("system", PEERS, ids=lambda system: system.name)
def test_another_tool_finds_the_stretch_that_answers(system, tmp_path):
    if system not in present():
        pytest.skip(f"the optional extra 'bench' is not installed: {', '.join(system.missing())}")
    text = "1. There are 91 children on plans.\n\n2. The canteen serves soup.\n\n3. Buses run hourly.\n"
    bench = run.Bench(tmp_path, text, ["Does the canteen serve soup?"])
    built = bench.build(system)
    assert 0 < built["seconds"] < time.monotonic()
    found = bench.ask(system)["found"][0]
    start, end = found[0]
    assert "soup" in text[start:end]


def test_every_system_of_this_tool_has_its_module():
    for system in SYSTEMS:
        if system.ours:
            module = import_module(system.module)
            assert callable(module.build)
            assert callable(module.opened)
