"""Which lines begin a numbered paragraph: printed numbers first, then those lost or displaced in conversion.

Printed numbers that rise steadily make a skeleton; a year or a list that happens to look like a number does
not fit into it and is left alone. Only a gap in the skeleton can make an unnumbered line the start of a
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from corpus.lines import Line, Number, printed_number
from corpus.values import Numbering

LOOKBACK = 120  # numbers; how far back the predecessor of a number may lie among the candidates
_LOST = 0.1  # cost of each number that a step passes over; one that fits is worth 1
_JUMP = 1.9  # cost of any larger gap: two more numbers that fit must outweigh it
_LISTED = 0.3  # cost of a number that counts a list after a colon
_INDENTED = 0.6  # cost of an indented number: more likely a list inside a paragraph
CHAPTERS = 0.5  # how much shorter the chain of 1.1 may be: chapter headings number themselves plainly, too
_FIRST_LINE = 200  # characters; a number displaced inside the first printed line lies within these


_Candidate = tuple[int, Number, int]  # index of the line, number, length of its prefix


@dataclass(frozen=True, slots=True)
class Start:
    """The start of a paragraph: ``skip`` characters of its first line are its number.

    ``moved`` is the place of a number inside that line, for one that was displaced.
    """

    number: str
    numbering: Numbering
    skip: int = 0
    moved: tuple[int, int] | None = None


def missing(before: Number, after: Number) -> int | None:
    """How many numbers lie between two, ``None`` if they do not rise; a chapter may end with any number."""
    if after <= before:
        return None
    pairs = zip(before, after, strict=False)
    depth = next((i for i, (a, b) in enumerate(pairs) if a != b), len(before))
    steps = [max(0, part - 1) for part in after[depth:]]
    if depth < len(before):
        steps[0] = after[depth] - before[depth] - 1
    return sum(steps)


def between(before: Number, after: Number) -> tuple[Number, ...]:
    """The numbers lost between two, as far as they are certain: those of the last level."""
    same_branch = before[:-1] == after[:-1] and len(before) == len(after)
    first = before[-1] + 1 if same_branch else 1
    lost = tuple((*after[:-1], last) for last in range(first, after[-1]))
    return lost if len(lost) == missing(before, after) else ()


def skeleton(lines: Sequence[Line], besides: Container[int]) -> dict[int, tuple[Number, int]]:
    """The printed numbers that begin paragraphs: index of the line → number and length of its prefix.

    Lines with an index in ``besides`` (those of a contents page) are passed over.

    A report numbers either plainly (``1.``) or by chapter (``1.1``); the scheme with the longer chain is
    taken.
    """
    numbers = ((i, printed_number(line.text)) for i, line in enumerate(lines) if not line.hashed)
    found = [(i, *printed) for i, printed in numbers if printed is not None and i not in besides]
    plain = _chain([c for c in found if len(c[1]) == 1], lines)
    dotted = _chain([c for c in found if len(c[1]) > 1], lines)
    chosen = dotted if dotted[0] > plain[0] - CHAPTERS else plain
    return {i: (number, skip) for i, number, skip in chosen[1]}


def _chain(found: Sequence[_Candidate], lines: Sequence[Line]) -> tuple[float, list[_Candidate]]:
    """The best rising chain among the candidates, and its score."""
    listed = _listed(found, lines)

    def before(k: int, scores: Sequence[float]) -> list[tuple[float, int]]:
        number = found[k][1]
        reach = range(max(0, k - LOOKBACK), k)
        return [(scores[j] - step_cost(found[j][1], number), j) for j in reach if found[j][1] < number]

    weights = [_weight(lines[index], listed=k in listed) for k, (index, _, _) in enumerate(found)]
    score, places = best_run([number for _, number, _ in found], weights, before)
    return score, [found[k] for k in places]


def best_run(
    numbers: Sequence[Number],
    weights: Sequence[float],
    before: Callable[[int, Sequence[float]], list[tuple[float, int]]],
) -> tuple[float, list[int]]:
    """The score of the best run of numbers and the places of its members, by dynamic programming.

    ``before`` gives, for a place and the scores of the best runs that end at earlier places, the runs that it may
    go on: what each is worth there, and the place where it ends. Of equal ones the earlier is taken.
    """
    scores: list[float] = []
    previous: list[int | None] = []
    for k, number in enumerate(numbers):
        worth, last = -min(0.9, step_cost((0,), number)), None
        for value, j in before(k, scores):
            if value > worth:
                worth, last = value, j
        scores.append(worth + weights[k])
        previous.append(last)
    if not scores:
        return 0.0, []
    best = max(range(len(scores)), key=lambda k: (scores[k], -k))
    at: int | None = best
    places: list[int] = []
    while at is not None:
        places.append(at)
        at = previous[at]
    return scores[best], places[::-1]


def _listed(found: Sequence[_Candidate], lines: Sequence[Line]) -> frozenset[int]:
    """The candidates that count a list: from 1 after a colon, line by line."""
    listed: set[int] = set()
    for k, (index, number, _) in enumerate(found):
        follows = k > 0 and found[k - 1][0] == index - 1 and found[k - 1][1][-1] == number[-1] - 1
        opens = number[-1] == 1 and index > 0 and lines[index - 1].text.endswith(":")
        if opens or (follows and k - 1 in listed):
            listed.add(k)
    return frozenset(listed)


def _weight(line: Line, *, listed: bool) -> float:
    indented = line.indented and not line.marked
    return 1.0 - (_INDENTED if indented else 0.0) - (_LISTED if listed else 0.0)


def step_cost(before: Number, after: Number) -> float:
    """What a step from one number to another costs by the numbers that it passes over; 0 to the next."""
    return min(_JUMP, _LOST * (missing(before, after) or 0))


def label(number: Number) -> str:
    """The number as it is printed."""
    return ".".join(str(part) for part in number)


def displaced(text: str, number: Number) -> tuple[int, int] | None:
    """Where a paragraph's number stands inside its first line, ``None`` if it does not."""
    pattern = rf"(?<=\s){re.escape(label(number))}\.(?:\s|$)"
    match = re.compile(pattern).search(text[:_FIRST_LINE])
    return match.span() if match else None


def recover(
    lost: Sequence[Number], candidates: Sequence[tuple[int, int]], lines: Sequence[Line]
) -> dict[int, Start]:
    """Give the lost numbers of one gap to candidate lines ``(rank, index)``, lowest rank first.

    Nothing is given when there are fewer candidates than numbers: which one is which would be a guess.
    """
    if not lost or len(candidates) < len(lost):
        return {}
    chosen = sorted(i for _, i in sorted(candidates)[: len(lost)])
    return {i: _start(number, lines[i].text) for number, i in zip(lost, chosen, strict=True)}


def _start(number: Number, text: str) -> Start:
    moved = displaced(text, number)
    return Start(label(number), "moved" if moved else "inferred", moved=moved)
