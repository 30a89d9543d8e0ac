"""Answers that gather points from several paragraphs: summaries, comparisons, strengths, problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.evidence import Candidate, Ranker
from qa.gradewords import named_judgements
from qa.question import Question, understand
from qa.select import Selection, alike, next_best, spans
from qa.source import Source
from qa.topic import halves, points, tone, topic

MOST_PARAGRAPHS = 5  # cited in one answer, unless a number of points is asked for
MOST_SENTENCES = 3  # quoted of one paragraph, twice as many if no more than two are quoted
MOST_WORDS = 270  # quoted; with what a sentence leans on, the answer stays below 350
SECOND = 0.5  # how much a paragraph's second sentence counts for its place
FAR = 0.66  # share of the best paragraph's strength from which another is on the topic
WEAK = 0.6  # share of a paragraph's best sentence from which another one is worth quoting
AREA_BONUS = 0.15  # for a sentence of a section that the question names


def about(question: Question, source: Source) -> Question:
    """The question reduced to its topic, which is what is searched for."""
    reduced = understand(question.asked, topic(question.text), source.part_terms)
    return replace(reduced, kind="several", wants=frozenset(), part=question.part)


def gather(
    question: Question, source: Source, ranker: Ranker, only: frozenset[str] | None
) -> tuple[tuple[Candidate, ...], Selection]:
    """The candidates, best first, and the sentences to quote: from each half if the question asks about both."""
    searched = about(question, source)
    together = halves(question.text, source.part_terms)
    if together:
        searched = replace(searched, part=None)
    areas = named_areas(question, source, together)
    ranked = _toned(question, ranker.rank(searched, only=only), areas)
    actions = {r.paragraph for r in source.report.recommendations} if only is None else set()
    findings = [c for c in ranked if c.paragraph not in actions]
    groups = [[c for c in findings if source.part_of(c.paragraph) == part] for part in together] or [findings]
    most = points(question.text) or MOST_PARAGRAPHS
    chosen: list[Candidate] = []
    for group in groups:
        chosen += _points(group, paragraphs=max(most // len(groups), 2), words=MOST_WORDS // len(groups))
    return ranked, Selection(spans(chosen, source), next_best(ranked, chosen))


def _points(ranked: Sequence[Candidate], *, paragraphs: int, words: int) -> list[Candidate]:
    """The best sentences of the best paragraphs: one of each, then a second, then a third, while words are left."""
    by_paragraph: dict[str, list[Candidate]] = {}
    for candidate in ranked:
        by_paragraph.setdefault(candidate.paragraph, []).append(candidate)
    strength = {
        n: own[0].score + SECOND * (own[1].score if len(own) > 1 else 0.0) for n, own in by_paragraph.items()
    }
    order = sorted(by_paragraph, key=lambda n: -strength[n])
    if not order:
        return []
    kept = [n for n in order if strength[n] >= FAR * strength[order[0]]][:paragraphs]
    chosen: list[Candidate] = []
    left = words
    for turn in range(MOST_SENTENCES if len(kept) > 2 else 2 * MOST_SENTENCES):
        for number in kept:
            own = by_paragraph[number]
            fits = (
                turn < len(own)
                and own[turn].score >= WEAK * own[0].score
                and len(own[turn].text.split()) <= left
            )
            if fits and not any(alike(own[turn].text, c.text) for c in chosen):
                chosen.append(own[turn])
                left -= len(own[turn].text.split())
    return sorted(chosen, key=lambda c: kept.index(c.paragraph))


def named_areas(question: Question, source: Source, together: Sequence[str]) -> frozenset[str]:
    """The paragraphs of the sections that the question names by their area."""
    asked = replace(question, part=None) if together else question
    judgements = named_judgements(asked, source)
    named = {(j.part, j.area) for j in judgements}
    return frozenset(n for s in source.report.sections if (s.part, s.name) in named for n in s.paragraphs)


def _toned(question: Question, ranked: Sequence[Candidate], areas: frozenset[str]) -> tuple[Candidate, ...]:
    rescored = [
        replace(
            c,
            score=round(
                c.score + tone(question.text, c.text) + (AREA_BONUS if c.paragraph in areas else 0.0), 6
            ),
        )
        for c in ranked
    ]
    return tuple(sorted(rescored, key=lambda c: -c.score))
