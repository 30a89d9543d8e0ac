"""Whether a sentence of a report praises or criticises, as far as its own words leave no doubt.

A sentence counts as a strength only if it praises and neither limits, denies nor contrasts anything; as a weakness only
if what it comes to is criticism. Everything else is neither: a criticism that stands among the strengths of a briefing
does more harm than a strength that is left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from qa.brief.signs import BAD, CONTRAST, GOOD, MAYBE, MIDDLING, NEGATOR, NO_SIGN, NOT_SO, TURNER
from qa.text import plain

Leaning = Literal["strength", "weakness", "other"]

_TELLING_NOT = re.compile(
    r"\bnot only\b|\bno longer\b|\bnot just\b|\ba few\b|\ba little\b|\bno (?:doubt|less)\b"
)
_CONCEDES = re.compile(
    r"^(?:(?:however|nevertheless|nonetheless|in addition|additionally|consequently|similarly|"
    r"in the meantime),? )?"
    + r"(?:although|though|whilst|while|whereas|despite|in spite of|notwithstanding)\b"
    + r"[^,;]*(?:,[^,;]*)??[,;] ?(?P<main>.+)$",
    re.DOTALL,
)
_TURNS = re.compile(r"[,;]?\s+(?:but|however|yet(?! to)|whereas)\b,? ?")
# What is limited behind its verb is neither one thing nor the other.
_LIMITED = re.compile(r"\w,?\s+(?:although|though|whilst|while|despite)\b")
# What is denied here is what a service should do.
_OMITTED = re.compile(
    r"\b(?:not|never|nor|neither|nobody|\w+n't)(?: \w+){0,3} (?:routinely|consistent(?:ly)?|always|"
    r"sufficient(?:ly)?|fully|adequately|appropriate(?:ly)?|regularly|enough|met|followed|addressed|"
    r"embedded|identified|recorded|updated|recognised|undertaken|implemented|translated|monitor\w*|"
    r"monitored|completed|certain|confident|known|understood|robust(?:ly)?|effective(?:ly)?|clear(?:ly)?|"
    r"in place|fit for purpose|evidence|good|strong|well|developed|explored|provided|visited|received)\b|"
    r"\bnot (?:all|every)\b"
)
# They say that things got better or should, or name what is sought, and judge nothing by themselves.
_SOUGHT = re.compile(
    r"\b(?:to|and|which|that|can|help(?:s|ed)?|further) (?:\w+ly )?(?:improve|better|strengthen|support)\b|"
    r"\bimprovements? (?:in|to)\b|\b(?:effective(?:ly)?|robust(?:ly)?|timely|good|strong|"
    r"positive) (?=[^,;]{0,40}\b(?:is|are) (?:needed|required))"
)
# Praise of the best of something says nothing of the rest.
_ONLY_THE_BEST = re.compile(
    r"\b(?:the )?(?:best|better|strongest|most effective) (?:\w+ )?(?:examples?|plans?|assessments?|cases?|"
    r"files?|work|practice|records?|reports?|reviews?|providers?|ones?|way)\b"
)
# A request, not a finding.
_ASKS = re.compile(
    r"^(?:ensure|strengthen|improve|review|develop|increase|introduce|establish|implement|undertake|take|"
    r"provide|continue|make|consider|agree|monitor|reduce|promote|clarify|build|put|use|work|extend|"
    r"raise)\b(?!-| (?:of|with|in|is|are|has|have|by|between|undertaken|done|on|across)\b)"
)
_CONDITION = re.compile(r"^(?:where|when|if|once|should|after|following|prior to)\b[^,]*,")
# What was wrong may have been put right.
_PUT_RIGHT = re.compile(
    r"\bnow\b|\bsince then\b|\b(?:been|being) (?:minimi[sz]ed|reduced|resolved|rectified|tackled|overcome)\b"
)
LEAST_WORDS = 5
REACH = 45  # characters behind a negator that it turns
_SENTENCE_END = re.compile(r"[.!][\"'”’)\]]*$")


@lru_cache(maxsize=8192)
def leaning(sentence: str) -> Leaning:
    """What a whole sentence comes to; ``other`` where that is not plain from its words."""
    lower = plain(sentence).strip()
    if (
        len(lower.split()) < LEAST_WORDS
        or not _SENTENCE_END.search(lower)
        or "\t" in lower
        or _ASKS.match(lower)
    ):
        return "other"
    lower = _CONDITION.sub("", lower).strip()
    good, bad = _signs(lower)
    if bad:
        return "weakness" if _comes_to_criticism(lower) else "other"
    limited = any(p.search(lower) for p in (CONTRAST, NEGATOR, NOT_SO, MAYBE, MIDDLING, _ONLY_THE_BEST))
    return "strength" if good and not limited else "other"


def _comes_to_criticism(lower: str) -> bool:
    """Whether the sentence criticises where it does not concede, and praises nothing there."""
    if NOT_SO.search(lower) or _PUT_RIGHT.search(lower):
        return False
    if (maybe := MAYBE.search(lower)) and _signs(lower[: maybe.start()])[1] == 0:
        return False
    if conceded := _CONCEDES.match(lower):
        # Lists have commas too: the last piece is the main clause or a part of it.
        main, last = _signs(conceded["main"]), _signs(re.split(r"[,;] ", lower)[-1])
        return main[1] > 0 and main[0] == 0 and last[0] == 0
    if _LIMITED.search(lower) and _signs(_LIMITED.split(lower)[0])[1] == 0:
        return False
    good, bad = _signs(_TURNS.split(lower)[-1])
    return bad > 0 and good == 0


def _signs(lower: str) -> tuple[int, int]:
    """How many words of a text praise and criticise; a denial of praise is criticism, one of criticism is neither."""
    text = NO_SIGN.sub(" ", _SOUGHT.sub(" ", _TELLING_NOT.sub(" ", lower)))
    good = bad = 0
    for clause in re.split(r"[;:]|,? (?:but|however|although|whilst|while)\b", text):
        omitted, turned = _OMITTED.search(clause), NEGATOR.search(clause) or TURNER.search(clause)
        if omitted:
            bad += 1 + len(BAD.findall(clause[: omitted.start()]))
            continue
        before, after = (clause[: turned.start()], clause[turned.end() :]) if turned else (clause, "")
        good += len(GOOD.findall(before))
        bad += len(BAD.findall(before)) + len(BAD.findall(after[REACH:]))
        if turned and (TURNER.match(clause, turned.start()) or BAD.match(clause, turned.start())):
            bad += 1  # "lack focus", "little evidence"
        elif turned and GOOD.search(after):
            bad += 1  # "not robust"
    return good, bad
