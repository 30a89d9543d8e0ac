import subprocess
import sys
from pathlib import Path

import pytest

import index.__main__ as command
from corpus.library import expansions as shipped_expansions
from corpus.library import load
from corpus.library import probes as shipped_probes
from index import store
from tests.index.conftest import taught_nothing

ROOT = Path(command.__file__).parents[1]


@pytest.fixture
def fake(monkeypatch, encoder):
    """The command with a fake encoder in the place of the packaged one."""
    monkeypatch.setattr(command, "load_encoder", lambda name: encoder)
    monkeypatch.setattr(command, "encoder_fingerprint", lambda name: encoder.fingerprint)
    taught_nothing(monkeypatch)
    return encoder


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def run(home, *arguments):
    return command.main([*arguments, "--home", str(home), "--encoder", "bag of words"])


def test_build_shows_progress_seconds_and_memory_and_leaves_stdout_empty(fake, home, capsys):
    assert run(home, "build") == 0
    out, err = capsys.readouterr()
    lines = err.splitlines()
    assert out == ""
    assert lines[0] == "Loading the encoder bag of words"
    assert lines[1].startswith("Encoding texts: 0 of ")
    assert lines[-3].startswith("The index of 'kingston-2012' is ready: ")
    assert lines[-2] == "The index of all reports (FAISS, exact) holds 1 report."
    assert " seconds, " in lines[-1]
    assert lines[-1].endswith(" MB of memory at most")


def test_what_build_made_is_loaded_by_others(fake, home):
    run(home, "build")
    report = load()
    index = store.load(report, shipped_expansions(report), fake, home, probes=shipped_probes(report))
    assert index.search("child protection plans", top_k=3)[0].score > 0


def test_info_prints_the_facts_of_the_manifest(fake, home, capsys):
    run(home, "build")
    capsys.readouterr()
    assert run(home, "info") == 0
    facts = dict(line.split(None, 1) for line in capsys.readouterr().out.splitlines())
    manifest = store.read_manifest("kingston-2012", home)
    assert facts["report"] == "kingston-2012"
    assert facts["state"] == "ready"
    assert facts["id"] == manifest.id
    assert facts["encoder"] == "bag of words"
    assert facts["dimension"] == "256"
    assert facts["corpus"] == manifest.corpus
    assert "question 13,715, row 26, answered 10,250, unanswered 10,623" in facts["passages"]
    assert facts["vectors.faiss"] == f"sha256 {manifest.files['vectors.faiss']}"


def test_info_says_why_an_index_is_out_of_date(fake, home, capsys):
    run(home, "build")
    fake.fingerprint = "other"
    assert run(home, "info") == 0
    assert (
        "out of date: the model files of the encoder 'bag of words' have changed" in capsys.readouterr().out
    )


def test_info_without_an_index_says_how_to_get_one(fake, home, capsys):
    assert run(home, "info") == 0
    out, err = capsys.readouterr()
    assert out.startswith("There is no index of 'kingston-2012'")
    assert "python -m index build" in out
    assert err == ""
    assert not home.exists()


def test_info_on_a_tampered_index_exits_with_3_and_the_command(fake, home, capsys):
    run(home, "build")
    passages = home / "indexes" / "kingston-2012" / "passages.jsonl"
    passages.write_bytes(passages.read_bytes()[:-1])
    capsys.readouterr()
    assert run(home, "info") == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "python -m index build --report kingston-2012" in err


def test_build_repairs_a_tampered_index(fake, home):
    run(home, "build")
    (home / "indexes" / "kingston-2012" / "manifest.json").write_text("{}")
    assert run(home, "build") == 0
    assert run(home, "info") == 0


@pytest.mark.parametrize("name", ["build", "info"])
def test_an_unknown_report_is_bad_input_and_named_with_those_that_exist(fake, home, capsys, name):
    assert run(home, name, "--report", "atlantis") == 2
    err = capsys.readouterr().err
    assert "'atlantis'" in err
    assert "kingston-2012" in err
    assert "Traceback" not in err


def test_a_home_that_is_a_file_is_bad_input(fake, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert run(tmp_path / "file", "build") == 2
    assert "QA_HOME" in capsys.readouterr().err


def test_an_unknown_encoder_is_bad_input(home, capsys):
    assert command.main(["build", "--home", str(home), "--encoder", "two words"]) == 2
    assert "There is no encoder 'two words'" in capsys.readouterr().err


def test_the_environment_names_home_and_encoder(fake, home, capsys, monkeypatch):
    monkeypatch.setenv("QA_HOME", str(home))
    monkeypatch.setenv("QA_ENCODER", "bag of words")
    assert command.main(["build"]) == 0
    assert command.main(["info"]) == 0
    assert f"folder          {home}/indexes/kingston-2012" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["destroy"], ["build", "--nothing"]])
def test_bad_usage_exits_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as exit_:
        command.main(arguments)
    assert exit_.value.code == 2
    assert "usage: python -m index" in capsys.readouterr().err


def test_help_does_not_wait_for_the_heavy_libraries():
    heavy = ("torch", "faiss", "transformers")
    code = f"import sys, index.__main__; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    done = subprocess.run([sys.executable, "-m", "index", "--help"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "build" in done.stdout
