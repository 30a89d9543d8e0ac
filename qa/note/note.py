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


def quoted_rows(citations: Iterable[Citation], report: Report) -> tuple[Row, ...]:
    """The paragraphs that are cited, in the order of the report, each once and with all that is quoted of it."""
    by_place: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        by_place.setdefault((citation.evidence.report, citation.evidence.paragraph), []).append(citation)
    order = {paragraph.number: place for place, paragraph in enumerate(report.paragraphs)}

    def place(key: tuple[str, str]) -> tuple[bool, str, int]:
        return (key[0] != report.id, key[0], order.get(key[1], len(order)))

    return tuple(_row(by_place[key], report) for key in sorted(by_place, key=place))


def _row(cited: list[Citation], report: Report) -> Row:
    first = cited[0].evidence
    other = f" of {first.report}" if first.report != report.id else ""
    name = full_name(first.paragraph).removeprefix("Paragraph ") if not other else full_name(first.paragraph)
    section = cited[0].section
    where = " › ".join(dict.fromkeys((section[0], section[-1]))) if section else ""
    return Row(
        writable(f"{name}{other}"), writable(where), tuple(_lines([c.evidence for c in cited], report))
    )


def _lines(evidence: list[Evidence], report: Report) -> Iterator[tuple[Run, ...]]:
    first = evidence[0]
    paragraph = report.get(first.paragraph) if first.report == report.id else None
    spans = sorted({(one.start, one.end) for one in evidence})
    exact = paragraph is not None and all(paragraph.text[e.start : e.end] == e.quote for e in evidence)
    if paragraph is None or not exact:
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
