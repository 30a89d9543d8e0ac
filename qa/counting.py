"""Whether a sentence counts what a question asks to be counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qa.lexicon import NUMBER_WORDS
from qa.text import numbers, plain, terms

NEAR = 9  # words after a number within which the thing that it counts is named
CLOSE = 2  # terms after "one" within which it counts something: otherwise it is hardly a number

_VERBS = (
    "are|is|was|were|did|do|does|have|has|had|got|get|gets|live|lives|in|on|who|that|which|will|would|could|can|there|went|attend|"
    "attended|use|used|receive|received|from|of|at|with|to|for|came|go|made|take|took|fill|work|worked|employ|a|per|by|be|been|being|"
    "the|a|an|them|us|you|i|we|this|that|these|those|my|our|your|they|he|she|it|carried|signed|ended|committed|turned|met|said|told|knew|sent|run|ran|look|looked|find|found"
)
_COUNTED = re.compile(
    rf"\b(?:how many|numbers? of)(?: of)?(?: the| those| these| her| his| their| its| all|"
    rf" other)?\s+((?:(?!(?:{_VERBS})\b)[\w'’-]+\s*){{1,5}})"
)
_SENTENCE = re.compile(r"\b(?:are|is|was|were|do|does|did|have|has|had|will|would|could|can)\b")
_GENERIC = frozenset(
    terms(
        "people population residents persons person cases case times time ones places total percent "
        "staff figure number"
    )
)
_PIECE = re.compile(r"[,;:()–]|\s[-—]\s")
_COUNTS = frozenset({"none", "no", "nil", "half", "majority", "single", "twice", "once", "one"})


@dataclass(frozen=True, slots=True)
class Thing:
    """What is to be counted: its head term and the terms before it that narrow it down."""

    words: str
    head: str
    narrowing: frozenset[str]


def counted_thing(question: str) -> Thing | None:
    """What a question asks to be counted, ``None`` if that cannot be told, as in a mere row of keywords."""
    lower = plain(question)
    found = _COUNTED.search(lower) if _SENTENCE.search(lower) or lower.startswith("number of") else None
    own = terms(found[1]) if found else ()
    return Thing(found[1].strip(), own[-1], frozenset(own[:-1])) if found and own else None


def counts(sentence: str, thing: Thing) -> bool:
    """Whether a number in the sentence counts the thing, whatever narrows the thing down."""
    return any(thing.head in _GENERIC or thing.head in near for near in _after_numbers(sentence))


def _after_numbers(sentence: str) -> Iterable[frozenset[str]]:
    """For each number the terms of what it counts: the words after it or, if it closes its clause, before it."""
    seen: list[str] = []
    for piece in _PIECE.split(plain(re.sub(r"(?<=\d),(?=\d{3})", "", sentence))):
        tokens = piece.split()
        for place, token in enumerate(tokens):
            bare = token.strip(".'\"“”")
            if not _is_count(bare):
                continue
            following = terms(" ".join(tokens[place + 1 : place + 1 + NEAR]))
            if following and tokens[place + 1 : place + 3] != ["of", "which"]:
                yield frozenset(following[:CLOSE] if bare == "one" else following)
            else:
                yield frozenset(terms(" ".join(seen + tokens[:place])))
        seen += tokens


def _is_count(word: str) -> bool:
    if re.fullmatch(r"(?:19|20)\d\d", word) or word.endswith("%"):
        return False
    return bool(numbers(word)) or word in NUMBER_WORDS or word in _COUNTS
