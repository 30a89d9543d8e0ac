"""The page that gathers what the report says on a topic, to read and to take away as Word or Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from fastapi import FastAPI, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from corpus.values import Report
from qa.brief.brief import Brief, Briefs, Task
from qa.brief.findings import Finding
from qa.brief.topic import LONGEST, read_topic
from qa.brief.written import (
    JUDGED_AROUND,
    PARTS,
    as_file,
    grouped,
    judged_words,
    left_out,
    note_of,
    nothing_said,
    on_one_line,
)
from qa.errors import QAError
from qa.note.note import COLUMNS, Row
from qa.note.places import source
from qa.page.keeping import ELSEWHERE
from qa.page.limits import Limits
from qa.page.markup import NOTHING, Html, join, tag, text
from qa.page.signin import limited_by
from qa.page.signin_pages import small_page
from qa.page.sources import anchor, short_name
from qa.values import Citation

PATH, NAME = "/briefing", "Briefing"
NO_FORMAT = "A briefing can be saved as docx or md. Go back and use one of the two buttons."
_TOPIC, _AS = Form(""), Form("", alias="as")
_KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
}
_NO_STORE = {"Cache-Control": "no-store"}


def add_briefing(app: FastAPI, report: Report, briefs: Callable[[], Briefs], limits: Limits) -> None:
    """Add the page to the application; ``briefs`` waits until topics can be looked for."""

    def show() -> HTMLResponse:
        return _page(_form(report))

    async def gather(request: Request, topic: str = _TOPIC, form: str = _AS) -> Response:
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return Response(ELSEWHERE, status_code=403, media_type="text/plain")
        if form not in ("", *_KINDS):
            return _page(_problem(NO_FORMAT), _form(report, topic), status=400)
        try:
            wanted = read_topic(topic)
            with limits.asking(limited_by(request), wanted):
                return await run_in_threadpool(_gathered, wanted, form, report, briefs)
        except QAError as error:
            return _page(_problem(str(error)), _form(report, topic[:LONGEST]), status=400)

    app.add_api_route(PATH, show, methods=["GET", "HEAD"], response_class=HTMLResponse)
    app.add_api_route(PATH, gather, methods=["POST"], response_class=HTMLResponse)


def _gathered(topic: str, form: str, report: Report, briefs: Callable[[], Briefs]) -> Response:
    brief = briefs().about(topic)
    if brief.help:
        return _page(tag("p", text(brief.help), role="status", class_="help"), _form(report))
    if form:
        name = re.sub(r"[^a-z0-9]+", "-", topic.lower()).strip("-")[:60] or "topic"
        saved = {"Content-Disposition": f'attachment; filename="briefing-{name}.{form}"', **_NO_STORE}
        return Response(as_file(brief, report, f".{form}"), media_type=_KINDS[form], headers=saved)
    return _page(_form(report, topic), *_shown(brief, report))


def _page(*parts: Html, status: int = 200) -> HTMLResponse:
    back = tag("p", tag("a", text("Back to the questions"), href="/"))
    return HTMLResponse(small_page(NAME, back, *parts), status_code=status, headers=_NO_STORE)


def _problem(words: str) -> Html:
    return tag("p", text(words), role="alert", class_="wrong")


def _form(report: Report, topic: str = "") -> Html:
    intro = (
        "Name a topic: a section, a theme or a role. What the report says on it is gathered in its own words, each "
        "point with its paragraph. Please do not enter names of children."
    )
    names = dict.fromkeys(section.name for section in report.sections)
    return tag(
        "form",
        tag("p", text(intro), id="about-topic"),
        tag("label", text("Topic"), for_="topic"),
        tag(
            "input",
            type="text",
            name_="topic",
            id="topic",
            value=topic,
            list="sections",
            autocomplete="off",
            aria_describedby="about-topic",
        ),
        tag("datalist", *(tag("option", value=name) for name in names), id="sections"),
        tag("p", tag("button", text("Write the briefing"), type="submit")),
        action=PATH,
        method="post",
    )


def _shown(brief: Brief, report: Report) -> Iterator[Html]:
    """What the report says on the topic, with the buttons that save it."""
    yield tag("h2", text(f"Briefing: {brief.topic}"), tabindex="-1", id="result")
    yield tag("p", text(source(report)), class_="soft")
    if not brief.says:
        yield tag("p", text(nothing_said(brief)), role="status")
        return
    yield _saving(brief)
    yield tag("div", *_parts(brief, report), class_="briefing")
    yield _quoted(note_of(brief, report).rows)


def _saving(brief: Brief) -> Html:
    buttons = (
        tag("button", text(f"Save as {name}"), name_="as", value=kind, type="submit")
        for kind, name in (("docx", "Word"), ("md", "Markdown"))
    )
    hidden = tag("input", type="hidden", name_="topic", value=brief.topic)
    return tag("form", hidden, join(buttons, " "), action=PATH, method="post", class_="saving")


def _parts(brief: Brief, report: Report) -> Iterator[Html]:
    if brief.judgements:
        rows = (
            tag("li", text(f"{judged_words(one.judgement)} "), _links(one.citations, report))
            for one in brief.judgements
        )
        yield tag("h3", text(PARTS["judgements"] if brief.named else JUDGED_AROUND))
        yield tag("ul", *rows)
    findings: dict[str, Sequence[Finding]] = {
        "strengths": brief.strengths,
        "weaknesses": brief.weaknesses,
        "others": brief.others,
    }
    for key, found in findings.items():
        if found:
            yield tag("h3", text(PARTS[key]))
            yield _list(found, report)
    if brief.tasks:
        yield tag("h3", text(PARTS["tasks"]))
        for name, group in grouped(brief.tasks, report).items():
            yield tag("h4", text(name)) if name else NOTHING
            yield _list(group, report)
        if brief.tasks_in_all > len(brief.tasks):
            yield tag("p", text(left_out(brief)), tag("a", text(" Open it"), href="/actions"))
    if brief.further:
        links = join((_link(number, report) for number in brief.further), ", ")
        yield tag("p", text("See also: paragraphs "), links)


def _list(points: Iterable[Finding | Task], report: Report) -> Html:
    return tag("ul", *(_point(one, report) for one in points))


def _point(one: Finding | Task, report: Report) -> Html:
    words = f"“{on_one_line(one.citations[0].evidence.quote)}” "
    half = text(f" – {one.half}") if one.half else NOTHING
    return tag("li", text(words), _links(one.citations, report), half)


def _links(citations: Sequence[Citation], report: Report) -> Html:
    numbers = dict.fromkeys(c.evidence.paragraph for c in citations)
    return join((text("("), join((_link(number, report) for number in numbers), ", "), text(")")))


def _link(number: str, report: Report) -> Html:
    name = short_name(number)
    shown = f"para\N{NO-BREAK SPACE}{name}" if name == number else name
    return tag("a", text(shown), href=f"/#{anchor(report.id, number)}")


def _quoted(rows: Sequence[Row]) -> Html:
    """The paragraphs quoted, to be read in their context."""
    names = (tag("th", text(name), scope="col", role="columnheader") for name in COLUMNS)
    head = tag("thead", tag("tr", *names, role="row"), role="rowgroup")
    shown = (
        tag(
            "tr",
            tag("th", text(row.number), scope="row", role="rowheader"),
            tag("td", text(row.section), role="cell", class_="soft"),
            tag("td", *(_line(row, place) for place in range(len(row.lines))), role="cell"),
            role="row",
        )
        for row in rows
    )
    table = tag("table", head, tag("tbody", *shown, role="rowgroup"), class_="quoted", role="table")
    return tag(
        "details",
        tag("summary", text("The paragraphs quoted")),
        tag(
            "div",
            table,
            class_="wide",
            tabindex="0",
            role="region",
            aria_label="The paragraphs quoted",
        ),
    )


def _line(row: Row, place: int) -> Html:
    runs = (tag("strong", text(run.words)) if run.quoted else text(run.words) for run in row.lines[place])
    return tag("p", *runs)
