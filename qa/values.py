"""The values of question answering: evidence, citations, statements and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["answered", "partial", "not_in_report"]

QUOTES = "quotes"
"""The name of the generator that needs no model."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim span of a paragraph's text: ``text[start:end] == quote``."""

    report: str
    paragraph: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """Evidence with the section in which its paragraph stands."""

    evidence: Evidence
    section: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that the answer says and the citations that support exactly that."""

    text: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Considered:
    """One paragraph that was looked at, with its score (0 to 1, higher is better) and why it was found, in words."""

    paragraph: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """A generated statement that the verifier took out, and the kinds of problem found in it.

    ``text`` and ``paragraphs`` are empty wherever a reader could come across them.
    """

    text: str
    paragraphs: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets. A refusal is a value like any other: ``status == "not_in_report"``.

    ``text`` is the whole answer with its markers (``[12]``). ``reason`` is ``None`` when answered, else what is
    missing. ``related`` are paragraph ids worth a look. ``understood`` is the question as it was understood, follow-ups
    completed; ``considered`` is how the answer was found. ``confidence`` (0 to 1) is how sure it is that the report
    answers the question. ``sensitive`` marks an answer to a disclosure of harm, which must not be stored. ``note``
    tells why a language model that was asked did not write the answer. ``reports`` are those that were asked, where
    there was more than one to ask: ``reason`` may then say of an answer which of them do not say, and what is in
    ``related`` names its report as a marker does. ``seconds`` is wall time and the only field that varies between runs.
    """

    question: str
    status: Status
    text: str
    report: str
    statements: tuple[Statement, ...] = ()
    related: tuple[str, ...] = ()
    reason: str | None = None
    removed: tuple[Removed, ...] = ()
    generator: str = QUOTES
    understood: str = ""
    considered: tuple[Considered, ...] = ()
    confidence: float = 1.0
    sensitive: bool = False
    note: str = ""
    reports: tuple[str, ...] = ()
    seconds: float = 0.0
