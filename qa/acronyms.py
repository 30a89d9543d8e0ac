"""Short forms that a report spells out, such as ``Local Safeguarding Children Board (LSCB)``.

The long form is found as by Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text" (2003): the letters of the short form are matched from its end in the words before the bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.sentences import sentence_spans
from corpus.values import Paragraph
from qa.compose import answer, quoted, refusal
from qa.lexicon import FIELD_ACRONYMS
from qa.question import Question
from qa.source import Source
from qa.text import plain
from qa.values import Answer

_BRACKETED = re.compile(r"\(([A-Z][A-Za-z&-]{1,9})\)")
_OUTRIGHT = re.compile(
    r"\bstands? for\b|\bshort for\b|\babbreviat\w+\b|\bacronym\b|\bspell\w* out\b|\bspelt out\b"
)
_STANDS_FOR = re.compile(
    rf"{_OUTRIGHT.pattern}|\b(?:full|long|proper) (?:name|form|title|version)\b|\binitials?\b|"
    r"\bletters\b|\bwhat (?:does|do) (?:the )?[a-z-]{2,8}(?: letters)? (?:mean|stand)\b|"
    r"\bmeaning\b|\bin full\b|\bunpack\b|\bmeans? what\b|\bdecode\b|\bexpanded?\b|=\s*\?|"
    r"\bwhat is (?:the )?[a-z-]{2,8} at the end\b"
)


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form with its long form and the sentence that spells it out."""

    short: str
    long: str
    paragraph: str
    start: int
    end: int


def find_acronyms(paragraphs: Iterable[Paragraph]) -> tuple[Acronym, ...]:
    """Every spelling-out in the paragraphs, in order; a short form may be spelt out in several of them."""
    found = []
    for paragraph in paragraphs:
        for match in _BRACKETED.finditer(paragraph.text):
            line = paragraph.text.rfind("\n", 0, match.start()) + 1
            long = long_form(match[1], paragraph.text[line : match.start()])
            if long and sum(c.isupper() for c in match[1]) > len(match[1]) / 2:
                start, end = _sentence_at(paragraph.text, match.start())
                found.append(Acronym(match[1], long, paragraph.number, start, end))
    return tuple(found)


def long_form(short: str, before: str) -> str | None:
    """The words at the end of ``before`` that the short form abbreviates, ``None`` if its letters are not there."""
    if "&" in short:
        first, _, last = short.partition("&")
        spelt = re.search(rf"\b{first[0]}\w* and {last[:1]}\w*$", before.rstrip(), re.IGNORECASE)
        return spelt[0] if spelt else None
    letters = [c.lower() for c in short if c.isalnum()]
    most = min(len(letters) + 5, len(letters) * 2) * 12  # characters: long forms do not reach further back
    text = before[-most:].rstrip()
    at = len(text)
    for n, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= 0 and (text[at].lower() != letter or (n == 0 and at > 0 and text[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    long = text[at:]
    return long if len(long.split()) <= len(letters) + 5 and len(long) > len(short) else None


def expand(text: str, acronyms: Iterable[Acronym], usual: Iterable[tuple[str, str]] = ()) -> str:
    """The question with the long form of each short form in it added in brackets, and the other way round.

    ``usual`` are short forms, with their long ones, that the report does not print: they are only spelt out.
    """
    lower = plain(text)
    added = []
    for acronym in acronyms:
        has_short = _names(acronym.short, lower)
        has_long = acronym.long.lower() in lower
        if has_short != has_long:
            added.append(acronym.long if has_short else acronym.short)
    added += [long for short, long in usual if _names(short, lower) and long not in lower]
    named = list(dict.fromkeys(added))[:2]
    return f"{text} ({'; '.join(named)})" if named else text


def usual_acronyms(paragraphs: Iterable[Paragraph]) -> tuple[tuple[str, str], ...]:
    """The usual short forms of the field whose long form the paragraphs use, but never the short one."""
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    lower = plain(text)
    return tuple(
        (short, long)
        for short, long in FIELD_ACRONYMS
        if long in lower and not re.search(rf"\b{short}s?\b", text)
    )


def _names(short: str, lower: str) -> bool:
    own = short.lower()
    return own in lower and bool(re.search(rf"(?<!\w){re.escape(own)}s?(?!\w)", lower))


def acronym_answer(question: Question, source: Source, acronyms: tuple[Acronym, ...]) -> Answer | None:
    """What a short form stands for, ``None`` if that is not asked."""
    lower = plain(question.asked) + " " + plain(question.text)
    named = [a for a in acronyms if _names(a.short, lower)]
    if not _STANDS_FOR.search(lower) and not any(_only_that(a.short, question.asked) for a in named):
        return None
    if named:
        fitting = [a for a in named if source.part_of(a.paragraph) == question.part] or named
        first = fitting[0]
        shown = answer(question, source, [quoted(source.cite(first.paragraph, first.start, first.end))])
        return shown
    return _not_spelt_out(question, source, lower)


def _only_that(short: str, asked: str) -> bool:
    """Whether a question asks what a short form is and nothing else."""
    tail = r"(?:in (?:this|the) (?:report|inspection)|please|exactly|then)?"
    return bool(
        re.match(
            rf"\W*what(?:'s| is| are| was)(?: an?| the)? {re.escape(short.lower())}s?\W*{tail}\W*$",
            plain(asked),
        )
    )


def _not_spelt_out(question: Question, source: Source, lower: str) -> Answer | None:
    """A refusal for a short form that the report uses or lacks, but in no case spells out."""
    short = next(iter(re.findall(r"\b[A-Z][A-Z0-9&-]{1,9}\b", question.asked)), None)
    if short is None:
        return None
    uses = [
        p.number for p in source.report.paragraphs if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", p.text)
    ]
    if (
        uses
        and not _OUTRIGHT.search(lower)
        and re.search(r"\b(?:what|who|where) (?:is|are|was)\b", plain(question.asked))
    ):
        return None
    text = (
        f"The report uses “{short}” but does not say what it stands for."
        if uses
        else f"The report does not mention “{short}”."
    )
    return refusal(question, source, text, f"no spelling-out of {short!r}", related=uses[:3])


def _sentence_at(text: str, place: int) -> tuple[int, int]:
    return next(((s, e) for s, e in sentence_spans(text) if s <= place < e), (0, len(text)))
