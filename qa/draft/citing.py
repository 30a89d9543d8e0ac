"""Paragraph references in a draft: ``(para 79)``, ``(paras 13 and 79–81)``, ``paragraph 79``, ``¶79``, ``[79]``.

A number is a reference only with one of these words or signs: ``79 care leavers``, ``2012`` and ``19%`` are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.references import references

_NUMBER = r"\d{1,4}(?:\.\d{1,3})*"
_RANGE = rf"{_NUMBER}(?:\s*(?:-|–|—|to)\s*{_NUMBER})?"
_LIST = rf"{_RANGE}(?:\s*(?:,|;|and|&|,\s*and)\s*(?:para(?:graph)?s?\.?\s*)?{_RANGE}(?!\s*%|\s+[a-z]))*"
_WORD = r"(?:\bparagraphs?|\bparas?\.?|¶{1,2}|§{1,2})\s*(?:numbers?|nos?\.?)?\s*"
_FORMS = (
    # In brackets of its own, with whatever else stands there: "(Ofsted 2012, para 79)", "(see paras 13 and 79–81)".
    re.compile(rf"\s*\([^()]*?{_WORD}({_LIST})[^()]*\)", re.IGNORECASE),
    re.compile(rf"\s*\[(?:{_WORD})?({_LIST})\](?!\()", re.IGNORECASE),
    # Within the sentence: "as paragraph 79 says".
    re.compile(
        rf"\s*,?\s*(?:(?:as|see|in|at|per|under)\s+)?{_WORD}({_LIST})"
        r"(?:\s+(?:says?|states?|notes?|shows?|reports?|makes clear|sets out))?(?!\w)",
        re.IGNORECASE,
    ),
)
_ONLY_NUMBERS = re.compile(rf"\W*(?:ofsted\W+)?(?:(?:19|20)\d\d\W+)?({_LIST})\W*", re.IGNORECASE)
_SPACES = re.compile(r"\s+(?=[.,;:!?])|\s{2,}")


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence without its references, and the paragraphs that these name, in order, each once."""

    claim: str
    paragraphs: tuple[str, ...]


def cited(sentence: str, existing: tuple[str, ...]) -> Cited:
    """What a sentence claims and which paragraphs it cites; ``existing`` are the report's own numbers."""
    found: list[str] = []
    rest = sentence
    for form in _FORMS:
        for match in form.finditer(rest):
            found += _numbers(match[1], existing)
        rest = form.sub(" ", rest)
    return Cited(
        _SPACES.sub(lambda m: " " if len(m[0]) > 1 else "", rest).strip(), tuple(dict.fromkeys(found))
    )


def noted(note: str, existing: tuple[str, ...]) -> tuple[str, ...]:
    """The paragraphs that a footnote or comment names: with a word, or numbers and nothing else."""
    named = cited(note, existing).paragraphs
    alone = _ONLY_NUMBERS.fullmatch(note)
    return named or (tuple(n for n in _numbers(alone[1], existing) if n in existing) if alone else ())


def _numbers(listed: str, existing: tuple[str, ...]) -> tuple[str, ...]:
    asked = references(
        f"paragraphs {re.sub(r'para(?:graph)?s?[.]?', '', listed, flags=re.IGNORECASE)}", existing
    )
    return asked.numbers if asked else ()
