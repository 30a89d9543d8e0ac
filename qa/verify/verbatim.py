"""Whether a claim is nothing but whole sentences of the report, word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.sentences import sentence_spans
from corpus.values import FINDINGS, Paragraph, Report
from qa.source import Source
from qa.text import plain
from qa.values import Evidence

LEAST_WORDS = 4  # a shorter sentence says too little to be known again

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*%?")

# A reference to a paragraph is no part of what is said, neither in a draft nor in the report.
_REFERENCE = re.compile(r"\((?:see )?para(?:graph)?s?\b[^()]*\)", re.IGNORECASE)

Place = tuple[str, int, int]
"""A paragraph and a span of its text."""


class Verbatim:
    """Knows the sentences of one report: its words in order, whatever stands between them.

    Only whole sentences, items of lists and rows of tables count: half of a sentence may say the opposite of the whole.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._places: dict[tuple[str, ...], list[Place]] = {}
        for paragraph in source.paragraphs.values():
            for start, end in _wholes(paragraph, source.report):
                self._places.setdefault(_words(paragraph.text[start:end]), []).append(
                    (paragraph.number, start, end)
                )
        for row in source.report.judgements:
            place = (FINDINGS, row.start, row.end)
            self._places.setdefault(_words(f"{row.part} {row.area} {row.grade}"), []).append(place)

        for area in dict.fromkeys(row.area for row in source.report.judgements):
            rows = [row for row in source.report.judgements if row.area == area]
            if len(rows) > 1:  # as one line for all halves
                told = " ".join(f"{row.grade} {row.part}" for row in rows)
                places = [(FINDINGS, row.start, row.end) for row in rows]
                self._places.setdefault(_words(f"{area} {told}"), []).extend(places)

    def found(self, claim: str, cited: Sequence[str] = ()) -> tuple[Evidence, ...]:
        """Where the claim stands word for word, in the cited paragraphs if it stands there; empty if nowhere."""
        said = _words(claim)
        if len(said) < LEAST_WORDS:
            return ()
        places = self._places.get(said, [])
        known = [number for number in dict.fromkeys(cited) if number in self._source.paragraphs]
        here = [place for place in places if place[0] in known]
        here = here or [place for number in known if (place := self._together(said, number))]
        return tuple(self._source.cite(*place).evidence for place in here or places)

    def _together(self, said: tuple[str, ...], number: str) -> Place | None:
        """Sentences of a paragraph, one behind the other, that are these words together."""
        text = self._source.paragraphs[number].text
        spans = sentence_spans(text)
        spoken = [_words(text[start:end]) for start, end in spans]
        for first in range(len(spans)):
            words: tuple[str, ...] = ()
            for last in range(first, len(spans)):
                words += spoken[last]
                if words == said:
                    return (number, spans[first][0], spans[last][1])
                if said[: len(words)] != words:
                    break
        return None


def _wholes(paragraph: Paragraph, report: Report) -> list[tuple[int, int]]:
    """The sentences of a paragraph, and the actions that it lists, which may be longer than a sentence."""
    actions = [(r.start, r.end) for r in report.recommendations if r.paragraph == paragraph.number]
    return [*sentence_spans(paragraph.text), *actions]


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(plain(_REFERENCE.sub(" ", text))))
