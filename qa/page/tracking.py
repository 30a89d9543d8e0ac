"""The page with the actions that the report asks for: by deadline and owner, and to take away as a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from corpus.values import Report
from qa.brief.brief import Briefs
from qa.errors import QAError
from qa.page.markup import NOTHING, Html, join, tag, text
from qa.page.signin_pages import small_page
from qa.page.sources import anchor
from qa.tracker import Action, as_csv, as_xlsx

PATH, NAME = "/actions", "Actions"
NONE = "The report lists no recommendations."
NO_FORMAT = "The table can be saved as xlsx or csv. Go back and use one of the two buttons."
ALL = ""
_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_NO_STORE = {"Cache-Control": "no-store"}
_HEADS = ("Paragraph", "Deadline", "Owner", "Action", "Explained in")


def add_tracking(app: FastAPI, report: Report, briefs: Callable[[], Briefs]) -> None:
    """Add the page to the application; ``briefs`` waits until the report can be searched."""

    async def show(request: Request) -> Response:
        asked = request.query_params
        try:
            found = await run_in_threadpool(lambda: briefs().actions())
        except QAError as error:
            return _page(tag("p", text(str(error)), role="alert", class_="wrong"), status=503)
        deadline, owner = asked.get("deadline", ALL), asked.get("owner", ALL)
        kept = chosen(found, deadline, owner)
        form = asked.get("as", "")
        if form and form not in _KINDS:
            return _page(tag("p", text(NO_FORMAT), role="alert", class_="wrong"), status=400)
        if form:
            return await run_in_threadpool(_saved, kept, form, report)
        if not found:
            return _page(tag("p", text(NONE)))
        return _page(_filters(found, deadline, owner), _table(kept, len(found), report))

    app.add_api_route(PATH, show, methods=["GET", "HEAD"], response_class=HTMLResponse)


def chosen(found: Sequence[Action], deadline: str = ALL, owner: str = ALL) -> tuple[Action, ...]:
    """The actions of a deadline and an owner; of all where none is named."""
    return tuple(
        one
        for one in found
        if deadline in (ALL, one.recommendation.deadline) and owner in (ALL, one.recommendation.addressee)
    )


def _saved(kept: Sequence[Action], form: str, report: Report) -> Response:
    title = f"Actions: {report.metadata.title}"
    content = as_csv(kept).encode("utf-8-sig") if form == "csv" else as_xlsx(kept, title)
    headers = {"Content-Disposition": f'attachment; filename="actions-{report.id}.{form}"', **_NO_STORE}
    return Response(content, media_type=_KINDS[form], headers=headers)


def _page(*parts: Html, status: int = 200) -> HTMLResponse:
    back = tag("p", tag("a", text("Back to the questions"), href="/"))
    return HTMLResponse(small_page(NAME, back, *parts), status_code=status, headers=_NO_STORE)


def _filters(found: Sequence[Action], deadline: str, owner: str) -> Html:
    """What to show, and the buttons that show it or save it."""
    deadlines = dict.fromkeys(one.recommendation.deadline for one in found)
    owners = dict.fromkeys(one.recommendation.addressee for one in found)
    return tag(
        "form",
        _choice("deadline", "Deadline", "All deadlines", tuple(deadlines), deadline),
        _choice("owner", "Owner", "All owners", tuple(owners), owner),
        tag(
            "p",
            tag("button", text("Show"), type="submit"),
            text(" "),
            tag("button", text("Save as Excel"), type="submit", name_="as", value="xlsx"),
            text(" "),
            tag("button", text("Save as CSV"), type="submit", name_="as", value="csv"),
        ),
        action=PATH,
        method="get",
        class_="filters",
    )


def _choice(name: str, label: str, every: str, values: Sequence[str], now: str) -> Html:
    options = (
        tag("option", text(shown), value=value, selected=value == now)
        for value, shown in ((ALL, every), *((value, value) for value in values))
    )
    return tag("p", tag("label", text(label), for_=name), tag("select", *options, name_=name, id=name))


def _table(kept: Sequence[Action], total: int, report: Report) -> Html:
    said = tag("p", text(f"{len(kept)} of {total} actions"), role="status")
    if not kept:
        return said
    head = tag(
        "tr", *(tag("th", text(name), scope="col", role="columnheader") for name in _HEADS), role="row"
    )
    rows = (_row(one, report) for one in kept)
    table = tag(
        "table",
        tag("thead", head, role="rowgroup"),
        tag("tbody", *rows, role="rowgroup"),
        class_="tracker",
        role="table",
        aria_label="Actions",
    )
    return join((said, table))


def _row(one: Action, report: Report) -> Html:
    """An action as a row; on a narrow screen each cell says what it is."""
    asked = one.recommendation
    half = tag("span", text(one.part), class_="soft") if one.part else NOTHING
    cells = (
        join((_link(asked.paragraph, report), text(" "), half)),
        text(asked.deadline),
        text(asked.addressee),
        text(asked.text),
        join((_link(number, report) for number in one.explained), ", ") if one.explained else text("–"),
    )
    shown = (
        tag("td", tag("span", cell), role="cell", data_label=name)
        for name, cell in zip(_HEADS, cells, strict=True)
    )
    return tag("tr", *shown, role="row")


def _link(number: str, report: Report) -> Html:
    return tag("a", text(f"para\N{NO-BREAK SPACE}{number}"), href=f"/#{anchor(report.id, number)}")
