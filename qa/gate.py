"""Whether the evidence found is enough to answer the question, and if not, what is missing.

A sentence that merely resembles the question is no answer to it: near misses resemble the report as much as true
questions do. So the conditions that a question sets (years, names, the type of value wanted) are checked one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qa.evidence import Candidate, covered_share
from qa.lexicon import STOP_WORDS
from qa.places import PLACES
from qa.question import Question
from qa.source import Source, section_terms
from qa.text import fold, numbers, plain, terms, words
from qa.valuetypes import missing_value

LIKE = 0.38  # the larger cosine of sentence and everyday question below which nothing in the report is about the question
THIN = 0.30  # share of the question's content that the best sentence must cover when the likeness is not high either
CLEAR = 0.62  # likeness from which thin coverage does not matter: the question is a paraphrase

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEAR_RANGE = re.compile(r"\b((?:19|20)\d\d)[-/–](\d{2})\b")
_COUNTED = re.compile(r"\bhow many(?: of)?(?: the| those| these| her| his| their)?\s+([\w' -]+?)(?=\s+(?:are|is|was|were|did|do|does|have|has|had|got|get|gets|live|lives|in|on|who|that|which|will|would|could|can|there|went|attend|use|used|receive|received|from|of|at|with|to|for|came|go|made|take|took|fill|work|worked|employ|a|per)\b|[?,.]|$)")
_LATER = re.compile(r"\b(?:after the (?:inspection|report)|since the (?:inspection|report)|since then|nowadays|today|these days|next inspection|follow-?up inspection|re-?inspect\w*|came back|come back|still)\b")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether there is enough evidence, how sure that is (0 to 1), and what is missing if not."""

    enough: bool
    confidence: float
    missing: str | None = None


def judge(question: Question, ranked: Sequence[Candidate], source: Source) -> Verdict:
    """The verdict on the best evidence for a question."""
    if not ranked:
        return Verdict(False, 0.0, "the report has nothing on this")
    best = ranked[0]
    confidence = min(max(best.score / 1.3, 0.0), 1.0)
    checks: tuple[Callable[[Question, Candidate, Source], str | None], ...] = (
        _off_topic, _later, _unknown_names, _years, _value_types, _counted_thing,
    )  # fmt: skip
    for check in checks:
        missing = check(question, best, source)
        if missing:
            return Verdict(False, round(confidence / 4, 6), missing)
    return Verdict(True, round(0.5 + confidence / 2, 6))


def _off_topic(question: Question, best: Candidate, source: Source) -> str | None:
    likeness = max(best.cosine, best.question_cosine)
    idf = {term: source.vocabulary.idf(term) for term in question.terms}
    around = set(terms(source.paragraphs[best.paragraph].text)) | section_terms(source, best.paragraph)
    covered = max(best.coverage, covered_share(idf, around | set(terms(best.question))))
    if likeness < LIKE or (likeness < CLEAR and covered < THIN):
        return "the report has nothing on this"
    return None


def _later(question: Question, best: Candidate, source: Source) -> str | None:
    lower = plain(question.text)
    found = _LATER.search(lower)
    if found and found[0] not in fold(best.text) and (found[0] != "still" or "now" in lower):
        return f"the report describes the time of the inspection ({source.report.metadata.inspected}) and nothing later"
    return None


def _unknown_names(question: Question, best: Candidate, source: Source) -> str | None:
    """A name in the question that the report never uses."""
    for name in names(question.text):
        if name.lower() in PLACES and name.lower() not in plain(context(best, source)):
            return f"the cited part of the report says nothing about {name}"
    unknown = [n for n in names(question.text) if not _in_report(n, source)]
    return f"the report does not mention {unknown[0]}" if unknown else None


def names(text: str) -> tuple[str, ...]:
    """The words of a text that look like names: capitalised inside a sentence, or known places."""
    found = []
    for sentence in re.split(r"(?<=[.?!])\s+", text):
        tokens = re.findall(r"[^\W\d_][\w'’&-]*", sentence)
        shouting = sentence.isupper()
        for place, token in enumerate(tokens):
            capital = place > 0 and token[0].isupper() and not shouting and len(token) > 2
            if (capital and plain(token) not in STOP_WORDS) or token.lower() in PLACES:
                found.append(token)
    return tuple(dict.fromkeys(found))


def _in_report(name: str, source: Source) -> bool:
    lower = plain(name).removesuffix("'s")
    known = source.vocabulary
    return lower in known.frequency or any(map(known.has_term, terms(lower))) or not terms(lower) or known.correct(lower) != lower


def _years(question: Question, best: Candidate, source: Source) -> str | None:
    asked = years(question.text)
    if not asked:
        return None
    in_sentence, in_context = years(best.text), years(context(best, source))
    inspected = set(_YEAR.findall(source.report.metadata.inspected))
    for year in asked:
        if year in in_sentence or (year in in_context and not in_sentence):
            continue
        if year in inspected and not in_sentence:
            continue
        return f"the report gives no such finding for {year}"
    return None


def years(text: str) -> tuple[str, ...]:
    """The years of a text, each once; both years of ``2011/12``."""
    found = _YEAR.findall(text)
    found += [match[1][:2] + match[2] for match in _YEAR_RANGE.finditer(text)]
    return tuple(dict.fromkeys(found))


def context(best: Candidate, source: Source) -> str:
    """The paragraph of a sentence with the headings above it."""
    paragraph = source.paragraphs[best.paragraph]
    return " ".join(paragraph.section) + "\n" + paragraph.text


def _value_types(question: Question, best: Candidate, source: Source) -> str | None:
    """A type of value that the question wants and the sentence lacks."""
    return missing_value(question.wants, best.text)


def _counted_thing(question: Question, best: Candidate, source: Source) -> str | None:
    """A number in the sentence must count what the question asks to be counted."""
    thing = _COUNTED.search(plain(question.text))
    if not thing or "count" not in question.wants:
        return None
    wanted = set(terms(thing[1]))
    if not wanted or best.question_cosine >= 0.85:
        return None
    if any(wanted & set(near) for near in _near_numbers(best.text)):
        return None
    known = set(terms(best.question)) if best.question_cosine >= CLEAR else set()
    return None if wanted <= known else f"the report gives no number of {thing[1].strip()}"


def _near_numbers(text: str) -> Iterable[Sequence[str]]:
    """For each number of a sentence the terms around it."""
    tokens = words(text)
    for place, token in enumerate(tokens):
        if numbers(token) or token in ("one", "none", "no", "half", "majority", "single", "both"):
            yield terms(" ".join(tokens[max(place - 5, 0) : place + 9]))
