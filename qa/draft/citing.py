"""Paragraph references in a draft: ``(para 79)``, ``(paras 13 and 79–81)``, ``paragraph 79``, ``¶79``, ``[79]``.

A number is a reference only with one of these words or signs: ``79 care leavers``, ``2012`` and ``19%`` are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.values import FINDINGS, FRONT
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
# Those without a number, in brackets: "(record of main findings; para 79)".
_NAMED = (
    (FINDINGS, re.compile(r"\b(?:record of (?:the )?main findings|main findings)\b", re.IGNORECASE)),
    (FRONT, re.compile(r"\b(?:title|front|cover) page\b", re.IGNORECASE)),
)
_REFERENCE_WORDS = frozenset(
    "paragraph paragraphs para paras number numbers no nos ofsted see also the and in at to of".split()
)
_BRACKETED = re.compile(r"\s*\(([^()]*)\)")
# Blocks of text of a report that prints no numbers: "(block p3.2)".
_BLOCKS = re.compile(r"\s*\(?\bblocks?\s+(p\d+\.\d+(?:(?:\s*,\s*|\s+and\s+)p\d+\.\d+)*)\)?", re.IGNORECASE)
_HEADS = re.compile(r"^\W*(?:para(?:graph)?s?|ref(?:erence)?s?|sources?)\b", re.IGNORECASE)
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
    rest = _BRACKETED.sub(lambda bracket: _named(bracket, found), sentence)
    for blocks in _BLOCKS.findall(rest):
        found += [number for number in re.split(r"[\s,]+(?:and\s+)?", blocks) if number in existing]
    rest = _BLOCKS.sub(" ", rest)
    for form in _FORMS:
        for match in form.finditer(rest):
            found += _numbers(match[1], existing)
        rest = form.sub(" ", rest)
    return Cited(
        _SPACES.sub(lambda m: " " if len(m[0]) > 1 else "", rest).strip(), tuple(dict.fromkeys(found))
    )


def _named(bracket: re.Match[str], found: list[str]) -> str:
    """The bracket, without it if it only names sources that have no number; these are added to ``found``."""
    names = [name for name, pattern in _NAMED if pattern.search(bracket[1])]
    rest = bracket[1]
    for _, pattern in _NAMED:
        rest = pattern.sub(" ", rest)
    words = re.findall(r"[^\W_]+", rest.lower())
    if not names or not all(word.isdigit() or word in _REFERENCE_WORDS for word in words):
        return bracket[0]
    found += names
    return bracket[0] if re.search(r"\d", bracket[1]) else " "


def noted(note: str, existing: tuple[str, ...]) -> tuple[str, ...]:
    """The paragraphs that a footnote or comment names: with a word, or numbers and nothing else."""
    named = cited(note, existing).paragraphs or cited(f"({note})", existing).paragraphs
    alone = _ONLY_NUMBERS.fullmatch(note)
    return named or (tuple(n for n in _numbers(alone[1], existing) if n in existing) if alone else ())


def row_references(table: Sequence[Sequence[str]], existing: tuple[str, ...]) -> list[tuple[str, ...]]:
    """For each row of a table, given as the texts of its cells, the paragraphs that one of its cells names.

    A cell with nothing but numbers names paragraphs only if its column is headed so: elsewhere it is a figure.
    """
    head = [_HEADS.search(cell) is not None for cell in table[0]] if table else []
    found = []
    for row in table:
        named: tuple[str, ...] = ()
        for place, cell in enumerate(row):
            headed = place < len(head) and head[place]
            plain = cited(cell, existing)
            if headed or (plain.paragraphs and not re.search(r"\w", plain.claim)):
                named = named or noted(cell, existing)
        found.append(named)
    return found


def _numbers(listed: str, existing: tuple[str, ...]) -> tuple[str, ...]:
    asked = references(
        f"paragraphs {re.sub(r'para(?:graph)?s?[.]?', '', listed, flags=re.IGNORECASE)}", existing
    )
    return asked.numbers if asked else ()
