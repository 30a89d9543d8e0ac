"""Follow-up questions made whole by the earlier questions of the conversation, by rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from qa.text import fold, plain, terms

_WHICH_PARAGRAPH = re.compile(
    r"\b(?:which|what) (?:paragraph|para|page|section)\b(?:[^?]*\b(?:that|this|it|say\w*|from|come|"
    r"found|is it)\b)?|\bwhere (?:in the report |exactly )?(?:does it|is that|is this|did you|do they|"
    r"does the report) (?:say|find|get|come)\b|\bsource\b|\bwhere (?:is|was) that\b"
)
_WHY = re.compile(
    r"^\W*(?:(?:so|and|but|ok(?:ay)?|right|hm+)\W+)*(?:why|how come|what(?:'s| is| was|"
    r" were)? (?:the )?(?:reason|cause)s?)\b"
)
_SWITCH = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|right|so|thanks|and|but|then)\W+)*(?:(?:what|how) about|"
    r"(?:now )?the same for|and(?: what about)?(?: for| in| on| within| the)?|for|same for|what of|"
    r"and the)\b\s*"
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|that|those|these|this|(?<!are )(?<!is )(?<!was )(?<!were )there|he|"
    r"she|"
    r"his|her|him|ones|"
    r"former|latter|both|same|likewise|do so|did so|others?|rest)\b|\bone\b(?=\W*$)"
)
_STARTS_ON = re.compile(
    r"^\W*(?:and|but|so|or|then|also|what about|how about|right|ok(?:ay)?|why not|which ones?|really)\b"
)
_CARRIES_ON = re.compile(r"^\W*(?:(?:right|ok(?:ay)?|so|well)\W+)*(?:and|but|so|what about|how about|then)\b")
_TREND = re.compile(
    r"\b(?:gone|going|go|went|been|is it|are they|getting) (?:up|down|better|worse|rising|falling|"
    r"improv\w+|increas\w+|decreas\w+)\b|\bup or down\b|\btrend\b|\bchanged?\b|\bimproved\b"
)
_YEAR = re.compile(
    r"\b(?:19|20)\d\d(?:(?:[-/]| and | to )(?:(?:19|20)?\d\d))?\b|\b\d\d(?:[-/]| to | and )\d\d\b"
)
_NOTHING_COUNTED = re.compile(
    r"^\W*(?:(?:and|an|so|but|ok(?:ay)?)\W+)*how m[ae]n[yi] (?=(?:were|are|was|is|had|have|has|did|do|went|"
    r"got|live)\b)"
)
_HOW_MANY = re.compile(r"^\W*how many\b")
_HALF = (
    (r"\b(?:the )?(?:safeguarding|child protection)(?: (?:side|half|services?|part))?\b", "safeguarding"),
    (
        r"\b(?:the )?(?:looked[- ]after(?: children)?|children in care|care)(?: (?:side|half|services?|"
        r"part))\b|\blooked after(?: children)?\b|\bchildren in care\b",
        "looked after children",
    ),
)
_OTHER_HALF = re.compile(r"\b(?:the )?other (?:half|side|part)\b")
_NEXT = re.compile(
    r"^\W*(?:(?:and|ok(?:ay)?|now|then|please|show me|read)\W+)*(?:the )?(next|following|previous|"
    r"one after|one before)(?: one| paragraph| para)?\W*(?:please|pls)?\W*$"
)
_DEADLINE = re.compile(
    r"\b(?:with)?in (?:three|six|twelve|\d+) months\b|\b(?:three|six|twelve|"
    r"\d+)[- ]months?(?: (?:deadline|list|ones?))?\b|\bimmediately\b|\bstraight ?away\b|"
    r"\bright ?away\b|\burgently\b"
)
_SHORT_DEADLINE = re.compile(r"\b(?:with)?in (three|six|twelve|\d+)\W*$|\band (three|six|twelve)\W*$")
_GROUP = re.compile(
    r"\b(?:looked after children|children in care|care leavers|young people leaving care|"
    r"foster carers|children with disabilities|disabled children|asylum seekers?|"
    r"unaccompanied \w+|primary schools?|secondary schools?|special schools?|schools?|boys|girls|"
    r"under[- ]fives|parents|social workers|gps|health visitors|school nurses|learning disabilit\w+|"
    r"physical disabilit\w+|"
    r"tamil|korean|urdu|arabic|polish|fostering|adoption|nationally|london)\b"
)
_KIND_OF = re.compile(r"\b(?:learning|physical)\b")
SLOTS = (_DEADLINE, _YEAR, _KIND_OF, _GROUP)

REMEMBERED = 4  # earlier questions: what was asked before them is hardly meant
FEW_TERMS = 4  # content words: a question with more stands by itself unless it points back
LEANS = 0.65  # likeness to the nearest everyday question below which a question with so few words means little alone
STANDS = 0.8  # the same from which even one content word is a question of its own

Likeness = Callable[[str], float]
"""How like a text is to the everyday question nearest to it, -1 to 1; where there are none, -1."""


def complete(question: str, history: Sequence[str], alike: Likeness | None = None) -> str:
    """The question with what it leaves out taken from earlier ones; a question that stands by itself is unchanged.

    ``alike`` tells of a question without a word that leans on something whether it means anything alone.
    """
    earlier = [q.strip() for q in history if q.strip()][-REMEMBERED:]
    if not earlier or not needs_history(question, alike):
        return question
    previous = complete(earlier[-1], earlier[:-1], alike)
    lower = plain(question)
    own = terms(question)
    if step := _NEXT.search(lower):
        return _beside(previous, forward=step[1] in ("next", "following", "one after")) or question
    if _WHICH_PARAGRAPH.search(lower) and len(own) <= 3:
        return previous
    if _WHY.search(lower) and len(own) <= 2:
        return f"Why? {previous}"
    if deadline := _other_deadline(previous, question):
        return deadline
    if _TREND.search(lower) and len(own) <= FEW_TERMS:
        return f"{previous} Has it changed, increased, decreased, improved or dropped over time?"
    switched = _same_count(previous, question) or switch(previous, question)
    return switched if switched else f"{_context(previous)} {question}"


def points_back(question: str) -> bool:
    """Whether a question has a word that stands for something named before (``it``, ``they``, ``the others``)."""
    return bool(_POINTS_BACK.search(plain(question)))


def points_to_source(question: str) -> bool:
    """Whether a question asks which paragraph something stands in."""
    return bool(_WHICH_PARAGRAPH.search(plain(question))) and len(terms(question)) <= 3


def needs_history(question: str, alike: Likeness | None = None) -> bool:
    """Whether a question leans on an earlier one: it points back, carries on a sentence, or means little alone."""
    if _leans_by_words(question):
        return True
    content = terms(question)
    if alike is None or (found := alike(question)) < 0:
        return len(content) <= 1
    return found < STANDS if len(content) <= 1 else found < LEANS and len(content) <= FEW_TERMS


def _leans_by_words(question: str) -> bool:
    """Whether a question has a word that leans on something said before."""
    lower = plain(question)
    content = terms(question)
    if _WHICH_PARAGRAPH.search(lower) and len(content) <= 3:
        return True
    if len(content) <= FEW_TERMS and (_STARTS_ON.search(lower) or _SWITCH.search(lower)):
        return True
    if len(content) <= 8 and _CARRIES_ON.match(lower):
        return True
    if len(content) <= 1 and (_WHY.search(lower) or _TREND.search(lower)):
        return True
    return (bool(_POINTS_BACK.search(lower)) and len(content) <= 2 * FEW_TERMS) or bool(_NEXT.search(lower))


def switch(previous: str, question: str) -> str | None:
    """The previous question with one thing put in place of another of its kind (``and for care leavers?``)."""
    lower = plain(question)
    if _OTHER_HALF.search(lower):
        return _other_half(previous)
    halves = [(pattern, name) for pattern, name in _HALF if re.search(pattern, lower)]
    for pattern, name in halves:
        for other, _ in _HALF:
            if other != pattern and re.search(other, plain(previous)) and len(terms(question)) <= FEW_TERMS:
                return re.sub(other, name, plain(previous))
    opening = _SWITCH.search(lower)
    if not opening or len(terms(question)) > FEW_TERMS:
        return None
    for slot in SLOTS:
        new, old = slot.search(fold(question)), slot.search(fold(previous))
        if new and old and new[0] != old[0]:
            return fold(previous).replace(old[0], _full_years(new[0]) if slot is _YEAR else new[0])
    if _HOW_MANY.search(plain(previous)) and terms(question[opening.end() :]):
        return f"How many {question[opening.end() :].strip(' ?')}?"
    return None


def _other_deadline(previous: str, question: str) -> str | None:
    """The previous question with its deadline replaced by that of a question that names little else."""
    lower = plain(question)
    new, short = _DEADLINE.search(lower), _SHORT_DEADLINE.search(lower)
    old = _DEADLINE.search(plain(previous))
    if not old or not (new or short) or len(terms(question)) > FEW_TERMS:
        return None
    wanted = _spoken(new[0]) if new else f"within {short[1] or short[2]} months" if short else ""
    return plain(previous).replace(old[0], wanted) if wanted != old[0] else None


def _spoken(deadline: str) -> str:
    """``six-month deadline`` as ``within six months``; a deadline without a number as it is."""
    number = re.search(r"\b(\w+)[- ]months?\b", deadline)
    return f"within {number[1]} months" if number else deadline


def _same_count(previous: str, question: str) -> str | None:
    """``how many were in care`` after ``how many children …`` is ``how many children were in care``."""
    counted = re.search(r"\bhow many ((?:young )?\w+)", plain(previous))
    bare = _NOTHING_COUNTED.search(plain(question))
    return f"How many {counted[1]} {question[bare.end() :].strip()}" if counted and bare else None


def _full_years(text: str) -> str:
    """Years of two digits in four: ``06-07`` is ``2006 and 2007``."""
    short = re.fullmatch(r"(\d\d)(?:[-/]| to | and )(\d\d)", text)
    return f"20{short[1]} and 20{short[2]}" if short else text


def _beside(previous: str, *, forward: bool) -> str | None:
    """The paragraph after, or before, the last one that the previous question names by number."""
    numbers = re.findall(r"\b\d{1,4}\b", previous)
    return f"paragraph {max(int(numbers[-1]) + (1 if forward else -1), 1)}" if numbers else None


def _other_half(previous: str) -> str | None:
    lower = plain(previous)
    for (pattern, _), (_, name) in (_HALF, tuple(reversed(_HALF))):
        if re.search(pattern, lower):
            return re.sub(pattern, name, lower)
    return None


def _context(previous: str) -> str:
    """The content of the previous question, as words that only add to a search."""
    return previous.rstrip(" ?.!") + " –"
