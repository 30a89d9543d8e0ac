"""Answers to take away: a note for a file, plain and rich text for the clipboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.note import markdown, word
from qa.note.characters import writable
from qa.note.lines import lines
from qa.note.note import Block, Kind, Note, quoted_rows
from qa.note.places import source, title
from qa.page.conversation import Turn
from qa.page.layout import body
from qa.page.markup import Html, join, tag, text
from qa.page.written import NOTHING_ASKED, Passage, entries, notes, passages, reports_of
from qa.shelf import Shown, on_shelf
from qa.values import Answer

PURPOSE = "This note holds answers from the report to the questions that stand above each."
PURPOSE_OF_SEVERAL = PURPOSE.replace("the report", "the reports")
_BETWEEN_CELLS = " – "  # a table's row outside a table


def note_of(turns: Sequence[Turn], shown: Shown) -> Note:
    """The answers as a note; a disclosure of harm and a question without an answer are left out."""
    kept = tuple(turn for turn in turns if turn.answer is not None and not turn.answer.sensitive)
    cited = [
        citation
        for turn in kept
        if turn.answer is not None
        for statement in turn.answer.statements
        for citation in statement.citations
    ]
    return Note(
        heading=title(shown),
        purpose=PURPOSE_OF_SEVERAL if on_shelf(shown).several else PURPOSE,
        source=source(shown, [citation.evidence.report for citation in cited]),
        blocks=tuple(_blocks(kept, shown)) or (Block("text", NOTHING_ASKED),),
        rows=quoted_rows(cited, shown),
        subject=title(shown),
    )


def to_markdown(turns: Sequence[Turn], shown: Shown) -> str:
    """The answers as a note in Markdown."""
    return markdown.to_markdown(note_of(turns, shown))


def to_docx(turns: Sequence[Turn], shown: Shown) -> bytes:
    """The answers as a note in Word."""
    return word.to_docx(note_of(turns, shown))


def _blocks(turns: Sequence[Turn], shown: Shown) -> Iterator[Block]:
    for entry in entries(turns, shown):
        yield Block("heading", entry.heading)
        yield from (Block("text", line) for line in entry.lead)
        for passage in entry.passages:
            yield from _said(passage)
            yield from (Block("item", writable(point)) for point in passage.points)
        yield from (Block("text", note) for note in entry.notes)


def _said(passage: Passage) -> Iterator[Block]:
    """What a passage says, each line a block: a quotation of a list keeps its items."""
    for line in lines(passage.said):
        words = _BETWEEN_CELLS.join(cell for _, cell in line.cells)
        if words.strip():
            usual: Kind = "quote" if passage.quoted else "text"
            yield Block("item" if line.kind == "item" else usual, words)


def plain(answer: Answer, shown: Shown) -> str:
    """The answer as text, ``(para 12)`` behind each statement, and where it is from."""
    said = [line for passage in passages(answer, shown) for line in _plain(passage)]
    return "\n".join([*said, *notes(answer, shown), "", source(shown, reports_of(answer))])


def rich(answer: Answer, shown: Shown) -> Html:
    """The same as HTML for the clipboard, with the place of every quotation: it pastes into Word as it looks."""
    parts = [part for passage in passages(answer, shown) for part in _rich(passage)]
    parts += [tag("p", text(note)) for note in notes(answer, shown)]
    return tag("div", *parts, tag("p", tag("em", text(source(shown, reports_of(answer))))), lang="en-GB")


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


def _on_one_line(words: str) -> str:
    return words.replace("\t", _BETWEEN_CELLS).replace("\n", " ")
