"""How many sentences answer a question, and which: the number follows from the question and the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.grades import GRADES
from corpus.sentences import sentence_spans
from qa.evidence import Candidate
from qa.question import Kind, Question
from qa.source import Source
from qa.text import plain, terms

ALIKE = (
    0.8  # share of words from which two sentences say the same; the better one is cited, the other is related
)
NEARBY = 0.75  # share of the best score from which a paragraph that is not cited is worth a look
MOST_OPENED = 90  # words of a sentence with those that it leans on: a longer chain is left out


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a further sentence may lie below the best one (as a share of its score) and how many may be quoted.

    ``same`` is for a sentence of a paragraph already cited, ``other`` for one of another paragraph.
    """

    same: float
    other: float
    paragraphs: int
    sentences: int
    words: int


LIMITS: dict[Kind, Limits] = {
    "fact": Limits(same=0.7, other=0.8, paragraphs=4, sentences=4, words=145),
    "list": Limits(same=0.65, other=0.9, paragraphs=4, sentences=6, words=220),
    "broad": Limits(same=0.9, other=0.62, paragraphs=5, sentences=6, words=152),
    "why": Limits(same=0.65, other=0.88, paragraphs=3, sentences=4, words=180),
}
"""Chosen on development questions: the widest that keep precision where narrower ones have it."""

VALUE = Limits(same=0.8, other=0.93, paragraphs=2, sentences=3, words=110)
"""For a question that wants one value, such as a number or a date: another paragraph rarely holds it too."""

# A sentence that opens like this leans on the one before it.
_DANGLING = re.compile(
    r"^(?:this|these|those|they|it|its|their|he|she|both|such|however|consequently|as a result|"
    r"additionally|in addition|in contrast|also|"
    r"similarly|instead|there, |therefore|those|the best plans|for example|in other cases|the panel|"
    r"the group|the service also|the team|of those|on those)\b"
)


_GOES_ON = re.compile(
    r"^(?:this|these|they|such|it|those|the (?:group|service|panel|scheme|project|forum)) |^(?:this|"
    r"also|in addition),? "
)


_BARE_GRADE = re.compile(rf"\b(?:is|are|was|were) (?:{'|'.join(GRADES)})\.$")


@dataclass(frozen=True, slots=True)
class Selection:
    """Spans to quote, ``(paragraph, start, end)`` in the order of the answer, and paragraphs worth a look."""

    spans: tuple[tuple[str, int, int], ...]
    related: tuple[str, ...]


def select(question: Question, ranked: Sequence[Candidate], source: Source) -> Selection:
    """The sentences that answer the question, best paragraph first, each with the sentence that it leans on."""
    limits = VALUE if question.wants else LIMITS.get(question.kind, LIMITS["list"])
    chosen: list[Candidate] = []
    related: list[str] = []
    spent = 0
    for candidate in ranked:
        if not chosen:
            chosen.append(candidate)
            spent = len(candidate.text.split())
            continue
        best = chosen[0].score
        if candidate.score < best * min(limits.same, limits.other) or len(chosen) >= limits.sentences:
            break
        cited = {c.paragraph for c in chosen}
        share = limits.same if candidate.paragraph in cited else limits.other
        size = len(candidate.text.split())
        if candidate.score < best * share or spent + size > limits.words:
            continue
        if any(alike(candidate.text, c.text) for c in chosen):
            related.append(candidate.paragraph)
            continue
        if candidate.paragraph not in cited and len(cited) >= limits.paragraphs:
            related.append(candidate.paragraph)
            continue
        chosen.append(candidate)
        spent += size
    more = question.kind in ("list", "why")
    return Selection(
        within(chosen, source, limits.words, continued=more), tuple(related) + next_best(ranked, chosen)
    )


def within(
    chosen: Sequence[Candidate], source: Source, most: int, *, continued: bool = False
) -> tuple[tuple[str, int, int], ...]:
    """The spans of as many of the chosen sentences, best first, as fit into a number of words."""
    for kept in range(len(chosen), 1, -1):
        found = spans(chosen[:kept], source, continued=continued)
        if sum(len(source.paragraphs[n].text[start:end].split()) for n, start, end in found) <= most:
            return found
    return spans(chosen[:1], source, continued=continued)


def alike(one: str, other: str) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    a, b = set(terms(one)), set(terms(other))
    return (
        bool(a and b)
        and len(a & b) >= ALIKE * min(len(a), len(b))
        and min(len(a), len(b)) >= ALIKE * max(len(a), len(b)) * 0.7
    )


def next_best(ranked: Sequence[Candidate], chosen: Sequence[Candidate]) -> tuple[str, ...]:
    """The best paragraphs that are not cited: worth a look beside the answer."""
    cited = {c.paragraph for c in chosen}
    near = [c for c in ranked[:12] if c.score >= NEARBY * ranked[0].score]
    others = dict.fromkeys(c.paragraph for c in near if c.paragraph not in cited)
    return tuple(others)[:3]


def spans(
    chosen: Sequence[Candidate], source: Source, *, continued: bool = False
) -> tuple[tuple[str, int, int], ...]:
    """The chosen sentences in the order of the text, neighbours joined; ``continued`` adds a sentence that goes on."""
    found: list[tuple[str, int, int]] = []
    for number in dict.fromkeys(c.paragraph for c in chosen):
        text = source.paragraphs[number].text
        own = sorted({_with_opening(text, c.start, c.end) for c in chosen if c.paragraph == number})
        if continued and number == chosen[0].paragraph:
            own = [_with_continuation(text, *span) for span in own]
        found += [(number, start, end) for start, end in _joined(text, own)]
    return tuple(found)


def _with_opening(text: str, start: int, end: int) -> tuple[int, int]:
    """The span from the sentence that this one leans on, and so on, as far as they stand on one line."""
    first = start
    for before, _ in reversed([s for s in sentence_spans(text) if s[1] <= start]):
        on_one_line = "\n" not in text[before:first]
        if not _DANGLING.match(plain(text[first:end])) or not on_one_line:
            break
        if len(text[before:end].split()) > MOST_OPENED:
            # What leans on a sentence that has no room is best left as it was found.
            return start, end
        first = before
    return first, end


def _with_continuation(text: str, start: int, end: int) -> tuple[int, int]:
    """The span up to the end of the next sentence, if that one goes on about the same (``These included …``).

    A sentence that only gives a grade is followed by what it rests on.
    """
    after = next((s for s in sentence_spans(text) if s[0] >= end), None)
    goes_on = (
        after is not None
        and "\n" not in text[end : after[0]]
        and (_GOES_ON.match(plain(text[after[0] : after[1]])) or _BARE_GRADE.search(plain(text[start:end])))
    )
    return (start, after[1]) if after and goes_on else (start, end)


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if (
            joined and text[joined[-1][1] : start].strip() == "" and "\n" not in text[joined[-1][1] : start]
        ) or (joined and start < joined[-1][1]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
