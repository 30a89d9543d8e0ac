"""The web application: the page, its own files and the guard in front of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import gradio as gr
from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse

from qa.page import briefing, checking, reports, tracking
from qa.page.busy import Busy
from qa.page.components import LONGEST_QUEUE, build_page, page_title
from qa.page.events import Events, ToJson
from qa.page.headers import Application, Guarded
from qa.page.keeping import PATHS, add_routes
from qa.page.limits import Limits
from qa.page.managing import LARGEST_UPLOAD, Managing, add_managing
from qa.page.managing import PATHS as CHANGES
from qa.page.markup import NOTHING, Html, join, script, tag, text
from qa.page.reading import document
from qa.page.service import Service
from qa.page.store import Store
from qa.page.upload import PATH
from qa.shelf import Shelves
from qa.values import QUOTES

_HERE = Path(__file__).parent
_FILES = {
    "style.css": "text/css",
    "plain.css": "text/css",
    "page.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
READING = "/page/report"
# Where the page was opened once more for its cookies, the address need not tell.
_WITHOUT_AGAIN = (
    "if (location.search === '?again') history.replaceState(null, '', location.pathname + location.hash);"
)
_SYSTEM_FONTS = ("system-ui", "sans-serif")
_MONOSPACE = ("ui-monospace", "monospace")


@dataclass(frozen=True, slots=True)
class Extra:
    """A page beside the page: what it shows, and what a button on it does before it is shown again.

    ``name`` is what the link to it says.
    """

    path: str
    name: str
    show: Callable[[], Html]
    act: Callable[[], None] | None = None


def create_app(
    shelves: Shelves,
    service: Service,
    to_json: ToJson,
    store: Store,
    *,
    rate: int,
    generator: str = QUOTES,
    extras: Sequence[Extra] = (),
    links: Sequence[tuple[str, str]] = (),
    managing: Managing | None = None,
) -> Application:
    """The page for a report or several, and others beside it, as an ASGI application.

    ``rate`` is how many questions a minute one person may ask; ``generator`` names what writes the answers; ``links``
    are names and addresses of what else there is; with ``managing`` there is a page that adds and removes reports.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for name, kind in _FILES.items():
        app.add_api_route(f"/page/{name}", _file(name, kind), response_class=FileResponse)
    for extra in extras:
        _add(app, extra)
    main = shelves.now.main
    app.add_api_route(f"{READING}/{{report_id}}", reading(shelves), response_class=HTMLResponse)
    add_routes(app, shelves, service, store)
    limits = Limits(rate, waiting=LONGEST_QUEUE)
    checking.add_checking(app, main, service.checker, limits)
    briefing.add_briefing(app, main, service.briefer, limits)
    tracking.add_tracking(app, main, service.briefer)
    beside = {page.NAME: page.PATH for page in (checking, briefing, tracking)}
    if managing is not None:
        add_managing(app, managing)
        beside[reports.NAME] = PATH
    others = [*beside.items(), *((extra.name, extra.path) for extra in extras), *links]
    events = Events(shelves, service, store, limits, generator)
    page, redrawing = build_page(events, to_json, _links(others))
    gr.mount_gradio_app(
        app,
        page,
        "/",
        theme=gr.themes.Base(font=_fonts(_SYSTEM_FONTS), font_mono=_fonts(_MONOSPACE)),
        footer_links=[],
        run_history=False,
        pwa=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size=1,
    )
    shelves.watch(redrawing.draw)
    return Guarded(
        Busy(app),
        head=lambda: head(page_title(shelves.now)),
        also=[*PATHS, *beside.values(), *(extra.path for extra in extras), *(CHANGES if managing else ())],
        larger={reports.UPLOAD: LARGEST_UPLOAD},
    )


def reading(shelves: Shelves) -> Callable[[str], Response]:
    """What serves the text of a report for the reading pane."""

    def read(report_id: str) -> Response:
        report = shelves.now.get(report_id)
        if report is None:
            return PlainTextResponse("There is no such report. It may have been removed.", status_code=404)
        return HTMLResponse(document(report), headers={"Cache-Control": "no-store"})

    return read


def _links(links: Sequence[tuple[str, str]]) -> Html:
    if not links:
        return NOTHING
    rows = (tag("li", tag("a", text(name), href=path.removeprefix("/"))) for name, path in links)
    return tag("nav", tag("ul", *rows), aria_label="Other pages", class_="other-pages")


def _add(app: FastAPI, extra: Extra) -> None:
    app.add_api_route(extra.path, _showing(extra.show), methods=["GET", "HEAD"], response_class=HTMLResponse)
    if extra.act is not None:
        app.add_api_route(extra.path, _acting(extra.path, extra.act), methods=["POST"])


def _showing(show: Callable[[], Html]) -> Callable[[], HTMLResponse]:
    return lambda: HTMLResponse(show(), headers={"Cache-Control": "no-store"})


def _acting(path: str, act: Callable[[], None]) -> Callable[[Request], Response]:
    def do(request: Request) -> Response:
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return PlainTextResponse("This was sent by another site and is not taken.", status_code=403)
        act()
        return RedirectResponse(path, status_code=303)

    return do


def head(title: str) -> str:
    """The lines for the document's head; style, script and icon are named by content: none is stale."""
    return join(
        (
            tag("title", text(title)),
            tag(
                "meta",
                name_="description",
                content="Ask a published report a question; every answer is cited.",
            ),
            tag("link", rel="icon", type="image/svg+xml", href=_address("icon.svg")),
            tag("link", rel="stylesheet", href=_address("style.css")),
            tag("script", text(""), src=_address("page.js"), defer=True),
            script(_WITHOUT_AGAIN),
        )
    )


def _fonts(names: tuple[str, ...]) -> list[gr.themes.Font]:
    return [gr.themes.Font(name) for name in names]


def _address(name: str) -> str:
    version = hashlib.sha256((_HERE / name).read_bytes()).hexdigest()[:12]
    return f"page/{name}?{version}"


def _file(name: str, kind: str) -> Callable[[], FileResponse]:
    return lambda: FileResponse(_HERE / name, media_type=kind, headers={"Cache-Control": "max-age=3600"})
