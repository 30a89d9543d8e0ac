"""The page of the reports: everybody sees the list, and those who may add reports and remove them."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse

from corpus.adding import free_id, suggested_id
from corpus.errors import CorpusError
from corpus.facts import iso_date
from corpus.library import report_ids
from index.errors import IndexError_
from qa.errors import InputError, QAError
from qa.page.desk import GONE, LARGEST, TOO_LARGE, Desk, Work, check_id, file_name, who
from qa.page.keeping import ELSEWHERE
from qa.page.managers import May
from qa.page.markup import Html
from qa.page.reports import (
    NOT_YOURS,
    REMOVE,
    UPLOAD,
    list_page,
    remove_page,
)
from qa.page.signin import is_known, owner_of
from qa.page.stock import NO_SUCH, Stock
from qa.page.upload import DISCARD, FACTS, KEEP, PATH, address, work_page

PATHS = (PATH, UPLOAD, KEEP, DISCARD, REMOVE)
LARGEST_UPLOAD = LARGEST * 1_000_000 + 100_000  # bytes: the file and the form around it
NO_FILE = "Choose a file first."
UNKNOWN = (
    "Your browser did not say who it is. Allow cookies for this page, load it again and repeat what you did."
)
NO_TITLE = "A report needs a title."
NO_DATE = "“{given}” is no date. Write it as 10 July 2012, July 2012, 2012-07-10 or 2012, or leave it empty."
LONGEST_FACT = 300  # characters
_NO_STORE = {"Cache-Control": "no-store"}
_DATE = re.compile(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?")
_ACTED_ON = (CorpusError, IndexError_, QAError)

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Managing:
    """Who may change the reports, and what changes them; ``noted`` is told what was done, for the log."""

    may: May
    stock: Stock
    desk: Desk
    noted: Callable[[str], None]


def managing(stock: Stock, may: May | None, home: Path, noted: Callable[[str], None]) -> Managing | None:
    """What the page of the reports works with; ``None`` where nobody may change them."""
    return (
        None if may is None else Managing(may, stock, Desk(stock.add, home / "uploads", noted=noted), noted)
    )


def add_managing(app: FastAPI, made: Managing) -> None:
    """Add the page to the application. What changes something is refused here to whoever may not, whatever they see."""
    pages = _Pages(made)
    app.add_api_route(PATH, pages.show, methods=["GET", "HEAD"], response_class=HTMLResponse)
    for path, act in (
        (UPLOAD, pages.upload),
        (KEEP, pages.keep),
        (DISCARD, pages.discard),
        (REMOVE, pages.remove),
    ):
        app.add_api_route(path, _guarded(act, made.may), methods=["POST"], response_class=HTMLResponse)


def _guarded(
    act: Callable[[Request], Awaitable[Response]], may: May
) -> Callable[[Request], Awaitable[Response]]:
    """Does it for who may, and looks at no more of the request of anybody else."""

    async def guarded(request: Request) -> Response:
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return _refused(ELSEWHERE)
        if not may(request):
            return _refused(NOT_YOURS)
        return await act(request) if is_known(request) else _refused(UNKNOWN)

    return guarded


class _Pages:
    """What is shown and done."""

    def __init__(self, made: Managing) -> None:
        self._made = made
        self._stock, self._desk = made.stock, made.desk

    def show(self, request: Request, job: str = "", remove: str = "", gone: str = "") -> Response:
        if not self._made.may(request):
            return _page(self._listed(request))
        shelf = self._stock.shelves.now
        if job:
            work = self._desk.work(owner_of(request), job)
            return (
                _page(work_page(work, shelf))
                if work is not None
                else _page(self._listed(request, problem=GONE), 404)
            )
        if remove:
            report = shelf.get(remove)
            reason = NO_SUCH if report is None else self._stock.why_it_stays(remove)
            if report is None or reason:
                return _page(self._listed(request, problem=reason or NO_SUCH), 404)
            return _page(remove_page(report, shelf))
        removed = gone and shelf.get(gone) is None and re.fullmatch(r"[a-z0-9-]{1,63}", gone)
        return _page(self._listed(request, done=f"The report {gone} is removed." if removed else ""))

    async def upload(self, request: Request) -> Response:
        try:
            form = await request.form(max_files=1, max_fields=5)
        except Exception:  # the form is broken, or it was cut short because it is too large
            return _page(self._listed(request, problem=TOO_LARGE), 413)
        short_name = str(form.get("id", "")).strip()
        try:
            work = await self._taken(form, short_name, owner_of(request))
        except QAError as error:
            return _page(self._listed(request, problem=str(error), short_name=short_name[:63]), 400)
        finally:
            await form.close()
        return _to(address(work))

    async def _taken(self, form: Fields, short_name: str, owner: str) -> Work:
        file = form.get("report")
        if file is None or isinstance(file, str) or not file.filename:
            raise InputError(NO_FILE)
        report_id = short_name or free_id(suggested_id(Path(file_name(file.filename))), report_ids())
        check_id(report_id)
        return await run_in_threadpool(self._desk.upload, owner, file.filename, file.file, report_id)

    async def keep(self, request: Request) -> Response:
        form = await _fields(request)
        owner, token = owner_of(request), str(form.get("job", ""))
        try:
            self._desk.keep(owner, token, stated(form))
        except InputError as error:
            work = self._desk.work(owner, token)
            if work is None:
                return _page(self._listed(request, problem=str(error)), 404)
            if work.phase == "read":
                return _page(work_page(work, self._stock.shelves.now, str(error), form), 400)
        return _to(f"{PATH}?job={quote(token)}")

    async def discard(self, request: Request) -> Response:
        form = await _fields(request)
        try:
            self._desk.discard(owner_of(request), str(form.get("job", "")))
        except InputError as error:
            return _page(self._listed(request, problem=str(error)), 404)
        return _to(PATH)

    async def remove(self, request: Request) -> Response:
        report_id = str((await _fields(request)).get("report", ""))
        try:
            await run_in_threadpool(self._stock.remove, report_id)
        except _ACTED_ON as error:
            return _page(self._listed(request, problem=str(error)), 409)
        self._made.noted(f"The report {report_id!r} was removed by {who(owner_of(request))}.")
        return _to(f"{PATH}?gone={quote(report_id)}")

    def _listed(self, request: Request, *, problem: str = "", done: str = "", short_name: str = "") -> Html:
        may = self._made.may(request)
        return list_page(
            self._stock.shelves.now,
            self._stock.why_it_stays,
            may=may,
            works=self._desk.undecided(owner_of(request)) if may else (),
            problem=problem,
            done=done,
            short_name=short_name,
        )


def stated(form: Fields) -> dict[str, str]:
    """What a person states of a report; raises :class:`InputError` for what cannot be."""
    facts = {name: " ".join(str(form.get(name, "")).split())[:LONGEST_FACT] for name in FACTS}
    if not facts["title"]:
        raise InputError(NO_TITLE)
    given = facts["published"]
    facts["published"] = given if _DATE.fullmatch(given) else iso_date(given)
    if given and not facts["published"]:
        raise InputError(NO_DATE.format(given=given))
    return facts


async def _fields(request: Request) -> Fields:
    try:
        async with request.form(max_files=0, max_fields=20) as form:
            return dict(form)
    except Exception:  # whatever was sent, it is no form of ours
        return {}


def _page(shown: Html, status: int = 200) -> Response:
    return HTMLResponse(shown, status_code=status, headers=_NO_STORE)


def _refused(words: str) -> Response:
    return Response(words, status_code=403, media_type="text/plain; charset=utf-8", headers=_NO_STORE)


def _to(path: str) -> Response:
    return RedirectResponse(path, status_code=303, headers=_NO_STORE)
