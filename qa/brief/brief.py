"""A topic page: the judgements that apply, strengths, weaknesses and recommendations on a topic, each cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from corpus.values import Judgement, Recommendation, Report, Section
from qa.acronyms import find_acronyms
from qa.brief.findings import (
    Finding,
    findings,
    in_order,
    nearly_the_same,
    of_sections,
    on_theme,
    worth_a_point,
)
from qa.brief.findings import holds as holds_form
from qa.brief.topic import Topic, read_topic, understand_topic
from qa.evidence import Candidate
from qa.grades import judgement_sentence
from qa.question import Question
from qa.source import Source
from qa.text import words
from qa.tracker import Action, actions
from qa.values import Citation

POINTS = 14  # of a page, judgements included
WORDS = 600  # quoted on a page
STRENGTHS, WEAKNESSES, TASKS, OTHERS = 4, 5, 5, 2  # at most of each, where there is enough of the first two
JUDGEMENTS = 3
LEAST_POINTS = 7  # beside judgements, however many these are
ENOUGH = 6  # strengths and weaknesses from which other findings are of less use
TASK_NEAR = 0.42  # share of the best score from which a recommendation is on a theme; it is ranked lower than findings
FURTHER = 8  # paragraphs named that are on the topic and not quoted


class Answers(Protocol):
    """What is asked of question answering here."""

    @property
    def source(self) -> Source:
        """The report with all that is known about it."""
        ...

    def evidence(self, text: str) -> tuple[Question, tuple[Candidate, ...]]:
        """A question as it is understood and every sentence as evidence for it, best first."""
        ...

    def help_instead(self, text: str) -> str | None:
        """What to say to somebody who tells of harm to a child, ``None`` for any other text."""
        ...


@dataclass(frozen=True, slots=True)
class Task:
    """A recommendation with the places where it stands in the same words; ``half`` as for a finding."""

    recommendation: Recommendation
    citations: tuple[Citation, ...]
    half: str = ""

    @property
    def size(self) -> int:
        """How many words it has."""
        return len(self.recommendation.text.split())


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement that applies, with its row in the record and the sentence that states it, if there is one."""

    judgement: Judgement
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a report says on a topic.

    ``tasks_in_all`` counts the recommendations, ``further`` are paragraphs on it that are not quoted. ``named`` says
    that the judgements are on what the topic names, not only on sections in which findings stand. ``help`` is said
    instead of anything else to somebody who tells of harm to a child.
    """

    topic: str
    judgements: tuple[Judged, ...] = ()
    named: bool = False
    strengths: tuple[Finding, ...] = ()
    weaknesses: tuple[Finding, ...] = ()
    others: tuple[Finding, ...] = ()
    tasks: tuple[Task, ...] = ()
    tasks_in_all: int = 0
    further: tuple[str, ...] = ()
    help: str = ""

    @property
    def says(self) -> bool:
        """Whether the report says anything on the topic."""
        return bool(self.strengths or self.weaknesses or self.others or self.tasks or self.judgements)

    def citations(self) -> tuple[Citation, ...]:
        """Everything that is cited, in order."""
        parts: tuple[Judged | Finding | Task, ...] = (
            *self.judgements,
            *self.strengths,
            *self.weaknesses,
            *self.others,
            *self.tasks,
        )
        return tuple(citation for part in parts for citation in part.citations)


class Briefs(Protocol):
    """What gathers what the report says on topics, and the actions that it asks for."""

    def about(self, text: str) -> Brief:
        """What the report says on a topic; raises :class:`qa.errors.QuestionError` for no topic."""
        ...

    def actions(self) -> tuple[Action, ...]:
        """Every action that the report asks for."""
        ...


class Briefer:
    """Gathers what one report says on topics."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._source = answers.source
        self._acronyms = find_acronyms(self._source.report.paragraphs)
        self._actions: tuple[Action, ...] | None = None

    @property
    def report(self) -> Report:
        """The report."""
        return self._source.report

    def actions(self) -> tuple[Action, ...]:
        """Every action that the report asks for, with the paragraphs that explain it."""
        if self._actions is None:
            self._actions = actions(self._source.report, self._source.index)
        return self._actions

    def about(self, text: str) -> Brief:
        """What the report says on a topic; :class:`qa.errors.QuestionError` for one that cannot be looked for."""
        line = read_topic(text)
        if instead := self._answers.help_instead(line):
            return Brief(line, help=instead)
        spelt = self._source.vocabulary.correct(line)
        topic = understand_topic(spelt, self._source, self._acronyms)
        if topic.deadline == "" or not (topic.forms or topic.sections or topic.actions or topic.addressees):
            return Brief(spelt)
        _, ranked = self._answers.evidence(topic.search)
        candidates = self._candidates(topic, ranked)
        tasks = self._tasks(topic, ranked)
        found = [
            f for f in findings(candidates, self._source, items=bool(topic.sections)) if worth_a_point(f)
        ]
        judged = self._judged(topic, found)
        stated = {c.evidence for one in judged for c in one.citations}
        found = [f for f in found if not stated & {c.evidence for c in f.citations}]
        return self._brief(topic, judged, found, tasks)

    def _candidates(self, topic: Topic, ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
        if topic.sections:
            return of_sections(topic.sections, ranked)
        return on_theme(topic, ranked, self._source) if topic.forms else ()

    def _tasks(self, topic: Topic, ranked: Sequence[Candidate]) -> tuple[Task, ...]:
        """The recommendations on a topic: those that it names in the report's order, on a theme the best first."""
        listed = self.report.recommendations
        if topic.deadline or topic.addressees or topic.sections or not topic.forms:
            return self._once([r for r in listed if self._named(r, topic)])
        best = ranked[0].score if ranked else 0.0
        score = {
            (r.paragraph, r.start): max(
                (c.score for c in ranked if c.paragraph == r.paragraph and r.start <= c.start < r.end),
                default=0.0,
            )
            for r in listed
        }
        found = [
            r
            for r in listed
            if topic.part in (None, self._source.part_of(r.paragraph))
            and score[r.paragraph, r.start] >= TASK_NEAR * best
            and holds_form(r.text, topic.forms, self._source)
        ]
        return self._once(sorted(found, key=lambda r: -score[r.paragraph, r.start]))

    def _named(self, one: Recommendation, topic: Topic) -> bool:
        """Whether a topic names a recommendation by its deadline, its half, its owner or its section."""
        if topic.deadline not in (None, one.deadline):
            return False
        if topic.part not in (None, self._source.part_of(one.paragraph)):
            return False
        if topic.addressees:
            return one.addressee in topic.addressees
        if topic.deadline and topic.forms:
            return holds_form(one.text, topic.forms, self._source)
        return not topic.sections or self._explained_in(one, topic.sections)

    def _explained_in(self, one: Recommendation, sections: Sequence[Section]) -> bool:
        """Whether a recommendation stands in a section, or what explains it best does."""
        numbers = {number for section in sections for number in section.paragraphs}
        if one.paragraph in numbers:
            return True
        action = next((a for a in self.actions() if a.recommendation == one), None)
        return action is not None and bool(numbers & set(action.explained[:1]))

    def _once(self, listed: Iterable[Recommendation]) -> tuple[Task, ...]:
        """The recommendations, each once: the same words are cited twice, nearly the same only in one half."""
        found: list[Task] = []
        for one in listed:
            cited = self._source.cite(one.paragraph, one.start, one.end)
            for at, other in enumerate(found):
                earlier = other.recommendation
                same_terms = (earlier.deadline, earlier.addressee) == (one.deadline, one.addressee)
                if words(earlier.text) == words(one.text) and same_terms:
                    found[at] = replace(other, citations=(*other.citations, cited))
                    break
                if (
                    nearly_the_same(earlier.text, one.text)
                    and same_terms
                    and earlier.paragraph != one.paragraph
                ):
                    found[at] = replace(other, half=self._source.part_of(earlier.paragraph) or "")
                    break
            else:
                found.append(Task(one, (cited,)))
        return tuple(found)

    def _judged(self, topic: Topic, found: Sequence[Finding]) -> tuple[Judged, ...]:
        """The judgements on the sections that the topic names, else on those in which most findings stand."""
        rows = self.report.judgements
        if topic.sections:
            named = {(s.part, s.name) for s in topic.sections}
            whole = {s.part for s in topic.sections if len(s.path) == 1}
            chosen = [j for j in rows if (j.part or j.area, j.area) in named or j.part in whole]
        else:
            counted = Counter(
                (section[0], section[-1])
                for f in found
                for section in {c.section for c in f.citations if c.section}
            )
            most = [place for place, count in counted.most_common(JUDGEMENTS) if count > 1]
            chosen = [j for j in rows if (j.part, j.area) in most]
        return tuple(self._with_sentence(j) for j in chosen[: POINTS if topic.sections else JUDGEMENTS])

    def _with_sentence(self, one: Judgement) -> Judged:
        row = self._source.cite("findings", one.start, one.end)
        sentence = judgement_sentence(one, self._source)
        return Judged(one, (row, sentence) if sentence else (row,))

    def _brief(
        self, topic: Topic, judged: tuple[Judged, ...], found: Sequence[Finding], tasks: tuple[Task, ...]
    ) -> Brief:
        """The page: points from every part in turn, best first, while there is room."""
        good, bad, rest = (
            _from_each([f for f in found if f.leaning == one]) for one in ("strength", "weakness", "other")
        )
        room = max(POINTS - len(judged), LEAST_POINTS)
        if topic.actions:
            # What is asked for outright has room before anything else.
            spare = room - min(len(tasks), room)
            shares = [room, (spare + 2) // 3, (spare + 1) // 3, spare // 3]
        else:
            most = min(len(good), STRENGTHS) + min(len(bad), WEAKNESSES)
            others = OTHERS if most >= ENOUGH else room - most - min(len(tasks), TASKS)
            shares = [TASKS if found else room, WEAKNESSES, STRENGTHS, max(others, 1)]
        chosen = _in_turn([tasks, bad, good, rest], shares, room)
        quoted = in_order([f for f in found if f in chosen], self._source)
        named = {c.evidence.paragraph for f in quoted for c in f.citations}
        more = {c.evidence.paragraph for f in found for c in f.citations} - named
        return Brief(
            topic.text,
            judged,
            bool(topic.sections),
            tuple(f for f in quoted if f.leaning == "strength"),
            tuple(f for f in quoted if f.leaning == "weakness"),
            tuple(f for f in quoted if f.leaning == "other"),
            tuple(t for t in tasks if t in chosen),
            len(tasks),
            tuple(number for number in self._source.paragraphs if number in more)[:FURTHER],
        )


def _from_each(found: Sequence[Finding]) -> list[Finding]:
    """The best finding of every paragraph, then the second ones and so on: a page shows where a matter comes up."""
    before: Counter[str] = Counter()
    turns: list[int] = []
    for one in found:
        number = one.citations[0].evidence.paragraph
        turns.append(before[number])
        before[number] += 1
    return [found[at] for at in sorted(range(len(found)), key=turns.__getitem__)]


def _in_turn(
    queues: Sequence[Sequence[Finding | Task]], shares: Sequence[int], points: int
) -> tuple[Finding | Task, ...]:
    """The best of several lists in turn, each up to its share, while points and words are left."""
    waiting = [list(queue) for queue in queues]
    left = list(shares)
    chosen: list[Finding | Task] = []
    while any(waiting) and len(chosen) < points:
        for place, queue in enumerate(waiting):
            if left[place] == 0:
                queue.clear()
            while queue and len(chosen) < points:
                one = queue.pop(0)
                if sum(c.size for c in chosen) + one.size <= WORDS:
                    chosen.append(one)
                    left[place] -= 1
                    break
    return tuple(chosen)
