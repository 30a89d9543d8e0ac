"""The guides say what the program does."""

import re

from pydantic_core import PydanticUndefined

from qa.page.desk import HELD, LARGEST, MOST
from qa.page.limits import LONGEST_QUESTION
from qa.page.sessions import LASTS, OF_ONE_ADDRESS, OF_ONE_NAME, WINDOW
from qa.page.signin import OWNER_COOKIE, OWNER_LASTS, SESSION_COOKIE
from qa.page.users import SHORTEST_PASSWORD
from qa.settings import Settings
from tests.test_architecture import ROOT

RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
PRIVACY = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")


def default(value):
    """A default as the table has it."""
    if value is PydanticUndefined:
        return "the system's user data directory"
    if value is None or value == "":
        return "none"
    return f"`{value:g}`" if isinstance(value, float) else f"`{str(value).lower()}`"


def test_the_table_of_settings_lists_every_setting_with_its_default():
    rows = re.findall(r"^\| `QA_([A-Z_]+)` \| (.*?) \| (.*?) \|$", RUNNING, re.MULTILINE)
    fields = Settings.model_fields
    assert {name.lower(): shown for name, shown, _ in rows} == {
        name: default(field.default) for name, field in fields.items()
    }
    assert [name for name, _, meaning in rows if not meaning] == []


def test_the_guides_name_no_setting_that_there_is_not():
    known = {f"QA_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"QA_[A-Z_]+", RUNNING + PRIVACY)) - known == set()


def test_the_limits_and_times_in_the_guides_are_the_programs():
    assert f"at\nleast {SHORTEST_PASSWORD} characters" in RUNNING
    assert f"stays signed in for {LASTS // 3600} hours" in RUNNING
    assert f"After {OF_ONE_NAME} wrong passwords" in RUNNING
    assert f"or {OF_ONE_ADDRESS} from one address" in RUNNING
    assert f"for {WINDOW // 60} minutes" in RUNNING
    assert f"| length of a question | {LONGEST_QUESTION:,} characters |" in RUNNING
    assert f"| questions of one person in a minute | {Settings.model_fields['rate'].default} |" in RUNNING
    assert f"`{OWNER_COOKIE}` | a year" in PRIVACY
    assert OWNER_LASTS == 365 * 24 * 3600
    assert f"`{SESSION_COOKIE}` | {LASTS // 3600} hours" in PRIVACY


def test_what_is_said_of_uploads_is_so():
    guides = [
        (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("adding-reports.md", "using.md")
    ]
    assert f"| size of an uploaded report | {LARGEST} MB |" in RUNNING
    assert f"client_max_body_size 2m;  # {LARGEST + 1}m" in RUNNING
    assert f"| {MOST}, for an hour each |" in RUNNING
    assert HELD == 3600
    assert all(f"at most {LARGEST} MB" in guide for guide in guides)
