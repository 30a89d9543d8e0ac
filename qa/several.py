"""Answers that gather points from several paragraphs: summaries, comparisons, strengths, problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile

from qa.evidence import Candidate, Ranker, Ranking
from qa.gradewords import named_judgements
from qa.question import Question, understand
from qa.recommendations import asks_for_actions
from qa.select import Selection, alike, next_best, spans, within
from qa.source import Source
from qa.topic import halves, points, tone, toned, topic

MOST_PARAGRAPHS = 7  # cited in one answer, unless a number of points is asked for
MOST_SENTENCES = 12  # quoted in one answer
MOST_WORDS = 300  # quoted, with what a sentence leans on, so that with markers the answer stays below 350
FAR = 0.5  # share of the best sentence's score from which another paragraph is on the topic
WEAK = 0.5  # the same for a further sentence of a paragraph that is cited already
HEADLINE_FROM = 3  # paragraphs: a shorter answer has no room for the section's judgement
HEADLINE_SHARE = (
    0.5  # of the paragraphs cited that stand in one section, from which its judgement opens the answer
)
HEADLINE_OF = 2  # paragraphs at least, of that section
AREA_BONUS = 0.1  # for a sentence of a section that the question names
SHORT = 150  # words quoted where it is less likely that several places are wanted
ACTION_NEAR = 0.5  # share of the best sentence's score from which an action is on the topic
ACTION_HELD = 0.5  # share of the topic's content that an action must hold which nobody asked for
ACTIONS = 2  # quoted at most, where they are asked for


def asks_outright(question: Question, source: Source) -> bool:
    """Whether the words ask for points from several places: a summary, strengths, or something in both halves."""
    together = not question.wants and halves(question.text, source.part_terms)
    return question.kind == "several" or bool(together)


def about(question: Question, source: Source) -> Question:
    """The question reduced to its topic, which is what is searched for."""
    reduced = understand(question.asked, topic(question.text), source.part_terms)
    return replace(reduced, kind="several", wants=frozenset(), part=question.part)


def gather(
    question: Question, source: Source, ranker: Ranker, only: frozenset[str] | None, *, room: int = MOST_WORDS
) -> tuple[Ranking, Selection]:
    """The candidates, best first, and the sentences to quote: from each half if the question asks about both.

    ``room`` is how many words may be quoted.
    """
    searched = about(question, source)
    together = halves(question.text, source.part_terms)
    if together:
        searched = replace(searched, part=None)
    areas = named_areas(question, source, together)
    ranked = _toned(question, ranker.rank(searched, only=only), areas, source)
    actions = {r.paragraph for r in source.report.recommendations} if only is None else set()
    findings = ranked.within(lambda number: number not in actions)
    groups = [_in_part(findings, part, source) for part in together] or [findings]
    asked = points(question.asked)
    most = asked or MOST_PARAGRAPHS
    lists = [{n for n in actions if source.part_of(n) == part} for part in together] or [actions]
    tasks = _tasks(question, ranked, lists) if asked is None or asks_for_actions(question.text) else []
    left = room - sum(len(task.text.split()) for task in tasks)
    chosen: list[Candidate] = []
    opened = asks_outright(question, source)
    for group in groups:
        own = _points(group, paragraphs=max(most // len(groups), 2), words=left // len(groups))
        if asked:
            own = _so_many(own, max(asked // len(groups), 1))
        elif opened:
            own = _with_headline(own, group, source, most // len(groups))
        chosen += own
    goes_on = question.kind in ("list", "why")
    quoted = within(chosen, source, left, continued=goes_on) if chosen else ()
    return ranked, Selection(quoted + spans(tasks, source), next_best(ranked, [*chosen, *tasks]))


def _in_part(ranked: Ranking, part: str, source: Source) -> Ranking:
    return ranked.within({n for n in source.paragraphs if source.part_of(n) == part}.__contains__)


def _tasks(question: Question, ranked: Ranking, lists: Sequence[Collection[str]]) -> list[Candidate]:
    """The actions on the topic: the best of each list where the question asks for them, else one surely on it."""
    asked = asks_for_actions(question.text)
    listed = ranked.within(lambda number: any(number in actions for actions in lists))
    near = list(takewhile(lambda c: c.score >= ACTION_NEAR * ranked[0].score, listed))
    tasks: list[Candidate] = []
    for actions in lists:
        own: list[Candidate] = []
        for candidate in near:
            if candidate.paragraph not in actions or not (asked or candidate.coverage >= ACTION_HELD):
                continue
            if not any(alike(candidate.text, task.text) for task in own):
                own.append(candidate)
        tasks += own[: max(ACTIONS // len(lists), 1) if asked else 1]
    return tasks


def _so_many(chosen: Sequence[Candidate], most: int) -> list[Candidate]:
    """As many points as are asked for: the best of every paragraph first, then the next ones."""
    before: Counter[str] = Counter()
    turns: list[tuple[int, Candidate]] = []
    for candidate in chosen:
        turns.append((before[candidate.paragraph], candidate))
        before[candidate.paragraph] += 1
    return [candidate for _, candidate in sorted(turns, key=lambda turn: turn[0])[:most]]


def _with_headline(
    chosen: Sequence[Candidate], ranked: Ranking, source: Source, paragraphs: int
) -> list[Candidate]:
    """The points, opened by the first sentence of the section that most of them stand in: it states the judgement."""
    numbers = list(dict.fromkeys(c.paragraph for c in chosen))
    sections = [source.paragraphs[n].section for n in numbers]
    main = max(sections, key=sections.count, default=())
    standing = sections.count(main)
    if paragraphs < HEADLINE_FROM or standing < max(HEADLINE_SHARE * len(numbers), HEADLINE_OF):
        return list(chosen)
    first = next((s.paragraphs[0] for s in source.report.sections if s.paragraphs and s.path == main), None)
    if first not in {judgement.paragraph for judgement in source.report.judgements}:
        return list(chosen)
    opening = next((c for c in ranked.within(lambda number: number == first) if c.start == 0), None)
    if opening is None or opening in chosen:
        return list(chosen)
    if first not in numbers and len(numbers) >= paragraphs:
        chosen = [c for c in chosen if c.paragraph != numbers[-1]]
    return [opening, *chosen]


def _points(ranked: Sequence[Candidate], *, paragraphs: int, words: int) -> list[Candidate]:
    """The best sentences of the best paragraphs, best first."""
    chosen: list[Candidate] = []
    cited: set[str] = set()
    for candidate in ranked:
        if len(chosen) == MOST_SENTENCES or (chosen and candidate.score < WEAK * chosen[0].score):
            break
        known = candidate.paragraph in cited
        near = not chosen or candidate.score >= (WEAK if known else FAR) * chosen[0].score
        size = len(candidate.text.split())
        room = known or len(cited) < paragraphs
        if near and size <= words and room and not any(alike(candidate.text, c.text) for c in chosen):
            chosen.append(candidate)
            cited.add(candidate.paragraph)
            words -= size
    return chosen


def named_areas(question: Question, source: Source, together: Sequence[str]) -> frozenset[str]:
    """The paragraphs of the sections that the question names by their area."""
    asked = replace(question, part=None) if together else question
    judgements = named_judgements(asked, source)
    named = {(j.part, j.area) for j in judgements}
    return frozenset(n for s in source.report.sections if (s.part, s.name) in named for n in s.paragraphs)


def _toned(question: Question, ranked: Ranking, areas: frozenset[str], source: Source) -> Ranking:
    if not areas and not toned(question.text):
        return ranked
    sentences = source.index.sentence_passages

    def score(number: int) -> float:
        bonus = AREA_BONUS if sentences[number].paragraph in areas else 0.0
        return ranked.score(number) + tone(question.text, sentences[number].text) + bonus

    return ranked.rescored(score)
