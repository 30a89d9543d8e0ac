"""HTML built from parts: text is escaped on its way in, so that only our own tags are ever markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NewType

from qa.note.characters import visible

Html = NewType("Html", str)
"""Text that is safe to show as HTML. Only this module makes it."""

NOTHING = Html("")

DOCTYPE = Html("<!doctype html>")
"""How a whole page begins."""

_WITHOUT_END = frozenset({"br", "input", "link", "meta"})


def text(value: str) -> Html:
    """The text as HTML that shows it literally, whatever it holds."""
    return Html(escape(visible(value), quote=True))


def join(parts: Iterable[Html], separator: str = "") -> Html:
    """The parts one after the other; the separator is text."""
    return Html(text(separator).join(parts))


def tag(name: str, *children: Html, **attributes: str | bool | None) -> Html:
    """An element; ``class_`` gives ``class``, ``data_at`` gives ``data-at``, ``None`` or ``False`` none."""
    given = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _WITHOUT_END:
        return Html(f"<{name}{given}>")
    return Html(f"<{name}{given}>{''.join(children)}</{name}>")


def script(code: str) -> Html:
    """A script of our own, written in the source: nobody else's text may be part of it."""
    return Html(f"<script>{code}</script>")


def _attribute(key: str, value: str | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{text(value)}"'
