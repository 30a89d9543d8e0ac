"""The reports that the page can show and ask, while reports come and go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock

from corpus import adding
from corpus.errors import CorpusError
from corpus.library import report_ids, shipped_ids
from corpus.values import Report
from qa.errors import InputError
from qa.library import Asks, Library
from qa.page.service import Asker, NotLoadedError, Progress, Service
from qa.shelf import Shelf, Shelves

Make = Callable[[Report, Progress], Asks]
Gather = Callable[[Sequence[Report], Callable[[str], Asks]], Library]

TAKEN = "There is a report called {id} by now. Upload the file again under another short name."
SHIPPED = "It comes with the program and cannot be removed."
SET = "The page is set to ask it (QA_REPORT), so it cannot be removed here."
NO_SUCH = "There is no such report. It may have been removed already."


class Stock:
    """What answers about each report, put together anew when one is added or removed.

    ``make`` gives what answers about a report and builds its index first, ``gather`` what asks several; ``set_reports``
    are those of the settings, and ``forget`` takes a report out of what is kept elsewhere. Whoever asks never waits for
    a change here: what is asked and shown is replaced as a whole.
    """

    def __init__(
        self,
        shelves: Shelves,
        make: Make,
        gather: Gather,
        *,
        home: Path,
        set_reports: Collection[str] = (),
        forget: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.shelves = shelves
        self.service = Service(self._load)
        self._make = make
        self._gather = gather
        self._home = home
        self._set = frozenset(set_reports)
        self._forget = forget
        self._askers: dict[str, Asks] = {}
        self._changing = Lock()

    def add(self, report: Report, progress: Progress) -> None:
        """Keep a report, index it and have it asked; if anything goes wrong on the way, nothing has changed.

        Raises a :class:`~corpus.errors.CorpusError`, :class:`~index.errors.IndexError_` or
        :class:`~qa.errors.QAError` whose text says what is wrong.
        """
        self.service.wait()
        if self.service.failure is not None:
            raise NotLoadedError(f"Reports cannot be added now: {self.service.failure}")
        if adding.id_problem(report.id, report_ids()) is not None:
            raise InputError(TAKEN.format(id=report.id))
        adding.keep(report, self._home / "reports")
        try:
            asker = self._make(report, progress)
            with self._changing:
                self._put(self.shelves.now.holding(report), {**self._askers, report.id: asker})
        except BaseException:
            with suppress(CorpusError):
                adding.remove(report.id, self._home)
            raise

    def remove(self, report_id: str) -> None:
        """Remove an added report with all that was made from it.

        Raises what :meth:`add` raises, and then nothing has changed.
        """
        with self._changing:
            if reason := self.why_it_stays(report_id):
                raise InputError(reason)
            if self.shelves.now.get(report_id) is None:
                raise InputError(NO_SUCH)
            self._forget(report_id)
            try:
                adding.remove(report_id, self._home)
            except CorpusError:
                if report_id in report_ids():  # else another program has removed it meanwhile
                    raise
            left = {known: asker for known, asker in self._askers.items() if known != report_id}
            self._put(self.shelves.now.without(report_id), left)

    def why_it_stays(self, report_id: str) -> str | None:
        """Why a report cannot be removed, in words; ``None`` if it can."""
        if report_id in shipped_ids():
            return SHIPPED
        return SET if report_id in self._set or report_id == self.shelves.now.main.id else None

    def _load(self, progress: Progress) -> Asker:
        for report in self.shelves.now:
            self._askers[report.id] = self._make(report, progress)
        return self._together(self.shelves.now, self._askers)

    def _together(self, shelf: Shelf, askers: dict[str, Asks]) -> Asker:
        if not shelf.several:
            return askers[shelf.main.id]
        library = self._gather(shelf.reports, askers.__getitem__)
        for report in shelf:
            library.asker(report.id)
        return library

    def _put(self, shelf: Shelf, askers: dict[str, Asks]) -> None:
        asker = self._together(shelf, askers)
        self.shelves.put(shelf)
        self._askers = askers
        self.service.put(asker)
