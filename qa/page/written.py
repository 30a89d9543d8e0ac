"""An answer as it is written down outside the page: what is said, with its references, and the words behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from corpus.values import FINDINGS, FRONT, Report, is_place
from qa.compose import does_not_say, marker
from qa.page.conversation import Turn
from qa.page.dates import day, period
from qa.page.markup import visible
from qa.page.sources import full_name
from qa.values import QUOTES, Answer, Citation, Statement, Status

STATUS: dict[Status, str] = {
    "answered": "Answered in the report",
    "partial": "Partly answered in the report",
    "not_in_report": "Not in the report",
}
HOW_TO_READ = "Words in quotation marks are the report’s own; the paragraph numbers are those printed in it."
NOTHING_ASKED = "No question was answered."
_NAMED = {FINDINGS: "record of main findings", FRONT: "title page"}
_LONGEST_HEADING = 200  # characters
_WORD = re.compile(r"[^\W_]+")
# Neither UTF-8 nor the XML inside a Word file has them.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


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


def entries(turns: Sequence[Turn], report: Report) -> tuple[Entry, ...]:
    """The questions that have an answer, in order; a disclosure of harm is not written down."""
    return tuple(
        Entry(
            heading=_heading(turn.question),
            lead=tuple(_lead(turn.question, turn.answer, turn.asked)),
            passages=passages(turn.answer, report),
            notes=notes(turn.answer, report),
        )
        for turn in turns
        if turn.answer is not None and not turn.answer.sensitive
    )


def about(report: Report) -> str:
    """Whose report it is, and of when."""
    known = report.metadata
    published = f"Published by {known.publisher} on {day(known.published)}"
    inspected = f"; as inspected {period(known.inspected)}" if known.inspected else ""
    return writable(f"{known.authority}. {published}{inspected}.")


def source(report: Report) -> str:
    """The report as a line under an answer names it."""
    known = report.metadata
    inspected = f", as inspected {period(known.inspected)}" if known.inspected else ""
    return writable(
        f"Source: {known.title}, {known.authority} ({known.publisher}, {day(known.published)}){inspected}."
    )


def title(report: Report) -> str:
    """The title of the report."""
    return writable(report.metadata.title)


def passages(answer: Answer, report: Report) -> tuple[Passage, ...]:
    """What the answer says, in order. What the verifier took out is not part of it."""
    if not answer.statements:
        return (Passage(writable(answer.text)),)
    return tuple(_passages(answer.statements, report))


def notes(answer: Answer, report: Report) -> tuple[str, ...]:
    """What is missing, what to read besides, and which model wrote the words that are not the report's."""
    return tuple(writable(note) for note in _notes(answer, report))


def reference(citations: Iterable[Citation], report: Report) -> str:
    """The paragraphs as a briefing cites them: ``(para 12)``, ``(paras 13, 79-81)``, ``(record of main findings)``."""
    evidence = [citation.evidence for citation in citations]
    parts = []
    for id in dict.fromkeys(one.report for one in evidence):
        numbers = tuple(dict.fromkeys(one.paragraph for one in evidence if one.report == id))
        named = "; ".join(_groups(numbers))
        parts.append(named if id == report.id else f"{named} of {id}")
    return f"({'; '.join(parts)})" if parts else ""


def writable(words: str) -> str:
    """The words without characters that hide or turn round others, or that a file cannot hold."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", visible(words))


def _groups(numbers: tuple[str, ...]) -> Iterator[str]:
    for name, group in groupby(numbers, _unit):
        together = tuple(group)
        if name == "":
            yield from (_NAMED[number] for number in together)
        else:
            yield f"{name}{'s' if len(together) > 1 else ''} {marker(together)[1:-1]}"


def _unit(number: str) -> str:
    if number in _NAMED:
        return ""
    return "block" if is_place(number) else "para"


def _heading(question: str) -> str:
    line = " ".join(writable(question).split())
    if len(line) <= _LONGEST_HEADING:
        return line
    return line[:_LONGEST_HEADING].rsplit(" ", 1)[0] + " …"


def _lead(question: str, answer: Answer, asked: datetime | None) -> Iterator[str]:
    line = " ".join(writable(question).split())
    if line != _heading(question):
        yield line
    status = STATUS[answer.status]
    yield status if asked is None else f"Asked on {day(asked.astimezone().date().isoformat())}. {status}."


def _passages(statements: Sequence[Statement], report: Report) -> Iterator[Passage]:
    left = list(statements)
    while left:
        first = left.pop(0)
        points = []
        if first.text.rstrip().endswith(":"):
            while left and left[0].text.startswith("“"):
                points.append(left.pop(0))
        yield _passage(first, points, report)


def _passage(first: Statement, points: Sequence[Statement], report: Report) -> Passage:
    quotes: dict[str, list[str]] = {}
    places = []
    for statement in (first, *points):
        shown = statement.text.rstrip().endswith(":") or _is_quotation(statement)
        for citation in statement.citations:
            place = _place(citation, report)
            if shown and _says(statement, citation):
                places.append(place)
            else:
                quotes.setdefault(place, []).append(_quoted(citation.evidence.quote))
    return Passage(
        said=_with_reference(first, report),
        points=tuple(_with_reference(point, report) for point in points),
        quotes=tuple(Quote("\n".join(dict.fromkeys(words)), place) for place, words in quotes.items()),
        places=tuple(dict.fromkeys(places)),
        quoted=_is_quotation(first),
    )


def _with_reference(statement: Statement, report: Report) -> str:
    said, cited = statement.text.rstrip(), reference(statement.citations, report)
    if not cited:
        return writable(said)
    if said.endswith(":"):
        return writable(f"{said[:-1]} {cited}:")
    return writable(f"{said} {cited}")


def _says(statement: Statement, citation: Citation) -> bool:
    """Whether the statement holds the quote, word for word."""
    return _words(citation.evidence.quote) in _words(statement.text)


def _is_quotation(statement: Statement) -> bool:
    said = statement.text.strip()
    return (
        said.startswith("“") and said.endswith("”") and any(_says(statement, c) for c in statement.citations)
    )


def _quoted(words: str) -> str:
    return writable(f"“{words.strip()}”")


def _place(citation: Citation, report: Report) -> str:
    found = citation.evidence
    of = () if found.report == report.id else (f"of {found.report}",)
    name = " ".join((full_name(found.paragraph), *of))
    return writable(", ".join(filter(None, (name, " › ".join(citation.section)))))


def _words(said: str) -> str:
    return f" {' '.join(_WORD.findall(said))} "


def _notes(answer: Answer, report: Report) -> Iterator[str]:
    said = answer.text if not answer.statements else ""
    if answer.status != "answered" and answer.reason and does_not_say(answer.reason) != said:
        yield f"What is missing: {answer.reason}."
    known = tuple(number for number in answer.related if report.get(number) is not None)
    if known:
        lead = "Worth a look" if answer.status == "not_in_report" else "See also"
        yield f"{lead}: {'; '.join(_groups(known))}."
    if answer.generator != QUOTES:
        yield (
            f"Words outside quotation marks were written by a language model ({answer.generator}) and checked "
            "against the report."
        )
