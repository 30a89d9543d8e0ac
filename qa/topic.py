"""What a request for a summary, a comparison or points is about: its topic, halves, tone and number of points."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from qa.lexicon import NUMBER_WORDS, PART_PHRASES
from qa.text import fold, plain, terms

_REQUEST = re.compile(
    r"\b(?:press lines?|crib ?sheet|digest|talking points?|(?:one|two|half a) pages?|"
    r"what should (?:\w+ ){1,3}know|key (?:points|messages|findings|facts)|headlines?|round-?up|"
    r"contrast|"
    r"before i meet [^.?!]*|next (?:week|month|meeting)|from the (?:inspection|report)|"
    r"that concern (?:them|us) directly|ask for both|"
    r"please|pls|kindly|thanks|thank you|can you|could you|would you|i need|i want|i would like|"
    r"we need|give (?:me|us|the [\w ]{1,30}?)|write|prepare|draft|produce|provide|put together|"
    r"brief (?:me|us) on|"
    r"tell (?:me|us)(?: about)?|let me have|summari[sz]e|summary(?: of)?|overview(?: of)?|"
    r"briefing(?: note)?(?: on)?|(?:quick(?:ly)? )?compar(?:e|ison)(?: of)?|"
    r"(?:a |an )?(?:short|quick|brief|one[- ]page)?\s?(?:note|paragraph|lines?|list|slide)(?: (?:on|"
    r"about|for the [\w]+))?|"
    r"(?:a |the )?(?:\w+ )?(?:bullet(?: point)?s?|bullets|points|lines|sentences)(?: (?:on|about))?|"
    r"with (?:para(?:graph)?s? )?(?:refs?|references|numbers|citations)|with paragraph (?:refs?|"
    r"references|numbers)|para(?:graph)? (?:refs?|references|numbers)|for (?:a|the|my) (?:slide|"
    r"meeting|mayor|committee|panel|board|briefing|councillors?|cabinet member|portfolio holder)|"
    r"keep it (?:to|short|brief)[^.]*|in (?:two|three|a few|\d) (?:or \w+ )?(?:sentences|lines|"
    r"bullets)|what (?:did|do|does) (?:the )?(?:inspectors|report|ofsted|they|it) (?:say|find|think|"
    r"conclude)(?: about| on)?|"
    r"what (?:was|were) (?:found|said)(?: about)?|where we stand on|what (?:is|are|was|"
    r"were) (?:the )?(?:position|situation) (?:on|with))\b",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\bboth (?:halves|parts|sides|sections|services|areas|of them)\b|\bacross the (?:whole|report|"
    r"board)\b|\b(?:whole|entire) (?:service|report|inspection)\b|\beach half\b|"
    r"\bthe (?:two|2) (?:parts|sides|sections|services)\b|\bhalves\b"
)
_CARE = re.compile(
    r"\b(?:looked after|care leavers)\b|\b(?:in|and|the) care\b|\bcare (?:side|half|service)\b"
)
_POINTS = re.compile(
    r"\b(\d|"
    + "|".join(list(NUMBER_WORDS)[2:11])
    + r") (?:\w+ )?(?:bullets?|points?|strengths|weaknesses|concerns|lines|sentences|things|examples)\b"
)
_NEGATIVE = re.compile(
    r"\b(?:wrong|problems?|weak\w*|concerns?|fail\w*|poor\w*|criticis\w+|shortcomings?|issues?|"
    r"negativ\w+|bad|worst|lacking|gaps?|deficit\w*|improve\w*|holds? .* back)\b"
)
_POSITIVE = re.compile(
    r"\b(?:strengths?|strong|positiv\w+|good (?:practice|points|things|work)|praise\w*|well|best|"
    r"successes|achievements?)\b"
)
_BAD_SIGNS = re.compile(
    r"\b(?:not|no|lack\w*|inadequate|insufficient\w*|poor|weak\w*|however|unsatisfactory|limited|"
    r"failed|failings?|failure|shortcomings?|inconsisten\w+|variable|concern\w*|deficits?|"
    r"gaps?|little|drift|delay\w*|unable|difficult\w*|absence|overdue|missing|incomplete|outdated|"
    r"unclear|rarely|too (?:many|much|often)|significant(?:ly)? (?:worse|failings)|underdeveloped|"
    r"instability)\b"
)
_GOOD_SIGNS = re.compile(
    r"\b(?:good|strong|effective(?:ly)?|excellent|outstanding|robust|positive(?:ly)?|well|valued|"
    r"successful(?:ly)?|clear|prompt|better|improved|strength|innovative|swift|high quality)\b"
)

TONE = 0.04  # score by which a sentence gains or loses that sounds like what is asked for, or the other way


_FOR_WHOM = re.compile(
    r"^.{0,100}?\b(?:notes?|lines?|summary|briefing|paragraph|page|digest|bullets?|bullet points?|points|section|"
    r"sheet|slide|overview|sentences|round-?up|picture)\b(?: [\w'’-]+){0,7}? "
    r"(?:on|about|covering|regarding|of)\s+(?=\w+)",
    re.IGNORECASE,
)


def topic(text: str) -> str:
    """The question without the words of the request itself and for whom it is; unchanged if nothing else is left."""
    about = _FOR_WHOM.sub("", text, count=1)
    bare = _without_request(about if terms(about) else text)
    return bare if terms(bare) else text


def only_form(text: str) -> bool:
    """Whether a text only says in what form an answer is wanted, such as ``give me three bullets with para refs``."""
    return bool(terms(text)) and not terms(_without_request(text))


def _without_request(text: str) -> str:
    return " ".join(_REQUEST.sub(" ", text).split()).strip(" ,.;:-?")


def halves(text: str, own_terms: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """The parts of the report that the question asks about together; empty unless there are at least two."""
    parts = tuple(own_terms)
    folded = fold(text)
    if _BOTH.search(folded):
        return parts
    asked = set(terms(text))
    named = {part for part, own in own_terms.items() if asked & own}
    for phrase, word in PART_PHRASES:
        if phrase in folded:
            named |= {part for part, own in own_terms.items() if own & set(terms(word))}
    if len(named) == 1 and _CARE.search(folded):
        named |= {part for part in parts if "looked after" in part.lower()}
    return tuple(part for part in parts if part in named) if len(named) > 1 else ()


def points(text: str) -> int | None:
    """How many points are asked for, ``None`` if no number is named."""
    found = _POINTS.search(plain(text))
    return int(NUMBER_WORDS.get(found[1], found[1])) if found else None


@lru_cache(maxsize=64)
def toned(question: str) -> int:
    """1 for a question that asks for strengths, -1 for problems, 0 for neither or both."""
    return bool(_POSITIVE.search(plain(question))) - bool(_NEGATIVE.search(plain(question)))


def tone(question: str, sentence: str) -> float:
    """How much better or worse a sentence fits a question that asks for strengths or for problems."""
    asked = toned(question)
    if not asked:
        return 0.0
    return TONE * asked * _sounds(sentence)


@lru_cache(maxsize=8192)  # the sentences of some reports
def _sounds(sentence: str) -> int:
    lower = plain(sentence)
    return bool(_GOOD_SIGNS.search(lower)) - bool(_BAD_SIGNS.search(lower))
