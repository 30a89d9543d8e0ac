"""What the server keeps of its users: conversations and feedback, in one SQLite file that only it may read.

A question is written only with its answer, because only the answer tells whether it is a disclosure of harm, which is
never kept. Owners are kept as hashes: who reads the file cannot take an owner's place.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

from qa.errors import QAError
from qa.page.conversation import Conversation
from qa.page.stored import answer_from_json, answer_to_json, clean, turn_from_json, turn_to_json
from qa.values import Answer

FORM = 1
"""Version of the tables."""

Verdict = Literal["right", "wrong_answer", "wrong_paragraph", "should_refuse"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

LONGEST_COMMENT = 2_000  # characters
LONGEST_TITLE = 80  # characters
UNUSED_FOR = timedelta(days=1)  # after which a conversation without a question is forgotten
_BUSY_SECONDS = 10.0

_TABLES = """
CREATE TABLE conversation (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, questions INTEGER NOT NULL, changed TEXT NOT NULL
) STRICT;
CREATE INDEX conversation_of_owner ON conversation (owner, changed);
CREATE TABLE turn (
    conversation TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    place INTEGER NOT NULL, content TEXT NOT NULL, PRIMARY KEY (conversation, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY, owner TEXT NOT NULL, of TEXT NOT NULL UNIQUE, added TEXT NOT NULL, verdict TEXT NOT NULL,
    comment TEXT NOT NULL, answer TEXT NOT NULL, index_id TEXT NOT NULL
) STRICT;
"""


class StoreError(QAError):
    """The file cannot be used as it is, or what was given cannot be kept."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A kept conversation in a list: its title is its first question, shortened."""

    id: str
    title: str
    questions: int
    changed: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thinks of an answer; ``index_id`` names the index that the answer was found with."""

    verdict: Verdict
    comment: str
    answer: Answer
    index_id: str


@dataclass(frozen=True, slots=True)
class StoredFeedback:
    """Feedback with its number and the time at which it was given."""

    id: int
    added: datetime
    feedback: Feedback


def store_file(home: Path) -> Path:
    """Where the file is in a data directory."""
    return home / "page.db"


class Store:
    """Keeps conversations and feedback in a file, which is made if need be; safe to use from many threads.

    An owner sees only what is theirs: to anyone else a conversation does not exist. Raises :class:`StoreError` for a
    file that a newer version of the program wrote, or that is no database.
    """

    def __init__(self, path: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.path = path
        self._now = now
        self._idle: deque[sqlite3.Connection] = deque()
        with _told(path):
            _make_private(path)
            self._idle.append(_opened(path))

    def close(self) -> None:
        """Let go of the file."""
        while self._idle:
            self._idle.pop().close()

    def start(self, owner: str) -> str:
        """A new conversation of the owner; its id cannot be guessed."""
        identity = secrets.token_urlsafe(24)
        with self._writing() as database:
            row = (identity, _hash(owner), "", 0, self._now().isoformat())
            database.execute("INSERT INTO conversation VALUES (?, ?, ?, ?, ?)", row)
        return identity

    def save(self, owner: str, conversation_id: str, conversation: Conversation) -> None:
        """Replace what is kept of a conversation, at once or not at all.

        Questions that have no answer yet, and disclosures of harm, are left out. Nothing is written if the owner has
        no such conversation (any more): what was deleted does not come back.
        """
        kept = [turn for turn in conversation if turn.answer is not None and not turn.answer.sensitive]
        title = _shortened(kept[0].question) if kept else ""
        with self._writing() as database:
            found = database.execute(
                "UPDATE conversation SET title = ?, questions = ?, changed = ? WHERE id = ? AND owner = ?",
                (title, len(kept), self._now().isoformat(), conversation_id, _hash(owner)),
            )
            if not found.rowcount:
                return
            database.execute("DELETE FROM turn WHERE conversation = ?", (conversation_id,))
            rows = ((conversation_id, place, turn_to_json(turn)) for place, turn in enumerate(kept))
            database.executemany("INSERT INTO turn VALUES (?, ?, ?)", rows)

    def load(self, owner: str, conversation_id: str) -> Conversation | None:
        """A conversation of the owner without turns that cannot be read; ``None`` if they have none of that id."""
        with self._connection() as database:
            rows = database.execute(
                "SELECT content FROM conversation LEFT JOIN turn ON conversation = id "
                "WHERE id = ? AND owner = ? ORDER BY place",
                (conversation_id, _hash(owner)),
            ).fetchall()
        if not rows:
            return None
        read = (turn_from_json(content) for (content,) in rows if content is not None)
        return tuple(turn for turn in read if turn is not None)

    def listed(self, owner: str) -> tuple[Summary, ...]:
        """The owner's conversations that have a question, the one changed last first."""
        with self._connection() as database:
            rows = database.execute(
                "SELECT id, title, questions, changed FROM conversation WHERE owner = ? AND questions > 0 "
                "ORDER BY changed DESC, rowid DESC",
                (_hash(owner),),
            ).fetchall()
        return tuple(
            Summary(id, title, questions, datetime.fromisoformat(changed))
            for id, title, questions, changed in rows
        )

    def delete(self, owner: str, conversation_id: str) -> None:
        """Remove a conversation of the owner for good."""
        with self._removing() as database:
            values = (conversation_id, _hash(owner))
            database.execute("DELETE FROM conversation WHERE id = ? AND owner = ?", values)

    def delete_all(self, owner: str) -> None:
        """Remove everything that the owner has here for good: conversations and feedback."""
        with self._removing() as database:
            database.execute("DELETE FROM conversation WHERE owner = ?", (_hash(owner),))
            database.execute("DELETE FROM feedback WHERE owner = ?", (_hash(owner),))

    def expire(self, keep: timedelta) -> int:
        """Remove conversations unchanged for so long, and forget who gave feedback so old; how many were removed."""
        now = self._now()
        cutoff, unused = (now - keep).isoformat(), (now - min(keep, UNUSED_FOR)).isoformat()
        with self._removing() as database:
            gone = database.execute(
                "DELETE FROM conversation WHERE changed < ? OR (questions = 0 AND changed < ?)",
                (cutoff, unused),
            ).rowcount
            database.execute("UPDATE feedback SET owner = '' WHERE added < ? AND owner <> ''", (cutoff,))
        return gone

    def add_feedback(self, owner: str, feedback: Feedback) -> None:
        """Keep feedback; a second one of the owner on the same answer takes the place of the first.

        Feedback on the answer to a disclosure of harm is not kept. Raises :class:`StoreError` for a verdict that
        there is not, or a comment that is too long.
        """
        _check(feedback)
        if feedback.answer.sensitive:
            return
        answer = answer_to_json(feedback.answer)
        of = _hash(f"{_hash(owner)} {answer}")
        added = self._now().isoformat()
        values = (
            _hash(owner),
            of,
            added,
            feedback.verdict,
            clean(feedback.comment),
            answer,
            feedback.index_id,
        )
        with self._writing() as database:
            database.execute(
                "INSERT OR REPLACE INTO feedback (owner, of, added, verdict, comment, answer, index_id) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                values,
            )

    def feedback(self) -> tuple[StoredFeedback, ...]:
        """All feedback, oldest first, whoever gave it; one that cannot be read is left out."""
        with self._connection() as database:
            rows = database.execute(
                "SELECT id, added, verdict, comment, answer, index_id FROM feedback ORDER BY id"
            ).fetchall()
        read = (_stored_feedback(*row) for row in rows)
        return tuple(one for one in read if one is not None)

    def delete_feedback(self, *ids: int) -> int:
        """Remove feedback of these numbers for good; how many there were."""
        with self._removing() as database:
            return sum(database.execute("DELETE FROM feedback WHERE id = ?", (id,)).rowcount for id in ids)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """A connection that nobody else has meanwhile."""
        with _told(self.path):
            try:
                database = self._idle.pop()
            except IndexError:
                database = _connected(self.path)
            try:
                yield database
            except BaseException:
                database.close()
                raise
            self._idle.append(database)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing."""
        with self._connection() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
            except BaseException:
                database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")

    @contextmanager
    def _removing(self) -> Iterator[sqlite3.Connection]:
        """One transaction after which what was removed is in no file any more: not in the log of writes either."""
        with self._writing() as database:
            yield database
        with self._connection() as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _check(feedback: Feedback) -> None:
    if feedback.verdict not in VERDICTS:
        raise StoreError(f"There is no verdict {feedback.verdict!r}. Use one of: {', '.join(VERDICTS)}.")
    if len(feedback.comment) > LONGEST_COMMENT:
        raise StoreError(
            f"The comment has {len(feedback.comment):,} characters; at most {LONGEST_COMMENT:,} are kept. Shorten it."
        )


def _stored_feedback(
    id: int, added: str, verdict: Verdict, comment: str, answer: str, index_id: str
) -> StoredFeedback | None:
    found = answer_from_json(answer)
    if found is None or verdict not in VERDICTS:
        return None
    return StoredFeedback(id, datetime.fromisoformat(added), Feedback(verdict, comment, found, index_id))


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _shortened(question: str) -> str:
    line = " ".join(clean(question).split())
    if len(line) <= LONGEST_TITLE:
        return line
    return line[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def _make_private(path: Path) -> None:
    """Make the file if there is none, and let nobody but its owner read it; SQLite's other files follow it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _connected(path: Path) -> sqlite3.Connection:
    # Every connection is used by one thread at a time, but by another the next time.
    database = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    for pragma in ("secure_delete = ON", "foreign_keys = ON", "synchronous = NORMAL", "temp_store = MEMORY"):
        database.execute(f"PRAGMA {pragma}").fetchall()
    return database


def _opened(path: Path) -> sqlite3.Connection:
    """A connection to a file that has the tables of this version."""
    database = _connected(path)
    try:
        _log_writes(database)
        _bring_up_to_date(database, path)
    except BaseException:
        database.close()
        raise
    return database


def _log_writes(database: sqlite3.Connection) -> None:
    """Let readers go on while one writes. SQLite does not wait here for others that do the same, so we do."""
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL").fetchall()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _bring_up_to_date(database: sqlite3.Connection, path: Path) -> None:
    with closing(database.cursor()) as cursor:
        cursor.execute("BEGIN IMMEDIATE")  # of two programs that start together, one makes the tables
        (form,) = cursor.execute("PRAGMA user_version").fetchone()
        if form == 0:
            for statement in _TABLES.split(";"):
                cursor.execute(statement)
            cursor.execute(f"PRAGMA user_version = {FORM}")
        cursor.execute("COMMIT")
    if form > FORM:
        raise StoreError(
            f"{str(path)!r} was written by a newer version of this program (form {form}; this one reads form {FORM}). "
            "Install the newer version again, or move the file away to begin with an empty one."
        )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Errors of the database and of the file system in words."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error) or "malformed" in str(error):
            raise StoreError(
                f"{str(path)!r} is not a database that can be read ({error}). Put back a copy that can, or move the "
                "file away to begin with an empty one."
            ) from error
        raise StoreError(
            f"Cannot read or write {str(path)!r}: {error}. See to the disk and try again."
        ) from error
    except OSError as error:
        raise StoreError(
            f"Cannot use {str(path)!r}: {error.strerror or error}. Set QA_HOME to a directory that can be written."
        ) from error
