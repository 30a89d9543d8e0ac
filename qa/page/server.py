"""The web application: the page, its own files and the guard in front of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import FileResponse

from corpus.values import Report
from qa.page.components import build_page, page_title
from qa.page.events import ToJson
from qa.page.headers import Application, Guarded
from qa.page.markup import join, tag, text
from qa.page.service import Service

_HERE = Path(__file__).parent
_FILES = {"style.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"}
_SYSTEM_FONTS = ("system-ui", "sans-serif")
_MONOSPACE = ("ui-monospace", "monospace")


def create_app(report: Report, service: Service, to_json: ToJson) -> Application:
    """The page for one report as an ASGI application."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for name, kind in _FILES.items():
        app.add_api_route(f"/page/{name}", _file(name, kind), response_class=FileResponse)
    page = build_page(report, service, to_json)
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
    return Guarded(app, head=head(page_title(report)))


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
        )
    )


def _fonts(names: tuple[str, ...]) -> list[gr.themes.Font]:
    return [gr.themes.Font(name) for name in names]


def _address(name: str) -> str:
    version = hashlib.sha256((_HERE / name).read_bytes()).hexdigest()[:12]
    return f"page/{name}?{version}"


def _file(name: str, kind: str) -> Callable[[], FileResponse]:
    return lambda: FileResponse(_HERE / name, media_type=kind, headers={"Cache-Control": "max-age=3600"})
