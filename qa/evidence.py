"""Which sentences of the report bear on a question, and how strongly.

A sentence is scored by the likeness of question and sentence, of question and paragraph, of question and the nearest
everyday question keyed to the sentence, by the likeness after the map fitted to the everyday questions, by how surely
the questions known to be answered place it in the paragraph, by the paragraph's BM25, and by the share of the
question's content that the sentence (with the everyday questions keyed to it) covers. Every part lies between 0 and 1;
the score is their weighted mean, with small corrections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import overload

import numpy as np
from numpy.typing import NDArray

from corpus.values import FINDINGS
from index.hits import Nearness
from qa.lexicon import GENERIC
from qa.question import Question, Want
from qa.source import Searcher, Source
from qa.text import fold, plain, terms
from qa.valuetypes import missing_value

DIGITS = 6  # decimals kept of a score

HALF_BONUS = 0.03  # for a sentence in the half of the report that the question names
ACTION_MALUS = 0.09  # for a recommendation: it says what must be done, and most questions ask what was found
GRADE_ROW_MALUS = 0.18  # for a row of grades where reasons are asked for: it gives none
GENERIC_SHARE = 0.4  # of its idf that a word counts which narrows a question down little
EARLIER_BONUS = (
    0.1  # for a sentence of a paragraph that the answer before cites, where a question leans on it
)
TYPE_MALUS = 0.09  # for a sentence without the type of value that the question wants

REMEMBERED = 32  # rankings; one answer looks at the same one several times, and several are made at once
OWN_ENOUGH = 2  # content words that a follow-up needs to be searched for by itself as well
GENERIC_TERMS = frozenset(terms(GENERIC))


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts; with everyday questions and, for reports without them, without."""

    sentence: float
    paragraph: float
    question: float
    fitted: float
    words: float
    coverage: float
    placed: float

    @property
    def total(self) -> float:
        """The score of a sentence with every sign at 1."""
        return sum(
            (
                self.sentence,
                self.paragraph,
                self.question,
                self.fitted,
                self.words,
                self.coverage,
                self.placed,
            )
        )


WITH_QUESTIONS = Weights(
    sentence=0.1, paragraph=0.1, question=0.4, fitted=0.8, words=0.1, coverage=0.4, placed=0.5
)
# Fitted once, to probes asked of the report without its questions (docs/decisions.md); no command fits them anew.
WITHOUT_QUESTIONS = Weights(
    sentence=0.43, paragraph=0.27, question=0.0, fitted=0.0, words=0.06, coverage=0.24, placed=0.0
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the report as evidence for a question: its place, its text and its signs.

    ``cosine``, ``question_cosine`` (-1 without an everyday question) and ``fitted`` are those of the index;
    ``placed`` is how surely the question is answered in its paragraph (:mod:`index.placing`);
    ``coverage`` is the share of the question's content, by idf, that the sentence and its everyday questions cover;
    ``score`` is the weighted mean of all signs, higher is better.
    """

    paragraph: str
    start: int
    end: int
    text: str
    cosine: float
    question_cosine: float
    question: str
    fitted: float
    placed: float
    coverage: float
    score: float


class Ranker:
    """Scores every sentence of one report for a question."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._action_paragraphs = frozenset(r.paragraph for r in source.report.recommendations)
        self._spans = source.index.sentence_passages
        quotable = [n for n, span in enumerate(self._spans) if not span.text.endswith(":")]
        self._quotable = np.array(quotable, dtype=np.intp)
        self._actions = self._where(self._action_paragraphs.__contains__)
        self._findings = self._where(FINDINGS.__eq__)
        self._in_part = {
            part: self._where({n for n in source.paragraphs if source.part_of(n) == part}.__contains__)
            for part in source.parts
        }
        self._remembered = lru_cache(REMEMBERED)(self._ranked)
        self._without = lru_cache(REMEMBERED)(self._without_values)

    def _where(self, chosen: Callable[[str], bool]) -> NDArray[np.intp]:
        """The sentences of the chosen paragraphs, by place."""
        return np.array([n for n, span in enumerate(self._spans) if chosen(span.paragraph)], dtype=np.intp)

    def _without_values(self, wants: frozenset[Want]) -> NDArray[np.intp]:
        """The sentences that lack a type of value, by place."""
        lacking = [n for n, span in enumerate(self._spans) if missing_value(wants, span.text)]
        return np.array(lacking, dtype=np.intp)

    def rank(self, question: Question, *, only: frozenset[str] | None = None) -> Ranking:
        """Every sentence, best first, equal scores in the order of the report; ``only`` keeps those paragraphs."""
        return self._remembered(question, only)

    def _ranked(self, question: Question, only: frozenset[str] | None) -> Ranking:
        if question.own_text and len(set(terms(question.own_text))) >= OWN_ENOUGH:
            return self._mixed(question, only)
        near = self._near(question.text)
        covered = self._covered({term: self._weight(term) for term in question.terms})
        scores = self._scores(question, near, covered)
        kept = self._quotable
        if only is not None:
            kept = np.array([n for n in kept.tolist() if self._spans[n].paragraph in only], dtype=np.intp)
        order = kept[np.argsort(-np.array(scores)[kept], kind="stable")]
        return Ranking(tuple(order.tolist()), scores, near, covered, self._source.index)

    def _near(self, text: str) -> Nearness:
        """How near the text is to every sentence; without everyday questions also in the field's words for it."""
        near = self._source.index.nearness(text)
        folded = fold(text)
        if self._source.expansions or folded == plain(text):
            return near
        return near.nearer(self._source.index.nearness(folded))

    def _mixed(self, question: Question, only: frozenset[str] | None) -> Ranking:
        """The ranking of a completed follow-up: by the whole and by its own words, half and half."""
        whole = self.rank(replace(question, own_text=""), only=only)
        own_terms = tuple(dict.fromkeys(terms(question.own_text)))
        own = self.rank(replace(question, text=question.own_text, terms=own_terms, own_text=""), only=only)
        return whole.rescored(lambda n: (whole.score(n) + own.score(n)) / 2)

    def _weight(self, term: str) -> float:
        return self._source.vocabulary.idf(term) * (GENERIC_SHARE if term in GENERIC_TERMS else 1.0)

    def _covered(self, idf: Mapping[str, float]) -> NDArray[np.float64]:
        """Per sentence the share of these terms, by idf, that it and its everyday questions cover."""
        covered, total = np.zeros(len(self._spans)), sum(idf.values())
        for term, weight in idf.items():
            covered[np.asarray(self._source.holding.get(term, ()), dtype=np.intp)] += weight
        return covered / total if total else covered

    def _scores(self, question: Question, near: Nearness, covered: NDArray[np.float64]) -> list[float]:
        """The score of every sentence; each addition is a step of its own, so that no order changes a result."""
        weights = WITH_QUESTIONS if self._source.expansions else WITHOUT_QUESTIONS
        best = float(near.words.max(initial=0.0)) or 1.0
        score = (
            weights.sentence * near.cosine
            + weights.paragraph * near.paragraph
            + weights.question * np.maximum(near.question_cosine, 0.0)
            + weights.fitted * np.maximum(near.fitted, 0.0)
            + weights.words * (near.words / best)
            + weights.coverage * covered
            + weights.placed * near.placed
        ) / weights.total
        if question.part in self._in_part:
            score[self._in_part[question.part]] += HALF_BONUS
        if question.earlier:
            score[[n for n, span in enumerate(self._spans) if span.paragraph in question.earlier]] += (
                EARLIER_BONUS
            )
        score[self._actions] -= ACTION_MALUS * (2 if question.kind == "why" else 1)
        if question.kind == "why":
            score[self._findings] -= GRADE_ROW_MALUS
        if question.wants:
            score[self._without(question.wants)] -= TYPE_MALUS
        return [round(value, DIGITS) for value in score.tolist()]


class Ranking(Sequence[Candidate]):
    """Sentences best first. Each becomes a :class:`Candidate` when it is looked at: of most only the score is used.

    A sentence is told by its place among those of the index.
    """

    def __init__(
        self,
        order: tuple[int, ...],
        scores: Sequence[float] | Mapping[int, float],
        near: Nearness,
        covered: NDArray[np.float64],
        index: Searcher,
        made: dict[int, Candidate] | None = None,
    ) -> None:
        self._order, self._scores, self._near, self._covered = order, scores, near, covered
        self._index = index
        self._made: dict[int, Candidate] = {} if made is None else made

    def score(self, number: int) -> float:
        """The score of a sentence."""
        return self._scores[number]

    def rescored(self, change: Callable[[int], float]) -> Ranking:
        """The same sentences by other scores, equal ones in the order that they had."""
        scores = dict.fromkeys(self._order, 0.0)
        for number in self._order:
            scores[number] = round(change(number), DIGITS)
        order = sorted(self._order, key=lambda number: -scores[number])
        return Ranking(tuple(order), scores, self._near, self._covered, self._index)

    def within(self, chosen: Callable[[str], bool]) -> Ranking:
        """The sentences of the chosen paragraphs."""
        sentences = self._index.sentence_passages
        return self._of(n for n in self._order if chosen(sentences[n].paragraph))

    def opened_by(self, first: Candidate) -> Ranking:
        """The same with one of the sentences before all others."""
        number = next(n for n in self._order if self._candidate(n) is first)
        return self._of((number, *(n for n in self._order if n != number)))

    def _of(self, order: Iterable[int]) -> Ranking:
        return Ranking(tuple(order), self._scores, self._near, self._covered, self._index, self._made)

    def __iter__(self) -> Iterator[Candidate]:
        return map(self._candidate, self._order)

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> Candidate: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Candidate, ...]: ...

    def __getitem__(self, place: int | slice) -> Candidate | tuple[Candidate, ...]:
        if isinstance(place, slice):
            return tuple(map(self._candidate, self._order[place]))
        return self._candidate(self._order[place])

    def _candidate(self, number: int) -> Candidate:
        if number not in self._made:
            near, sentence = self._near, self._index.sentence_passages[number]
            self._made[number] = Candidate(
                sentence.paragraph,
                sentence.start,
                sentence.end,
                sentence.text,
                float(near.cosine[number]),
                float(near.question_cosine[number]),
                self._index.passage_text(int(near.question[number])),
                float(near.fitted[number]),
                float(near.placed[number]),
                float(self._covered[number]),
                self._scores[number],
            )
        return self._made[number]


def covered_share(idf: Mapping[str, float], present: Iterable[str]) -> float:
    """The share of a question's terms, weighed by idf, that are present; 0 for a question without terms."""
    total = sum(idf.values())
    held = present if isinstance(present, frozenset) else set(present)
    return sum(weight for term, weight in idf.items() if term in held) / total if total else 0.0
