"""Settings come from the environment, and a bad one names its variable."""

from pathlib import Path

import pytest

from qa.build import check_generator
from qa.errors import InputError
from qa.settings import Settings, read_settings


@pytest.fixture
def environment(monkeypatch, tmp_path):
    for name in ("GENERATOR", "BASE_URL", "API_KEY", "TIMEOUT", "REPORT", "ENCODER", "COUNCIL_CONTACT"):
        monkeypatch.delenv(f"QA_{name}", raising=False)
    monkeypatch.setenv("QA_HOME", str(tmp_path))
    return monkeypatch


def test_every_setting_has_a_default(environment, tmp_path):
    settings = read_settings()
    assert (settings.generator, settings.timeout, settings.report) == ("quotes", 30.0, "kingston-2012")
    assert settings.home == tmp_path


def test_the_environment_changes_a_setting_and_a_given_value_beats_it(environment):
    environment.setenv("QA_TIMEOUT", "5")
    environment.setenv("QA_GENERATOR", "openai:x")
    assert read_settings().timeout == 5
    assert read_settings(generator="quotes").generator == "quotes"


@pytest.mark.parametrize(
    ("name", "value"), [("QA_TIMEOUT", "soon"), ("QA_TIMEOUT", "0"), ("QA_TIMEOUT", "-1")]
)
def test_a_bad_value_is_told_with_its_variable(environment, name, value):
    environment.setenv(name, value)
    with pytest.raises(InputError, match=f"{name} cannot be '{value}'"):
        read_settings()


def test_a_key_is_never_shown(environment):
    environment.setenv("QA_API_KEY", "very-secret")
    assert "very-secret" not in repr(read_settings())


def test_settings_cannot_be_changed(environment):
    settings = read_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.home = Path("elsewhere")


def test_an_unknown_generator_is_refused_by_name():
    with pytest.raises(InputError, match="'nonsense'"):
        check_generator(Settings(generator="nonsense"))
    check_generator(Settings(generator="quotes"))
