"""The values of a note, and its appendix: the paragraphs that it quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from corpus.values import FINDINGS, Report
from qa.note.characters import writable
from qa.note.lines import lines
from qa.note.places import full_name
from qa.shelf import Shelf, Shown, on_shelf
from qa.values import Citation, Evidence

Kind = Literal["heading", "subheading", "text", "quote", "item"]

APPENDIX = "Appendix: the paragraphs quoted"
HOW_TO_READ = (
    "In this note, words in quotation marks are the report’s own; the numbers in brackets are its paragraphs."
)


COLUMNS = ("Paragraph", "Section", "Words of the report, those quoted in bold")
LONGEST_WHOLE = 190  # words; of a longer paragraph only what is quoted stands in the appendix
CUT = "…"
_BETWEEN_CELLS = " – "  # a table's row outside a table


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a note: a heading, text, a quotation or an item of a list."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a line that are quoted in the note, or that only stand around those."""

    words: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph in the appendix: its number, its section, and its lines."""

    number: str
    section: str
    lines: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it is written down: heading, purpose, source, what it says, and the paragraphs that it quotes."""

    heading: str
    purpose: str
    source: str
    blocks: tuple[Block, ...]
    rows: tuple[Row, ...] = ()
    subject: str = ""


def quoted_rows(citations: Iterable[Citation], shown: Shown) -> tuple[Row, ...]:
    """The paragraphs that are cited, in the order of the reports, each once and with all that is quoted of it."""
    shelf = on_shelf(shown)
    by_place: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        by_place.setdefault((citation.evidence.report, citation.evidence.paragraph), []).append(citation)
    known = [(report.id, paragraph.number) for report in shelf for paragraph in report.paragraphs]
    order = {key: place for place, key in enumerate(known)}
    return tuple(
        _row(by_place[key], shelf)
        for key in sorted(by_place, key=lambda key: (order.get(key, len(order)), key))
    )


def _row(cited: list[Citation], shelf: Shelf) -> Row:
    first = cited[0].evidence
    name = full_name(first.paragraph)
    if shelf.several:
        name = f"{shelf.before(first.report)}{name[:1].lower()}{name[1:]}"
    elif first.report != shelf.main.id:
        name = f"{name} of {first.report}"
    else:
        name = name.removeprefix("Paragraph ")
    section = cited[0].section
    where = " › ".join(dict.fromkeys((section[0], section[-1]))) if section else ""
    quoted = [citation.evidence for citation in cited]
    return Row(writable(name), writable(where), tuple(_lines(quoted, shelf.get(first.report))))


def _lines(evidence: list[Evidence], report: Report | None) -> Iterator[tuple[Run, ...]]:
    first = evidence[0]
    paragraph = report.get(first.paragraph) if report is not None else None
    spans = sorted({(one.start, one.end) for one in evidence})
    exact = paragraph is not None and all(paragraph.text[e.start : e.end] == e.quote for e in evidence)
    if report is None or paragraph is None or not exact:
        for quote in dict.fromkeys(one.quote for one in evidence):
            yield from _split(quote, 0, [(0, len(quote))])
    elif paragraph.numbering != "named" and len(paragraph.text.split()) <= LONGEST_WHOLE:
        yield from _split(paragraph.text, 0, spans)
    else:
        end = 0
        for start, stop in spans:
            if paragraph.text[end:start].strip(" \n-"):
                yield (Run(CUT, quoted=False),)
            part = next((j.part for j in report.judgements if (j.start, j.end) == (start, stop)), "")
            before = (Run(f"{part}: ", quoted=False),) if paragraph.number == FINDINGS and part else ()
            for line in _split(paragraph.text[start:stop], start, spans):
                yield before + line  # both halves have rows of the same name
            end = max(end, stop)
        if paragraph.text[end:].strip(" \n-"):
            yield (Run(CUT, quoted=False),)


def _split(text: str, offset: int, spans: list[tuple[int, int]]) -> Iterator[tuple[Run, ...]]:
    """The lines of a text, each in runs that are quoted or not; an item of a list keeps its dash."""
    for line in lines(text):
        runs: list[Run] = [Run("– ", quoted=False)] if line.kind == "item" else []
        for place, (start, words) in enumerate(line.cells):
            if place:
                runs.append(Run(_BETWEEN_CELLS, quoted=runs[-1].quoted))
            runs += _runs(words, offset + start, spans)
        together = groupby(runs, lambda run: run.quoted)
        yield tuple(Run("".join(run.words for run in group), quoted) for quoted, group in together)


def _runs(words: str, begin: int, spans: list[tuple[int, int]]) -> Iterator[Run]:
    cuts = {0, len(words)}
    cuts |= {min(max(edge - begin, 0), len(words)) for span in spans for edge in span}
    edges = sorted(cuts)
    for start, stop in pairwise(edges):
        inside = any(first <= begin + start and begin + stop <= last for first, last in spans)
        yield Run(writable(words[start:stop]), quoted=inside)
