"""Several reports from the command line; adding one embeds only what is new, removing one leaves nothing behind."""

import json

import pytest

from corpus import adding
from corpus.library import DEFAULT_REPORT
from evals.siblings.benchmark import FOLDER
from index.passages import passages
from qa import __main__ as program
from qa.build import build_library, chosen_reports
from qa.errors import InputError
from qa.settings import Settings
from tests.qa.conftest import BagEncoder

SIBLINGS = ("anytown-2013", "marlbeck-2011", "marlbeck-2014")


class CountingEncoder(BagEncoder):
    """Remembers every text that it encodes."""

    def __init__(self):
        self.seen = []

    def encode(self, texts):
        self.seen += texts
        return super().encode(texts)


@pytest.fixture
def encoder(monkeypatch):
    made = CountingEncoder()
    monkeypatch.setattr("index.encoder.load_encoder", lambda name=None: made)
    return made


def add(report_id):
    adding.keep(adding.read_report(FOLDER / f"{report_id}.md", report_id, {}).report)


@pytest.fixture
def home(tmp_path, monkeypatch, encoder):
    """A data directory with the made-up reports added; of the shipped report there is no index in it."""
    monkeypatch.setenv("QA_HOME", str(tmp_path))
    for report_id in SIBLINGS:
        add(report_id)
    return tmp_path


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


# --- the command line


def test_reports_are_named_apart_by_commas_or_all_together(home):
    assert chosen_reports("anytown-2013") == ("anytown-2013",)
    assert chosen_reports("marlbeck-2011, anytown-2013,marlbeck-2011") == ("marlbeck-2011", "anytown-2013")
    assert chosen_reports("all") == ("anytown-2013", DEFAULT_REPORT, "marlbeck-2011", "marlbeck-2014")
    with pytest.raises(InputError, match="several apart by commas, or all"):
        chosen_reports(" , ")


def test_ask_over_several_reports_names_each(home, capsys):
    assert (
        program.main(["ask", "--report", "anytown-2013,marlbeck-2011", "How many care leavers were there?"])
        == 0
    )
    assert capsys.readouterr().out.splitlines() == [
        "Anytown 2013: “There were 64 care leavers.” [anytown-2013:4]",
        "Marlbeck 2011: “There were 131 care leavers.” [marlbeck-2011:4]",
        "",
        "[anytown-2013:4] Anytown 2013, para 4 › Service information",
        "[marlbeck-2011:4] Marlbeck 2011, para 4 › Service information",
    ]  # fmt: skip


def test_the_json_form_has_the_same_keys_as_for_one_report(home, capsys):
    question = "How many care leavers were there?"
    assert program.main(["ask", "--json", "--report", "anytown-2013", question]) == 0
    one = json.loads(capsys.readouterr().out)
    assert program.main(["ask", "--json", "--report", "anytown-2013,marlbeck-2011", question]) == 0
    several = json.loads(capsys.readouterr().out)
    assert list(one) == list(several)
    assert [c["report"] for c in several["citations"]] == ["anytown-2013", "marlbeck-2011"]


@pytest.mark.parametrize("command", [["check", "draft.md"], ["tracker"]])
def test_what_is_about_one_report_says_so(home, capsys, command):
    assert program.main([*command, "--report", "anytown-2013,marlbeck-2011"]) == 2
    assert "one report at a time" in capsys.readouterr().err


def test_an_unknown_report_among_several_is_told_with_those_that_exist(home, capsys):
    assert program.main(["ask", "--report", "anytown-2013,nowhere", "How many?"]) == 2
    error = capsys.readouterr().err
    assert "'nowhere'" in error
    assert "anytown-2013, kingston-2012" in error


def test_a_line_may_confine_its_question_to_some_of_the_reports(home, tmp_path, capsys):
    question = "How many care leavers were there?"
    lines = [
        {"id": 1, "question": question, "report": "marlbeck-2014"},
        {"id": 2, "question": question, "report": "anytown-2013, marlbeck-2011"},
        {"id": 3, "question": question, "report": "all"},
        {"id": 4, "question": question},
        {"id": 5, "question": question, "report": "kingston-2012"},
        {"id": 6, "question": question, "report": ["anytown-2013"]},
    ]
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    arguments = ["answer", "--input", str(source), "--output", str(output), "--report", ",".join(SIBLINGS)]
    assert program.main(arguments) == 0
    values = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [sorted(c["report"] for c in v.get("citations", [])) for v in values] == [
        ["marlbeck-2014"],
        ["anytown-2013", "marlbeck-2011"],
        list(SIBLINGS),
        list(SIBLINGS),
        [],
        [],
    ]
    assert values[4]["error"].startswith("There is no report 'kingston-2012' among those that can be asked")
    assert values[5]["error"] == "The report must be a string, an id; it is a list."


def test_where_one_report_is_asked_a_line_that_names_one_is_as_any_other(home, tmp_path):
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        '{"id": 1, "question": "How many care leavers were there?", "report": 7}', encoding="utf-8"
    )
    arguments = ["answer", "--input", str(source), "--output", str(output), "--report", "anytown-2013"]
    assert program.main(arguments) == 0
    assert json.loads(output.read_text(encoding="utf-8"))["status"] == "answered"


# --- what is embedded, and what is left


def test_only_reports_that_are_asked_are_loaded_and_embedded(home, encoder):
    library = build_library(Settings(home=home), SIBLINGS)
    library.ask("How many care leavers were there in Anytown?")
    assert [path.name for path in (home / "indexes").iterdir() if path.name[0] != "."] == ["anytown-2013"]


def test_adding_a_report_embeds_only_what_is_new(home, encoder):
    build_library(Settings(home=home), SIBLINGS[:2]).ask("How many care leavers were there?")
    before = {path: path.stat().st_mtime_ns for path in (home / "indexes").rglob("*.*") if path.is_file()}
    encoder.seen.clear()
    build_library(Settings(home=home), SIBLINGS).ask("How many care leavers were there?")
    old, new = (
        {unit.text for unit in passages(adding.kept(home / "reports" / report_id), ())}
        for report_id in ("anytown-2013", "marlbeck-2014")
    )
    seen = set(encoder.seen)
    assert new <= seen
    assert (old - new) & seen == set()
    after = {path: path.stat().st_mtime_ns for path in before if path.exists()}
    assert {p: t for p, t in after.items() if "lock" not in p.name} == {
        p: t for p, t in before.items() if "lock" not in p.name
    }


def test_removing_a_report_leaves_no_trace_of_it(home, encoder):
    kept = {name for name in files(home) if "marlbeck-2014" not in name}
    library = build_library(Settings(home=home), SIBLINGS)
    library.ask("How many care leavers were there?")
    assert (home / "indexes" / "marlbeck-2014").is_dir()
    adding.remove("marlbeck-2014")
    left = files(home)
    assert [name for name in left if "marlbeck-2014" in name] == []
    held = [path for path in home.rglob("*") if path.is_file() and b"Thornley Lodge" in path.read_bytes()]
    assert held == []
    assert kept <= set(left)
    others = build_library(Settings(home=home), SIBLINGS[:2]).ask("How many care leavers were there?")
    assert {c.evidence.report for s in others.statements for c in s.citations} == set(SIBLINGS[:2])


def test_a_report_added_under_the_id_of_one_removed_is_embedded_anew(home, encoder):
    build_library(Settings(home=home), SIBLINGS).ask("How many care leavers were there?")
    adding.remove("marlbeck-2014")
    other = adding.read_report(FOLDER / "anytown-2013.md", "marlbeck-2014", {}).report
    adding.keep(other)
    encoder.seen.clear()
    answer = build_library(Settings(home=home), ("anytown-2013", "marlbeck-2014")).ask(
        "What does paragraph 5 say?", reports=["marlbeck-2014"]
    )
    assert "Quarry House" in answer.text
    assert any("Quarry House" in text for text in encoder.seen)
