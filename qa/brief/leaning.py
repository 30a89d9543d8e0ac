"""Whether a sentence of a report praises or criticises, as far as its own words leave no doubt.

A sentence counts as a strength only if it praises and neither limits, denies nor contrasts anything; as a weakness only
if what it comes to is criticism. Everything else is neither: a criticism that stands among the strengths of a briefing
does more harm than a strength that is left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from qa.text import plain

Leaning = Literal["strength", "weakness", "other"]

# Words that praise whatever stands beside them, and those that only do so where nothing turns them.
_GOOD = re.compile(
    r"\b(?:good|very good|(?:significantly|much|good or|is|are) better|better than|best|outstanding|excellent|"
    r"exemplary|impressive\w*|commendab\w+|strong(?:ly)?|strengths?|effective(?:ly)?|robust(?:ly)?|"
    r"rigorous(?:ly)?|sound|innovative|valued|praised?|positively|positive|successful(?:ly)?|well[- ](?:\w+ed|"
    r"run|led|known|written|matched|regarded|trained|understood|placed|attended|informed|coordinated|targeted|"
    r"embedded|used|linked|represented|managed|supported|prepared|cared)|(?:works?|working|achieve|achieves|"
    r"performs?|progress|supported|articulated|demonstrated|delivered|coordinated|"
    r"attended) (?:\w+ ){0,3}?well|(?:very|particularly|extremely) well|swift(?:ly)?|prompt(?:ly)?|timely|"
    r"thorough(?:ly)?|comprehensive|high(?:ly)? (?:quality|valued|effective|committed|regarded|motivated|"
    r"skilled|satisfied|responsive)|of (?:a )?high (?:quality|standard)|clear (?:strateg\w+|vision|focus|"
    r"evidence that|priorities|structures?|direction|leadership)|(?:has|have) (?:\w+ ){0,2}?improved|"
    r"improved (?:significantly|considerably|markedly|year on year)|(?:is|are) improving|"
    r"significant(?:ly)? improve\w*|made (?:a )?significant (?:difference|progress)|(?:substantial|good|"
    r"significant) progress|well established|well embedded|firmly embedded|creatively|skilled|ambitious|"
    r"committed|sensitively|sensitive (?:work|support|to)|child[- ]cent(?:red|ered)|safe and secure|"
    r"proactive(?:ly)?|(?:is|are) a (?:strength|strong feature|good feature)|makes? a (?:powerful|significant|"
    r"strong|positive) contribution|above (?:the )?(?:\w+ )?average|highly)\b"
)
_BAD = re.compile(
    r"\b(?:inadequa\w+|insufficien\w+|poor(?:ly)?|weak\w*|failings?|fail(?:ed|s|ure|ures|ing)?|shortfalls?|"
    r"shortcomings?|unsatisfactory|unacceptab\w+|ineffective\w*|inconsisten\w+|variab(?:le|ility|ly)|patchy|"
    r"lack(?:s|ed|ing)?|absence of|absent|limited|drift|delay(?:s|ed)?|overdue|unclear|underdeveloped|"
    r"undeveloped|under[- ]developed|deficit\w*|deficienc\w+|gaps?|(?:is|are|was|were|remains?) unable to|"
    r"unmet|incomplete|outdated|out[- ]of[- ]date|superficial|descriptive|over[- ]?optimis\w+|"
    r"over[- ]?rel(?:iance|iant)|too (?:many|much|often|few|little|long|slow\w*|variable|late|high|low|"
    r"focused|optimistic|narrow|reliant)|not enough|adverse\w*|negative(?:ly)?|worse\w*|deteriorat\w+|(?:has|"
    r"have) declined|declin\w+ (?:performance|quality|attainment|standards)|unsafe|serious (?:concerns?|"
    r"weakness\w*)|significant(?:ly)? (?:concerns?|weak\w*|worse)|concerning|of concern|instability|unstable|"
    r"compromised|flawed|barriers?|unresolved|missed opportunit\w+|opportunities are lost|may be lost|"
    r"slow(?:ly)?|backlogs?|unallocated|turnover|shortages?|rarely|seldom|infrequent\w*|fragmented|disjointed|"
    r"(?:is|are|was|were) informal|reduc\w+ (?:the|its|their) (?:robustness|effectiveness|impact)|"
    r"not fit for purpose|discontinued|difficult to|difficulties in|less (?:\w+ )?well|dissatisf\w+|"
    r"expressed concern|raised concern\w*|need(?:s)? (?:to|for) (?:be )?(?:improv|strengthen|further|"
    r"develop)\w*|requires? (?:further )?improvement|area for (?:further )?(?:improvement|development)|"
    r"needs? to be (?:more|better|further|fully)|unhappy|blurring|reliance on|breach\w*|non-compliance|"
    r"inappropriate\w*|unassessed|unrecognised|unidentified|neglected|(?:has|have) dropped|dropped by|"
    r"remains? (?:wide|low|high|a challenge|challenging)|(?:key|significant) challenges?|(?:still|yet) to|"
    r"not yet|(?:little|limited|no) evidence (?:of|that)|little (?:challenge|progress|effective|use)|"
    r"(?:significantly|adversely) affected|affected by|undermin\w+|(?:being|been|are|is) lost|not sustained|"
    r"rarely)\b"
)
# They turn what follows them within their clause: "not robust", "little evidence of appropriate challenge".
_NEGATOR = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|few|little|rarely|seldom|hardly|nobody|nothing|"
    r"\w+n't)\b"
)
_TELLING_NOT = re.compile(
    r"\bnot only\b|\bno longer\b|\bnot just\b|\ba few\b|\ba little\b|\bno (?:doubt|less)\b"
)
_CONTRAST = re.compile(
    r"\b(?:although|though|whilst|while|whereas|despite|in spite of|however|nevertheless|nonetheless|but|yet|"
    r"except\w*|apart from|rather than|instead of|in (?:\w+ )?contrast|notwithstanding|otherwise|"
    r"in some (?:areas|cases|instances))\b"
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
    r"sufficient(?:ly)?|fully|adequately|appropriate(?:ly)?|regularly|enough|met|followed|addressed|embedded|"
    r"identified|recorded|updated|recognised|undertaken|implemented|translated|monitor\w*|monitored|completed|"
    r"certain|confident|known|understood|robust(?:ly)?|effective(?:ly)?|clear(?:ly)?|in place|fit for purpose|"
    r"evidence|good|strong|well|developed|explored|provided|visited|received)\b|\bnot (?:all|every)\b"
)
# Not yet so, no longer so, or only wanted so: neither praise nor criticism of how things are.
_NOT_SO = re.compile(
    r"\b(?:should|must|need(?:s|ed)? to(?! be (?:more|better|further|fully|strengthened|improved|developed))|"
    r"ought|in order to|aims?|intend\w*|intention|plans? to|plans (?:are|were) (?:in|under|being)|(?:is|are|"
    r"being|was) planned|proposed|ambition is|is expected|are expected|will be|is to be|are to be|"
    r"being (?:developed|addressed|put|considered|introduced|explored|expanded)|under (?:review|way|"
    r"development)|underway|(?:is|are|was|were) (?:needed|required|necessary)|exploring|more promptly|"
    r"being recruited|includes? ensuring|understand(?:s)? that|(?:last|previous|"
    r"most recent) (?:\w+ )?inspection|(?:growing |full(?:y)? )?aware(?:ness)?(?: \w+){0,9} (?:of|that)|"
    r"recogni[sz]es? (?:and accepts? )?(?:the|its|their)|accept(?:s|ed) the|form a view|draft|"
    r"action is being taken|(?:is|are) (?:\w+ )?(?:taking|beginning)|(?:gaps?|difference)\b[^,;]*\b(?:is|are|"
    r"has|have) (?:been )?(?:clos|narrow)\w+|until (?:\w+ )?recently|previously|had been|more recently|"
    r"believes?|considers? that|in the past)\b"
)
# They say that things got better or should, or name what is sought, and judge nothing by themselves.
_SOUGHT = re.compile(
    r"\b(?:to|and|which|that|can|help(?:s|ed)?|further) (?:\w+ly )?(?:improve|better|strengthen|support)\b|"
    r"\bimprovements? (?:in|to)\b|\b(?:effective(?:ly)?|robust(?:ly)?|timely|good|strong|"
    r"positive) (?=[^,;]{0,40}\b(?:is|are) (?:needed|required))"
)
# How well something is known to be, told in the words of a scale, is nobody's praise.
_MIDDLING = re.compile(r"\b(?:adequate|satisfactory|requires? improvement|in line with)\b")
_TOPIC_WORDS = re.compile(
    r"\b(?:missing (?:children|person|from)|children in need|learning difficult\w+|communication difficult\w+|"
    r"limited compan\w+|challenging behaviour|good practice guid\w+|special educational needs|"
    r"domestic (?:abuse|violence)|cases? of concern|early (?:intervention|help)|child protection concerns?|"
    r"areas? of concern at|lack of (?:\w+ )?parent\w*|poor attendance|failure to thrive|highly (?:vulnerable|"
    r"complex)|good gcses?|outstanding actions?|low level|absent from|(?<!been )(?<!being )(?:prevent|avoid|"
    r"reduc(?!\w* (?:the|its|their) (?:impact|effect|robust))|minimi[sz]|tackl|overcom|offset|remov|address|"
    r"narrow|clos)(?:e|es|ed|ing|s|ies)?\b(?: [\w'-]+){0,4}|(?:those|children|pupils|people|parents|families|"
    r"learners) (?:who (?:are |do |did |have )?)?(?:failing|fail|unable|not)(?: \w+){0,4}|"
    r"tolerance of \w+ \w+|areas (?:of|for) (?:weakness|improvement|development)|what good|"
    r"threshold(?: \w+){0,5} (?:is|are) not met|not meet(?:ing)? the threshold|(?:if|when|whenever|"
    r"unless) [^,;]*|risk of [^,;.]{0,60}|achieving well in most)\b"
)
# Praise of the best of something says nothing of the rest.
_ONLY_THE_BEST = re.compile(
    r"\b(?:the )?(?:best|better|strongest|most effective) (?:\w+ )?(?:examples?|plans?|assessments?|cases?|"
    r"files?|work|practice|records?|reports?|reviews?|providers?|ones?|way)\b"
)
# Behind them praise is what is missing.
_TURNER = re.compile(
    r"\b(?:lack\w*|insufficient\w*|absence of|fail\w*|unable|inadequate\w*|limited|poor\w*|too (?:little|few)|"
    r"needs? to be (?:more|better|further|fully|strengthened|improved|developed))\b"
)
# A request, not a finding.
_ASKS = re.compile(
    r"^(?:ensure|strengthen|improve|review|develop|increase|introduce|establish|implement|undertake|take|"
    r"provide|continue|make|consider|agree|monitor|reduce|promote|clarify|build|put|use|work|extend|"
    r"raise)\b(?!-| (?:of|with|in|is|are|has|have|by|between|undertaken|done|on|across)\b)"
)
_CONDITION = re.compile(r"^(?:where|when|if|once|should|after|following|prior to)\b[^,]*,")
# What may be is not what is; what may come of something wrong does not make it right.
_MAYBE = re.compile(r"\b(?:would|could|may|might)\b")
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
    limited = any(p.search(lower) for p in (_CONTRAST, _NEGATOR, _NOT_SO, _MAYBE, _MIDDLING, _ONLY_THE_BEST))
    return "strength" if good and not limited else "other"


def _comes_to_criticism(lower: str) -> bool:
    """Whether the sentence criticises where it does not concede, and praises nothing there."""
    if _NOT_SO.search(lower) or _PUT_RIGHT.search(lower):
        return False
    if (maybe := _MAYBE.search(lower)) and _signs(lower[: maybe.start()])[1] == 0:
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
    text = _TOPIC_WORDS.sub(" ", _SOUGHT.sub(" ", _TELLING_NOT.sub(" ", lower)))
    good = bad = 0
    for clause in re.split(r"[;:]|,? (?:but|however|although|whilst|while)\b", text):
        omitted, turned = _OMITTED.search(clause), _NEGATOR.search(clause) or _TURNER.search(clause)
        if omitted:
            bad += 1 + len(_BAD.findall(clause[: omitted.start()]))
            continue
        before, after = (clause[: turned.start()], clause[turned.end() :]) if turned else (clause, "")
        good += len(_GOOD.findall(before))
        bad += len(_BAD.findall(before)) + len(_BAD.findall(after[REACH:]))
        if turned and (_TURNER.match(clause, turned.start()) or _BAD.match(clause, turned.start())):
            bad += 1  # "lack focus", "little evidence"
        elif turned and _GOOD.search(after):
            bad += 1  # "not robust"
    return good, bad
