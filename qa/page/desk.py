"""Uploaded files on their way to being reports: read, looked over by a person, then kept or thrown away."""

from __future__ import annotations

import logging
import re
import secrets
import shutil
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Literal

from corpus.adding import id_problem, read_report
from corpus.errors import CorpusError
from corpus.library import report_ids
from corpus.understand import Understood
from corpus.values import Report
from index.errors import IndexError_
from qa.errors import InputError, QAError
from qa.page.service import Progress

Phase = Literal["waiting", "reading", "read", "keeping", "kept", "failed"]

LARGEST = 50  # megabytes of a file; larger ones are added on the server
MOST = 8  # files that are held at once: each may take some hundred megabytes of memory while it is read
HELD = 60 * 60.0  # seconds that what was read is held for a decision
_LONGEST_NAME = 60  # characters of a file's name, without its ending
_PIECE = 1_000_000  # bytes

WAITING = "Waiting until another report is done."
READING = "Reading the file."
INDEXING = "Making the report searchable."
TOO_LARGE = (
    f"The file has more than {LARGEST} MB, which is the most. Save it without its pictures, or have it added on the "
    "server."
)
FULL = (
    f"{MOST} files are being read or looked over at the moment, which is the most. Decide on yours, or try again in "
    "some minutes."
)
GONE = "There is no such upload any more: it was kept, discarded or not decided on for an hour. Upload the file again."
BUSY = "This is under way already."
UNEXPECTED = (
    "Something went wrong here while the file was worked on, and nothing was kept. If it happens again, tell whoever "
    "runs this page."
)
_ENCODED = re.compile(r"Encoding texts: ([\d,]+) of ([\d,]+)")
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"|?*]+')


@dataclass(frozen=True, slots=True)
class Work:
    """An uploaded file and how far it is.

    ``said`` tells of it in words: what is being done, or what is wrong. ``share`` is how much of that is done, from 0
    to 1, ``None`` where nobody knows. ``found`` is what was understood, once it was read.
    """

    token: str
    owner: str
    file: str
    report_id: str
    phase: Phase = "waiting"
    said: str = WAITING
    share: float | None = None
    found: Understood | None = None
    changed: float = 0.0

    @property
    def busy(self) -> bool:
        """Whether it changes by itself."""
        return self.phase in ("waiting", "reading", "keeping")


class Desk:
    """Reads files and has reports kept, one after the other, in threads of its own.

    ``keep`` keeps a report, wholly or not at all. Files lie in ``folder`` while they are read; what a program that was
    killed has left there is removed.
    """

    def __init__(
        self,
        keep: Callable[[Report, Progress], None],
        folder: Path,
        *,
        noted: Callable[[str], None] = lambda _: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keep = keep
        self._folder = folder
        self._noted = noted
        self._now = now
        self._works: dict[str, Work] = {}
        self._lock = threading.Lock()  # held for moments only
        self._turn = (
            threading.Lock()
        )  # the reader of PDFs bears one thread, and one index is enough at a time
        shutil.rmtree(folder, ignore_errors=True)

    def upload(self, owner: str, name: str, content: BinaryIO, report_id: str) -> Work:
        """Take a file and begin to read it; raises :class:`InputError` for one that is too large or too many."""
        work = Work(secrets.token_urlsafe(16), owner, file_name(name), report_id)
        self._forget_old()
        with self._lock:
            if sum(one.busy or one.phase == "read" for one in self._works.values()) >= MOST:
                raise InputError(FULL)
            self._works[work.token] = replace(work, changed=self._now())
        try:
            path = self._saved(work.file, content)
        except BaseException:
            self._drop(work.token)
            raise
        self._start(self._read, work.token, path)
        return work

    def work(self, owner: str, token: str) -> Work | None:
        """What became of an upload; ``None`` if there is no such, or it is somebody else's."""
        self._forget_old()
        with self._lock:
            work = self._works.get(token)
        return work if work is not None and work.owner == owner else None

    def undecided(self, owner: str) -> tuple[Work, ...]:
        """The uploads of somebody that are under way or wait for their decision."""
        self._forget_old()
        with self._lock:
            works = tuple(self._works.values())
        return tuple(work for work in works if work.owner == owner and (work.busy or work.phase == "read"))

    def keep(self, owner: str, token: str, facts: Mapping[str, str]) -> Work:
        """Begin to keep what was read; ``facts`` take the place of what the document says of itself.

        Raises :class:`InputError` if there is nothing to keep, or it is being kept.
        """
        with self._lock:
            work = self._decidable(owner, token)
            assert work.found is not None
            report = work.found.report
            self._put(work, phase="keeping", said=WAITING)
        stated = replace(report, metadata=replace(report.metadata, **facts))
        self._start(self._kept, token, stated)
        return work

    def discard(self, owner: str, token: str) -> None:
        """Throw away what was read; raises :class:`InputError` if it is gone or being kept."""
        with self._lock:
            self._decidable(owner, token)
            del self._works[token]

    # --- in threads

    def _read(self, token: str, path: Path) -> None:
        try:
            with self._turn:
                work = self._tell(token, phase="reading", said=READING)
                found = read_report(path, work.report_id, {})
        finally:
            shutil.rmtree(path.parent, ignore_errors=True)
        self._tell(token, phase="read", said="", found=found)

    def _kept(self, token: str, report: Report) -> None:
        def progress(line: str) -> None:
            encoded = _ENCODED.search(line)
            if encoded:
                done, of = (int(number.replace(",", "")) for number in encoded.groups())
                self._tell(token, share=done / max(of, 1))

        with self._turn:
            work = self._tell(token, said=INDEXING)
            self._keep(report, progress)
        self._noted(f"The report {report.id!r} was added by {who(work.owner)}.")
        self._tell(token, phase="kept", said="", share=None, found=None)

    def _start(self, run: Callable[..., None], token: str, *given: object) -> None:
        def safely() -> None:
            try:
                run(token, *given)
            except Exception as error:  # whatever it is, the page must say so rather than wait for ever
                self._tell(token, phase="failed", said=_in_words(error), share=None, found=None)

        threading.Thread(target=safely, name="report", daemon=True).start()

    # --- what is held

    def _decidable(self, owner: str, token: str) -> Work:
        work = self._works.get(token)
        if work is None or work.owner != owner or work.phase in ("kept", "failed"):
            raise InputError(GONE)
        if work.busy:
            raise InputError(BUSY)
        return work

    def _tell(self, token: str, **changes: object) -> Work:
        with self._lock:
            return self._put(self._works[token], **changes)

    def _put(self, work: Work, **changes: object) -> Work:
        self._works[work.token] = replace(work, changed=self._now(), **changes)  # type: ignore[arg-type]
        return self._works[work.token]

    def _drop(self, token: str) -> None:
        with self._lock:
            self._works.pop(token, None)

    def _forget_old(self) -> None:
        with self._lock:
            since = self._now() - HELD
            self._works = {t: work for t, work in self._works.items() if work.busy or work.changed > since}

    def _saved(self, name: str, content: BinaryIO) -> Path:
        """The file in a folder that nobody else can read."""
        folder = None
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(dir=self._folder))
            _copy(content, folder / name)
        except OSError as error:
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
            raise InputError(f"The file could not be taken: {error.strerror}.") from error
        except InputError:
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
            raise
        return folder / name


def who(owner: str) -> str:
    """Whom the log names."""
    return "somebody at this machine" if owner.startswith("~") else repr(owner)


def check_id(report_id: str) -> None:
    """Raises :class:`InputError` for a short name that a report cannot have."""
    problem = id_problem(report_id, report_ids())
    if problem == "form":
        raise InputError(
            f"“{report_id}” cannot be a short name. Use small letters, figures and hyphens, at most 63, such as "
            "anytown-2019."
        )
    if problem == "reserved":
        raise InputError(f"“{report_id}” stands for all reports. Choose another short name.")
    if problem == "taken":
        raise InputError(
            f"There is a report called {report_id} already. Choose another short name, or remove that report first."
        )


def file_name(given: str) -> str:
    """A name under which an uploaded file can lie, whatever its sender called it; its ending is kept."""
    last = re.split(r"[/\\]", given)[-1]
    name = _NOT_IN_NAMES.sub("_", last).strip(" .") or "report"
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:12]}" if stem else name[:_LONGEST_NAME]


def _copy(content: BinaryIO, path: Path) -> None:
    taken = 0
    with path.open("xb") as file:
        while piece := content.read(_PIECE):
            taken += len(piece)
            if taken > LARGEST * 1_000_000:
                raise InputError(TOO_LARGE)
            file.write(piece)


def _in_words(error: Exception) -> str:
    """What a person is told of an error; the log gets where it happened, but no text of the report."""
    if isinstance(error, (CorpusError, IndexError_, QAError)):
        return str(error)
    where = "".join(traceback.format_tb(error.__traceback__))
    logging.getLogger(__name__).error("A report failed with %s:\n%s", type(error).__name__, where)
    return UNEXPECTED
