"""Questions that a reader may ask next: everyday questions on what stands near to what was cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.values import FINDINGS, FRONT
from qa.source import Source
from qa.text import terms
from qa.values import Answer

MOST = 3
LONGEST = 16  # words: a longer one is not read at a glance
SAME = 0.6  # share of its content words that were asked already, from which a question is no new one

_PLAIN = re.compile(r"[A-Z][^?]{10,}\?")


def next_questions(answer: Answer, source: Source) -> tuple[str, ...]:
    """At most :data:`MOST` questions that the report answers near to the answer; none where no questions are known.

    First come other sentences of the cited paragraphs (of the related ones after a refusal), then the paragraphs beside
    them in the same section.
    """
    if answer.sensitive:
        return ()
    asked = set(terms(f"{answer.question} {answer.understood}"))
    found: list[str] = []
    for question in _near(answer, source):
        own = set(terms(question))
        known = asked | {term for one in found for term in terms(one)}
        if own and len(own & known) < SAME * len(own):
            found.append(question)
        if len(found) == MOST:
            break
    return tuple(found)


def _near(answer: Answer, source: Source) -> Iterator[str]:
    """One plain question for each sentence that is not cited, the nearest paragraphs first."""
    cited = [c.evidence for statement in answer.statements for c in statement.citations]
    numbers = list(dict.fromkeys([e.paragraph for e in cited] or answer.related))
    for number in (*numbers, *_beside(numbers, source)):
        taken = [(e.start, e.end) for e in cited if e.paragraph == number]
        for expansion in source.keyed_to.get(number, ()):
            plain = next((q for q in expansion.questions if _is_plain(q) and q not in source.broad), None)
            if plain and not any(s < expansion.end and expansion.start < e for s, e in taken):
                yield plain


def _beside(numbers: list[str], source: Source) -> Iterator[str]:
    """The paragraphs before and after, as far as they stand in the same section."""
    order = [n for n in source.paragraphs if n not in (FINDINGS, FRONT)]
    for number in numbers:
        place = order.index(number) if number in order else -1
        for other in order[max(place - 1, 0) : place + 2] if place >= 0 else ():
            if other not in numbers and source.paragraphs[other].section == source.paragraphs[number].section:
                yield other


def _is_plain(question: str) -> bool:
    return bool(_PLAIN.fullmatch(question)) and len(question.split()) <= LONGEST
