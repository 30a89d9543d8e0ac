"""The numbers that begin paragraphs: the best rising run of candidates, anew in each annex that counts from 1 again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from corpus.candidates import Candidate, candidates, is_heading
from corpus.lines import Number
from corpus.numbering import CHAPTERS, LOOKBACK, best_run, label, step_cost
from corpus.readers.document import Piece

_RESTART = 1.5  # cost of counting from 1 again under the heading of an annex
_PART = 2.6  # the same under the heading of a part or chapter
_LEAST = 3  # numbers; fewer are a list
_LEAST_ANNEX = 2
_PROSE = 6  # words that a paragraph has, as a rule

_BOUNDARY = re.compile(
    r"(?P<kind>annex(?:e|ure)?|appendix|schedule|attachment|part|chapter|section|volume)\b[\s:.–—-]*"
    r"(?P<name>[A-Z](?![\w’'])|\d{1,2}(?!\d)|[IVX]{1,5}(?!\w))?",
    re.IGNORECASE,
)
_ANNEXES = ("annex", "append", "sched", "attach")


@dataclass(frozen=True, slots=True)
class Start:
    """Where a paragraph begins: ``id`` is its number, with a prefix in an annex that counts from 1 again."""

    index: int
    id: str
    number: Number
    skip: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """The starts of all paragraphs, in order, and what is odd about the numbers.

    ``gaps`` are the numbers that are not there, ``repeats`` the pieces (by index) that print the number of the
    paragraph before once more, with the id that they repeat.
    """

    starts: tuple[Start, ...] = ()
    gaps: tuple[str, ...] = ()
    repeats: Mapping[int, Start] = field(default_factory=dict)


def find_numbers(pieces: Sequence[Piece]) -> Numbers:
    """The numbered paragraphs of a document; none if it has no run of printed numbers."""
    first = _best(candidates(pieces), pieces)
    if not first:
        return Numbers()
    indent, size = _usual([pieces[one.index] for one in first])
    found = candidates(pieces, indent=indent, size=size)
    chain = _without_headings(_best(found, pieces), pieces)
    groups = [group for group in _groups(chain, pieces) if _kept(group, pieces, first=group[0] is chain[0])]
    if not groups or len(groups[0]) < _LEAST or _outnumbered(groups, pieces):
        return Numbers()
    named = list(zip(groups, _prefixes(groups, pieces), strict=True))
    starts = tuple(
        Start(one.index, prefix + one.label, one.number, one.skip) for group, prefix in named for one in group
    )
    gaps = tuple(gap for group, prefix in named for gap in _gaps(group, prefix))
    return Numbers(starts, gaps, _repeats(found, starts, pieces, indent))


def _usual(starts: Sequence[Piece]) -> tuple[float, float]:
    """Where and how most of the paragraph numbers are printed."""
    indents = Counter(round(piece.indent) for piece in starts)
    return indents.most_common(1)[0][0], median(piece.size for piece in starts)


# --- the best run


def _best(found: Sequence[Candidate], pieces: Sequence[Piece]) -> list[Candidate]:
    """The best run over the ways to number: plainly, by chapter, with letters, or plainly with numbers below."""
    limits = _boundaries(pieces)
    plain = _run([c for c in found if len(c.number) == 1 and not c.letter], limits)
    dotted = _run([c for c in found if len(c.number) > 1 and not c.letter], limits)
    mixed = _run([c for c in found if not c.letter], limits)
    best = dotted if dotted[0] > plain[0] - CHAPTERS else plain
    whole = min(len(dotted[1]), len(plain[1])) >= max(4, 0.2 * len(best[1]))
    if whole and mixed[0] > best[0] + 1:
        best = mixed
    depths = {len(c.number) for c in best[1]}
    lettered = _run([c for c in found if c.letter or len(c.number) in depths], limits)
    return (lettered if lettered[0] > best[0] + 1 else best)[1]


def _run(found: Sequence[Candidate], limits: Mapping[int, float]) -> tuple[float, list[Candidate]]:
    """The score and the members of the best rising run.

    ``limits`` gives the pieces before which counting may begin anew and what that costs.
    """
    places = sorted(limits)

    def before(k: int, scores: Sequence[float]) -> list[tuple[float, int]]:
        one = found[k]
        reach = range(max(0, k - LOOKBACK), k)
        steps = [(scores[j] - _step(found[j], one), j) for j in reach if _rises(found[j], one)]
        return steps + _restarts(k, found, scores, places, limits)

    score, run = best_run([one.number for one in found], [one.weight for one in found], before)
    return score, [found[k] for k in run]


def _rises(one: Candidate, other: Candidate) -> bool:
    return (one.letter, one.number) < (other.letter, other.number)


def _step(one: Candidate, other: Candidate) -> float:
    return step_cost((0,) if one.letter != other.letter else one.number, other.number)


def _restarts(
    k: int,
    found: Sequence[Candidate],
    scores: Sequence[float],
    places: Sequence[int],
    limits: Mapping[int, float],
) -> list[tuple[float, int]]:
    """The runs that may be left at the last boundary before a candidate that counts from 1."""
    one = found[k]
    if one.number not in ((1,), (1, 1)) or one.letter:
        return []
    summary = [j for j in range(k) if len(found[j].number) == 1] if one.number == (1, 1) else []
    if summary:  # a summary is numbered plainly, the chapters after it by chapter
        j = max(summary, key=lambda j: (scores[j], -j))
        return [(scores[j] - _PART, j)]
    place = max((p for p in places if p <= one.index), default=None)
    ends = [j for j in range(k) if place is not None and found[j].index < place]
    if not ends or place is None:
        return []
    j = max(ends, key=lambda j: (scores[j], -j))
    # Parts count alike; an annex may count in another way than the report.
    alike = limits[place] == _RESTART or len(found[j].number) == len(one.number)
    return [(scores[j] - limits[place], j)] if alike else []


def _boundaries(pieces: Sequence[Piece]) -> dict[int, float]:
    """The headings of annexes and parts by index, with what it costs to count anew under them."""
    found: dict[int, float] = {}
    for i, piece in enumerate(pieces):
        match = boundary(piece)
        if match is not None:
            found[i] = _RESTART if match["kind"].lower().startswith(_ANNEXES) else _PART
    return found


def boundary(piece: Piece) -> re.Match[str] | None:
    """The match of an annex's or part's heading, ``None`` for other pieces."""
    if piece.region != "body" or piece.continues or piece.cells or piece.item:
        return None
    text = f"{piece.label} {piece.text}".strip()
    match = _BOUNDARY.match(text)
    if match is None or len(text) > 120 or text.endswith((".", ",", ";")):
        return None
    plain = is_heading(piece) or match["name"] is not None or match.end() == len(text)
    return match if plain else None


# --- what is kept of it


def _without_headings(chain: Sequence[Candidate], pieces: Sequence[Piece]) -> list[Candidate]:
    """The run without short lines above a number of their own chapter: ``2.1 Findings`` above ``2.1.1``."""
    kept: list[Candidate] = []
    for k, one in enumerate(chain):
        below = chain[k + 1] if k + 1 < len(chain) else None
        parent = below is not None and below.number[: len(one.number)] == one.number
        if parent and _short_line(pieces, one):
            continue
        kept.append(one)
    return kept


def _short_line(pieces: Sequence[Piece], one: Candidate) -> bool:
    text = pieces[one.index].text[one.skip :]
    runs_on = one.index + 1 < len(pieces) and pieces[one.index + 1].continues
    return len(text) < 100 and not runs_on and not text.endswith((".", "?", "!", ";", ":"))


def _groups(chain: Sequence[Candidate], pieces: Sequence[Piece]) -> list[list[Candidate]]:
    """The run divided where it begins anew."""
    groups: list[list[Candidate]] = []
    for one in chain:
        if not groups or not _rises(groups[-1][-1], one):
            groups.append([])
        groups[-1].append(one)
    return groups


def _kept(group: Sequence[Candidate], pieces: Sequence[Piece], *, first: bool) -> bool:
    """Whether a run under the heading of an annex holds paragraphs and not the items of a list."""
    if first:
        return True
    words = [len(f"{pieces[one.index].text[one.skip :]}".split()) for one in group]
    return len(group) >= _LEAST_ANNEX and median(words) >= _PROSE


def _outnumbered(groups: Sequence[Sequence[Candidate]], pieces: Sequence[Piece]) -> bool:
    """Whether a few numbered lines stand in a document whose paragraphs have none."""
    count = sum(map(len, groups))
    if count >= 12:
        return False
    numbered = {one.index for group in groups for one in group}
    if all(
        pieces[i].continues is False and len(pieces[i].text.split()) < 4 and pieces[i].text for i in numbered
    ):
        return True
    first, last = min(numbered), max(numbered)
    outside = [
        piece
        for i, piece in enumerate(pieces)
        if not first <= i <= last + 8 and piece.region == "body" and not piece.continues and not piece.label
    ]
    return sum(len(piece.text.split()) >= 12 for piece in outside) > 3 * count


def _prefixes(groups: Sequence[Sequence[Candidate]], pieces: Sequence[Piece]) -> list[str]:
    """The prefix of each group: none for the first, ``A`` for Annex A, ``A1.`` for Annex 1."""
    prefixes = [""]
    seen = {one.label for one in groups[0]}
    for group in groups[1:]:
        labels = {one.label for one in group}
        if not labels & seen and all(len(one.number) > 1 for one in group):
            prefixes.append("")
            seen |= labels
            continue
        above = (m for i in range(group[0].index, -1, -1) if (m := boundary(pieces[i])))
        match = next(above, None)
        prefix = _prefix(match)
        while prefix in prefixes:
            prefix = _next(prefix)
        prefixes.append(prefix)
        seen |= labels
    return prefixes


def _prefix(match: re.Match[str] | None) -> str:
    if match is None:
        return "A"
    annex = match["kind"].lower().startswith(_ANNEXES)
    name = (match["name"] or "").upper()
    if annex and len(name) <= 1 and not name.isdigit():
        return name or "A"
    return f"{'A' if annex else match['kind'][0].upper()}{name}."


def _next(prefix: str) -> str:
    letter = prefix[0]
    return chr(ord(letter) + 1) + prefix[1:] if letter < "Z" else "Z" + prefix


def _gaps(group: Sequence[Candidate], prefix: str) -> list[str]:
    """The numbers that are not there between the first and the last of a group, and before a low first one."""
    found: list[str] = []
    before: Number = (0,)
    for k, one in enumerate(group):
        same = k > 0 and before[:-1] == one.number[:-1] and group[k - 1].letter == one.letter
        chapter = k > 0 and not same and len(before) == len(one.number)
        low = k == 0 and one.number[-1] <= 5
        first = before[-1] + 1 if same else 1 if (chapter or low) else one.number[-1]
        found += [prefix + one.letter + label((*one.number[:-1], n)) for n in range(first, one.number[-1])]
        before = one.number
    return found


def _repeats(
    found: Sequence[Candidate], starts: Sequence[Start], pieces: Sequence[Piece], indent: float
) -> dict[int, Start]:
    """The pieces that print the number of the paragraph that they stand in once more, just as it is printed."""
    chosen = {start.index for start in starts}
    repeats: dict[int, Start] = {}
    for one in found:
        owner = next((s for s in reversed(starts) if s.index < one.index), None)
        if owner is None or one.index in chosen or owner.number != one.number:
            continue
        piece = pieces[one.index]
        words = len(piece.text[one.skip :].split())
        if one.weight > 0.8 and abs(piece.indent - indent) <= 2 and words >= _PROSE:
            repeats[one.index] = Start(one.index, owner.id, one.number, one.skip)
    return repeats
