"""From a question to an answer: guard, complete, look up, else find evidence, judge it and quote it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

from corpus.values import Report
from qa import compound, guard, intent
from qa.acronyms import acronym_answer, expand, find_acronyms, usual_acronyms
from qa.breadth import LONG, LONG_OUTRIGHT, SEVERAL, breadth
from qa.compose import answer, cited_numbers, does_not_say, joined, located, quoted, refusal, words
from qa.core import asking_part
from qa.errors import QuestionError
from qa.evidence import Candidate, Ranker
from qa.followup import complete, points_back, points_to_source
from qa.front import front_answer
from qa.gate import Verdict, judge
from qa.grades import grade_answer
from qa.lookup import lookup_paragraphs, lookup_section, topic_within
from qa.question import Question, kind, understand, wants
from qa.recommendations import asks_for_a_deadline, names_no_topic, recommendation_answer
from qa.references import references
from qa.select import Selection, select
from qa.several import MOST_WORDS, SHORT, about, asks_outright, gather
from qa.source import Searcher, Source
from qa.suggest import next_questions
from qa.text import terms
from qa.values import Answer, Considered, Statement

if TYPE_CHECKING:
    from qa.brief.brief import Briefer
    from qa.verify.verifier import Verifier

LONGEST_QUESTION = 10_000  # characters
SHORT_FOLLOW_UP = 4  # content words: a longer question that is refused is not tried again with the one before
MOST_CONSIDERED = 6  # paragraphs named in "how this was found"
SURELY_GRADES = (
    0.9  # likelihood of the intents on grades from which a summary or comparison is one of grades alone
)
MOST_OPENING = 45  # words of grades that open an answer to a question that wants more than them
MOST_RELATED = 4  # paragraphs offered beside an answer


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for a question: all sentences, best first, those to quote, and whether they are enough."""

    question: Question
    ranked: Sequence[Candidate]
    selection: Selection
    verdict: Verdict
    opening: Sequence[Statement] = ()


class Pipeline:
    """Answers questions about one report. Asking changes nothing; the same question gets the same answer."""

    def __init__(self, source: Source, *, council: str, gate: bool = True) -> None:
        self._source = source
        self._council = council
        self._gate = gate
        self._ranker = Ranker(source)
        self._acronyms = find_acronyms(source.report.paragraphs)
        self._verifier: Verifier | None = None
        self._briefer: Briefer | None = None
        self._usual = usual_acronyms(source.report.paragraphs)

    @property
    def report(self) -> Report:
        """The report that is asked."""
        return self._source.report

    @property
    def index(self) -> Searcher:
        """The index that is searched."""
        return self._source.index

    @property
    def source(self) -> Source:
        """The report with all that is known about it."""
        return self._source

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        scope: str | None = None,
        only: frozenset[str] | None = None,
    ) -> Answer:
        """The answer to a question.

        ``history`` are the earlier questions of the conversation, oldest first. ``scope`` is the half of the report
        to prefer where the question names none; ``only`` confines the evidence to those paragraphs. Raises
        :class:`QuestionError` if there is no question or it has more than :data:`LONGEST_QUESTION` characters.
        """
        started = perf_counter()
        found = self._ask(_checked(question), history, scope, only)
        related = tuple(n for n in found.related if n in self._source.paragraphs)[:MOST_RELATED]
        return replace(found, related=related, seconds=round(perf_counter() - started, 4))

    def checker(self) -> Verifier:
        """What checks claims against the report; made at first use."""
        if self._verifier is None:
            from qa.verify.verifier import Verifier

            self._verifier = Verifier(self._source)
        return self._verifier

    def briefer(self) -> Briefer:
        """What gathers what the report says on topics; made at first use."""
        if self._briefer is None:
            from qa.brief.brief import Briefer

            self._briefer = Briefer(self)
        return self._briefer

    def help_instead(self, text: str) -> str | None:
        """What to say to somebody who tells of harm to a child, ``None`` for any other text."""
        refused = guard.check(
            text, self._source.vocabulary, self._council, self._intents(text).get("disclosure")
        )
        return refused.text if refused and refused.kind == "disclosure" else None

    @property
    def index_id(self) -> str:
        """The short name of the index, which changes when the index does."""
        return self._source.index.id

    def next_questions(self, answer: Answer) -> tuple[str, ...]:
        """A few questions that a reader of the answer may ask next, which the report answers."""
        return next_questions(answer, self._source)

    def evidence(self, text: str) -> tuple[Question, tuple[Candidate, ...]]:
        """A question as it is understood when it stands alone, and every sentence as evidence for it, best first."""
        question = self._understand(text, self._bare(text), None)
        return question, tuple(self._ranker.rank(question))

    def _ask(
        self, asked: str, history: Sequence[str], scope: str | None, only: frozenset[str] | None
    ) -> Answer:
        refused = guard.check(
            asked, self._source.vocabulary, self._council, self._intents(asked).get("disclosure")
        )
        if refused:
            return refusal(
                self._understand(asked, asked, scope),
                self._source,
                refused.text,
                refused.reason,
                confidence=0.0,
                sensitive=refused.kind == "disclosure",
            )
        bare = self._bare(asked)
        earlier = [self._bare(question) for question in history]
        whole = bare if self._stands_alone(bare) else complete(bare, earlier, self._likeness)
        before = self._cited_before(earlier) if whole != bare else frozenset()
        found = self._answer(asked, bare, whole, scope, only, before)
        if (
            found.status == "not_in_report"
            and earlier
            and whole == bare
            and len(terms(bare)) <= SHORT_FOLLOW_UP
        ):
            # A short question that means nothing by itself may lean on the one before without any sign of it.
            leaning = self._answer(
                asked,
                bare,
                f"{earlier[-1].rstrip(' ?.!')} – {bare}",
                scope,
                only,
                self._cited_before(earlier),
            )
            found = leaning if leaning.status != "not_in_report" else found
        return located(found) if points_to_source(bare) else found

    def _intents(self, text: str) -> Mapping[str, float]:
        """How likely each intent is; empty with an encoder that no weights are for."""
        weights = intent.fitted()
        if self.index.encoder_fingerprint != weights.fingerprint:
            return {}
        return weights.likelihoods(self.index.vector(text))

    def _likeness(self, text: str) -> float:
        """How like a text is to the everyday question nearest to it."""
        return float(self.index.nearness(text).question_cosine.max(initial=-1.0))

    def _cited_before(self, earlier: Sequence[str]) -> frozenset[str]:
        """The paragraphs that the answer to the last of the earlier questions cites."""
        if not earlier:
            return frozenset()
        whole = complete(earlier[-1], earlier[:-1], self._likeness)
        return frozenset(cited_numbers(self._answer(earlier[-1], earlier[-1], whole, None, None).statements))

    def _answer(
        self,
        asked: str,
        bare: str,
        whole: str,
        scope: str | None,
        only: frozenset[str] | None,
        before: frozenset[str] = frozenset(),
    ) -> Answer:
        question = self._understand(asked, whole, scope)
        if whole != bare:
            question = replace(question, completed=True, own_text=bare, follows=True, earlier=before)
            question = replace(question, wants=wants(question.asking), kind=kind(question.asking))
        found = self._looked_up(question, only)
        return found or self._from_parts(question, scope, only) or self._found(question, only)

    def _bare(self, asked: str) -> str:
        """A question without markup, instructions, preamble and typing errors."""
        return self._source.vocabulary.correct(asking_part(guard.without_instructions(asked)))

    def _stands_alone(self, question: str) -> bool:
        """Whether a question is about a paragraph by number or the title page, and so needs no earlier one."""
        if references(question, self._source.report.numbers()) is not None:
            return True
        return front_answer(self._understand(question, question, None), self._source) is not None

    def _from_parts(
        self, question: Question, scope: str | None, only: frozenset[str] | None
    ) -> Answer | None:
        """The answer to each part of a double question, put together; ``None`` for a single question."""
        single = (
            (question.kind == "several" and not question.wants) or question.completed or self._wide(question)
        )
        pieces = (question.text,) if single else compound.parts(question.text)
        if len(pieces) == 1:
            return None
        found = []
        for place, piece in enumerate(pieces):
            whole = complete(piece, pieces[:place]) if points_back(piece) else piece
            if place > 0 and names_no_topic(piece):
                whole = f"{pieces[0].rstrip(' ?')} – {piece}"
            own = self._part(question, whole, piece, scope, only)
            if own.status == "not_in_report" and place > 0:
                # What the first part is about may be meant without being named again.
                own = self._part(question, f"{pieces[0].rstrip(' ?')} – {piece}", piece, scope, only)
            found.append(own)
        return joined(question, self._source, found)

    def _part(
        self, question: Question, text: str, piece: str, scope: str | None, only: frozenset[str] | None
    ) -> Answer:
        part = self._understand(question.asked, text, scope or question.part)
        completed = text != piece
        # The whole was found to be a double question, not one for several places: no part is one then.
        part = replace(part, intents={k: v for k, v in part.intents.items() if k != "several"})
        part = replace(part, completed=question.completed or completed, own_text=piece if completed else "")
        return self._looked_up(part, only) or self._found(part, only)

    def _found(self, question: Question, only: frozenset[str] | None) -> Answer:
        """The actions that a question asks for, a section's gist, or what the evidence says."""
        return (
            (None if self._beyond_actions(question) else self._actions(question))
            or lookup_section(question, self._source)
            or self._from_evidence(question, only)
        )

    def _actions(self, question: Question) -> Answer | None:
        return recommendation_answer(question, self._source, self._ranker, self._acronyms)

    def _beyond_actions(self, question: Question) -> bool:
        """Whether a question wants points from several places, and more than actions."""
        more = question.intents.get("several", 0.0) > question.intents.get("actions", 0.0)
        return more and not asks_for_a_deadline(question.text) and self._wide(question)

    def _beyond_grades(self, question: Question) -> bool:
        """Whether a question asks for points from several places, and is not surely one on grades alone."""
        likely = intent.together(question.intents, intent.GRADES)
        return question.kind == "several" and likely < SURELY_GRADES and self._wide(question)

    def _wide(self, question: Question) -> bool:
        return self._breadth(question, self._ranker.rank(question)) >= SEVERAL

    def _breadth(self, question: Question, ranked: Sequence[Candidate]) -> float:
        """How likely an answer takes points from several places; 0 for a follow-up and for one that wants a value."""
        return 0.0 if question.completed or question.wants else breadth(question, ranked, self._source)

    def _understand(self, asked: str, text: str, scope: str | None) -> Question:
        question = understand(asked, expand(text, self._acronyms, self._usual), self._source.part_terms)
        question = replace(question, intents=self._intents(text))
        return question if question.part or scope is None else replace(question, part=scope)

    def _looked_up(self, question: Question, only: frozenset[str] | None) -> Answer | None:
        within = topic_within(question, self._source)
        if within and only is None:
            return self._from_evidence(
                replace(question, terms=self._understand(question.asked, within[1], None).terms), within[0]
            )
        routes: tuple[Callable[[], Answer | None], ...] = (
            lambda: lookup_paragraphs(question, self._source),
            lambda: front_answer(question, self._source),
            lambda: acronym_answer(question, self._source, self._acronyms),
            lambda: None if self._beyond_grades(question) else grade_answer(question, self._source),
        )
        return next((found for route in routes if (found := route()) is not None), None)

    def _from_evidence(self, question: Question, only: frozenset[str] | None) -> Answer:
        found = self._gathered(question, only) or self._selected(question, only)
        considered = _considered(found.ranked)
        verdict = found.verdict
        if self._gate and not verdict.enough:
            reason = verdict.missing or "the report has nothing on this"
            related = [c.paragraph for c in considered[:3]]
            text = does_not_say(reason)
            return refusal(
                found.question,
                self._source,
                text,
                reason,
                related=related,
                considered=considered,
                confidence=verdict.confidence,
            )
        return answer(
            found.question,
            self._source,
            [*found.opening, *(quoted(self._source.cite(*span)) for span in found.selection.spans)],
            related=found.selection.related,
            considered=considered,
            confidence=verdict.confidence,
        )

    def _selected(self, question: Question, only: frozenset[str] | None) -> _Found:
        """The best sentences."""
        ranked = self._ranker.rank(question, only=only)
        verdict = judge(question, ranked, self._source)
        if verdict.best is not None and verdict.best is not ranked[0]:
            ranked = ranked.opened_by(verdict.best)
        return _Found(question, ranked, select(question, ranked, self._source), verdict)

    def _gathered(self, question: Question, only: frozenset[str] | None) -> _Found | None:
        """Points from several paragraphs, ``None`` for a question that does not seem to want them.

        A question that asks for them outright is judged by its topic, any other as it is.
        """
        ranked = self._ranker.rank(question, only=only)
        outright = asks_outright(question, self._source)
        wide = self._breadth(question, ranked)
        if not outright and wide < SEVERAL:
            return None
        opening = self._grades(question)
        long = wide >= (LONG_OUTRIGHT if outright else LONG)
        room = (MOST_WORDS if long else SHORT) - sum(words(s.text) for s in opening)
        gathered, selection = gather(question, self._source, self._ranker, only, room=room)
        if outright:
            question = replace(about(question, self._source), completed=question.completed)
            ranked = gathered
        return _Found(question, ranked, selection, judge(question, ranked, self._source), opening)

    def _grades(self, question: Question) -> Sequence[Statement]:
        """The grades that a question for points speaks of too, if they are few: they open its answer."""
        found = grade_answer(question, self._source)
        if found is None or found.status != "answered" or words(found.text) > MOST_OPENING:
            return ()
        return found.statements


def _checked(question: str) -> str:
    text = question.strip()
    if not text:
        raise QuestionError("There is no question. Type what you want to know about the report.")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(text):,} characters; at most {LONGEST_QUESTION:,} can be asked. Shorten "
            f"it and ask again."
        )
    return text


def _considered(ranked: Sequence[Candidate]) -> tuple[Considered, ...]:
    """The best paragraphs with the signs that spoke for each."""
    best: dict[str, Candidate] = {}
    for candidate in ranked:
        best.setdefault(candidate.paragraph, candidate)
        if len(best) == MOST_CONSIDERED:
            break
    return tuple(
        Considered(number, round(min(max(c.score, 0.0), 1.0), 4), _why(c)) for number, c in best.items()
    )


def _why(candidate: Candidate) -> tuple[str, ...]:
    signs = [f"sentence alike: {candidate.cosine:.2f}"]
    if candidate.question:
        signs.append(f"answers a question like “{candidate.question}”: {candidate.question_cosine:.2f}")
    return (*signs, f"words of the question covered: {candidate.coverage:.0%}")
