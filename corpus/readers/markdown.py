"""Markdown files: turned into HTML and read as that, with list numbers as they are typed."""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt

from corpus.readers.document import Document, ReadError
from corpus.readers.web import decoded, from_html

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FACT = re.compile(r"^(title|author|date):\s*[\"']?(.*?)[\"']?\s*$", re.IGNORECASE | re.MULTILINE)


def read_markdown(path: Path) -> Document:
    """The document in a Markdown file; raises :class:`ReadError` for an empty one."""
    text = decoded(path.read_bytes()).replace("\r\n", "\n")
    if not text.strip():
        raise ReadError(f"{path.name} is empty.")
    front = _FRONT_MATTER.match(text)
    facts = {match[1].lower(): match[2] for match in _FACT.finditer(front[1])} if front else {}
    body = text[front.end() :] if front else text
    document = from_html(f"<body>{_html(body)}</body>", path.name)
    return Document(document.pieces, {**document.facts, **facts})


def _html(text: str) -> str:
    """The text as HTML. Line breaks are kept: a number may begin a paragraph after one."""
    parser = MarkdownIt("commonmark", {"breaks": True, "html": True}).enable("table")
    tokens = parser.parse(_with_references(text))
    for token in tokens:
        if token.type == "list_item_open" and token.info:
            token.attrSet("data-label", f"{token.info}{token.markup}")
    return str(parser.renderer.render(tokens, parser.options, {}))


def _with_references(text: str) -> str:
    """The text with references to notes (``[^1]``) raised and the notes themselves marked as such."""
    notes = re.sub(
        r"^\[\^([^\]\s]+)\]:\s*(.*)$", r'<p class="footnote">\1 \2</p>\n', text, flags=re.MULTILINE
    )
    return re.sub(r"\[\^([^\]\s]+)\]", r'<sup><a href="#fn\1">\1</a></sup>', notes)
