import time
from datetime import timedelta

import pytest

from qa.page.conversation import Turn
from qa.page.retention import start_expiring
from qa.page.store import Store, StoreError
from qa.values import Answer

REFUSAL = Answer("Is it good?", "not_in_report", "The report does not say.", "r")


def until(true, seconds=20):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "page.db")
    yield store
    store.close()


def test_old_conversations_are_removed_at_once_and_again_later(store):
    ended = start_expiring(store, timedelta(0), every=timedelta(milliseconds=20))
    try:
        for _ in range(2):
            identity = store.start("ann")
            store.save("ann", identity, (Turn("q", REFUSAL),))
            assert until(lambda: store.listed("ann") == ())
    finally:
        ended.set()


class FullDisk:
    """A store that cannot write at first."""

    def __init__(self):
        self.tries = 0

    def expire(self, keep):
        self.tries += 1
        if self.tries == 1:
            raise StoreError("Cannot read or write 'page.db': the disk is full.")


def test_when_it_fails_that_is_logged_and_tried_again(caplog):
    store = FullDisk()
    ended = start_expiring(store, timedelta(days=30), every=timedelta(milliseconds=20))
    try:
        assert until(lambda: store.tries > 1)
    finally:
        ended.set()
    assert "Old conversations could not be removed. Cannot read or write 'page.db'" in caplog.text
