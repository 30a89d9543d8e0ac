"""The command that writes questions: what it refuses, what it asks and what it tells."""

from __future__ import annotations

import pytest

from corpus.errors import CorpusError
from qa.__main__ import main
from qa.errors import InputError
from qa.expand import expand
from qa.settings import Settings
from tests.qa.chat_server import fails, says, serving
from tests.qa.expand.made import ALL, good, written


def refused(report_id, generator="openai:m", **options):
    with pytest.raises((InputError, CorpusError)) as error:
        expand(report_id, Settings(generator=generator), say=print, **options)
    return str(error.value)


def test_the_shipped_report_is_refused(report):
    assert refused("kingston-2012") == (
        "The questions of 'kingston-2012' come with the program. Name a report that was added, "
        "with --report: anytown-2019."
    )


def test_without_a_language_model_it_says_what_to_set(report, path):
    assert refused(report.id, "quotes") == (
        "Questions are written by a language model, and none is set. Set QA_GENERATOR or give --generator, "
        "such as openai:MODEL or gguf:PATH; docs/models.md has recipes."
    )
    assert not path.exists()


def test_what_else_cannot_be_used_is_told(report):
    assert refused("nowhere") == "There is no report 'nowhere'. Reports: anytown-2019, kingston-2012."
    assert refused(report.id, limit=0) == "--limit must be 1 or more, not 0."
    assert "Set QA_BASE_URL" in refused(report.id)


def command(*more):
    return main(["expand", "--report", "anytown-2019", "--generator", "openai:m", *more])


def test_the_command_asks_a_server(report, path, monkeypatch, capsys):
    with serving(says(good)) as (address, seen):
        monkeypatch.setenv("QA_BASE_URL", address)
        assert command("--limit", "2") == 0
        assert command() == 0
    assert written(path) == ALL
    assert len(seen) == 4
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines()[-1] == (
        "The index is rebuilt at the next question, or now by: python -m index build --report anytown-2019"
    )


def test_the_command_ends_with_2_when_the_server_refuses(report, path, monkeypatch, capsys):
    with serving(fails(401)) as (address, _):
        monkeypatch.setenv("QA_BASE_URL", address)
        monkeypatch.setenv("QA_API_KEY", "sk-secret-key-123")
        assert command() == 2
    told = capsys.readouterr().err
    assert (
        "failed 3 times in a row: its server did not accept the key. Questions were written for 0 s" in told
    )
    assert "secret" not in told
    assert not path.exists()


def test_several_reports_at_once_are_refused(report, capsys):
    assert main(["expand", "--report", "all", "--generator", "openai:m"]) == 2
    assert "one report at a time" in capsys.readouterr().err
