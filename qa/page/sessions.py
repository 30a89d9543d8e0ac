"""Signed cookies of people who have signed in, and a brake on those who try to guess a password."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from qa.errors import QAError

LASTS = 12 * 60 * 60  # seconds: a working day
WINDOW = 15 * 60  # seconds in which failed attempts count
OF_ONE_NAME = 5  # failed attempts from one address
OF_ONE_ADDRESS = 50  # failed attempts, whatever the names
_MOST_KEYS = 10_000


def signing_key(path: Path) -> bytes:
    """The key of a data directory, made on first use and readable for its owner only."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(32))
        except FileExistsError:
            pass
        key = path.read_bytes()
    except OSError as error:
        raise QAError(
            f"Cannot use {str(path)!r}: {error.strerror}. Set QA_HOME to a directory of yours."
        ) from error
    if len(key) < 32:
        raise QAError(f"{str(path)!r} holds no key. Delete the file and start again.")
    return key


class Sessions:
    """Makes and reads the cookie of a session. It ends by itself, by signing out, and when ``entry`` changes.

    ``entry`` is what is written down of the user's password: with a new password, or without the user, every session
    of theirs is over.
    """

    def __init__(self, key: bytes, *, now: Callable[[], float] = time.time) -> None:
        self._key = key
        self._now = now
        self._over: dict[str, float] = {}

    def new(self, name: str, entry: str) -> str:
        """A cookie for a user."""
        told = ".".join((_packed(name), str(int(self._now()) + LASTS), secrets.token_urlsafe(12)))
        return f"{told}.{self._signature(told, entry)}"

    def name(self, cookie: str, entry_of: Callable[[str], str | None]) -> str | None:
        """Whose cookie it is; ``None`` if it is not one of ours or the session is over."""
        told, _, signature = cookie.rpartition(".")
        parts = told.split(".")
        if len(parts) != 3 or cookie in self._over:
            return None
        name = _unpacked(parts[0])
        entry = None if name is None else entry_of(name)
        if entry is None or not hmac.compare_digest(
            signature.encode(), self._signature(told, entry).encode()
        ):
            return None
        return name if self._now() < int(parts[1]) else None

    def end(self, cookie: str) -> None:
        """Never take this cookie again."""
        now = self._now()
        self._over = {one: until for one, until in self._over.items() if until > now} | {cookie: now + LASTS}

    def _signature(self, told: str, entry: str) -> str:
        return hmac.new(self._key, f"{told} {entry}".encode(), hashlib.sha256).hexdigest()


class Attempts:
    """Counts failed attempts to sign in; past a limit nobody may try again until the first are long enough ago."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._failed: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def wait(self, name: str, address: str) -> float:
        """Seconds until this address may try this name; 0 if it may now."""
        with self._lock:
            return max(self._wait(key, most) for key, most in _limits(name, address))

    def failed(self, name: str, address: str) -> None:
        """Count a failed attempt."""
        with self._lock:
            for key, _ in _limits(name, address):
                self._failed.setdefault(key, deque(maxlen=OF_ONE_ADDRESS)).append(self._now())
            while len(self._failed) > _MOST_KEYS:
                del self._failed[next(iter(self._failed))]

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failed attempts of this address with this name."""
        with self._lock:
            self._failed.pop(_limits(name, address)[0][0], None)

    def _wait(self, key: str, most: int) -> float:
        times = self._failed.get(key, deque())
        while times and times[0] <= self._now() - WINDOW:
            times.popleft()
        return 0.0 if len(times) < most else times[-most] + WINDOW - self._now()


def _limits(name: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
    return (f"{address} {hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()}", OF_ONE_NAME), (
        address,
        OF_ONE_ADDRESS,
    )


def _packed(name: str) -> str:
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")


def _unpacked(packed: str) -> str | None:
    try:
        return base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode()
    except ValueError:
        return None
