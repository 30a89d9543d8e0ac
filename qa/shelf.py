"""The reports that the page can show, and what they are called there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.library import DEFAULT_REPORT
from corpus.values import Report
from qa.naming import Naming


@dataclass(frozen=True)
class Shelf:
    """``main`` is the report that stands in the reading pane at first; the others are opened when they are wanted.

    ``chosen`` are the ids of those that are asked unless a reader chooses others, all if there are none.
    """

    main: Report
    others: tuple[Report, ...] = ()
    chosen: tuple[str, ...] = ()

    @property
    def reports(self) -> tuple[Report, ...]:
        """All reports, the main one first."""
        return (self.main, *self.others)

    @property
    def several(self) -> bool:
        """Whether there is more than one: then every citation names its report."""
        return bool(self.others)

    @cached_property
    def naming(self) -> Naming:
        """What the reports are called."""
        return Naming([report.metadata for report in self.reports])

    def get(self, report_id: str) -> Report | None:
        """The report with this id, ``None`` if it is not here (any more)."""
        return next((report for report in self.reports if report.id == report_id), None)

    def holding(self, report: Report) -> Shelf:
        """The shelf with one more report, the last."""
        return replace(self, others=(*self.others, report))

    def without(self, report_id: str) -> Shelf:
        """The shelf without one of the other reports."""
        return replace(
            self,
            others=tuple(report for report in self.others if report.id != report_id),
            chosen=tuple(chosen for chosen in self.chosen if chosen != report_id),
        )

    def name(self, report_id: str) -> str:
        """What a report is called; its id if it is not here any more."""
        return self.naming.label(report_id) if self.get(report_id) is not None else report_id

    def before(self, report_id: str) -> str:
        """What stands before the paragraphs of a report: ``Kingston 2012, ``; nothing where there is one report."""
        here = report_id == self.main.id and not self.several
        return "" if here else f"{self.name(report_id)}, "

    def pointed(self, marked: str, of: str) -> tuple[str, str]:
        """Report and number of what a marker holds: ``79`` is paragraph 79 of the report ``of``."""
        report_id, _, number = marked.rpartition(":")
        return report_id or of, number

    def __iter__(self) -> Iterator[Report]:
        return iter(self.reports)


class Shelves:
    """The shelf as it is now. It is put in place as a whole, so that whoever looks at it never waits."""

    def __init__(self, shown: Shown) -> None:
        self._now = on_shelf(shown)
        self._watching: list[Callable[[Shelf], None]] = []

    @property
    def now(self) -> Shelf:
        """The reports that there are now."""
        return self._now

    def watch(self, told: Callable[[Shelf], None]) -> None:
        """Have the next shelf told, just before it is put in place."""
        self._watching.append(told)

    def put(self, shelf: Shelf) -> None:
        """Put another shelf in place."""
        for told in self._watching:
            told(shelf)
        self._now = shelf


Shown = Report | Shelf
"""What the page is about: a report, or several."""


def on_shelf(shown: Shown) -> Shelf:
    """A report as a shelf of one."""
    return shown if isinstance(shown, Shelf) else Shelf(shown)


def marked_of(answer_report: str, reports: tuple[str, ...]) -> str:
    """The report of what a marker holds that names none: of an answer over several, the one that is shipped."""
    return DEFAULT_REPORT if reports else answer_report
