"""Answers about the report itself, read from its title page: when it was published, who inspected and when."""

from __future__ import annotations

import re

from corpus.values import FRONT
from qa.compose import answer, quoted
from qa.lexicon import GENERIC
from qa.question import Question
from qa.source import Source
from qa.text import plain, terms
from qa.values import Answer

# What is asked, and the word of the title page that stands before it.
_ASKED = (
    (
        re.compile(
            r"\bpublish\w*|\bpublication\b|\b(?:came|come|comes) out\b|\breleased?\b|\bissued\b|\bdated\b|"
            r"\b(?:date|dated) (?:of )?(?:the |this )?report\b|\breport(?:'s)? date\b"
        ),
        "published",
    ),
    (
        re.compile(
            r"\b(?:lead|reporting|head|chief) inspectors?\b|\binspector'?s? name\b|\bname of the (?:\w+ )?inspector\b|"
            r"\bwho (?:led|ran|carried out|did|wrote|conducted|headed|was in charge of)\b|\bauthor\b|\bled by\b"
        ),
        "inspector",
    ),
    (
        re.compile(
            r"\bwhen (?:was|were|did)\b.*\b(?:inspect\w*|ofsted)\b|\b(?:inspection|visit) dates?\b|"
            r"\bdates? (?:of|was|were|did) (?:the |this )?(?:inspect\w*|visit)|"
            r"\b(?:which|what) (?:dates?|weeks?|days?)\b.*\b(?:inspect\w*|ofsted|visit\w*|on site)|"
            r"\bhow long\b.*\b(?:inspection|inspectors|visit)\b"
        ),
        "inspection dates",
    ),
    (re.compile(r"\bage (?:group|range)\b.*\b(?:inspection|report)\b"), "age group"),
)

_REPORT_WORDS = """
    report reports published publication publish release released issue issued inspection inspect inspected inspector
    inspectors ofsted carried conduct conducted led lead ran headed charge reporting wrote author visit visited visiting
    took place safeguarding looked after children services kingston borough dated site team hmi local authority
    fieldwork due actually exactly age range group details title front cover page
    """
_OWN_WORDS = frozenset(terms(f"{GENERIC} {_REPORT_WORDS}"))


def front_answer(question: Question, source: Source) -> Answer | None:
    """The line of the title page that answers the question, ``None`` if it is not about the report itself."""
    front = source.paragraphs.get(FRONT)
    lower = plain(question.text)
    if front is None or set(question.terms) - _OWN_WORDS:
        return None
    lines = dict.fromkeys(
        line
        for pattern, word in _ASKED
        if pattern.search(lower) and (line := _line_with(word, front.text)) is not None
    )
    if not lines:
        return None
    return answer(question, source, [quoted(source.cite(FRONT, start, end)) for start, end in sorted(lines)])


def _line_with(word: str, text: str) -> tuple[int, int] | None:
    """The first line of a text that holds a word, ``None`` if none does."""
    place = plain(text).find(word)
    if place < 0:
        return None
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, end if end >= 0 else len(text)
