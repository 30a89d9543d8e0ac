import io
import os
import stat
import subprocess
import sys

import pytest

from qa import __main__ as program
from qa.errors import InputError
from qa.page.users import Users, add_user, hashed, read_users, remove_user
from tests.test_architecture import ROOT

WORDS = "correct horse battery"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "made" / "users"


def test_who_was_added_is_known_by_their_password_only(path):
    assert add_user(path, "ann", WORDS) is True
    users = Users(path)
    assert users.verify("ann", WORDS) is True
    assert users.verify("ann", WORDS + " ") is False
    assert users.verify("ann", "") is False
    assert users.verify("ben", WORDS) is False
    assert users.verify("", "") is False


def test_the_file_holds_no_password_and_is_for_its_owner_only(path):
    add_user(path, "ann", WORDS)
    add_user(path, "ben", WORDS)
    text = path.read_text()
    assert WORDS not in text
    assert [line.partition(":")[0] for line in text.splitlines()] == ["ann", "ben"]
    assert len(set(line.partition(":")[2] for line in text.splitlines())) == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_change_of_the_file_counts_at_once(path):
    add_user(path, "ann", WORDS)
    users = Users(path)
    assert add_user(path, "ann", "another good one") is False
    assert (users.verify("ann", WORDS), users.verify("ann", "another good one")) == (False, True)
    add_user(path, "ben", WORDS)
    remove_user(path, "ann")
    assert (users.entry("ann"), users.verify("ben", WORDS)) == (None, True)


def test_a_slip_in_the_file_locks_nobody_out(path, caplog):
    add_user(path, "ann", WORDS)
    users = Users(path)
    path.write_text("nonsense\n")
    assert users.verify("ann", WORDS) is True
    assert "Line 1 of" in caplog.text


@pytest.mark.parametrize("name", ["", "~ann", "an:n", "a" * 65, "ann ", "Ænn", ".ann"])
def test_a_name_that_cannot_be_is_refused(path, name):
    with pytest.raises(InputError, match="cannot be a user's name"):
        add_user(path, name, WORDS)
    assert not path.exists()


def test_a_short_password_is_refused(path):
    with pytest.raises(InputError, match="The password has 11 characters; it must have 12 to 1,000"):
        add_user(path, "ann", "x" * 11)


@pytest.mark.parametrize(
    "line",
    ["ann", "ann:", "ann:plain", "ann:scrypt$3$8$1$AAAA$AAAA", "ann:scrypt$x$8$1$AAAA$AAAA", "a b:scrypt$"],
)
def test_a_line_that_is_no_user_is_said(path, line):
    path.parent.mkdir()
    path.write_text(f"# who may\n\n{line}\n")
    with pytest.raises(InputError, match=r"Line 3 of .* is no user"):
        read_users(path)


def test_a_hash_that_would_take_all_memory_is_no_user(path):
    path.parent.mkdir()
    path.write_text("ann:" + hashed(WORDS).replace("$32768$", f"${2**30}$") + "\n")
    with pytest.raises(InputError, match="is no user"):
        Users(path)


def test_a_file_that_is_not_there_is_said_with_what_makes_it(path):
    with pytest.raises(
        InputError, match=r"No such file or directory\. Make the file with: python -m qa users add"
    ):
        Users(path)


def run(*arguments, given="", **settings):
    return subprocess.run(
        [sys.executable, "-m", "qa", "users", *arguments],
        cwd=ROOT,
        env={**os.environ, **settings},
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_users_are_added_listed_and_removed_on_the_command_line(path):
    settings = {"QA_USERS_FILE": str(path)}
    added = run("add", "ann", given=f"{WORDS}\n", **settings)
    assert (added.returncode, added.stderr) == (0, "ann can sign in now.\n")
    assert Users(path).verify("ann", WORDS)
    assert run("list", **settings).stdout == "ann\n"
    assert run("remove", "ann", **settings).stderr == "ann can no longer sign in.\n"
    assert read_users(path) == {}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "ann"], "There is no file of users. Name it with --file, or set QA_USERS_FILE."),
        (["add"], "Say: python -m qa users add NAME"),
        (["list", "ann"], "Say: python -m qa users list"),
        (["remove", "ann", "--file", "no-such-file"], "Cannot read the users of 'no-such-file'"),
    ],
)
def test_what_cannot_be_done_is_said_and_ends_with_2(arguments, said, capsys):
    assert program.main(["users", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_password_from_a_terminal_is_asked_for_twice(path, monkeypatch, capsys):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    typed = iter([WORDS, "something else"])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    assert program.main(["users", "add", "ann", "--file", str(path)]) == 2
    assert capsys.readouterr().err == "The two passwords are not the same. Nothing was changed.\n"
