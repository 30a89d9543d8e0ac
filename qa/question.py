"""A question as it is understood: its words, the half of the report it is about, and what kind of answer it wants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from qa.lexicon import PART_PHRASES
from qa.text import fold, plain, terms
from qa.topic import only_form

Kind = Literal["fact", "why", "list", "broad", "several"]
"""``broad`` asks how something stands in general; ``several`` asks outright for points from more than one place: a
summary, a briefing, a comparison, strengths, weaknesses."""

Want = Literal[
    "count",
    "share",
    "percentage",
    "money",
    "date",
    "duration",
    "frequency",
    "person",
    "contact",
    "place",
    "grade",
]

_WHY = re.compile(
    r"\bwhy\b|\bhow come\b|\breasons?\b|\bcauses?d?\b|\bexplain(?:s|ed)\b|\bled to\b|\blead to\b|"
    r"\bbecause of what\b|"
    r"\bon what (?:basis|grounds)\b|\bwhat (?:makes|made|stops|stopped|prevents|holds|held|is behind|"
    r"lies behind|went so wrong)\b|\bfor what\b|\bevidence\b"
)
_SEVERAL = re.compile(
    r"\bpress lines?\b|\bcrib ?sheet\b|\bdigest\b|\btalking points?\b|\b(?:one|two|1|2|"
    r"half a) pages?\b|\bwhat should (?:\w+ ){1,3}know\b|\bpluses\b|\bminuses\b|\bpros and cons\b|"
    r"\bgood and (?:the )?(?:bad|not so good|weak)\b|\bgoing (?:well|badly)\b|\bcontrast\b|"
    r"\bkey (?:points|messages|findings|facts)\b|\bheadlines?\b(?! (?:verdict|grade|judg))|"
    r"\bmain (?:failings|strengths|weaknesses|concerns|problems|issues)\b|\bround-?up\b|"
    r"\bposition on\b|\bsummar\w+|\bbrief(?:ing)?\b|\bbriefing\b|\bbullets?\b|\boverview\b|"
    r"\bcompar(?:e|ed|ison|ing)\b|\bnote\b|\bstrengths?\b|\bweaknesses\b|"
    r"\bbullet points?\b|\b(?:two|three|four|five|few|couple of) (?:points|lines|sentences|bullets|"
    r"paragraphs)\b|\b(?:short|quick) (?:paragraph|note|summary|compare)\b|"
    r"\bwhat (?:is|was|were|are|went|kept) (?:going )?(?:wrong|weak|lacking|"
    r"the (?:main )?(?:problems?|concerns?|issues?|failings?|weaknesses))\b|\bboth (?:halves|parts|"
    r"sides|sections)\b|"
    r"\bacross the (?:whole|report|board)\b|\bwhole (?:service|report)\b|\bmain (?:findings|points|"
    r"messages|reasons)\b|"
    r"\bwhat (?:do|does|did) (?:it|the report|inspectors|they|ofsted) (?:say|find|conclude) (?:about|"
    r"on)\b|\btell me (?:what was found )?about\b|\bwhere we stand\b|"
    r"\bprepare\b|\bdraft\b"
)
_BROAD = re.compile(
    r"\bhow (?!(?:many|men[iy]|much|mutch|long|often|frequent|regular|old|young|soon|far|did|do|does|is|are|"
    r"was|were|had|has|have|come|can|will|would|should|could|big|large|high|low|to|the|it|they|children|"
    r"young|kingston)\b)\w+|"
    r"\bpicture (?:on|of|for)\b|\bmake of\b|\bboth\b|\bin general\b|\bproblems?\b|\bversus\b|\bvs?\b|"
    r"\bcontrast\b"
)
_LIST = re.compile(
    r"\blist\b|\bname (?:the|all|them)\b|"
    r"\bwhich (?:\w+ ){0,2}\w+s\b|\bwhat (?:are|were) (?:the|all)\b|\bwho(?:'s| is| was|"
    r" were)? (?:all )?(?:involved|made up|took part)\b|\bwhat (?:\w+ ){0,2}(?:things|kinds|types|"
    r"sorts|services|subjects|topics|groups|jobs|help|support|mistakes|weaknesses)\b"
)
_PERCENTAGE = re.compile(
    r"\bhow many (?:per ?cent|%)|\bpercentage\b|\bper ?cent\b|%|\bproportion\b|\bwhat share\b|"
    r"\bshare of\b|\brate percent\b"
)
# A share of a group answers "How many of them …?" as well as their number does.
_SHARE = re.compile(r"\bhow many of (?:the|those|these|its|their)\b|^\W*of (?:the|those|all)\b.*\bhow many\b")
_COUNT = re.compile(
    r"\bhow many\b(?! per ?cent)|\bno\.? of\b|(?:^\W*|\b(?:what|what's|the|give|exact|"
    r"total) (?:\w+ )?)numbers? of\b|\bnumber of\b(?=.*\?$)(?!.*\bwhy\b)|^\W*(?:total )?numbers?\b|"
    r"\bhow (?:big|large) (?:is|was|are|were)\b|\bhead ?count\b|\bwhat number\b|\bexact (?:figure|"
    r"number)\b"
)
# "Did it cut the number of …?" wants a yes or no, not the number.
_YES_NO = re.compile(r"^\W*(?:did|has|have|had|is|are|was|were|do|does|can|could)\b")
_MONEY = re.compile(
    r"£|\bhow much (?:money|does|did|do|is|are|was|were|will|would|cash|funding)\b[^?]*\b(?:cost|pay|"
    r"paid|spen[dt]|earn|fund|budget|charge|save)\w*|\bpounds\b|\b(?:what|how much)\b[^?]*\bcosts?\b|"
    r"\bcost of\b|\bcosts? (?:per|in pounds)\b|^\W*costs?\b|\bhow much (?:money|cash|funding)\b|"
    r"\bhow much (?:\w+ ){0,2}(?:grant|money|cash|funding|allowance)\b|\ballowances?\b|\bsalar(?:y|"
    r"ies)\b|\b(?:what|how (?:much|big|large))\b.*\bbudgets?\b|\bbudget (?:of|for)\b|\bwages?\b|"
    r"\bfees?\b|\bhow expensive\b|\bhow much (?:a|per|each|every) (?:week|month|year|hour|day)\b|"
    r"\b(?:paid|earn|cost) (?:a|per|each|every) (?:week|month|year|hour|day)\b"
)
_DATE = re.compile(
    r"\bwhen (?:did|was|were|is|are|will|does|do|exactly)\b|\bwhat (?:date|day|month|year)\b|"
    r"\bon (?:which|what) (?:date|day)\b|\bwhich (?:year|month)\b|\bsince when\b|\bby when\b|"
    r"\b(?:launch|start|opening|publication) (?:date|year)\b|\bdate of\b|^\W*dates?\b"
)
_DURATION = re.compile(r"\bhow long\b|\bhow (?:old|young)\b|\bwhat age\b|\bup to what age\b")
_CONTACT = re.compile(
    r"\b(?:tele)?phone (?:number|no)?\b|\bphone\b|\bnumber to (?:ring|call|report|phone)\b|"
    r"\be-?mail\b|\b(?:postal |street )?address\b|\bwebsite address\b|\burl\b|\bpostcode\b|"
    r"\bopening hours\b|\bopening times\b"
)
_PERSON = re.compile(
    r"\b(?:name|names|surname)\b(?! of (?:the |its |their )?(?:(?!of |who )[\w'’-]+ ){0,3}(?:scheme|service|project|"
    r"group|programme|program|team|forum|board|initiative|centre|clinic|panel|book|magazine|document|plan|guide|website|"
    r"system|tool|survey|company|organisation|trust|charity|award|strategy|policy|form|school|club|course|event)s?\b"
    r"(?! (?:manager|leader|head|chair|worker|director|member|officer)))(?=[^?]*\b(?:director|"
    r"chair\w*|chief|manager|head|lead|"
    r"leader|member|councillor|officer|doctor|nurse|inspector|person|people|author|child|kid|boy|girl|"
    r"woman|man|bloke|mp|teacher|young person|worker|carer|parent|adviser|advisor|psychologist)s?\b)|"
    r"\bwho (?:is|was|are|were|'s)\b(?=[^?]*\b(?:director|chief executive|mayor|head of|leader|"
    r"lead member|mp|minister|prime minister|king|queen)\b)|\b(?:director|chair\w*|executive|manager|"
    r"leader|member|councillor|doctor|nurse|inspector|person|kid|child|boy|"
    r"girl)'?s? (?:full )?names?\b|"
    r"\b(?:director|chief executive|head ?teacher|lead member|leader|chair)\b[^?]*\bnames?\b|"
    r"^\W*(?:the )?(?:head ?teacher|director|chief executive|lead member|leader) of\b[^?]*\?*$|"
    r"\b(?:child|kid|boy|girl|person|man|woman|he|she|they)\b.*\bcalled\b|\bwho(?:'s| is| was)\b.*\bnames?\b"
)
_FREQUENCY = re.compile(r"\bhow (?:often|regularly|frequently)\b")
_GRADE = re.compile(
    r"\b(?:what|which) (?:\w+ ){0,2}(?:grade|mark|rating|judg\w+|verdict)\b|\bhow (?:was|were|is|"
    r"did)\b.*\b(?:graded|rated|judged|marked|scored?)\b|\bpass or fail\b|^\W*did\b.*\bpass\W*$|"
    r"\b(?:rating|grade|mark|verdict|judg\w+)s? (?:was |were )?(?:given|awarded|for|on)\b"
)
# The time that the whole report speaks of: it narrows nothing down.
_AT_INSPECTION = re.compile(
    r"\b(?:when|while) (?:the )?(?:inspectors?|ofsted|inspection|team) (?:\w+ )?(?:visited|came|"
    r"called|arrived|were there|looked|inspected|"
    r"happened|took place)\b|\b(?:at|by) the time of (?:the |this |their )?(?:inspection|visit|"
    r"report)\b|\bduring (?:the|this|their) "
    r"(?:inspection|visit)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^\W*where\b|\bwhich (?:street|town|building|address)\b")


@dataclass(frozen=True, slots=True)
class Question:
    """``asked`` is what was typed; ``text`` is what is searched for: corrected and completed from the history.

    ``terms`` are its content words as compared; ``part`` the half of the report that it names; ``kind`` how much of an
    answer it wants and ``wants`` which types of value must be in it. ``completed`` says that what was asked before was
    needed, ``own_text`` is then what was typed. ``follows`` says that this was an earlier question of the conversation,
    not of the same message, and ``earlier`` are the paragraphs that the answer to it cites.
    ``intents`` says how likely each intent is, empty where nothing is known; questions are equal whatever it says.
    """

    asked: str
    text: str
    terms: tuple[str, ...]
    part: str | None
    kind: Kind
    wants: frozenset[Want]
    completed: bool = False
    own_text: str = ""
    follows: bool = False
    earlier: frozenset[str] = frozenset()
    intents: Mapping[str, float] = field(default_factory=dict, compare=False)

    @property
    def asking(self) -> str:
        """The words that say what kind of answer is wanted: of a follow-up with a question word, its own."""
        return self.own_text if self.own_text and asks(self.own_text) else self.text


_ASKS = re.compile(
    r"\b(?:how|what|which|who|whose|when|where|why)\b(?! about)|"
    r"^\W*(?:(?:and|but|so|ok|okay|right)\W+)*(?:is|are|was|were|do|does|did|has|have|had|can|could|will)\b"
)


def asks(text: str) -> bool:
    """Whether a text has a question word of its own."""
    return bool(_ASKS.search(plain(text)))


@lru_cache(maxsize=4096)  # questions, everyday ones among them
def wants(text: str) -> frozenset[Want]:
    """The types of value that an answer to the question must hold; empty when any statement may do."""
    lower = plain(asking_sentence(text))
    rules: tuple[tuple[Want, re.Pattern[str]], ...] = (
        ("contact", _CONTACT), ("money", _MONEY), ("percentage", _PERCENTAGE), ("count", _COUNT), ("date", _DATE),
        ("duration", _DURATION), ("frequency", _FREQUENCY), ("grade", _GRADE), ("person", _PERSON), ("place", _PLACE),
    )  # fmt: skip
    found = frozenset(want for want, pattern in rules if pattern.search(lower))
    if "count" in found and _SHARE.search(lower):
        found = (found - {"count"}) | {"share"}
    if _YES_NO.search(lower) and "how many" not in lower:
        found -= {"count"}
    return (
        frozenset[Want]()
        if _WHY.search(lower) and not re.match(r"\W*(?:how many|what percentage)\b", lower)
        else found
    )


@lru_cache(maxsize=256)
def kind(text: str) -> Kind:
    """How much of an answer the question wants, from its wording alone."""
    lower = plain(asking_sentence(text))
    if _SEVERAL.search(lower) and not _COUNT.search(lower):
        return "several"
    if _WHY.search(lower):
        return "why"
    if _LIST.search(lower):
        return "list"
    return "broad" if _BROAD.search(lower) and not wants(text) else "fact"


def asking_sentence(text: str) -> str:
    """The last sentence of a text that ends with a question mark; the whole if none does or one asks for a form."""
    sentences = re.split(r"(?<=[.!?])\s+", text.strip())
    asked = [s for s in sentences if s.endswith("?") and len(terms(s)) > 1]
    return asked[-1] if asked and not any(map(only_form, sentences)) else text


def part_terms(parts: Sequence[str], common: Callable[[str], bool]) -> dict[str, frozenset[str]]:
    """For each part of the report the terms that only its own heading has and that are not ``common`` in the report."""
    own = {}
    for part in parts:
        others = {term for other in parts if other != part for term in terms(other)}
        own[part] = frozenset(term for term in terms(part) if term not in others and not common(term))
    return own


def named_part(asked: Iterable[str], own_terms: Mapping[str, frozenset[str]]) -> str | None:
    """The one part of the report that a question's terms name, ``None`` for none or several."""
    found = set(asked)
    named = [part for part, own in own_terms.items() if found & own]
    return named[0] if len(named) == 1 else None


def _numbered_part(text: str, own_terms: Mapping[str, frozenset[str]]) -> str | None:
    """The part that ``the first half`` or ``the second half`` names."""
    found = re.search(r"\b(first|second) (?:half|part) of the report\b|\b(first|second) half\b", plain(text))
    parts = tuple(own_terms)
    if not found or len(parts) < 2:
        return None
    return parts[0] if "first" in found[0] else parts[1]


def _phrased_part(text: str, content: Iterable[str], own_terms: Mapping[str, frozenset[str]]) -> str | None:
    """The part that a phrase of the question stands for, if the question names no part by its heading."""
    if any(set(content) & own for own in own_terms.values()):
        return None
    folded = fold(text)
    for phrase, word in PART_PHRASES:
        if phrase in folded:
            return next((part for part, own in own_terms.items() if own & set(terms(word))), None)
    return None


def understand(asked: str, text: str, own_terms: Mapping[str, frozenset[str]]) -> Question:
    """The question behind ``asked``, of which ``text`` is the corrected and completed form."""
    content = tuple(dict.fromkeys(terms(_AT_INSPECTION.sub(" ", text)) or terms(text)))
    return Question(
        asked=asked,
        text=text,
        terms=content,
        part=_numbered_part(text, own_terms)
        or named_part(content, own_terms)
        or _phrased_part(text, content, own_terms),
        kind=kind(text),
        wants=wants(text),
    )
