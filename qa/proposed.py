"""Everyday questions that a language model proposes for the sentences of a report, and which of them may be kept."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from corpus.sentences import sentence_spans
from corpus.values import Paragraph, Report
from qa.text import numbers, stem, terms, words

SHORTEST_SENTENCE = 4  # words; fewer are a label
FEWEST_WORDS, MOST_WORDS = 3, 40  # of a question
LONGEST = 300  # characters of a question
COPY = 90  # likeness, of 100, from which a question is the sentence with a question mark
# Of the content words of a question, those that its paragraph or section must have: 92% of the shipped report's
# questions fit their own sentence then, 41% one taken at random.
SHARE = 1 / 4

_HIDDEN = re.compile(r"<(think|thinking|reasoning)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_LIST = re.compile(r"\[.*\]", re.DOTALL)
_BULLET = re.compile(
    r"^(?:[-•–—]\s+|\(?(?:q(?:uestion)?\s*)?\d{1,2}\s*[.):](?!\d)\s*|\(?[a-h][.)]\s+)+", re.I
)
_EDGES = " \t\"'“”‘’*_`,"
_UNFIT = re.compile(  # what is no part of a plain line: markup, addresses, line ends and other controls
    r"[<>{}\[\]|\\^*_`#~]|https?:|www\.|[\x00-\x1f\x7f-\x9f\u2028\u2029]|"
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_POINTS = re.compile(
    r"\bparagraphs?\b|\bparas?\b|[¶§]|\b(?:this|the (?:above|given|following)) (?:sentence|passage|text|extract)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<!^)(?<![.!?] )\b(?!I\b)[A-Z][\w&'’-]*|\b[A-Z]{2}[\w&-]*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that questions are wanted for. ``names`` is what the whole report is about and may be named."""

    paragraph: Paragraph
    start: int
    end: int
    names: str = ""

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.paragraph.text[self.start : self.end]

    @property
    def told(self) -> str:
        """The section and the whole paragraph: what a question may be about."""
        return f"{' '.join(self.paragraph.section)} {self.paragraph.text}"


def sentences(report: Report) -> tuple[Sentence, ...]:
    """The sentences of the numbered paragraphs that may answer something: no lead-ins, no labels, none twice."""
    about = report.metadata
    names = f"{about.title} {about.authority} {about.publisher}"
    found: dict[tuple[str, str], Sentence] = {}
    for paragraph in report.paragraphs:
        spans = sentence_spans(paragraph.text) if paragraph.numbering != "named" else ()
        for one in (Sentence(paragraph, start, end, names) for start, end in spans):
            if not one.text.endswith(":") and len(words(one.text)) >= SHORTEST_SENTENCE:
                found.setdefault((paragraph.number, one.text), one)
    return tuple(found.values())


def read_questions(reply: str) -> tuple[str, ...]:
    """What a model wrote as questions: the texts of a JSON list, or lines without their numbers and quotation marks."""
    bare = _HIDDEN.sub(" ", reply)
    found = _from_json(bare) or bare.splitlines()
    cleaned = (_BULLET.sub("", line.strip(_EDGES)).strip(_EDGES) for line in found)
    return tuple(line for line in cleaned if any(c.isalnum() for c in line) and not line.endswith(":"))


def _from_json(text: str) -> list[str]:
    listed = _LIST.search(text)
    try:
        values: list[Any] = json.loads(listed[0]) if listed else []
    except (ValueError, RecursionError):
        return []
    items = (value.get("question") if isinstance(value, dict) else value for value in values)
    return [item for item in items if isinstance(item, str)]


def fits(question: str, one: Sentence) -> bool:
    """Whether a question can be one that the sentence answers: a plain one, in other words, about nothing else.

    Its figures are the paragraph's or its section's, so are its names unless the whole report is about them, and so are
    enough of its content words.
    """
    plain = len(question) <= LONGEST and question.endswith("?") and not _UNFIT.search(question)
    if not plain or not FEWEST_WORDS <= len(question.split()) <= MOST_WORDS or _POINTS.search(question):
        return False
    if fuzz.ratio(compared(question), compared(one.text)) >= COPY:
        return False
    named = _stems(" ".join(_NAME.findall(question))) <= _stems(f"{one.told} {one.names}")
    figures = _figures(question) <= _figures(one.told)
    content = set(terms(question))
    return named and figures and 0 < SHARE * len(content) <= len(content & set(terms(one.told)))


def _stems(text: str) -> set[str]:
    return {stem(part) for word in words(text) for part in re.split(r"[-/&]", word)}


def _figures(text: str) -> set[str]:
    parts = (part for word in words(text) for part in re.split(r"[-/]", word))
    written = (part.replace(",", "").rstrip("%s") for part in parts if any(c.isdigit() for c in part))
    return {*numbers(text), *written}


def compared(text: str) -> str:
    """A text as it is compared: its words in lower case."""
    return " ".join(words(text))
