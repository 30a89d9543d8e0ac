"""Types of value: whether a sentence holds a number, a date, a person's name … as a question wants it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from qa.lexicon import NUMBER_WORDS
from qa.text import plain

_PERCENT = re.compile(r"\d(?:\.\d+)?\s?%|\bper cent\b|\bpercentage points?\b|\b(?:half|third|quarter)\b")
_MONEY = re.compile(r"£|\bpounds?\b|\bmillion\b")
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|"
    r"summer|autumn|winter)"
)
_DATE = re.compile(
    rf"\b(?:19|20)\d\d\b|\b{_MONTH}\b|\b(?:annual(?:ly)?|over the (?:last|past)|(?:last|past|"
    rf"next) (?:\w+ )?(?:year|month|week)s?|within \w+ months|immediately|quarterly)\b"
)
_NUMBER = re.compile(
    r"\d(?![\d.,]*\s?%)|\b(?:"
    + "|".join(NUMBER_WORDS)
    + r"|none|no|nil|single|half|third|twice|once|quarterly|majority)\b"
)
_SHARE = re.compile(rf"{_PERCENT.pattern}|{_NUMBER.pattern}|\ball\b|\bmost\b")
_DURATION = re.compile(
    r"\b(?:\d+|"
    + "|".join(NUMBER_WORDS)
    + (
        r")[ -](?:year|month|week|day|hour|mile)s?\b|\bage[ds]?\b|\b\d+[-–]\d+\b|\bover \d+\b|\bunder \d+\b|"
        r"\b(?:prolonged|period)\b|\bwithin\b"
    )
)
_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sir|Dame|Cllr|Councillor)\.? [A-Z][a-z]+|\b[A-Z][a-z]+ [A-Z][a-z]+(?= HMI\b)"
)
_CONTACT = re.compile(r"\b0\d{2,4}[ -]?\d{3}|@|\bwww\.|https?:")

_MEASURES = re.compile(
    r"\b(?:19|20)\d\d(?:[/-]\d\d)?\b|\b[\w-]+ (?:years?|months?|weeks?|days?|hours?|miles)\b(?! olds?)"
)
_FREQUENCY = re.compile(
    r"\b(?:quarterly|annual(?:ly)?|monthly|weekly|daily|yearly|regular(?:ly)?|routine(?:ly)?|"
    r"rare(?:ly)?|often|usually|always|every|each|times?|once|twice|frequent\w*|"
    r"per (?:year|month|week)|timescales?|within|consistent\w*|not|never)\b"
)

_GRADE = re.compile(r"\b(?:outstanding|good|adequate|inadequate|satisfactory|graded?|judged|rated)\b")

_SIGNS: dict[str, tuple[re.Pattern[str], str]] = {
    "contact": (_CONTACT, "the report gives no telephone number, address or other contact details"),
    "count": (_NUMBER, "the report gives no number for this"),
    "date": (_DATE, "the report gives no date for this"),
    "duration": (_DURATION, "the report gives no age or length of time for this"),
    "frequency": (_FREQUENCY, "the report does not say how often"),
    "grade": (_GRADE, "the report gives no grade for this"),
    "money": (_MONEY, "the report gives no sum of money for this"),
    "share": (_SHARE, "the report gives no number or share for this"),
    "percentage": (_PERCENT, "the report gives no percentage for this"),
    "person": (_PERSON, "the report does not name the person"),
}


def missing_value(wants: Iterable[str], text: str) -> str | None:
    """What is missing from a sentence for a question that wants these types of value, ``None`` if nothing is."""
    for want in sorted(set(wants) & _SIGNS.keys()):
        if not _holds(want, text):
            return _SIGNS[want][1]
    return None


@lru_cache(maxsize=16_384)  # every sentence of some reports with every type of value
def _holds(want: str, text: str) -> bool:
    searched = text if want == "person" else plain(text)
    return bool(
        _SIGNS[want][0].search(_MEASURES.sub(" ", searched) if want in ("count", "share") else searched)
    )
