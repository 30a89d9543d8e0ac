"""What is embedded: a report and its expansions as passages, each pointing at the words it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from corpus.sentences import sentence_spans
from corpus.values import FINDINGS, Expansion, Paragraph, Probe, Report

Kind = Literal["paragraph", "sentence", "question", "row", "answered", "unanswered"]

KINDS: tuple[Kind, ...] = get_args(Kind)

PATH_SEPARATOR = " > "


@dataclass(frozen=True, slots=True)
class Passage:
    """One text to embed. ``start`` and ``end`` locate what it stands for in the text of ``paragraph``.

    ``text`` is what is embedded: for ``paragraph`` the section path, a line break and the whole text; for
    ``sentence`` the sentence as it stands; for ``question`` an everyday question that the located words
    answer; for ``row`` a table row in words (``Safeguarding services – Quality of provision: Adequate``);
    for ``answered`` and ``unanswered`` a question that the paragraph answers, or does not although it seems to:
    it stands for no words, and nothing is found by it.
    """

    kind: Kind
    paragraph: str
    start: int
    end: int
    text: str


def passages(
    report: Report, expansions: tuple[Expansion, ...] = (), probes: tuple[Probe, ...] = ()
) -> tuple[Passage, ...]:
    """Every passage of a report: paragraphs, sentences, questions, rows, each in the order of the text, then probes."""
    return (
        *(_whole(paragraph) for paragraph in report.paragraphs),
        *(sentence for paragraph in report.paragraphs for sentence in _sentences(paragraph)),
        *(question for expansion in expansions for question in _questions(expansion)),
        *_judgement_rows(report),
        *(row for p in report.paragraphs if p.number != FINDINGS for row in _table_rows(p)),
        *(_probe(probe, report) for probe in probes),
    )


def rows_of(passages: Sequence[Passage], kinds: tuple[Kind, ...]) -> NDArray[np.intp]:
    """The places of the passages of those kinds, in order."""
    return np.array([i for i, p in enumerate(passages) if p.kind in kinds], dtype=np.intp)


def overlapping(
    passages: Sequence[Passage], of: tuple[Kind, ...], kinds: tuple[Kind, ...]
) -> list[NDArray[np.intp]]:
    """For each passage of one sort, those of another that stand for words of the same paragraph that it stands for."""
    by_paragraph: dict[str, list[int]] = {}
    for i in rows_of(passages, kinds):
        by_paragraph.setdefault(passages[i].paragraph, []).append(int(i))
    return [
        np.array([i for i in by_paragraph.get(p.paragraph, []) if _overlap(p, passages[i])], dtype=np.intp)
        for p in passages
        if p.kind in of
    ]


def _overlap(one: Passage, other: Passage) -> bool:
    return one.start < other.end and other.start < one.end


def _whole(paragraph: Paragraph) -> Passage:
    path = PATH_SEPARATOR.join(paragraph.section)
    text = f"{path}\n{paragraph.text}" if path else paragraph.text
    return Passage("paragraph", paragraph.number, 0, len(paragraph.text), text)


def _sentences(paragraph: Paragraph) -> Iterator[Passage]:
    for start, end in sentence_spans(paragraph.text):
        yield Passage("sentence", paragraph.number, start, end, paragraph.text[start:end])


def _questions(expansion: Expansion) -> Iterator[Passage]:
    for question in expansion.questions:
        yield Passage("question", expansion.paragraph, expansion.start, expansion.end, question)


def _probe(probe: Probe, report: Report) -> Passage:
    near = next(iter((*probe.paragraphs, *probe.also)), report.paragraphs[0].number)
    return Passage("answered" if probe.answerable else "unanswered", near, 0, 0, probe.question)


def _judgement_rows(report: Report) -> Iterator[Passage]:
    # The two halves repeat the names of their rows: a row without its half would be ambiguous.
    for row in report.judgements:
        name = f"{row.part} – {row.area}" if row.part else row.area
        yield Passage("row", FINDINGS, row.start, row.end, f"{name}: {row.grade}")


def _table_rows(paragraph: Paragraph) -> Iterator[Passage]:
    place = 0
    for cells in (cells for cells in paragraph.rows if len(cells) > 1):
        line = "\t".join(cells)
        start = paragraph.text.find(line, place)
        if start >= 0:
            place = start + len(line)
            yield Passage("row", paragraph.number, start, place, f"{cells[0]}: {' – '.join(cells[1:])}")
