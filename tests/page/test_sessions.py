import stat

import pytest

from qa.errors import QAError
from qa.page.sessions import LASTS, OF_ONE_ADDRESS, OF_ONE_NAME, WINDOW, Attempts, Sessions, signing_key

KEY = bytes(32)


class Clock:
    def __init__(self):
        self.time = 1_000_000.0

    def __call__(self):
        return self.time


@pytest.fixture
def clock():
    return Clock()


def test_a_cookie_tells_its_user_until_its_time_is_over(clock):
    sessions = Sessions(KEY, now=clock)
    cookie = sessions.new("ann@x", "hash")
    assert sessions.name(cookie, {"ann@x": "hash"}.get) == "ann@x"
    clock.time += LASTS - 1
    assert sessions.name(cookie, {"ann@x": "hash"}.get) == "ann@x"
    clock.time += 1
    assert sessions.name(cookie, {"ann@x": "hash"}.get) is None


def test_a_cookie_is_worth_nothing_with_another_password_another_key_or_without_the_user(clock):
    cookie = Sessions(KEY, now=clock).new("ann", "hash")
    assert Sessions(KEY, now=clock).name(cookie, {"ann": "hash"}.get) == "ann"
    assert Sessions(KEY, now=clock).name(cookie, {"ann": "other"}.get) is None
    assert Sessions(KEY, now=clock).name(cookie, {}.get) is None
    assert Sessions(bytes(31) + b"1", now=clock).name(cookie, {"ann": "hash"}.get) is None


def test_after_signing_out_the_cookie_is_not_taken_again(clock):
    sessions = Sessions(KEY, now=clock)
    first, second = sessions.new("ann", "hash"), sessions.new("ann", "hash")
    sessions.end(first)
    assert sessions.name(first, {"ann": "hash"}.get) is None
    assert sessions.name(second, {"ann": "hash"}.get) == "ann"


@pytest.mark.parametrize(
    "cookie", ["", "a", "a.b.c", "a.b.c.d", "YW5u.9999999999.x.", "é.1.1.1", "....", "=.1.x.y"]
)
def test_any_other_text_is_no_cookie_of_ours(cookie):
    assert Sessions(KEY).name(cookie, {"ann": "hash"}.get) is None


def test_a_changed_cookie_is_not_taken(clock):
    sessions = Sessions(KEY, now=clock)
    name, until, rest, signature = sessions.new("ann", "hash").split(".")
    for forged in (
        (name, str(int(until) + 1), rest, signature),
        ("YmVu", until, rest, signature),
        (name, until, rest, signature[:-1]),
    ):
        assert sessions.name(".".join(forged), {"ann": "hash", "ben": "hash"}.get) is None


def test_the_key_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "home" / "page.key"
    key = signing_key(path)
    assert len(key) == 32
    assert signing_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_bytes(b"short")
    with pytest.raises(QAError, match="holds no key"):
        signing_key(path)


def test_after_some_failures_one_has_to_wait_until_they_are_long_ago(clock):
    attempts = Attempts(now=clock)
    for _ in range(OF_ONE_NAME):
        assert attempts.wait("ann", "1.1.1.1") == 0
        attempts.failed("ann", "1.1.1.1")
        clock.time += 1
    assert attempts.wait("ann", "1.1.1.1") == WINDOW - OF_ONE_NAME
    assert attempts.wait("ben", "1.1.1.1") == 0
    assert attempts.wait("ann", "2.2.2.2") == 0
    clock.time += WINDOW - OF_ONE_NAME
    assert attempts.wait("ann", "1.1.1.1") == 0


def test_who_tries_many_names_has_to_wait_too(clock):
    attempts = Attempts(now=clock)
    for number in range(OF_ONE_ADDRESS):
        attempts.failed(f"user {number}", "1.1.1.1")
    assert attempts.wait("ann", "1.1.1.1") == WINDOW
    assert attempts.wait("ann", "2.2.2.2") == 0


def test_success_forgets_the_failures_with_that_name(clock):
    attempts = Attempts(now=clock)
    for _ in range(OF_ONE_NAME):
        attempts.failed("ann", "1.1.1.1")
    attempts.succeeded("ann", "1.1.1.1")
    assert attempts.wait("ann", "1.1.1.1") == 0
