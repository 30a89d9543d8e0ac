"""The command line: exit codes, what goes to stdout and what does not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from index.errors import IndexMissingError, IndexRefusedError
from qa import __main__ as cli
from qa.errors import InputError
from qa.values import Answer, Citation, Evidence, Statement

ROOT = Path(__file__).parents[2]


@pytest.fixture
def over_bag(monkeypatch, bag_pipeline):
    """The command line over the quick pipeline."""
    monkeypatch.setattr(cli, "_pipeline", lambda options: bag_pipeline)


def python(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "qa", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        **options,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["answer", "--help"]])
def test_help_is_printed(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 0
    assert "usage: python -m qa" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ask"],
        ["answer"],
        ["answer", "--input", "x"],
        ["ask", "a", "b"],
        ["tell", "x"],
        ["ask", "q", "-x"],
    ],
)
def test_bad_usage_ends_with_2_and_an_empty_stdout(capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


def test_help_needs_no_heavy_library():
    heavy = "{'torch', 'faiss', 'langchain_core', 'numpy'}"
    code = f"import sys, qa.__main__ as m; m._parser(); print(*(sys.modules.keys() & {heavy}))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""


@pytest.mark.usefixtures("over_bag")
class TestAsk:
    def test_prints_the_answer_then_a_line_for_each_source(self, capsys):
        assert cli.main(["ask", "para 79"]) == 0
        text = capsys.readouterr().out
        assert text.endswith(
            "[79]\n\n[79] Safeguarding services › Performance management and quality assurance\n"
        )

    def test_prints_a_refusal_with_the_paragraphs_worth_a_look(self, capsys):
        assert cli.main(["ask", "¶171"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[-1] == "Worth a look: paragraph 170"

    def test_prints_one_json_object_with_a_null_id(self, capsys):
        assert cli.main(["ask", "--json", "para 79"]) == 0
        text = capsys.readouterr().out
        assert text.count("\n") == 1
        value = json.loads(text)
        assert (value["id"], value["question"], value["status"]) == (None, "para 79", "answered")

    def test_prints_the_same_object_as_answer_writes(self, capsys, tmp_path):
        source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_text('{"question": "which areas were good"}\n')
        cli.main(["ask", "--json", "which areas were good"])
        asked = json.loads(capsys.readouterr().out)
        assert cli.main(["answer", "--input", str(source), "--output", str(output)]) == 0
        assert {**json.loads(output.read_text()), "seconds": 0} == {**asked, "seconds": 0}

    def test_takes_earlier_questions(self, capsys):
        earlier = ["--history", "What must be done immediately for looked after children?"]
        assert cli.main(["ask", "and within three months?", *earlier, "--json"]) == 0
        assert [c["paragraph"] for c in json.loads(capsys.readouterr().out)["citations"]] == ["97"]

    @pytest.mark.parametrize("question", ["", "  ", "x" * 10_001])
    def test_refuses_what_cannot_be_asked_with_2_and_an_empty_stdout(self, capsys, question):
        assert cli.main(["ask", question]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "question" in captured.err

    def test_refuses_bytes_that_are_no_text(self, capsys):
        assert cli.main(["ask", "caf\udce9?"]) == 2
        assert "UTF-8" in capsys.readouterr().err


@pytest.mark.usefixtures("over_bag")
class TestAnswer:
    def test_writes_the_file_and_nothing_to_stdout(self, capsys, tmp_path):
        source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_text('{"id": "q1", "question": "para 79"}\nbad\n')
        assert cli.main(["answer", "--input", str(source), "--output", str(output)]) == 0
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "Line 2:" in captured.err
        assert [json.loads(line)["id"] for line in output.read_text().splitlines()] == ["q1", None]

    @pytest.mark.parametrize(
        "case", ["missing", "folder", "binary", "same", "no folder", "output is a folder"]
    )
    def test_ends_with_2_when_a_file_cannot_be_used(self, capsys, tmp_path, case):
        source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        source.write_bytes(bytes(range(256)) if case == "binary" else b'{"question": "para 79"}\n')
        source = {"missing": tmp_path / "absent", "folder": tmp_path}.get(case, source)
        output = {"same": source, "no folder": tmp_path / "x" / "y", "output is a folder": tmp_path}.get(
            case, output
        )
        before = sorted(tmp_path.iterdir())
        assert cli.main(["answer", "--input", str(source), "--output", str(output)]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert len(captured.err.splitlines()) == 1
        assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("QA_TIMEOUT cannot be 'x'"), 2),
        (CorpusError("There is no report 'x'"), 2),
        (IndexMissingError("no index"), 2),
        (IndexRefusedError("Run: python -m index build"), 3),
        (KeyboardInterrupt(), 130),
        (OSError(28, "No space left on device"), 2),
    ],
)
def test_every_known_error_is_one_line_on_stderr_with_its_exit_code(monkeypatch, capfd, error, code):
    def fail(options):
        raise error

    monkeypatch.setattr(cli, "_pipeline", fail)
    monkeypatch.setattr(cli, "_abandon_stdout", lambda: None)
    assert cli.main(["ask", "q"]) == code
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert str(error.args[-1] if error.args else "Stopped") in captured.err


def test_an_unknown_report_and_generator_are_told_before_the_encoder_is_loaded(tmp_path):
    report = python("ask", "q", "--report", "nowhere")
    assert (report.returncode, report.stdout) == (2, "")
    assert "nowhere" in report.stderr
    assert "kingston-2012" in report.stderr
    generator = python("ask", "q", "--generator", "nonsense")
    assert (generator.returncode, generator.stdout) == (2, "")
    assert "nonsense" in generator.stderr
    assert "Traceback" not in report.stderr + generator.stderr


def evidence(number, section=()):
    return Citation(Evidence("kingston-2012", number, "q", 0, 1), section)


def test_a_source_without_a_section_is_its_name_alone():
    statements = (Statement("a", (evidence("findings"), evidence("12", ("Service information",)))),)
    found = Answer("q", "answered", "a [findings, 12]", "kingston-2012", statements=statements)
    assert cli.as_text(found) == "a [findings, 12]\n\n[findings]\n[12] Service information"


@pytest.mark.parametrize(
    ("related", "lines"),
    [((), []), (("9",), ["Worth a look: paragraph 9"]), (("9", "12"), ["Worth a look: paragraphs 9, 12"])],
)
def test_a_refusal_ends_with_what_is_worth_a_look(related, lines):
    found = Answer("q", "not_in_report", "No.", "kingston-2012", related=related, reason="x")
    assert cli.as_text(found).split("\n") == ["No.", *lines]


@pytest.mark.encoder
def test_the_program_answers_from_a_made_index(real_home):
    import os

    environment = {**os.environ, "QA_HOME": str(real_home)}
    found = python("ask", "How many children were subject to child protection plans?", env=environment)
    assert found.returncode == 0
    assert found.stdout.splitlines()[-1] == "[12] Service information"
    assert "91" in found.stdout
    assert found.stderr == ""


@pytest.mark.encoder
def test_a_reader_that_goes_away_gets_no_traceback(real_home):
    import os

    environment = {**os.environ, "QA_HOME": str(real_home)}
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run(
        [sys.executable, "-m", "qa", "ask", "para 79"],
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environment,
    )
    os.close(writing)
    assert (process.returncode, process.stderr) == (0, b"")


@pytest.mark.encoder
def test_a_tampered_index_ends_with_3_and_names_the_command(real_home, tmp_path):
    import os
    import shutil

    shutil.copytree(real_home, tmp_path / "home")
    passages = next((tmp_path / "home").rglob("passages.jsonl"))
    passages.write_bytes(passages.read_bytes().replace(b"91 children", b"19 children"))
    found = python("ask", "para 79", env={**os.environ, "QA_HOME": str(tmp_path / "home")})
    assert (found.returncode, found.stdout) == (3, "")
    assert "python -m index build" in found.stderr
    assert "Traceback" not in found.stderr
