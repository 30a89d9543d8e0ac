"""Questions over several reports: to the one that a question names, else to each in scope, put together honestly."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Event, Lock
from time import perf_counter
from typing import Protocol, runtime_checkable

from corpus.values import Report
from qa import guard, intent
from qa.across import compared
from qa.brief.brief import Briefer
from qa.compose import TEMPLATES, does_not_say, report_prefix
from qa.errors import InputError, QuestionError
from qa.followup import REMEMBERED, needs_history, points_back
from qa.merging import Found, merge, none_answers
from qa.naming import Naming, listed
from qa.pipeline import LONGEST_QUESTION
from qa.places import PLACES
from qa.singular import of_one_report
from qa.source import Source
from qa.text import terms, words
from qa.values import QUOTES, Answer, Statement
from qa.verify.verifier import Verifier

_WITH_OTHERS = re.compile(
    r"\b(?:all|any|the)? ?other (?:\w+ )?(?:councils?|authorit(?:y|ies)|boroughs?|count(?:y|ies)|reports?)\b"
    r"|\b(?:than|with|to|and|beside) the (?:others|rest)\b",
    re.IGNORECASE,
)
OWN_COUNCIL = "the council where the child lives"


class Asks(Protocol):
    """What answers questions about one report."""

    def ask(self, question: str, history: Sequence[str] = (), *, scope: str | None = None) -> Answer:
        """The answer to a question after the earlier ones in ``history``."""
        ...

    @property
    def source(self) -> Source:
        """The report with all that is known about it."""
        ...

    @property
    def index_id(self) -> str:
        """The short name of the index."""
        ...

    def checker(self) -> Verifier:
        """What checks claims against the report."""
        ...

    def briefer(self) -> Briefer:
        """What gathers what the report says on topics."""
        ...

    def next_questions(self, answer: Answer) -> tuple[str, ...]:
        """What a reader of the answer may ask next."""
        ...


@runtime_checkable
class Writes(Protocol):
    """What answers with a language model, or without it where ``generator`` is ``quotes``."""

    def ask_stream(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        scope: str | None = None,
        generator: str | None = None,
        stop: Event | None = None,
    ) -> Iterator[Statement | Answer]:
        """The statements and then the answer."""
        ...


@dataclass(frozen=True, slots=True)
class How:
    """How a report is asked: the half to prefer, what writes the answer (``None``: as it is set), and when to stop."""

    scope: str | None = None
    generator: str | None = None
    stop: Event | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """A question as it is meant: the reports that it names, and its words without those names.

    ``asked`` is what was typed, ``None`` if the words are those of an earlier question; ``earlier`` are the questions
    before, without the names of reports; ``told`` says that the question itself names its reports.
    """

    reports: tuple[str, ...]
    text: str
    asked: str | None
    earlier: tuple[str, ...] = ()
    told: bool = False


class Library:
    """Answers questions about several reports. Each is loaded when it is first asked.

    ``make`` gives what answers questions about the report of an id.
    """

    def __init__(
        self, reports: Sequence[Report], make: Callable[[str], Asks], *, council: str = OWN_COUNCIL
    ) -> None:
        if not reports:
            raise InputError("There is no report to ask. Add one: python -m corpus add FILE")
        self.reports = tuple(reports)
        self.naming = Naming([report.metadata for report in reports])
        self._make = make
        self._made: dict[str, Asks] = {}
        self._lock = Lock()
        self._council = council

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the reports, in their order."""
        return tuple(report.id for report in self.reports)

    def asker(self, report_id: str) -> Asks:
        """What answers questions about one report; made at first use."""
        with self._lock:
            if report_id not in self._made:
                self._made[report_id] = self._make(report_id)
            return self._made[report_id]

    @property
    def index_id(self) -> str:
        """What names the indexes that were asked so far, in the order of their reports."""
        return " ".join(self._made[report_id].index_id for report_id in self.ids if report_id in self._made)

    def checker(self) -> Verifier:
        """What checks claims; they are set beside the first report."""
        return self.asker(self.ids[0]).checker()

    def briefer(self) -> Briefer:
        """What gathers topics and actions, of the first report."""
        return self.asker(self.ids[0]).briefer()

    def next_questions(self, answer: Answer) -> tuple[str, ...]:
        """What a reader of an answer of one report may ask next; nothing after an answer of several."""
        cited = {c.evidence.report for s in answer.statements for c in s.citations}
        if len(answer.reports) != 1 or cited != {answer.report} or answer.report not in self.ids:
            return ()
        return self.asker(answer.report).next_questions(answer)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        scope: str | None = None,
        reports: Collection[str] | None = None,
        generator: str | None = None,
        stop: Event | None = None,
    ) -> Answer:
        """The answer to a question; ``reports`` are the ids of those to ask, all if ``None``.

        ``scope`` is the half of a report to prefer. A language model writes answers of one report only; ``generator``
        leaves it out there too if it is ``quotes``, and ``stop`` ends its work. Raises :class:`QuestionError` for a
        question that cannot be asked.
        """
        started = perf_counter()
        chosen = self._chosen(reports)
        if not 0 < len(question.strip()) <= LONGEST_QUESTION:
            return self.asker(chosen[0]).ask(question)  # raises what is wrong with it
        found = self._ask(question, history, How(scope, generator, stop), chosen)
        if found.sensitive:
            found = replace(found, text=guard.DISCLOSURE.format(council=self._council))
        return replace(found, question=question.strip(), seconds=round(perf_counter() - started, 4))

    def _chosen(self, reports: Collection[str] | None) -> tuple[str, ...]:
        if reports is None:
            return self.ids
        unknown = sorted(set(reports) - set(self.ids))
        if unknown or not reports:
            raise QuestionError(
                f"There is no report {unknown[0]!r} among those that can be asked: {', '.join(self.ids)}."
                if unknown
                else "No report is chosen. Choose at least one."
            )
        return tuple(report_id for report_id in self.ids if report_id in reports)

    def _ask(self, question: str, history: Sequence[str], how: How, chosen: tuple[str, ...]) -> Answer:
        if self._tells_of_harm(question, chosen[0]):
            return replace(self.asker(chosen[0]).ask(question), reports=chosen)
        meant = self._meant(question, [q for q in history if q.strip()][-REMEMBERED:])
        if meant.reports and _WITH_OTHERS.search(question):
            meant = replace(meant, reports=(), told=False)  # one report beside all the others
        wanted = tuple(report_id for report_id in meant.reports if report_id in chosen)
        if meant.reports and not wanted:
            return self._not_chosen(question, meant.reports, chosen)
        if len(wanted or chosen) == 1:
            return self._of_one((wanted or chosen)[0], meant, how)
        return self._of_several(question, meant, wanted or chosen, how)

    def _tells_of_harm(self, question: str, report_id: str) -> bool:
        """Whether a text tells of harm to a child, which comes before all else."""
        index, weights = self.asker(report_id).source.index, intent.fitted()
        if index.encoder_fingerprint != weights.fingerprint:
            return guard.disclosure(question, None)
        return guard.disclosure(question, weights.likelihoods(index.vector(question)).get("disclosure"))

    # --- what is meant

    def _meant(self, question: str, history: Sequence[str]) -> Meant:
        """The question with what it leaves out, report or topic, taken from the earlier ones."""
        named = self.naming.named(question)
        left = self.naming.without(question, self._years(named))
        if not history:
            return Meant(named, left, question, told=bool(named))
        before = self._meant(history[-1], history[:-1])
        earlier = (*before.earlier, before.text)
        if not named and not self._leans(question):
            return Meant((), left, question, earlier)
        if not named:
            siblings = self.naming.same_authority(before.reports)
            of_year = self.naming.of_years(siblings, question) if len(siblings) > 1 else ()
            named, left = of_year or before.reports, self.naming.without(question, self._years(of_year))
        if self._bare(left, named):
            text = before.text
            if named != before.reports:
                text = self.naming.without_years(text, self._years(before.reports))
            return Meant(named, text, None, before.earlier, told=True)
        return Meant(named, left, question, earlier, told=bool(named))

    def _years(self, report_ids: Sequence[str]) -> set[str]:
        return {year for names in self.naming.all if names.id in report_ids for year in names.years}

    def _leans(self, question: str) -> bool:
        return needs_history(question) or points_back(question)

    def _bare(self, left: str, named: Sequence[str]) -> bool:
        """Whether a question says nothing but which report is meant (``and in Anytown?``)."""
        own = self._years(named)
        return bool(named) and not [t for t in terms(left) if t not in ("council", "report") and t not in own]

    # --- one report

    def _of_one(self, report_id: str, meant: Meant, how: How) -> Answer:
        asker = self.asker(report_id)
        # A report with everyday questions knows its authority's name from them, but nobody's id.
        as_typed = meant.asked is not None and asker.source.expansions and report_id not in meant.asked
        text = meant.asked if as_typed and meant.asked else meant.text
        answered = self._put(asker, text, meant.earlier, how)
        if answered.text.startswith(does_not_say("")[:-2]) and len(self.ids) > 1:
            text = TEMPLATES["in_report"].format(report=self.naming.label(report_id), text=answered.text)
            answered = replace(answered, text=text)
        related = tuple(f"{report_prefix(report_id)}{number}" for number in answered.related)
        return replace(answered, reports=(report_id,), related=related)

    @staticmethod
    def _put(asker: Asks, text: str, earlier: Sequence[str], how: How) -> Answer:
        """A question put to one report; a half that it does not have is not asked for."""
        scope = how.scope if how.scope in asker.source.parts else None
        if isinstance(asker, Writes):
            stream = asker.ask_stream(text, earlier, scope=scope, generator=how.generator, stop=how.stop)
            return next(item for item in stream if isinstance(item, Answer))
        return asker.ask(text, earlier, scope=scope)

    # --- several

    def _of_several(self, question: str, meant: Meant, wanted: tuple[str, ...], how: How) -> Answer:
        stranger = self._stranger(meant.text, wanted)
        if stranger:
            return self._refused(question, wanted, f"no report here is about {stranger}")
        sources = [self.asker(report_id).source for report_id in wanted]
        asking = guard.without_instructions(meant.text)
        graded = None if guard.opinion(question) else compared(question, asking, sources, self.naming)
        if graded is not None:
            return replace(graded, reports=wanted)
        text = of_one_report(meant.text)
        found: list[Found] = []
        for report_id, source in zip(wanted, sources, strict=True):
            # A model would have to write as many answers as there are reports.
            answer = self._put(self.asker(report_id), text, meant.earlier, How(how.scope, QUOTES))
            if answer.sensitive:
                return replace(answer, reports=wanted, related=())
            found.append(Found(report_id, self.naming.label(report_id), answer, source))
        merged = merge(question, text, found, told=meant.told) or none_answers(question, text, found)
        return replace(merged, reports=wanted)

    def _stranger(self, text: str, wanted: Sequence[str]) -> str | None:
        """The name of a place in a question that none of the reports speaks of."""
        sources = [self.asker(report_id).source for report_id in wanted]
        for token in words(text):
            word = token.removesuffix("'s")
            if word not in PLACES or self.naming.knows(word):
                continue
            if not any(word in source.vocabulary.in_words for source in sources):
                return word.capitalize()
        return None

    def _not_chosen(self, question: str, named: Sequence[str], chosen: Sequence[str]) -> Answer:
        missing = (
            f"the report {listed([self.naming.label(i) for i in named])} is not among those that are asked"
        )
        if len(named) > 1:
            missing = missing.replace("the report ", "the reports ", 1).replace(" is not", " are not", 1)
        return self._refused(question, chosen, missing)

    def _refused(self, question: str, chosen: Sequence[str], reason: str) -> Answer:
        return Answer(
            question=question,
            status="not_in_report",
            text=f"{reason[0].upper()}{reason[1:]}.",
            report=chosen[0],
            reason=reason,
            understood=question,
            confidence=0.0,
            reports=tuple(chosen),
        )
