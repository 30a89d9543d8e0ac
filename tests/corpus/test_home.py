from pathlib import Path

import platformdirs
import pytest

from corpus.home import data_home


def test_the_environment_chooses_the_data_directory(monkeypatch, tmp_path):
    monkeypatch.setenv("QA_HOME", str(tmp_path))
    assert data_home() == tmp_path


def test_a_tilde_is_the_home_of_the_user(monkeypatch):
    monkeypatch.setenv("QA_HOME", "~/reports")
    assert data_home() == Path.home() / "reports"


@pytest.mark.parametrize("value", ["", "  ", None])
def test_otherwise_it_is_the_user_data_directory_of_the_system(monkeypatch, value):
    monkeypatch.delenv("QA_HOME", raising=False)
    if value is not None:
        monkeypatch.setenv("QA_HOME", value)
    assert data_home() == platformdirs.user_data_path("report-qa")
