"""Answers to take away: Markdown and Word for a file, plain and rich text for the clipboard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.page.conversation import Turn
from qa.page.layout import Line, body, lines
from qa.page.markup import Html, join, tag, text
from qa.page.shelf import Shown
from qa.page.word import to_docx
from qa.page.written import (
    HOW_TO_READ,
    NOTHING_ASKED,
    Passage,
    about,
    entries,
    notes,
    passages,
    source,
    title,
)
from qa.values import Answer

__all__ = ["plain", "rich", "to_docx", "to_markdown"]

_MEANS_SOMETHING = re.compile(r"[\\`#*_\[\]<>~&]|(?<=:)//|(?<=www)\.|@")
_OPENS_A_LINE = re.compile(r"^(\s*)([-+=#|]|\d+(?=[.)]))")
_BETWEEN_CELLS = " – "  # a table's row outside a table
_SPACES = re.compile(r"\s+")


def to_markdown(turns: Sequence[Turn], shown: Shown) -> str:
    """The answers as a Markdown document; whatever the texts hold is shown as text."""
    blocks = [f"# {_escaped(title(shown))}", _escaped(about(shown)), _escaped(HOW_TO_READ)]
    written = entries(turns, shown)
    if not written:
        blocks.append(NOTHING_ASKED)
    for entry in written:
        blocks += [f"## {_escaped(entry.heading)}", *map(_escaped, entry.lead)]
        blocks += [block for passage in entry.passages for block in _markdown(passage)]
        blocks += [_escaped(note) for note in entry.notes]
    return "\n\n".join(blocks) + "\n"


def plain(answer: Answer, shown: Shown) -> str:
    """The answer as text, ``(para 12)`` behind each statement, and where it is from."""
    said = [line for passage in passages(answer, shown) for line in _plain(passage)]
    return "\n".join([*said, *notes(answer, shown), "", source(answer, shown)])


def rich(answer: Answer, shown: Shown) -> Html:
    """The same as HTML for the clipboard, with the place of every quotation: it pastes into Word as it looks."""
    parts = [part for passage in passages(answer, shown) for part in _rich(passage)]
    parts += [tag("p", text(note)) for note in notes(answer, shown)]
    return tag("div", *parts, tag("p", tag("em", text(source(answer, shown)))), lang="en-GB")


def _plain(passage: Passage) -> Iterator[str]:
    yield passage.said
    yield from (f"- {point}" for point in passage.points)
    for quote in passage.quotes:
        yield f"    {_on_one_line(quote.words)} – {quote.place}"


def _rich(passage: Passage) -> Iterator[Html]:
    said = body(passage.said)
    places = join(tag("p", text(f"— {place}")) for place in passage.places)
    if passage.quoted:
        yield tag("blockquote", said, places)
    else:
        yield said
    if passage.points:
        yield tag("ul", *(tag("li", text(point)) for point in passage.points))
    for quote in passage.quotes:
        words = body(quote.words.replace("\t", _BETWEEN_CELLS))
        yield tag("blockquote", words, tag("p", text(f"— {quote.place}")))
    if not passage.quoted:
        yield places


def _markdown(passage: Passage) -> Iterator[str]:
    places = [f"— {_escaped(place)}" for place in passage.places]
    if passage.quoted:
        yield _as_quotation("\n\n".join([_lines(passage.said), *places]))
        places = []
    else:
        yield _lines(passage.said)
    if passage.points:
        yield "\n".join(f"- {_escaped(point)}" for point in passage.points)
    for quote in passage.quotes:
        yield _as_quotation(f"{_lines(quote.words)}\n\n— {_escaped(quote.place)}")
    yield from places


def _on_one_line(words: str) -> str:
    return words.replace("\t", _BETWEEN_CELLS).replace("\n", " ")


def _as_quotation(blocks: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in blocks.split("\n"))


def _lines(words: str) -> str:
    """Each line a paragraph, list items as a list."""
    shown = ""
    kept = lines(words)
    for before, line in zip((None, *kept), kept, strict=False):
        if before is not None:
            shown += "\n" if before.kind == line.kind == "item" else "\n\n"
        shown += _line(line)
    return shown


def _line(line: Line) -> str:
    cells = _BETWEEN_CELLS.join(_escaped(cell) for _, cell in line.cells)
    return f"- {cells}" if line.kind == "item" else cells


def _escaped(words: str) -> str:
    """The words on one line, with a backslash before what Markdown would not show as it is."""
    line = _SPACES.sub(" ", words).strip()
    line = _MEANS_SOMETHING.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), line)
    return _OPENS_A_LINE.sub(_closed, line)


def _closed(found: re.Match[str]) -> str:
    before, sign = found.groups()
    return f"{before}\\{sign}" if not sign.isdigit() else f"{before}{sign}\\"
