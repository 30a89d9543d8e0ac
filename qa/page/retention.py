"""Conversations are removed when they have been kept for long enough."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from qa.page.store import Store, StoreError

EVERY = timedelta(hours=1)


def start_expiring(store: Store, keep: timedelta, *, every: timedelta = EVERY) -> threading.Event:
    """Remove what is older, now and from time to time, in a thread of its own; set the event to end that."""
    ended = threading.Event()

    def run() -> None:
        while True:
            try:
                store.expire(keep)
            except StoreError as error:  # a full disk, say: the page goes on and it is tried again
                logging.getLogger(__name__).error("Old conversations could not be removed. %s", error)
            if ended.wait(every.total_seconds()):
                return

    threading.Thread(target=run, name="retention", daemon=True).start()
    return ended
