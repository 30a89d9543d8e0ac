"""The asking part of a long-winded question: without greetings, reasons for asking and stories."""

from __future__ import annotations

import re

from qa.text import plain, terms

SHORT = 20  # words: a shorter question is taken whole
ENOUGH = 3  # content words that a part must have to stand by itself

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_])")
_ASKS = re.compile(
    r"\?|\b(?:how (?:many|much|long|often|old|well|good|far|do|does|did|is|are|was|were)|what|which|"
    r"who|whose|when|where|why|"
    r"tell me|give me|list|name the|explain|summari[sz]e|compare|let me know|could you|can you|"
    r"i would like|i need|i want|please|prepare|brief)\b"
)
_PREAMBLE = re.compile(
    r"\b(?:i|i'm|i've|i'd|we|we're|we've|my|our|me|us|somebody|someone|a resident|he|she|morning|"
    r"hello|hi|thanks|sorry|nobody|anyway)\b"
)
_TURN = re.compile(
    r"(?:[,;:]|\s[-–—]|\b(?:tell|remind|show) (?:me|us)|\blet (?:me|us) know|\bknow|\bwonder(?:ing)?|"
    r"\bfind out|\basked|\basking|\bask|\bquote|\bsay|\bsee|\bcheck|\bconfirm|\bunderstand|\bhear|"
    r"\blearn)\s+(?:(?:so|and|but|then|please|if|whether|about|could you|"
    r"can you|to be sure which one is right)[,:]?\s+)*"
    r"(?=(?:(?:by|in|of|for|on|at|from|to|with)\s+(?:\w+\s+){0,6})?(?:how|what|what's|which|who|who's|"
    r"whose|when|where|why|does|do|did|is|are|was|were|has|have|had)\b)"
)
_ASKED = re.compile(r"(?:(?:by|in|of|for|on|at|from|to|with)\s+)?(?:what|which|how|whose)\b")
_POINTS_BACK = re.compile(r"\b(?:that|this|those|these) (?:\w+)\b|\b(?:it|they|them|their|its)\b")


def asking_part(text: str) -> str:
    """The part of a question that asks; a short question whole. What points back keeps the sentence before it."""
    if len(text.split()) <= SHORT:
        return text
    sentences = _SENTENCE.split(text.strip())
    asking = [n for n, sentence in enumerate(sentences) if _ASKS.search(plain(sentence))]
    if not asking:
        return text
    explicit = [n for n in asking if "?" in sentences[n]] or asking
    last = explicit[-1]
    part = _without_preamble(sentences[last])
    if len(terms(part)) < ENOUGH or _leans(part):
        if len(text.split()) <= 2 * SHORT:
            return text
        before = [_asked_within(s) for s in sentences[:last] if len(terms(s)) >= ENOUGH]
        return " ".join([*before[-1:], part])
    return part


def _asked_within(sentence: str) -> str:
    """What a sentence asks indirectly (``I want to quote what share …``), else the sentence as it is."""
    part = _without_preamble(sentence)
    return part if _ASKED.match(plain(part)) else sentence


def _leans(part: str) -> bool:
    return bool(_POINTS_BACK.search(plain(part))) and len(terms(part)) < 2 * ENOUGH


def _without_preamble(sentence: str) -> str:
    """The sentence from the last turn to a question word before which only the speaker's own affairs stand."""
    best = sentence
    for turn in _TURN.finditer(plain(sentence)):
        rest = sentence[turn.end() :]
        if _PREAMBLE.search(plain(sentence[: turn.start()])) and len(terms(rest)) >= ENOUGH:
            best = rest
    return best
