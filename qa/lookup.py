"""Answers to requests for paragraphs by number and for sections by name: read from structure, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.sentences import sentence_spans
from corpus.values import FINDINGS, FRONT, Section, is_place
from qa.compose import TEMPLATES, answer, quoted, refusal, words
from qa.question import Question
from qa.recommendations import asked_deadline, counts
from qa.references import References, references
from qa.source import Source
from qa.text import fold, plain, stem, terms
from qa.text import words as words_of
from qa.values import Answer, Statement

MOST_WORDS = 325  # of an answer that shows paragraphs, so that with markers it stays below the limit of 350
MOST_SECTION_PARAGRAPHS = 6  # shown of a section; the rest are named as related

_IN_FULL = re.compile(
    r"\b(?:in full|full text|whole (?:text|paragraph)|entire|complete|word for word|verbatim)\b"
)
_ABOUT = re.compile(r"\b(?:about|on|regarding|concerning|mention\w*|say that)\b")
_SECTION_WORD = re.compile(
    r"\b(?:sections?|headings?|headed|chapter|titled|entitled|part of the report)\b|"
    r"\b(?:parts?|bits?|pages?) (?:called|named|about)\b|"
    r"\bunder (?:the )?(?:heading|title)?|\btake me to\b|\b(?:have|read|see|get) (?:that|the) (?:text|"
    r"wording)\b"
)
_LITTLE = frozenset("the of and to for what they including in on a".split())
_REQUEST_TERMS = frozenset(
    terms(
        "section sections heading headings headed part page wording text read open bring pull show full "
        "gist cover covers covered contain contains begin whereabouts appears second first half side "
        "services called named entitled titled"
    )
)
_FINDINGS_NAME = re.compile(
    r"\brecord of (?:the )?main findings\b|\b(?:table of (?:findings|grades|judg\w+)|findings table|"
    r"grades? table|judg\w+ table)\b"
)
_FRONT_NAME = re.compile(r"\b(?:title|front|cover) page\b")


def lookup_paragraphs(question: Question, source: Source) -> Answer | None:
    """The paragraphs asked for by number, ``None`` if the question names none or asks about something in one."""
    asked = references(question.text, source.report.numbers())
    if asked is None or not asked.numbers or _deadline_within(asked, source):
        return None
    existing = tuple(n for n in asked.numbers if n in source.paragraphs)
    missing = tuple(n for n in asked.numbers if n not in source.paragraphs)
    note = _missing_note(missing, source)
    if not existing:
        return refusal(question, source, note, note, related=_nearest(missing, source), confidence=1.0)
    statements = _paragraph_statements(existing, source, whole=bool(_IN_FULL.search(plain(question.text))))
    found = answer(
        question,
        source,
        statements,
        status="partial" if missing else "answered",
        reason=note if missing else None,
        related=existing,
    )
    return _with_note(found, note) if missing else found


def _deadline_within(asked: References, source: Source) -> bool:
    """Whether only the actions of one deadline are asked for, of a paragraph that lists actions."""
    actions = [r for r in source.report.recommendations if r.paragraph in asked.numbers]
    return bool(actions) and bool(asked_deadline(asked.rest, actions))


def topic_within(question: Question, source: Source) -> tuple[frozenset[str], str] | None:
    """The paragraphs to which a question confines itself (``what does para 79 say about audits``), and its topic."""
    asked = references(question.text, source.report.numbers())
    if asked is None:
        return None
    existing = frozenset(n for n in asked.numbers if n in source.paragraphs)
    about = _ABOUT.search(asked.rest)
    if existing and about and terms(asked.rest[about.end() :]):
        return existing, asked.rest[about.end() :]
    return None


def lookup_section(question: Question, source: Source) -> Answer | None:
    """The gist of a section asked for by name, ``None`` if none is named or more is asked than the section."""
    lower = plain(question.text)
    for pattern, number in ((_FINDINGS_NAME, FINDINGS), (_FRONT_NAME, FRONT)):
        if (
            pattern.search(lower)
            and number in source.paragraphs
            and not question.wants
            and len(question.terms) <= 6
        ):
            return answer(question, source, [_whole(number, source)])
    explicit = bool(_SECTION_WORD.search(lower))
    named = [s for s in source.report.sections if s.paragraphs and _names(s, question, source, explicit)]
    if not named:
        return None
    longest = max(len(terms(s.name)) for s in named)
    named = [s for s in named if len(terms(s.name)) == longest]
    if question.part:
        named = [s for s in named if s.part == question.part] or named
    statements = [
        statement for s in named for statement in _section_statements(s, source, MOST_WORDS // len(named))
    ]
    return answer(question, source, statements, related=[n for s in named for n in s.paragraphs])


def _names(section: Section, question: Question, source: Source, explicit: bool) -> bool:
    """Whether the question names the section: all its telling words, and, unless it says so, hardly any other."""
    telling = _stems(section.name) - _LITTLE
    asked = _stems(question.text)
    if not telling or not telling <= asked:
        return False
    name = set(terms(section.name))
    beside = set(question.terms)
    own = source.part_terms.get(section.part, frozenset()) | set(terms(section.part)) | _REQUEST_TERMS
    return explicit or len(beside - name - own) == 0


@lru_cache(maxsize=1024)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(fold(text)))


def _missing_note(missing: Sequence[str], source: Source) -> str:
    if not missing:
        return ""
    numbers = source.report.numbers()
    shown = (
        ", ".join(missing[:-1]) + (" or " if len(missing) > 1 else "") + missing[-1]
        if len(missing) <= 4
        else f"{missing[0]} to {missing[-1]}"
    )
    if not numbers:
        return f"The report has no paragraph {shown}."
    if is_place(numbers[0]):
        return TEMPLATES["no_numbers"].format(first=numbers[0], last=numbers[-1])
    return TEMPLATES["no_paragraph"].format(missing=shown, first=numbers[0], last=numbers[-1])


def _nearest(missing: Sequence[str], source: Source) -> tuple[str, ...]:
    """The last paragraph, for a number beyond it."""
    numbers = source.report.numbers()
    beyond = numbers and missing[0].isdigit() and numbers[-1].isdigit() and int(missing[0]) > int(numbers[-1])
    return (numbers[-1],) if beyond else ()


def _with_note(found: Answer, note: str) -> Answer:
    return replace(found, text=f"{found.text}\n{note}")


def _paragraph_statements(numbers: Sequence[str], source: Source, *, whole: bool) -> list[Statement]:
    budgets = _budgets([words(source.paragraphs[number].text) for number in numbers])
    statements: list[Statement] = []
    for number, budget in zip(numbers, budgets, strict=True):
        actions = [r for r in source.report.recommendations if r.paragraph == number]
        if actions and whole:
            statements += [*counts(actions, source), _whole(number, source)]
        elif whole or words(source.paragraphs[number].text) <= budget:
            statements.append(_whole(number, source))
        elif actions:
            statements += [_opening(number, source, 0), *counts(actions, source)]
        else:
            statements.append(_opening(number, source, budget))
    return statements


def _budgets(lengths: Sequence[int]) -> list[int]:
    """The words that each paragraph may have: what short ones leave goes to the long ones."""
    budgets = [0] * len(lengths)
    left, waiting = MOST_WORDS, sorted(range(len(lengths)), key=lambda i: lengths[i])
    for done, i in enumerate(waiting):
        budgets[i] = left // (len(waiting) - done)
        left -= min(lengths[i], budgets[i])
    return budgets


def _whole(number: str, source: Source) -> Statement:
    return quoted(source.cite(number, 0, len(source.paragraphs[number].text)))


def _opening(number: str, source: Source, budget: int) -> Statement:
    """As many first sentences of a paragraph as the budget of words allows, at least one."""
    text = source.paragraphs[number].text
    spans = sentence_spans(text)
    end = spans[0][1] if spans else len(text)
    for _, stop in spans[1:]:
        if words(text[:stop]) > budget:
            break
        end = stop
    return quoted(source.cite(number, spans[0][0] if spans else 0, end))


def _section_statements(section: Section, source: Source, budget: int) -> list[Statement]:
    shown = section.paragraphs[:MOST_SECTION_PARAGRAPHS]
    share = max(budget // len(shown), 25)
    actions = [r for r in source.report.recommendations if r.paragraph in shown]
    if actions:
        return _paragraph_statements(shown, source, whole=False)
    return [_opening(number, source, share) for number in shown]
