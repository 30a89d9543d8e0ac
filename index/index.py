"""A loaded index: search for paragraphs, and score every sentence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from corpus.values import Report
from index.encoder import Encoder
from index.fusion import Scores, fuse, ranked
from index.groups import NONE, Groups
from index.hits import ALL_LEGS, Found, Hit, Known, Leg, Nearness, SentenceHit
from index.learned import Learned, forgetting
from index.passages import Kind, Passage, overlapping, rows_of
from index.placing import asked, placed
from index.probes import known
from index.words import WordIndex
from index.wordvectors import WordVectors, of_length_one, word_spans

WEIGHTS: Mapping[Leg, float] = MappingProxyType(
    {"paragraph": 0.1, "sentence": 0.1, "question": 0.4, "words": 0.4}
)
"""How much each leg counts. Chosen on development questions; neighbouring values do as well."""

KINDS_OF_LEG: Mapping[Leg, tuple[Kind, ...]] = MappingProxyType(
    {"paragraph": ("paragraph",), "sentence": ("sentence", "row"), "question": ("question",)}
)

DIGITS = 6  # decimals kept of a score: beyond them, processors and batch sizes differ

READ = 1024  # texts whose words' vectors are kept, about 40 kB each: claim after claim is set beside the same sentences

REMEMBERED = 128  # queries; one answer asks for the same query several times, and many may be asked at once


class Index:
    """Vectors and words of one report, ready to search. Searching is exact and changes nothing.

    ``vectors`` has one row a passage, in the order of ``passages``, of which the probes are the last; ``learned`` is
    what their questions taught, and ``words`` are those of :func:`words_texts`.
    """

    def __init__(
        self,
        report: Report,
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
        encoder: Encoder,
        learned: Learned,
        words: WordIndex,
        *,
        index_id: str,
    ) -> None:
        self.id = index_id
        self.encoder_fingerprint = encoder.fingerprint
        self._report = report
        self._passages = tuple(passages)
        self._vectors = vectors
        self._words = words
        place = places(report)
        self._paragraphs = place
        self._place = np.array([place[p.paragraph] for p in self._passages], dtype=np.intp)
        self._rows = {leg: rows_of(self._passages, kinds) for leg, kinds in KINDS_OF_LEG.items()}
        paragraphs = range(len(report.paragraphs))
        self._of_place = {
            leg: Groups([rows[self._place[rows] == place] for place in paragraphs])
            for leg, rows in self._rows.items()
        }
        self._sentences = rows_of(self._passages, ("sentence",))
        self._found_by = len(self._passages) - len(rows_of(self._passages, ("answered", "unanswered")))
        self._probes = self._passages[self._found_by :]
        self._is_unanswered = np.array([p.kind == "unanswered" for p in self._probes], dtype=bool)
        self._asked = asked(self._passages, place).rows
        self._learned = learned
        self._mapped = learned.fitted.sentences(self._vectors[self._sentences])
        self._texts = Groups(_standing_for(self._passages, ("sentence", "row")))
        self._questions = Groups(_standing_for(self._passages, ("question",)))
        self._similarities = lru_cache(maxsize=REMEMBERED)(
            lambda query: self._compare(query, self._vectors[: self._found_by])
        )
        self._probe_similarities = lru_cache(maxsize=REMEMBERED)(
            lambda query: self._compare(query, self._vectors[self._found_by :])
        )
        self._best_rows = lru_cache(maxsize=REMEMBERED)(self._best)
        self._fitted_similarities = lru_cache(maxsize=REMEMBERED)(self._compare_fitted)
        self._vector = lru_cache(maxsize=REMEMBERED)(lambda text: encoder.encode([text]))
        self._encoder = encoder
        self._word_vectors = lru_cache(maxsize=READ)(self._read)

    def search(
        self,
        query: str,
        *,
        top_k: int = 10,
        legs: Sequence[Leg] = ALL_LEGS,
        weights: Mapping[Leg, float] | None = None,
    ) -> tuple[Hit, ...]:
        """The paragraphs that fit a query, best first, at most ``top_k``; a blank query finds nothing.

        Equal scores stand in the order of the paragraphs. ``weights`` replaces :data:`WEIGHTS`; legs without
        weight are not searched. Raises :class:`ValueError` for an unknown leg, or if no leg is left.
        """
        used = _used(legs, WEIGHTS if weights is None else weights)
        if not query.strip() or top_k < 1 or not self._passages:
            return ()
        scores = {leg: self._leg_scores(leg, query) for leg in used}
        fused = fuse(_filled(scores), used)
        order = [i for i in ranked(fused) if any(_found_by(leg, scores[leg][i]) for leg in scores)][:top_k]
        return tuple(self._hit(query, i, float(fused[i]), scores) for i in order)

    @property
    def report_id(self) -> str:
        """The id of the report."""
        return self._report.id

    def paragraph_vectors(self) -> tuple[tuple[str, ...], NDArray[np.float32]]:
        """The numbers of all paragraphs with a row each: the vector of the whole paragraph, of length 1."""
        rows = self._rows["paragraph"]
        return tuple(self._passages[row].paragraph for row in rows), self._vectors[rows]

    def vector(self, text: str) -> tuple[float, ...]:
        """The vector of a text, of length 1, by the index's encoder."""
        return tuple(map(float, self._vector(text)[0]))

    def word_vectors(self, text: str) -> WordVectors:
        """The words of a text as the index's encoder reads them in it; one that does not tell reads each alone."""
        return self._word_vectors(text)

    def sentences(self, query: str) -> tuple[SentenceHit, ...]:
        """Every sentence of the report with its nearness to the query, in the order of the text."""
        if not len(self._sentences):
            return ()
        near = self.nearness(query)
        return tuple(
            SentenceHit(
                sentence.paragraph,
                sentence.start,
                sentence.end,
                sentence.text,
                float(near.cosine[n]),
                float(near.question_cosine[n]),
                self.passage_text(int(near.question[n])),
                float(near.fitted[n]),
            )
            for n, sentence in enumerate(self.sentence_passages)
        )

    @cached_property
    def sentence_passages(self) -> tuple[Passage, ...]:
        """Every sentence of the report, in the order of the text."""
        return tuple(self._passages[row] for row in self._sentences)

    def passage_text(self, place: int) -> str:
        """The text of the passage at a place that :class:`Nearness` names; nothing for none."""
        return "" if place == NONE else self._passages[place].text

    def nearness(self, query: str) -> Nearness:
        """How near a query is to every sentence of the report, in the order of the text."""
        similarities = self._similarities(query)
        places = self._place[self._sentences]
        questions = self._questions.best(similarities)
        return Nearness(
            cosine=similarities[self._texts.best(similarities)],
            question_cosine=np.where(questions == NONE, -1.0, similarities[questions]),
            question=questions,
            fitted=self._fitted_similarities(query),
            paragraph=self._leg_scores("paragraph", query)[places],
            words=self._leg_scores("words", query)[places],
            placed=self._placed(query)[places],
        )

    def known(self, query: str, *, without: frozenset[str] = frozenset()) -> Known:
        """How near a query is to the report's probes, but for those ``without`` (their texts)."""
        similarities = self._probe_similarities(query)
        if not without:
            return known(similarities, self._is_unanswered, self._learned.leaning)
        kept = np.array([probe.text not in without for probe in self._probes], dtype=bool)
        return known(similarities[kept], self._is_unanswered[kept], self._learned.leaning[kept])

    def forgetting(self, texts: Collection[str]) -> Index:
        """The same index as if these questions had not been learned from; they are still compared with."""
        learned = forgetting(self._learned, texts, self._passages, self._vectors, self._paragraphs)
        return Index(
            self._report, self._passages, self._vectors, self._encoder, learned, self._words, index_id=self.id
        )

    def _read(self, text: str) -> WordVectors:
        in_context: Callable[[str], WordVectors] | None = getattr(self._encoder, "word_vectors", None)
        if in_context is not None:
            return in_context(text)
        words = tuple(text[start:end] for start, end in word_spans(text))
        return WordVectors(words, of_length_one(list(self._encoder.encode(words)), self._encoder.dimension))

    def _compare(self, query: str, vectors: NDArray[np.float32]) -> Scores:
        """The cosine of the query with every row."""
        cosines = vectors @ self._vector(query)[0]
        similarities: Scores = np.round(cosines.astype(np.float64), DIGITS)
        similarities.setflags(write=False)
        return similarities

    def _compare_fitted(self, query: str) -> Scores:
        """The cosine of the query with every sentence, both mapped."""
        cosines = self._mapped @ self._learned.fitted.questions(self._vector(query))[0]
        return np.asarray(np.round(cosines.astype(np.float64), DIGITS))

    def _placed(self, query: str) -> Scores:
        """How surely the query is answered in each paragraph."""
        cosines = np.concatenate([self._similarities(query), self._probe_similarities(query)])[self._asked]
        return np.asarray(np.round(placed(cosines, self._learned.placing).astype(np.float64), DIGITS))

    def _leg_scores(self, leg: Leg, query: str) -> Scores:
        """The leg's raw score of every paragraph: the best of its passages there, NaN where it has none."""
        if leg == "words":
            return np.round(self._words.scores(query), DIGITS)
        rows = self._rows[leg]
        best = np.full(len(self._report.paragraphs), -np.inf)
        np.maximum.at(best, self._place[rows], self._similarities(query)[rows])
        return np.where(np.isinf(best), np.nan, best)

    def _hit(self, query: str, place: int, score: float, scores: Mapping[Leg, Scores]) -> Hit:
        why = (
            self._found(query, leg, place, float(scores[leg][place]))
            for leg in scores
            if _found_by(leg, scores[leg][place])
        )
        return Hit(self._report.paragraphs[place].number, round(score, DIGITS), tuple(why))

    def _found(self, query: str, leg: Leg, place: int, score: float) -> Found:
        if leg == "words":
            words = ", ".join(self._words.shared(query, place))
            return Found(leg, score, words, 0, len(self._report.paragraphs[place].text))
        best = self._passages[self._best_rows(query)[leg][place]]
        return Found(leg, score, best.text, best.start, best.end)

    def _best(self, query: str) -> Mapping[Leg, list[int]]:
        """Of each leg, the passage of every paragraph that is nearest to the query."""
        similarities = self._similarities(query)
        return {leg: groups.best(similarities).tolist() for leg, groups in self._of_place.items()}


def places(report: Report) -> dict[str, int]:
    """The place of each paragraph in the report, by its number."""
    return {paragraph.number: i for i, paragraph in enumerate(report.paragraphs)}


def words_texts(report: Report, passages: Sequence[Passage]) -> list[str]:
    """What the words of each paragraph are: those of its text and of the questions that it answers."""
    texts = {paragraph.number: [paragraph.text] for paragraph in report.paragraphs}
    for passage in passages:
        if passage.kind == "question":
            texts[passage.paragraph].append(passage.text)
    return ["\n".join(parts) for parts in texts.values()]


def _filled(scores: Mapping[Leg, Scores]) -> Mapping[Leg, Scores]:
    """The scores with those of the sentence leg where a paragraph has no questions to be compared with.

    That nobody wrote questions for a paragraph is no evidence against it. In a report without any, the
    sentence leg then weighs what both weigh together.
    """
    if not {"sentence", "question"} <= scores.keys():
        return scores
    question = np.where(np.isnan(scores["question"]), scores["sentence"], scores["question"])
    return {**scores, "question": question}


def _found_by(leg: Leg, score: float) -> bool:
    # A cosine of 0 or less is still a measurement; a BM25 score of 0 says that no word is shared.
    return score > 0 if leg == "words" else not np.isnan(score)


def _used(legs: Sequence[Leg], weights: Mapping[Leg, float]) -> dict[Leg, float]:
    unknown = [leg for leg in (*legs, *weights) if leg not in ALL_LEGS]
    if unknown:
        raise ValueError(f"unknown leg {unknown[0]!r}, expected some of {', '.join(ALL_LEGS)}")
    used = {leg: weights[leg] for leg in ALL_LEGS if leg in legs and weights.get(leg, 0.0) > 0}
    if not used:
        raise ValueError(f"no leg of {tuple(legs)!r} has a weight above 0 in {dict(weights)!r}")
    return used


def _standing_for(passages: Sequence[Passage], kinds: tuple[Kind, ...]) -> list[NDArray[np.intp]]:
    """For each sentence, the passages of those kinds that stand for words of it."""
    return overlapping(passages, ("sentence",), kinds)
