"""Which sentences of the report bear on a question, and how strongly.

A sentence is scored by the likeness of question and sentence, of question and paragraph, of question and the nearest
everyday question keyed to the sentence, by the likeness after the map fitted to the everyday questions, by the
paragraph's BM25, and by the share of the question's content that the sentence (with the everyday questions keyed to it)
covers. Every part lies between 0 and 1; the score is their weighted mean, with small corrections.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from corpus.values import FINDINGS
from index.hits import Hit, SentenceHit
from qa.lexicon import GENERIC
from qa.question import Question
from qa.source import Source
from qa.text import terms
from qa.valuetypes import missing_value

EVERY = 10_000  # paragraphs: all of them, so that each sentence knows its paragraph's score

HALF_BONUS = 0.03  # for a sentence in the half of the report that the question names
ACTION_MALUS = 0.09  # for a recommendation: it says what must be done, and most questions ask what was found
GRADE_ROW_MALUS = 0.18  # for a row of grades where reasons are asked for: it gives none
GENERIC_SHARE = 0.4  # of its idf that a word counts which narrows a question down little
EARLIER_BONUS = (
    0.1  # for a sentence of a paragraph that the answer before cites, where a question leans on it
)
TYPE_MALUS = 0.09  # for a sentence without the type of value that the question wants

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

    @property
    def total(self) -> float:
        """The score of a sentence with every sign at 1."""
        return sum((self.sentence, self.paragraph, self.question, self.fitted, self.words, self.coverage))


WITH_QUESTIONS = Weights(sentence=0.2, paragraph=0.2, question=0.4, fitted=0.8, words=0.2, coverage=0.4)
WITHOUT_QUESTIONS = Weights(sentence=0.45, paragraph=0.45, question=0.0, fitted=0.0, words=0.3, coverage=0.3)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of the report as evidence for a question: its place, its text and its signs.

    ``cosine``, ``question_cosine`` (-1 without an everyday question) and ``fitted`` are those of the index;
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
    coverage: float
    score: float


class Ranker:
    """Scores every sentence of one report for a question."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._asked_of: dict[str, list[tuple[int, int, frozenset[str]]]] = defaultdict(list)
        for expansion in source.expansions:
            asked = frozenset(term for question in expansion.questions for term in terms(question))
            self._asked_of[expansion.paragraph].append((expansion.start, expansion.end, asked))
        self._action_paragraphs = frozenset(r.paragraph for r in source.report.recommendations)
        self._own_terms: dict[tuple[str, int, int], frozenset[str]] = {}

    def rank(self, question: Question, *, only: frozenset[str] | None = None) -> tuple[Candidate, ...]:
        """Every sentence, best first, equal scores in the order of the report; ``only`` keeps those paragraphs."""
        if question.own_text and len(set(terms(question.own_text))) >= OWN_ENOUGH:
            return self._mixed(question, only)
        weights = WITH_QUESTIONS if self._source.expansions else WITHOUT_QUESTIONS
        paragraph_scores = _leg_scores(self._source.index.search(question.text, top_k=EVERY))
        idf = {term: self._weight(term) for term in question.terms}
        found = [
            self._candidate(hit, question, weights, paragraph_scores, idf)
            for hit in self._source.index.sentences(question.text)
            if (only is None or hit.paragraph in only) and not hit.text.endswith(":")
        ]
        return tuple(sorted(found, key=lambda candidate: -candidate.score))

    def _mixed(self, question: Question, only: frozenset[str] | None) -> tuple[Candidate, ...]:
        """The ranking of a completed follow-up: by the whole and by its own words, half and half."""
        whole = self.rank(replace(question, own_text=""), only=only)
        own_terms = tuple(dict.fromkeys(terms(question.own_text)))
        own = self.rank(replace(question, text=question.own_text, terms=own_terms, own_text=""), only=only)
        own_score = {(c.paragraph, c.start): c.score for c in own}
        mixed = [replace(c, score=round((c.score + own_score[c.paragraph, c.start]) / 2, 6)) for c in whole]
        return tuple(sorted(mixed, key=lambda candidate: -candidate.score))

    def _weight(self, term: str) -> float:
        return self._source.vocabulary.idf(term) * (GENERIC_SHARE if term in GENERIC_TERMS else 1.0)

    def terms_of(self, paragraph: str, start: int, end: int) -> frozenset[str]:
        """The terms of a sentence and of the everyday questions that it answers."""
        key = (paragraph, start, end)
        if key not in self._own_terms:
            own = set(terms(self._source.paragraphs[paragraph].text[start:end]))
            for first, last, asked in self._asked_of[paragraph]:
                if first < end and start < last:
                    own |= asked
            self._own_terms[key] = frozenset(own)
        return self._own_terms[key]

    def _candidate(
        self,
        hit: SentenceHit,
        question: Question,
        weights: Weights,
        paragraph_scores: Mapping[str, tuple[float, float]],
        idf: Mapping[str, float],
    ) -> Candidate:
        covered = covered_share(idf, self.terms_of(hit.paragraph, hit.start, hit.end))
        cosine, words = paragraph_scores.get(hit.paragraph, (0.0, 0.0))
        score = (
            weights.sentence * hit.cosine
            + weights.paragraph * cosine
            + weights.question * max(hit.question_cosine, 0.0)
            + weights.fitted * max(hit.fitted, 0.0)
            + weights.words * words
            + weights.coverage * covered
        ) / weights.total
        if question.part and self._source.part_of(hit.paragraph) == question.part:
            score += HALF_BONUS
        if hit.paragraph in question.earlier:
            score += EARLIER_BONUS
        if hit.paragraph in self._action_paragraphs:
            score -= ACTION_MALUS * (2 if question.kind == "why" else 1)
        if question.kind == "why" and hit.paragraph == FINDINGS:
            score -= GRADE_ROW_MALUS
        if missing_value(question.wants, hit.text):
            score -= TYPE_MALUS
        return Candidate(
            hit.paragraph,
            hit.start,
            hit.end,
            hit.text,
            hit.cosine,
            hit.question_cosine,
            hit.question,
            hit.fitted,
            covered,
            round(score, 6),
        )


def covered_share(idf: Mapping[str, float], present: Iterable[str]) -> float:
    """The share of a question's terms, weighed by idf, that are present; 0 for a question without terms."""
    total = sum(idf.values())
    held = set(present)
    return sum(weight for term, weight in idf.items() if term in held) / total if total else 0.0


def _leg_scores(hits: Iterable[Hit]) -> dict[str, tuple[float, float]]:
    """Per paragraph its cosine and its BM25 as a share of the best one's."""
    raw = {hit.paragraph: {found.leg: found.score for found in hit.why} for hit in hits}
    best = max((legs.get("words", 0.0) for legs in raw.values()), default=0.0) or 1.0
    return {
        number: (legs.get("paragraph", 0.0), legs.get("words", 0.0) / best) for number, legs in raw.items()
    }
