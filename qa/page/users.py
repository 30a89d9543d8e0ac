"""Who may sign in: a file of names with scrypt hashes of their passwords, one a line, that only its owner may read."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import os
import re
import secrets
import tempfile
import threading
from pathlib import Path

from qa.errors import InputError

SHORTEST_PASSWORD = 12  # characters; three words make one
LONGEST_PASSWORD = 1_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_COST = (2**15, 8, 1)  # 32 MB and about a tenth of a second for each attempt
_MEMORY = 256 * 1024 * 1024
_AT_ONCE = 2  # hashes worked out side by side: each takes memory and a core

Entries = dict[str, str]


class Users:
    """The users of a file, read anew whenever the file has changed. Raises :class:`InputError` for a bad file.

    A file that is bad later on is logged, and the users stay as they were.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp = _state(path)
        self._entries = read_users(path)
        self._turn = threading.BoundedSemaphore(_AT_ONCE)

    def entry(self, name: str) -> str | None:
        """The hash of a user's password; ``None`` if there is no such user (any more)."""
        state = _state(self._path)
        if state != self._stamp:
            self._stamp = state
            try:
                self._entries = read_users(self._path)
            except InputError as error:  # nobody is to be locked out by a slip of the editor
                logging.getLogger(__name__).error("The users stay as they were. %s", error)
        return self._entries.get(name)

    def verify(self, name: str, password: str) -> bool:
        """Whether that is the user's password; it takes as long for a user that there is not."""
        entry = self.entry(name)
        with self._turn:
            right = _matches(entry or _NOBODY, password[:LONGEST_PASSWORD])
        return right and entry is not None


def read_users(path: Path) -> Entries:
    """The hashes by name; raises :class:`InputError` for a file or a line that cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InputError(
            f"Cannot read the users of {str(path)!r}: {reason}. Make the file with: python -m qa users add NAME"
        ) from error
    entries: Entries = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, entry = line.strip().partition(":")
        if not _NAME.fullmatch(name) or not _readable(entry):
            raise InputError(
                f"Line {number} of {str(path)!r} is no user. Remove the line and make the user again with: "
                "python -m qa users add NAME"
            )
        entries[name] = entry
    return entries


def add_user(path: Path, name: str, password: str) -> bool:
    """Write a user down, in place of one of that name; whether they are new."""
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{name!r} cannot be a user's name: use up to 64 letters, digits and . _ @ -, beginning with a letter "
            "or digit."
        )
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InputError(
            f"The password has {len(password):,} characters; it must have {SHORTEST_PASSWORD} to "
            f"{LONGEST_PASSWORD:,}. Three words that do not belong together make a good one."
        )
    entries = read_users(path) if path.exists() else {}
    new = name not in entries
    _write(path, entries | {name: hashed(password)})
    return new


def remove_user(path: Path, name: str) -> None:
    """Take a user out; raises :class:`InputError` if there is no such user."""
    entries = read_users(path)
    if name not in entries:
        raise InputError(f"There is no user {name!r} in {str(path)!r}.")
    _write(path, {other: entry for other, entry in entries.items() if other != name})


def hashed(password: str) -> str:
    """What is written down of a password: the way it was hashed, a salt and the hash."""
    salt = secrets.token_bytes(16)
    numbers = "$".join(str(number) for number in _COST)
    return "$".join(("scrypt", numbers, _text(salt), _text(_hash(password, salt, _COST))))


def _matches(entry: str, password: str) -> bool:
    _, n, r, p, salt, expected = entry.split("$")
    found = _hash(password, _bytes(salt), (int(n), int(r), int(p)))
    return hmac.compare_digest(found, _bytes(expected))


def _hash(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    given = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(given, salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)


def _readable(entry: str) -> bool:
    try:
        kind, n, r, p, salt, expected = entry.split("$")
        n_, r_, p_ = int(n), int(r), int(p)
        sound = n_ > 1 and n_ & (n_ - 1) == 0 and r_ > 0 and p_ > 0 and 128 * n_ * r_ * p_ < _MEMORY
        return kind == "scrypt" and sound and len(_bytes(salt)) >= 8 and len(_bytes(expected)) == 32
    except ValueError:
        return False


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_ino)


def _write(path: Path, entries: Entries) -> None:
    """The file whole or not at all, and for nobody else to read."""
    lines = "".join(f"{name}:{entry}\n" for name, entry in sorted(entries.items()))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made for its owner alone.
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(lines)
        os.replace(file.name, path)
    except OSError as error:
        raise InputError(
            f"Cannot write {str(path)!r}: {error.strerror}. Name another with QA_USERS_FILE."
        ) from error


_NOBODY = "$".join(("scrypt", *map(str, _COST), _text(bytes(16)), _text(bytes(32))))
"""An entry that no password matches, to be compared with when there is no such user."""
