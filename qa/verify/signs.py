"""What a claim says that its evidence does not: figures, dates, grades, names, polarity and scope, each apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from qa.lexicon import NUMBER_WORDS
from qa.text import plain, stem, words

MONTHS = tuple(
    "january february march april may june july august september october november december".split()
)
_SHARES = {"half": "50", "thirds": "67", "quarter": "25", "quarters": "75"}  # in per cent
_TENS = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
_UNITS = {
    "monthly": "month", "quarterly": "quarter", "annual": "year", "annually": "year", "yearly": "year",
    "weekly": "week", "daily": "day",
}  # fmt: skip
_IN = re.compile(r"\b(\w+)(?: out of| in)(?: every)? (two|three|four|five|six|seven|eight|nine|ten|\d+)\b")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?![\w]*\d)")
_PERIOD = re.compile(
    r"\b(\d+|" + "|".join(NUMBER_WORDS) + r")[ -](year|month|week|day|hour)s?\b(?![ -]olds?)|"
    r"\b(immediate\w*|monthly|quarterly|annual\w*|weekly|daily|yearly|spring|summer|autumn|winter|"
    r"january|february|march|april|june|july|august|september|october|november|december)\b|\b((?:19|20)\d\d)\b"
)
GRADES = ("outstanding", "inadequate", "adequate", "good", "satisfactory", "poor", "excellent")
_GRADE = re.compile(r"\b(" + "|".join(GRADES) + r")\b")
_NEGATIVE = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|nothing|few|little|lacks?|lacking|absence|fail\w*|"
    r"insufficient\w*|\w+n't|yet to|rather than|hardly|rarely)\b"
)
_STRONG = re.compile(
    r"\b(?:all|every|each|none|always|never|only|entirely|fully|completely|whole|any|everyone|invariably|solely|"
    r"sole|must|will|guarantee\w*|without exception|consistently|universal\w*|no longer|already|proven|eliminated|"
    r"now|permanent\w*|has been|have been|completed?|finished)\b"
)
_HEDGE = re.compile(
    r"\b(?:some|most|many|majority|several|often|usually|generally|mostly|largely|almost|nearly|few|may|could|"
    r"plan(?:s|ned)?|intends?|beginning|becoming|partly|not always|not yet|usually|in part|aims?|yet|"
    r"a number of|proposed|due to|working towards|being|starting|minority|but one|except\w*|overall)\b"
)
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][A-Za-z0-9&'’-]+")
_OPPOSITES = (
    ("improv", "declin deterior worsen"), ("increas rise rose grown grew", "decreas fall fell declin reduc fewer drop"),
    ("strong robust", "weak limit poor"), ("effect", "ineffect"), ("adequ", "inadequ"), ("consist", "inconsist vari"),
    ("quick prompt swift timely time", "slow delay late"), ("clear", "unclear"), ("suffici", "insuffici lack"),
    ("manag", "unmanag"), ("high higher highest", "low lower lowest"), ("more most", "less least fewer"),
    ("good", "poor weak"), ("includ", "exclud"), ("best", "worst"), ("larg largest", "small smallest"),
    ("appropri", "inappropri"), ("safe", "unsafe"), ("satisfi", "dissatisfi"), ("posit", "negat"),
    ("well", "poor bad"), ("success", "unsuccess fail"), ("regular", "irregular rare"), ("valu", "unvalu"),
    ("able", "unable"), ("above", "below"), ("routin", "rare"), ("present", "absent"), ("meet met", "miss fail"),
    ("complet", "incomplet"), ("comprehens", "limit"), ("excel", "poor"), ("full", "limit part"),
    ("permanent", "interim temporari"), ("establish", "underdevelop"), ("readi easy", "difficult hard"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Values:
    """The checkable values of a text."""

    numbers: frozenset[str]
    periods: frozenset[str]
    grades: frozenset[str]
    names: frozenset[str]


@cache
def values_of(text: str) -> Values:
    """The numbers, dates and periods, grades and names of a text in normal form."""
    lower = plain(text)
    periods, left = _periods(lower)
    return Values(_numbers(left), periods, frozenset(_GRADE.findall(lower)), _names(text))


def _periods(lower: str) -> tuple[frozenset[str], str]:
    found = set()
    for count, unit, word, year in _PERIOD.findall(lower):
        if count:
            found.add(f"{NUMBER_WORDS.get(count, count)} {unit}")
        elif word:
            found.add(_UNITS.get(word, stem(word)))
        else:
            found.add(year)
    return frozenset(found), _PERIOD.sub(" ", lower)


def _numbers(lower: str) -> frozenset[str]:
    found: set[str] = set()

    def share(match: re.Match[str]) -> str:
        part, whole = (
            int(NUMBER_WORDS.get(w, w)) if NUMBER_WORDS.get(w, w).isdigit() else 0 for w in match.groups()
        )
        if part and whole > 1 and part < whole:
            found.add(str(round(100 * part / whole)))
            return " "
        return match[0]

    lower = _IN.sub(share, lower)
    found |= {n.replace(",", "").removesuffix(".0") for n in _NUMBER.findall(lower)}
    listed = re.findall(r"[a-z]+", lower)
    for i, word in enumerate(listed):
        if word in _TENS:
            unit = NUMBER_WORDS.get(listed[i + 1], "") if i + 1 < len(listed) else ""
            found.add(str(_TENS[word] + (int(unit) if unit and int(unit) < 10 else 0)))
        elif word in NUMBER_WORDS and word != "one" and not (i and listed[i - 1] in _TENS):
            found.add(NUMBER_WORDS[word])
        elif word in _SHARES:
            found.add(_SHARES[word])
        elif word in ("twice", "double", "doubled", "second"):
            found.add("2")
    return frozenset(found)


def _names(text: str) -> frozenset[str]:
    return frozenset(
        stem(plain(part).removesuffix("'s").removesuffix("s"))
        for name in _NAME.findall(text)
        for part in re.split(r"[-/]", name)
        if plain(part).removesuffix("'s") not in MONTHS and len(part) > 1
    )


def negative(text: str) -> bool:
    """Whether a text denies an odd number of times."""
    return len(_NEGATIVE.findall(plain(text))) % 2 == 1


def strong_words(text: str) -> tuple[str, ...]:
    """Words of a text that leave no exception, in order."""
    return tuple(dict.fromkeys(_STRONG.findall(plain(text))))


def hedges(text: str) -> tuple[str, ...]:
    """Words of a text that limit it, in order."""
    return tuple(dict.fromkeys(_HEDGE.findall(plain(text))))


def opposites(claim: str, evidence: str) -> tuple[tuple[str, str], ...]:
    """Pairs of words of claim and evidence that mean the opposite, where neither text has both."""
    mine = {stem(w): w for w in words(claim)}
    theirs = {stem(w): w for w in words(evidence)}
    found = []
    for one, other in _OPPOSITES:
        for these, those in ((one.split(), other.split()), (other.split(), one.split())):
            said = [mine[w] for w in these if w in mine and w not in theirs]
            against = [theirs[w] for w in those if w in theirs and w not in mine]
            if said and against:
                found.append((said[0], against[0]))
    return tuple(found)


_ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|just (?:under|over)|approximately|roughly|over|some|more than)\b"
)
_CLOSE = 0.02  # a rounded figure may be that far from the exact one


def unsaid_numbers(claim: str, told: frozenset[str]) -> frozenset[str]:
    """The numbers of a claim that are not among those told; a figure said to be rounded may be near one."""
    missing = values_of(claim).numbers - told
    if not _ABOUT.search(plain(claim)):
        return missing
    exact = [float(number) for number in told]
    return frozenset(n for n in missing if not any(abs(float(n) - e) <= _CLOSE * e for e in exact))


# How much of something is spoken of, from nothing to all of it.
_QUANTITIES = (
    r"\b(?:no|none|nobody|never|neither)\b",
    r"\b(?:few|minority|rare(?:ly)?|hardly|seldom|isolated)\b",
    r"\b(?:some|several|sometimes|occasional(?:ly)?|a number of|certain|part(?:ly)?)\b",
    r"\b(?:half)\b",
    r"\b(?:most|mostly|majority|many|usually|often|generally|largely|mainly)\b",
    r"\b(?:all|every|each|always|entire(?:ly)?|whole|fully|completely|any)\b",
)


def quantities(text: str) -> frozenset[int]:
    """Which of six steps from nothing to all a text names, as places 0 to 5."""
    lower = plain(text)
    return frozenset(place for place, pattern in enumerate(_QUANTITIES) if re.search(pattern, lower))
