"""Polarity, scope and slots of a text: what its words affirm or deny, leave without exception, and speak of."""

from __future__ import annotations

import re
from functools import cache

from qa.lexicon import SLOTS
from qa.text import fold, plain

GOOD = re.compile(
    r"good|strong\w*|effective\w*|clear\w*|robust\w*|timely|well|excellent|sound|valued|improv\w*|consisten\w*|prompt\w*|"
    r"quick\w*|smooth\w*|benefit\w*|strength\w*|enjoy\w*|positiv\w*|embedded|sufficient\w*|success\w*|manageable|"
    r"appropriate\w*|regular\w*|easy|easily|readily|impressive|outstanding|comprehensive|thorough|careful\w*|"
    r"satisf\w*|best|high|access|secure\w*|safe\w*|suitable|adequate\w*|able|fit"
)
BAD = re.compile(
    r"poor\w*|weak\w*|lack\w*|absence|hard|inconsisten\w*|slow\w*|drift|insufficient\w*|fail\w*|difficult\w*|delay\w*|"
    r"limited|unmanageable|inadequa\w*|unclear|ineffective\w*|late|worse\w*|declin\w*|deteriorat\w*|worst|low|"
    r"unable|unsatisf\w*|irregular\w*|inappropriate\w*|unsafe|negativ\w*|variable|patchy|shortfall\w*|reluctan\w*"
)
NOT = re.compile(
    r"not|no|never|none|neither|nor|without|cannot|little|few|seldom|rarely|hardly|\w+n't|nobody|nothing"
)
_REACH = 5  # words after a negator that it turns round
_CLAUSE = re.compile(
    r"[;:]|, (?:but|however|while|whilst|although|though)\b|\b(?:but|although|whilst|while|however),?\b"
)
_UNIVERSAL = re.compile(
    r"\b(?:all|every|each|always|whenever|everyone|whole|entirely|fully|invariably|only|solely|any|none|never)\b"
)
_PARTIAL = re.compile(
    r"\b(?:some|most\w*|many|majority|several|often|usually|generally|largely|almost|nearly|few|not all|not always|"
    r"a number of|high (?:percentage|proportion)|in part|partly|except\w*|overall|minority|\d+%|mainly)\b"
)
_DONE = re.compile(
    r"\b(?:has|have|has been|have been|now|already|is|are|was|were) (?:\w+ ){0,2}?\w+(?:ed|n|lt)\b|"
    r"\b(?:now|already|in place)\b"
)
_PLANNED = re.compile(
    r"\b(?:plan(?:s|ned|ning)?|intend\w*|yet to|underway|is being|are being|proposed|will be|due to be|to be|"
    r"developing|in progress|beginning to|expected|aims?|working towards|in development|should)\b"
)


def clauses(text: str) -> tuple[str, ...]:
    """The clauses of a text that stand against one another."""
    return tuple(part.strip() for part in _CLAUSE.split(plain(text)) if part.strip())


def tone(text: str) -> int:
    """Words that praise less words that fault; a negator turns the words after it round and counts by itself."""
    total, reach = 0, 0
    for word in re.findall(r"[a-z']+", plain(text)):
        if NOT.fullmatch(word):
            total, reach = total - 1, _REACH
            continue
        value = bool(GOOD.fullmatch(word)) - bool(BAD.fullmatch(word))
        total += -value if reach and value < 0 else (0 if reach and value > 0 else value)
        reach = max(reach - 1, 0)
    return total


def denials(text: str) -> int:
    """How many negators and fault-finding words a text has."""
    return sum(
        bool(NOT.fullmatch(word) or BAD.fullmatch(word)) for word in re.findall(r"[a-z']+", plain(text))
    )


def universal(claim: str, evidence: str) -> bool:
    """Whether a claim leaves no exception where the evidence does."""
    more = set(_UNIVERSAL.findall(plain(claim))) - set(_UNIVERSAL.findall(plain(evidence)))
    return bool(more) and bool(set(_PARTIAL.findall(plain(evidence))) - set(_PARTIAL.findall(plain(claim))))


def done(claim: str, evidence: str) -> bool:
    """Whether a claim tells as done what the evidence tells as planned."""
    planned = _PLANNED.search(plain(evidence)) is not None and _PLANNED.search(plain(claim)) is None
    return planned and _DONE.search(plain(claim)) is not None


@cache
def _slot_pattern(name: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(SLOTS[name]) + r")s?\b")


def slots(text: str, name: str) -> frozenset[str]:
    """The groups, bodies, measures or times that a text names."""
    return frozenset(found.removesuffix("s") for found in _slot_pattern(name).findall(fold(text)))
