"""A small report that was added, in a data directory of its own."""

from __future__ import annotations

import pytest

from corpus import adding
from tests.qa.expand.made import AUDIT, BOARD, CARERS, RECORDS


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("QA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def report(home, tmp_path):
    source = tmp_path / "anytown.html"
    source.write_text(
        f"<h1>Inspection of Anytown</h1><h2>Fostering</h2><p>1. {CARERS} They said:</p>"
        f"<h2>Leadership</h2><p>2. {BOARD} {RECORDS} All good. {BOARD}</p>"
        f"<p>3. Within three months the council should:</p><ul><li>{AUDIT}</li></ul>",
        encoding="utf-8",
    )
    made = adding.read_report(source, "anytown-2019", {"authority": "Anytown Council"}).report
    adding.keep(made)
    return made


@pytest.fixture
def path(home, report):
    return home / "reports" / report.id / "questions.jsonl"
