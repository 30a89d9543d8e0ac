"""The messages of the conversation: a question or an answer as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.values import Report
from qa.note.places import full_name
from qa.page.layout import body
from qa.page.markup import NOTHING, Html, join, tag, text
from qa.page.sources import link, listed
from qa.shelf import Shelf, Shown, marked_of, on_shelf
from qa.values import QUOTES, Answer, Citation, Considered, Statement, Status

_STATUS: dict[Status, tuple[str, str]] = {
    "answered": ("✓", "Answered in the report"),
    "partial": ("◐", "Partly answered in the report"),
    "not_in_report": ("✕", "Not in the report"),
}
_WORD = re.compile(r"[^\W_]+")
_LONGEST_TITLE = 400  # characters; a tooltip is for a glance, the whole quote is one click away
_LONGEST_OPENING = 110  # characters of a related paragraph


def question_message(question: str, *actions: Html) -> Html:
    """The question as asked, literally: no Markdown, no HTML, line breaks kept; then what can be done with it."""
    asked = question.strip().splitlines()
    words = join((text(line) for line in asked), "\n")
    return _message("user", "Your question", tag("p", words, dir="auto"), after=actions)


def pending_message(words: str, shown: Shown, written: Sequence[Statement] = ()) -> Html:
    """What stands in the place of an answer while it is worked out: what is written of it, and how it goes on."""
    said = (
        tag("div", *_statements(tuple(written), on_shelf(shown)), class_="statements") if written else NOTHING
    )
    return _message("bot", "Answer", said, tag("p", text(words), class_="pending"))


def problem_message(words: str) -> Html:
    """Why there is no answer, in words that the reader can act on."""
    return _message("bot", "Answer", tag("p", text(words), class_="problem"))


def answer_message(answer: Answer, shown: Shown, *actions: Html) -> Html:
    """The answer: status, statements with quotes and paragraphs, what is missing, how it was found; then actions."""
    return _message("bot", "Answer", *_parts(answer, on_shelf(shown)), after=actions)


def _message(role: str, name: str, *children: Html, after: tuple[Html, ...] = ()) -> Html:
    content = tag("div", *children, class_="message-content")
    hidden_name = tag("h3", text(name), class_="hidden")
    return tag("article", hidden_name, content, *after, class_=f"message {role}", data_testid=role)


def _parts(answer: Answer, shelf: Shelf) -> Iterator[Html]:
    if answer.sensitive:
        yield tag("div", tag("p", text("Where to get help"), class_="status help"), body(answer.text))
        return
    yield _status(answer.status, several=len(answer.reports) > 1)
    if answer.statements:
        yield tag("div", *_statements(answer.statements, shelf), class_="statements")
    else:
        yield tag("div", body(answer.text), class_="statements")
    yield _missing(answer)
    yield _related(answer, shelf)
    yield _how_found(answer, shelf)


def _status(status: Status, *, several: bool) -> Html:
    sign, words = _STATUS[status]
    words = f"{words}s" if several else words
    mark = tag("span", text(sign), aria_hidden="true", class_="sign")
    return tag("p", mark, text(words), class_=f"status {status.replace('_', '-')}")


def _missing(answer: Answer) -> Html:
    """What the report lacks; nothing when the answer's own words say it already."""
    said = answer.text if not answer.statements else ""
    if not answer.reason or answer.reason.casefold() in said.casefold():
        return NOTHING
    if answer.status == "answered":  # of several reports, some do not say
        return tag("p", tag("strong", text("Note: ")), text(f"{answer.reason}."), class_="reason")
    return tag("p", tag("strong", text("What is missing: ")), text(answer.reason), class_="reason")


def _statements(statements: tuple[Statement, ...], shelf: Shelf) -> Iterator[Html]:
    """The statements in order; the quotes that follow one ending in a colon are the points of its list."""
    listing = False
    for is_point, group in groupby(statements, lambda one: one.text.startswith("“")):
        if is_point and listing:
            yield tag("ul", *(tag("li", _statement(one, shelf)) for one in group), class_="points")
            continue
        for one in group:
            yield _statement(one, shelf)
            listing = one.text.rstrip().endswith(":")


def _statement(statement: Statement, shelf: Shelf) -> Html:
    refs = _references(statement, shelf)
    said = body(statement.text)
    quotes = (_quote(one, statement, shelf) for one in statement.citations)
    return tag("div", tag("div", said, class_="said"), refs, *quotes, class_="statement")


def _references(statement: Statement, shelf: Shelf) -> Html:
    by_report: dict[str, list[Citation]] = {}
    for citation in statement.citations:
        by_report.setdefault(citation.evidence.report, []).append(citation)
    return join(_references_to(report_id, cited, shelf) for report_id, cited in by_report.items())


def _references_to(report_id: str, citations: Sequence[Citation], shelf: Shelf) -> Html:
    cited = _by_paragraph(citations)
    links = tuple(_reference(shelf.get(report_id), number, together) for number, together in cited)
    return listed(links, tuple(number for number, _ in cited), of=shelf.before(report_id))


def _by_paragraph(citations: Sequence[Citation]) -> tuple[tuple[str, tuple[Citation, ...]], ...]:
    """The citations by paragraph, in order of first use."""
    order = list(dict.fromkeys(one.evidence.paragraph for one in citations))
    ranked = sorted(citations, key=lambda one: order.index(one.evidence.paragraph))
    return tuple(
        (number, tuple(group)) for number, group in groupby(ranked, lambda one: one.evidence.paragraph)
    )


def _reference(report: Report | None, number: str, citations: tuple[Citation, ...]) -> Html:
    spans = tuple((one.evidence.start, one.evidence.end) for one in citations)
    quote = _shortened(" … ".join(one.evidence.quote for one in citations), _LONGEST_TITLE)
    return link(report, number, spans=spans, quote=quote)


def _quote(citation: Citation, statement: Statement, shelf: Shelf) -> Html:
    """The quote under a statement; nothing when the statement already says it word for word."""
    found = citation.evidence
    if _words(found.quote) in _words(statement.text):
        return NOTHING
    place = f"{shelf.before(found.report)}{_place(found.paragraph, citation.section)}"
    name = tag("cite", text(place))
    return tag("figure", tag("blockquote", body(found.quote)), tag("figcaption", name), class_="quote")


def _place(number: str, section: tuple[str, ...]) -> str:
    return f"{full_name(number)}, {section[-1]}" if section else full_name(number)


def _words(said: str) -> str:
    """The words alone, each between spaces, so that one text can be looked for in another."""
    return f" {' '.join(_WORD.findall(said))} "


def _squeezed(words: str) -> str:
    return " ".join(words.split())


def _shortened(words: str, longest: int) -> str:
    """The words on one line, cut after a whole word with an ellipsis when they are longer than that."""
    line = _squeezed(words)
    if len(line) <= longest:
        return line
    return line[: longest + 1].rsplit(" ", 1)[0][:longest].rstrip(" ,;:.") + " …"


def _related(answer: Answer, shelf: Shelf) -> Html:
    """Under a refusal what to read instead, with its first words; under an answer one line of numbers."""
    of = marked_of(answer.report, answer.reports)
    known = [
        (report, number)
        for report_id, number in (shelf.pointed(marked, of) for marked in answer.related)
        if (report := shelf.get(report_id)) is not None and report.get(number) is not None
    ]
    if not known:
        return NOTHING
    if answer.status != "not_in_report":
        return tag("p", text("See also "), join(_see_also(known, shelf), "; "), class_="see-also")
    rows = (tag("li", _worth_a_look(report, number, shelf)) for report, number in known)
    return tag("div", tag("h4", text("Paragraphs worth a look")), tag("ul", *rows), class_="related")


def _see_also(known: Sequence[tuple[Report, str]], shelf: Shelf) -> Iterator[Html]:
    """The paragraphs of each report, one report after the other."""
    for report_id, group in groupby(known, lambda one: one[0].id):
        together = tuple(group)
        links = tuple(link(report, number, quote=_opening(report, number)) for report, number in together)
        yield listed(links, tuple(number for _, number in together), of=shelf.before(report_id))


def _worth_a_look(report: Report, number: str, shelf: Shelf) -> Html:
    refs = listed((link(report, number),), (number,), of=shelf.before(report.id))
    return join((refs, tag("span", text(_opening(report, number)), class_="opening")))


def _opening(report: Report, number: str) -> str:
    paragraph = report.get(number)
    return _shortened(paragraph.text, _LONGEST_OPENING) if paragraph else ""


def _how_found(answer: Answer, shelf: Shelf) -> Html:
    return tag(
        "details",
        tag("summary", text("How this was found")),
        *_found_parts(answer, shelf),
        class_="found",
    )


def _found_parts(answer: Answer, shelf: Shelf) -> Iterator[Html]:
    if answer.understood and _squeezed(answer.understood) != _squeezed(answer.question):
        yield tag("p", text(f"Understood as: {answer.understood}"))
    if answer.considered:
        yield tag("p", text("Paragraphs considered, the best first (1 is a perfect match):"))
        yield tag("ol", *(_considered(one, answer.report, shelf) for one in answer.considered))
    elif len(answer.reports) > 1:
        yield tag("p", text(f"Asked: {', '.join(map(shelf.name, answer.reports))}. Each answers for itself."))
    else:
        yield tag("p", text("No paragraph was searched for: the answer follows from the question itself."))
    if answer.note:
        yield tag("p", text(answer.note))
    if answer.removed:
        yield tag("p", text(_removed(len(answer.removed))))
    yield tag("p", text(f"Answered in {answer.seconds:.2f} seconds by: {_generator(answer.generator)}."))


def _considered(one: Considered, report_id: str, shelf: Shelf) -> Html:
    refs = listed((link(shelf.get(report_id), one.paragraph),), (one.paragraph,), of=shelf.before(report_id))
    why = "; ".join(one.why)
    return tag("li", refs, text(f" {one.score:.2f}" + (f" – {why}" if why else "")))


def _removed(count: int) -> str:
    if count == 1:
        return "One statement was taken out because the report does not support it."
    return f"{count} statements were taken out because the report does not support them."


def _generator(name: str) -> str:
    return "quotes from the report, no language model" if name == QUOTES else name
