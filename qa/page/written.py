"""An answer as it is written down outside the page: what is said, with its references, and the words behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from qa.compose import does_not_say
from qa.note.characters import writable
from qa.note.dates import day
from qa.note.places import full_name, groups, reference
from qa.page.conversation import Turn
from qa.shelf import Shelf, Shown, marked_of, on_shelf
from qa.values import QUOTES, Answer, Citation, Statement, Status

STATUS: dict[Status, str] = {
    "answered": "Answered in the report",
    "partial": "Partly answered in the report",
    "not_in_report": "Not in the report",
}
NOTHING_ASKED = "No question was answered."
_LONGEST_HEADING = 200  # characters
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the report, one quotation a line, and where they stand in it."""

    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One thing that an answer says, with its references, and the points of the list that it opens, if any.

    ``quotes`` are the words that support it, as far as it does not say them itself; ``places`` is where the words stand
    that it does say. ``quoted`` is whether it is nothing but words of the report.
    """

    said: str
    points: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    places: tuple[str, ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its answer, in the order in which it is read.

    ``lead`` are lines before the answer: a question too long for the heading, the date of asking, the status.
    ``notes`` are what is said about the answer.
    """

    heading: str
    lead: tuple[str, ...]
    passages: tuple[Passage, ...]
    notes: tuple[str, ...]


def entries(turns: Sequence[Turn], shown: Shown) -> tuple[Entry, ...]:
    """The questions that have an answer, in order; a disclosure of harm is not written down."""
    return tuple(
        Entry(
            heading=_heading(turn.question),
            lead=tuple(_lead(turn.question, turn.answer, turn.asked)),
            passages=passages(turn.answer, shown),
            notes=notes(turn.answer, shown),
        )
        for turn in turns
        if turn.answer is not None and not turn.answer.sensitive
    )


def reports_of(answer: Answer) -> tuple[str, ...]:
    """The ids of the reports that an answer cites, or that were asked if it cites none."""
    cited = dict.fromkeys(c.evidence.report for s in answer.statements for c in s.citations)
    return tuple(cited) or answer.reports or (answer.report,)


def passages(answer: Answer, shown: Shown) -> tuple[Passage, ...]:
    """What the answer says, in order. What the verifier took out is not part of it."""
    if not answer.statements:
        return (Passage(writable(answer.text)),)
    return tuple(_passages(answer.statements, on_shelf(shown)))


def notes(answer: Answer, shown: Shown) -> tuple[str, ...]:
    """What is missing, what to read besides, and which model wrote the words that are not the report's."""
    return tuple(writable(note) for note in _notes(answer, on_shelf(shown)))


def _heading(question: str) -> str:
    line = " ".join(writable(question).split())
    if len(line) <= _LONGEST_HEADING:
        return line
    return line[:_LONGEST_HEADING].rsplit(" ", 1)[0] + " …"


def _lead(question: str, answer: Answer, asked: datetime | None) -> Iterator[str]:
    line = " ".join(writable(question).split())
    if line != _heading(question):
        yield f"Question: {line}"
    status = STATUS[answer.status]
    yield status if asked is None else f"Asked on {day(asked.astimezone().date().isoformat())}. {status}."


def _passages(statements: Sequence[Statement], shelf: Shelf) -> Iterator[Passage]:
    left = list(statements)
    while left:
        first = left.pop(0)
        points = []
        if first.text.rstrip().endswith(":"):
            while left and left[0].text.startswith("“"):
                points.append(left.pop(0))
        yield _passage(first, points, shelf)


def _passage(first: Statement, points: Sequence[Statement], shelf: Shelf) -> Passage:
    quotes: dict[str, list[str]] = {}
    places = []
    for statement in (first, *points):
        shown = statement.text.rstrip().endswith(":") or _is_quotation(statement, shelf)
        for citation in statement.citations:
            place = _place(citation, shelf)
            if shown and _says(statement, citation):
                places.append(place)
            else:
                quotes.setdefault(place, []).append(_quoted(citation.evidence.quote))
    return Passage(
        said=_with_reference(first, shelf),
        points=tuple(_with_reference(point, shelf) for point in points),
        quotes=tuple(Quote("\n".join(dict.fromkeys(words)), place) for place, words in quotes.items()),
        places=tuple(dict.fromkeys(places)),
        quoted=_is_quotation(first, shelf),
    )


def _with_reference(statement: Statement, shelf: Shelf) -> str:
    said, cited = statement.text.rstrip(), reference(statement.citations, shelf)
    if not cited:
        return writable(said)
    if said.endswith(":"):
        return writable(f"{said[:-1]} {cited}:")
    return writable(f"{said} {cited}")


def _says(statement: Statement, citation: Citation) -> bool:
    """Whether the statement holds the quote, word for word."""
    return _words(citation.evidence.quote) in _words(statement.text)


def _is_quotation(statement: Statement, shelf: Shelf) -> bool:
    """Whether a statement is nothing but a quotation, the name of its report aside."""
    said = statement.text.strip()
    for citation in statement.citations[:1]:
        said = said.removeprefix(f"{shelf.name(citation.evidence.report)}: ")
    return (
        said.startswith("“") and said.endswith("”") and any(_says(statement, c) for c in statement.citations)
    )


def _quoted(words: str) -> str:
    return writable(f"“{words.strip()}”")


def _place(citation: Citation, shelf: Shelf) -> str:
    found = citation.evidence
    of = () if found.report == shelf.main.id or shelf.several else (f"of {found.report}",)
    before = shelf.before(found.report) if shelf.several else ""
    name = before + " ".join((full_name(found.paragraph), *of))
    return writable(", ".join(filter(None, (name, " › ".join(citation.section)))))


def _words(said: str) -> str:
    return f" {' '.join(_WORD.findall(said))} "


def _notes(answer: Answer, shelf: Shelf) -> Iterator[str]:
    said = answer.text if not answer.statements else ""
    if (
        answer.reason
        and answer.reason.casefold() not in said.casefold()
        and does_not_say(answer.reason) != said
    ):
        yield f"{'Note' if answer.status == 'answered' else 'What is missing'}: {answer.reason}."
    of = marked_of(answer.report, answer.reports)
    pointed = [shelf.pointed(marked, of) for marked in answer.related]
    known = [(r, n) for r, n in pointed if (report := shelf.get(r)) is not None and report.get(n) is not None]
    if known:
        lead = "Worth a look" if answer.status == "not_in_report" else "See also"
        listed = (
            f"{shelf.before(report_id)}{'; '.join(groups(tuple(number for _, number in group)))}"
            for report_id, group in groupby(known, lambda one: one[0])
        )
        yield f"{lead}: {'; '.join(listed)}."
    if answer.generator != QUOTES:
        yield (
            f"Words outside quotation marks were written by a language model ({answer.generator}) and checked "
            "against the report."
        )
