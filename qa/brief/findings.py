"""The sentences of a report on a topic, each with what it comes to, and how they are chosen for a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.sentences import sentence_spans
from corpus.values import FINDINGS, FRONT, Section
from qa.brief.leaning import Leaning, leaning
from qa.brief.topic import Topic
from qa.evidence import GENERIC_SHARE, GENERIC_TERMS, Candidate
from qa.select import spans
from qa.source import Source
from qa.text import terms, words
from qa.values import Citation, Evidence

ABOUT = 0.75  # share of a form's content, by weight, that a sentence on the topic holds itself
NEAR = 0.55  # share of the best score from which such a sentence is on the topic
ALIKE = (
    0.57  # likeness of an everyday question of the sentence from which scattered words of the topic are meant
)
LEAST = 0.3  # score below which nothing is on the topic
KEYED = 0.85  # share of the best score from which a sentence is on it that tells of it in other words
SURE = 0.5  # score that this takes
SAME = 0.85  # share of the content words of two texts that they have both, from which they say the same
LONGEST = 75  # words of a point
MANY = 4  # sections
FIRST = (
    0.1  # by which the first sentence of a paragraph comes before others of a section: it says what follows
)
PLAIN_WORDS = 12  # words that a sentence without praise or criticism must have to be worth a point


# A sentence that means nothing without the one before it.
_LEANS = re.compile(
    r"(?:As a (?:result|consequence)|Consequently|For example|In contrast)\b|"
    r"(?:(?:However|In addition|Additionally|Also),? )?"
    r"(?:This|These|They|It|Its|Their|He|She|Such|Those|The above|"
    r"(?:Prior to|Following|Despite|Through|In) (?:this|these|that))\b",
    re.IGNORECASE,
)
_RETRACTS = re.compile(
    r"(?:However|But|Nevertheless|Nonetheless),? (?:this|these|it|they)\b(?! (?:inspection|report))|"
    r"(?:Whilst|While|Although|Despite) (?:this|these|it|they)\b"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Words of the report on a topic: where they stand, what they come to, how well they fit.

    ``citations`` are all places where the same words stand; ``half`` is the half of the report, told only where the
    other half has nearly the same words.
    """

    citations: tuple[Citation, ...]
    leaning: Leaning
    score: float
    half: str = ""

    @property
    def quote(self) -> str:
        """The words."""
        return self.citations[0].evidence.quote

    @property
    def size(self) -> int:
        """How many words it has."""
        return len(self.quote.split())


def on_theme(topic: Topic, ranked: Sequence[Candidate], source: Source) -> tuple[Candidate, ...]:
    """The sentences that are about a theme, best first."""
    best = ranked[0].score if ranked else 0.0
    if best < LEAST:
        return ()
    own = [c for c in ranked if c.score >= max(NEAR * best, LEAST) and _speaks_of(c, topic, source)]
    told = {c.paragraph for c in own}
    keyed = [
        c
        for c in ranked[:20]
        if c not in own
        and c.score >= max(KEYED * best, SURE)
        and c.coverage >= 1.0
        and (c.paragraph in told or not own)
    ]
    return tuple(sorted([*own, *keyed], key=lambda c: -c.score))


def _speaks_of(one: Candidate, topic: Topic, source: Source) -> bool:
    """Whether a sentence holds the words of the topic close together, or holds them and is likely to mean them."""
    close = any(_together(form, terms(one.text)) for form in topic.forms)
    return close or (one.question_cosine >= ALIKE and holds(one.text, topic.forms, source))


def _together(form: frozenset[str], said: Sequence[str]) -> bool:
    """Whether the terms stand in a text with at most one other between them."""
    window = len(form) + (1 if len(form) > 1 else 0)
    return any(form <= set(said[at : at + window]) for at in range(len(said)))


def holds(text: str, forms: Iterable[frozenset[str]], source: Source) -> bool:
    """Whether a text holds nearly all of one of these sets of terms."""
    held = set(terms(text))
    return any(_share(form, held, source) >= ABOUT for form in forms)


def _share(form: frozenset[str], held: set[str], source: Source) -> float:
    weights = {t: source.vocabulary.idf(t) * (GENERIC_SHARE if t in GENERIC_TERMS else 1.0) for t in form}
    total = sum(weights.values())
    return sum(weight for term, weight in weights.items() if term in held) / total if total else 0.0


def of_sections(sections: Sequence[Section], ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The sentences of these sections: those that open a paragraph and fit the heading come before others.

    Of many sections the first speaks of all.
    """
    wanted = {number for section in sections for number in section.paragraphs}
    holding = [section for section in sections if section.paragraphs]
    first = set(holding[0].paragraphs) if len(holding) >= MANY else set()
    found = [
        replace(c, score=round(c.score + FIRST * (c.start == 0) + 2 * FIRST * (c.paragraph in first), 6))
        for c in ranked
        if c.paragraph in wanted
    ]
    return tuple(sorted(found, key=lambda c: -c.score))


def findings(candidates: Iterable[Candidate], source: Source, *, items: bool) -> tuple[Finding, ...]:
    """The findings behind sentences, best first, each said once; ``items`` takes bare items of lists as well."""
    found: list[Finding] = []
    lists = {r.paragraph for r in source.report.recommendations} | {FINDINGS, FRONT}
    for candidate in candidates:
        if candidate.paragraph in lists:
            continue
        one = _finding(candidate, source)
        if one is not None and (items or one.quote[:1].isupper()):
            add_finding(one, found, source)
    return tuple(found)


def _finding(candidate: Candidate, source: Source) -> Finding | None:
    """A sentence as a finding, with the sentence that it leans on; ``None`` if that is too long to be quoted."""
    number, start, end = candidate.paragraph, candidate.start, candidate.end
    text = source.paragraphs[number].text
    if _LEANS.match(text[start:end]):
        ((_, start, end),) = spans((candidate,), source)
    end = _with_retraction(text, end)
    if len(text[start:end].split()) > LONGEST:
        start, end = candidate.start, candidate.end
    if _LEANS.match(text[start:end]) or len(text[start:end].split()) > LONGEST:
        return None
    if text[start:end].count("“") != text[start:end].count("”"):
        return None  # a piece of somebody's words, cut off
    leanings = [leaning(text[a:b]) for a, b in sentence_spans(text) if start <= a and b <= end]
    lead: Leaning = leanings[-1] if leanings else "other"
    if {"strength", "weakness"} <= set(leanings) or end > candidate.end:
        lead = "other"
    return Finding((source.cite(number, start, end),), lead, candidate.score)


def _with_retraction(text: str, end: int) -> int:
    """The end of a quotation, with the next sentence if that takes it back (``Whilst this has risen …``)."""
    after = next(((a, b) for a, b in sentence_spans(text) if a >= end), None)
    return (
        after[1] if after and "\n" not in text[end : after[0]] and _RETRACTS.match(text[after[0] :]) else end
    )


def add_finding(one: Finding, found: list[Finding], source: Source) -> None:
    """Add a finding, unless its words are there: the same words are cited once more, nearly the same only once."""
    place = one.citations[0].evidence
    for at, other in enumerate(found):
        there = other.citations[0].evidence
        if any(_overlap(place, c.evidence) for c in other.citations):
            if other.leaning == "other" and one.leaning != "other" and len(other.citations) == 1:
                found[at] = one  # the longer quotation says what the matter comes to
            return
        if words(place.quote) == words(there.quote):
            found[at] = replace(other, citations=(*other.citations, *one.citations))
            return
        if nearly_the_same(place.quote, there.quote):
            halves = source.part_of(place.paragraph), source.part_of(there.paragraph)
            if halves[0] != halves[1] and halves[1]:
                found[at] = replace(other, half=halves[1])
            return
    found.append(one)


def nearly_the_same(one: str, other: str) -> bool:
    """Whether two texts have nearly the same content words."""
    mine, theirs = set(terms(one)), set(terms(other))
    return bool(mine | theirs) and len(mine & theirs) >= SAME * len(mine | theirs)


def _overlap(one: Evidence, other: Evidence) -> bool:
    return one.paragraph == other.paragraph and one.start < other.end and other.start < one.end


def worth_a_point(one: Finding) -> bool:
    """Whether a finding that neither praises nor criticises says enough to be quoted: much, or a figure."""
    return one.leaning != "other" or one.size >= PLAIN_WORDS or re.search(r"\d", one.quote) is not None


def in_order(found: Iterable[Finding], source: Source) -> tuple[Finding, ...]:
    """The findings in the order of the report."""
    order = {number: place for place, number in enumerate(source.paragraphs)}

    def place(finding: Finding) -> tuple[int, int]:
        first = finding.citations[0].evidence
        return order[first.paragraph], first.start

    return tuple(sorted(found, key=place))
