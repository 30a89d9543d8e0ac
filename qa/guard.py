"""Questions that must not reach the report: disclosures of harm, noise, other languages, opinions, instructions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from qa.text import plain, words
from qa.vocabulary import Vocabulary

Kind = Literal["disclosure", "noise", "language", "opinion", "instructions"]

DISCLOSURE = (
    "If a child is in danger now, call 999. If you are worried about a child, call the NSPCC helpline on "
    "0808 800 5000; a child or young person can call Childline on 0800 1111 at any time. You can "
    "also tell the "
    "children's services of {council}. This page only answers questions about a report and cannot "
    "act on what you tell it."
)
# Likelihoods from which a text is taken to tell of harm: with the words of it, and without. A question on the report
# that gets the helplines is a nuisance; a child who does not get them is the worst that can happen here.
LIKELY_IF_WORDED = 0.3
LIKELY = 0.75
NOISE = (
    "That does not read as a question about the report. Ask about what the inspectors found, for "
    "example: what was said about supervision?"
)
LANGUAGE = "Questions must be in English: the report is in English and no translation is set up here."
OPINION = (
    "The report does not say, and this tool gives no opinions: it only reports what the inspectors found."
)
INSTRUCTIONS = "There is no question about the report in that. Ask what the inspectors found, in plain words."


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a question is turned away before the report is searched; ``reason`` is what is missing, in few words."""

    kind: Kind
    text: str
    reason: str


# Who is spoken of, and what is done to them: only both together, in the speaker's own voice, are a disclosure.
_HARM = (
    r"(?:hurt(?:s|ing)?|hit(?:s|ting)?|beat(?:s|en|ing)?|slap\w*|punch\w*|kick(?:s|ed|ing)|abus(?:es?|"
    r"ed|ing)|"
    r"molest\w*|rap(?:e|es|ed|ing)|touch(?:es|ed|ing)?|grop\w+|burn(?:s|t|ed|ing)|strangl\w+|"
    r"chok(?:es|ed|ing)|groom\w*|"
    r"neglect(?:s|ed|ing)|starv\w+|threaten\w*|bruis\w+|harm(?:s|ed|ing)?|unsafe|not safe|in danger|"
    r"scared|afraid|frightened|"
    r"lock(?:s|ed)|kill\w*|self-harm\w*|suicid\w+|bleed\w*|screaming|sh(?:ook|ak(?:es?|ing|en))|"
    r"smack\w*|burns?|marks?|sores|underweight|untreated|hungry|"
    r"left alone|home alone|on (?:his|her|their) own all|not to tell|not tell|don'?t tell|cant? tell|"
    r"can'?t tell|our secret|"
    r"(?:com(?:es?|ing)|gets?|got|climb\w*) in(?:to)? (?:my|her|his) (?:room|bed)|very quiet|"
    r"won'?t wake|limp|passed out|drunk|knife|belt|naked|nudes?|sexual\w*|"
    r"forc(?:es?|ed|ing)|scar(?:es|ed|y)|cry(?:ing|s)? all|photos? of (?:me|her|him))"
)
_MINE = (
    r"(?:\bme\b|\bmyself\b|\b(?:i'm|i am|im)\b|\bmy (?:\w+ )?(?:son|daughter|child|children|kids?|"
    r"baby|brother|sister|nephew|niece|cousin|"
    r"grand\w+|step\w+|mum|mom|dad|father|mother|uncle|aunt\w*|friend|neighbou?r\w*|boyfriend|"
    r"girlfriend|partner|ex|husband|wife|"
    r"pupil|student|foster \w+|carer|teacher|family)\b|"
    r"\b(?:next door|neighbou?rs?|upstairs|downstairs|flat above|the baby|the little one|"
    r"our (?:girls?|boys?|kids|children|son|daughter|grand\w+))\b|"
    r"\b(?:i|we) (?:visited|saw|heard|met|examined|teach|taught) (?:a|the|this|"
    r"one) (?:\w+ )?(?:family|child|boy|girl|baby|pupil|toddler)\b|\ba (?:child|boy|girl|kid|baby|"
    r"pupil) (?:i know|in my|at my|near me|on my)\b|"
    r"\b(?:i think|i know|i saw|i heard|i've seen|i suspect|i'm worried|i am worried)\b.*\b(?:child|"
    r"boy|girl|kid|baby|toddler|him|her|them)\b)"
)
_DISCLOSURE = (
    re.compile(_MINE + r".*\b" + _HARM + r"\b", re.DOTALL),
    re.compile(r"\b" + _HARM + r"\b.*" + _MINE, re.DOTALL),
)
_ABOUT_REPORT = re.compile(r"\b(?:report|inspectors?|ofsted|inspection|paragraphs?|how many|percentage)\b")

_OPINION = re.compile(
    r"\b(?:do|would|did) you (?:think|agree|believe|feel|recommend|reckon|personally)|\b(?:your|"
    r"ur) (?:own |personal |honest )?(?:opinion|view|take|thoughts)\b|"
    r"\bgut feeling\b|\bwould you (?:let|send|trust|want|recommend|put|leave)\b|\b(?:un)?fair to\b|"
    r"\btoo (?:harsh|soft|lenient|hard on)\b|"
    r"\bshould\b[^.?!]{0,60}\bhave (?:been )?(?:sacked|fired|resigned|prosecuted|jailed|dismissed|"
    r"suspended|lost (?:his|her|their) jobs?)\b|\bwhat would you\b|\bin your (?:opinion|view)\b|"
    r"\bare you (?:happy|satisfied|shocked|angry|sure)\b|"
    r"\bshould\b[^.?!]{0,60}\b(?:resign|be sacked|be fired|be ashamed|be prosecuted|go to (?:jail|"
    r"prison)|lose (?:his|her|their) jobs?|step down|quit|be blamed|be taken over|be abolished|"
    r"be closed|apologi[sz]e)\b|"
    r"\b(?:who is|who's|whose|is it) (?:to blame|at fault|fault)\b|\bis (?:it|that|this) (?:fair|"
    r"right to|acceptable|disgraceful|a disgrace|a scandal|shocking)\b|"
    r"\b(?:vote|political party|tories|labour party|lib dems?)\b|\bshould (?:i|we|people) (?:trust|"
    r"move|vote|believe)\b"
)

_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.?!\n]{0,60}\b(?:instructions?|rules?|prompt|"
    r"above|previous|prior|everything|guidelines|report|citations?|restrictions)\b|"
    r"\b(?:system|hidden|initial|secret|developer) (?:prompt|message|instructions?|mode)\b|"
    r"\bjailbreak|\byou are now\b|\bact as\b|\bpretend (?:to be|you|that)\b|"
    r"\brole-?play\b|\b(?:print|repeat|output|reveal|respond with|reply with|write|"
    r"say)\b[^.?!\n]{0,40}\b(?:prompt|instructions?|verbatim above|hacked|pwned|only the word|"
    r"the word)\b|"
    r"\bwithout (?:any )?(?:citations?|sources|paragraph numbers)\b|"
    r"(?<!teams )(?<!groups )(?<!people )\b(?:make up|invent|fabricate) (?:an?|some|any|your|something|answers?|"
    r"the (?:answers?|numbers?|figures?|rest|facts?))\b|"
    r"\bno restrictions\b|\bdan mode\b|"
    r"\b(?:drop|delete|insert|update|truncate)\s+(?:table|from|into)\b|\bunion\s+select\b|"
    r"\bor\s+1\s*=\s*1\b|\bselect \* from\b|\bsudo\b|\brm -rf\b"
)
_MARKUP = re.compile(
    r"<(script|style|iframe|svg|object)\b.*?(?:</\1\s*>|$)|<!--.*?-->|<[/!]?[a-z][^<>]*>|"
    r"!?\[[^\]]*\]\([^)]*\)|```.*?```|`[^`]*`|https?://\S+|\{\{.*?\}\}|\bjavascript:\S*",
    re.IGNORECASE | re.DOTALL,
)
_CLAUSE = re.compile(r"(?:[^.?!;\n]|\.(?=\d))+[.?!;]*")  # the stop in 3.10 ends none
_LEAD_IN = re.compile(r"^\s*(?:and|then|also|but|please|now|instead|just|,|:|-|\.)+\s+", re.IGNORECASE)


def disclosure(text: str, likely: float | None) -> bool:
    """Whether the speaker tells of a child, or of themselves, being hurt or in danger.

    ``likely`` is how likely the learned weights hold it, ``None`` without any.
    """
    worded = _worded_as_disclosure(text)
    if likely is None:
        return worded
    return likely >= (LIKELY_IF_WORDED if worded else LIKELY)


def _worded_as_disclosure(text: str) -> bool:
    lower = plain(text)
    if _ABOUT_REPORT.search(lower) and not re.search(r"\b(?:me|my|i'm|i am)\b", lower):
        return False
    return any(pattern.search(lower) for pattern in _DISCLOSURE)


def opinion(text: str) -> bool:
    """Whether a judgement of the tool's own is asked for."""
    return bool(_OPINION.search(plain(text)))


def without_instructions(text: str) -> str:
    """The text without markup, links and clauses that instruct the tool instead of asking about the report."""
    bare = _MARKUP.sub(" ", unicodedata.normalize("NFKC", text))
    kept = []
    for clause in _CLAUSE.findall(bare):
        asking = _after_instruction(clause)
        if asking.strip(" .?!;:,-"):
            kept.append(asking.strip())
    return " ".join(" ".join(kept).split())


def _after_instruction(clause: str) -> str:
    """What is left of a clause when an instruction in it, up to the next comma, ``and`` or colon, is cut out."""
    if not _INSTRUCTION.search(plain(clause)):
        return clause
    pieces = re.split(r"(?<=[,:])\s+|\s+(?:and|then|but)\s+|\s+[-–—]+\s+", clause)
    rest = [piece for piece in pieces if not _INSTRUCTION.search(plain(piece))]
    asking = [
        piece
        for piece in rest
        if re.search(r"\?|\b(?:how many|what|which|who|when|why|where|how)\b", plain(piece))
    ]
    return _LEAD_IN.sub("", " ".join(asking))


@cache
def _identify() -> Callable[[str], tuple[str, float]]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return lambda text: (lambda found: (str(found[0]), float(found[1])))(identifier.classify(text))


def foreign(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a question is written in another language than English."""
    letters = [c for c in text if c.isalpha()]
    if letters and sum("LATIN" in unicodedata.name(c, "") for c in letters) < len(letters) / 2:
        return True
    tokens = [word for word in words(text) if not word[0].isdigit()]
    if len(tokens) < 2 or sum(map(vocabulary.in_report, tokens)) > 0.55 * len(tokens):
        return False
    language, certainty = _identify()(text)
    return language != "en" and certainty >= 0.5


def noise(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text holds nothing that could be a question: no words, or hardly one that exists."""
    tokens = [word for word in words(text) if any(c.isalpha() for c in word)]
    numbers = [word for word in words(text) if word[0].isdigit()]
    if not tokens:
        return not numbers or len(text) > 200
    known = sum(map(vocabulary.knows, tokens))
    if len(tokens) > 60 and len(set(tokens)) < len(tokens) / 6:
        return True
    return (known == 0 and len(tokens) > 1) or (known < 0.35 * len(tokens) and len(tokens) > 3)


def check(text: str, vocabulary: Vocabulary, council: str, harm: float | None = None) -> Refused | None:
    """Why a question is refused outright, ``None`` if it may be answered. Harm to a child comes before all else.

    ``harm`` is how likely the text tells of harm by the weights of :mod:`qa.intent`, ``None`` without any.
    """
    if disclosure(text, harm):
        return Refused(
            "disclosure", DISCLOSURE.format(council=council), "this is not a question about the report"
        )
    if not any(c.isalnum() for c in text):
        return Refused("noise", NOISE, "no words to search for")
    if foreign(text, vocabulary):
        return Refused("language", LANGUAGE, "the question is not in English")
    if opinion(text):
        return Refused("opinion", OPINION, "the report holds findings, not opinions on them")
    asking = without_instructions(text)
    if not any(c.isalnum() for c in asking):
        return Refused("instructions", INSTRUCTIONS, "no question about the report")
    if noise(vocabulary.correct(asking), vocabulary):
        return Refused("noise", NOISE, "no words of the report")
    return None
