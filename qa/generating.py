"""Answers written by a language model, of which only what the report supports is ever shown.

The quotes answer comes first and decides whether there is an answer at all. The model then writes from the paragraphs
that were found; each of its statements is verified, cited anew if other paragraphs support it, or taken out.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic, perf_counter

from corpus.values import Report
from qa import prompts
from qa.brief.brief import Briefer
from qa.compose import TEMPLATES, cited_numbers, does_not_say, text_of
from qa.models import Model, ModelError, bounded
from qa.pipeline import MOST_RELATED, Pipeline
from qa.question import wants
from qa.rewriting import Rewriter
from qa.source import Source
from qa.text import plain
from qa.values import QUOTES, Answer, Citation, Removed, Statement
from qa.valuetypes import missing_value
from qa.verify.statements import StatementVerifier, Support
from qa.verify.values import Kind
from qa.verify.verifier import Verifier
from qa.written import Draft, finished, parse, refuses

MOST_STATEMENTS = 6  # of an answer
MOST_GIVEN = 8  # paragraphs that the model writes from
MOST_GIVEN_CHARACTERS = 6_000  # of them together, the first one whole in any case
SHORTEST_QUOTE = 3  # words in quotation marks that must stand in the report exactly so

NOTE_FAILED = "Quotes from the report, because the language model gave no answer: {why}."
NOTE_NOTHING_LEFT = "Quotes from the report, because nothing that the language model wrote could be shown."
NOTE_OFF_TARGET = (
    "Quotes from the report, because what was left of the language model's answer did not answer it."
)
NOTE_EMPTY = "Quotes from the report, because the language model wrote nothing."
REASON_MODEL = "the report has nothing that answers this"

_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_NO_PROSE = re.compile(r"[\[\]<>{}|\\^]|https?:|www\.")


@dataclass
class _Answering:
    """What has been decided about a reply so far."""

    given: tuple[str, ...]
    seen: set[Draft] = field(default_factory=set)
    kept: list[Statement] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)


class Generating:
    """Asks like a :class:`Pipeline`; a language model writes those answers that come from evidence.

    ``removed_text=False`` forgets the words of what is taken out, for whoever shows or keeps answers.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        model: Model,
        verifier: StatementVerifier | None = None,
        *,
        seconds: float = 30.0,
        removed_text: bool = True,
    ) -> None:
        self.pipeline = pipeline
        self._model = model
        self._verifier = verifier or StatementVerifier(pipeline.source)
        self._seconds = seconds
        self._removed_text = removed_text
        self._rewriter = Rewriter(pipeline, model)

    @property
    def generator(self) -> str:
        """The name of the model."""
        return self._model.name

    @property
    def report(self) -> Report:
        """The report that is asked."""
        return self.pipeline.report

    @property
    def source(self) -> Source:
        """The report with all that is known about it."""
        return self.pipeline.source

    @property
    def index_id(self) -> str:
        """The short name of the index."""
        return self.pipeline.index_id

    def checker(self) -> Verifier:
        """What checks claims against the report."""
        return self.pipeline.checker()

    def briefer(self) -> Briefer:
        """What gathers what the report says on topics."""
        return self.pipeline.briefer()

    def next_questions(self, answer: Answer) -> tuple[str, ...]:
        """A few questions that a reader of the answer may ask next."""
        return self.pipeline.next_questions(answer)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        scope: str | None = None,
        only: frozenset[str] | None = None,
        generator: str | None = None,
    ) -> Answer:
        """The answer; ``generator="quotes"`` leaves the model out. See :meth:`Pipeline.ask`."""
        stream = self.ask_stream(question, history, scope=scope, only=only, generator=generator)
        return next(item for item in stream if isinstance(item, Answer))

    def ask_stream(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        scope: str | None = None,
        only: frozenset[str] | None = None,
        generator: str | None = None,
        stop: threading.Event | None = None,
    ) -> Iterator[Statement | Answer]:
        """Each statement of a model as soon as it is verified, and the whole answer as the last item.

        The answer is what counts: if the model fails midway it is the quotes answer. Setting ``stop``, or closing the
        iterator, ends the model's work at once.
        """
        started = perf_counter()
        until = monotonic() + self._seconds
        stop = stop or threading.Event()
        if generator == QUOTES:
            yield self.pipeline.ask(question, history, scope=scope, only=only)
            return
        found = self._rewriter.ask(question, history, scope=scope, only=only, until=until, stop=stop)
        if not may_write(found):
            yield replace(found, seconds=round(perf_counter() - started, 4))
            return
        state = _Answering(self._given(found))
        note = ""
        try:
            replied = yield from self._write(found, state, until, stop)
            answer = self._answer(found, state, replied)
        except ModelError as error:
            note = NOTE_FAILED.format(why=error)
            answer = replace(found, removed=tuple(state.removed), note=note)
        yield replace(self._forgotten(answer), seconds=round(perf_counter() - started, 4))

    def _given(self, found: Answer) -> tuple[str, ...]:
        """The paragraphs that a model may write from: those cited, then the best considered."""
        numbers = dict.fromkeys((*cited_numbers(found.statements), *(c.paragraph for c in found.considered)))
        given: list[str] = []
        length = 0
        for number in list(numbers)[:MOST_GIVEN]:
            length += len(self.source.paragraphs[number].text)
            if given and length > MOST_GIVEN_CHARACTERS:
                break
            given.append(number)
        return tuple(given)

    def _write(
        self, found: Answer, state: _Answering, until: float, stop: threading.Event
    ) -> Generator[Statement, None, str]:
        """The statements that may be shown, as they come; returns the whole reply."""
        paragraphs = [self.source.paragraphs[number] for number in state.given]
        system, user = prompts.answer_prompt(
            found.understood or found.question,
            [(p.number, " › ".join(p.section), p.text) for p in paragraphs],
            most=MOST_STATEMENTS,
        )
        reply, looked_at = "", ""
        for piece in bounded(self._model, system, user, until=until, stop=stop):
            reply += piece
            whole = finished(reply) if "\n" in piece else ""
            if len(whole) > len(looked_at):
                looked_at = whole
                yield from self._verified(parse(whole), state, until, stop)
        yield from self._verified(parse(reply), state, until, stop)
        return reply

    def _verified(
        self, drafts: Sequence[Draft], state: _Answering, until: float, stop: threading.Event
    ) -> Iterator[Statement]:
        for draft in drafts:
            if draft in state.seen or len(state.kept) == MOST_STATEMENTS:
                continue
            if stop.is_set():
                raise ModelError("it was stopped")
            if monotonic() > until:
                raise ModelError("it took too long")
            state.seen.add(draft)
            support = self._support(draft, state.given)
            if not support.citations:
                state.removed.append(Removed(draft.text, draft.paragraphs, tuple(support.problems)))
                continue
            statement = Statement(_closed(draft.text), support.citations)
            if not any(_says(statement.text) == _says(other.text) for other in state.kept):
                state.kept.append(statement)
                yield statement

    def _support(self, draft: Draft, given: Sequence[str]) -> Support:
        """What supports a draft in the paragraphs that it cites, or else in the others that were given."""
        if _NO_PROSE.search(draft.text):
            return Support(problems=("fabricated",))
        own = [number for number in draft.paragraphs if number in given]
        tried = self._verifier.support(draft.text, own) if own else Support(problems=("wrong_paragraph",))
        if not tried.citations:
            other = self._verifier.support(draft.text, given)
            kinds: tuple[Kind, ...] = tried.problems if own else (*tried.problems, *other.problems)
            tried = other if other.citations else Support(problems=tuple(dict.fromkeys(kinds)))
        if tried.citations and not self._quotes_exactly(draft.text, tried.citations):
            return Support(problems=("fabricated",))
        return tried

    def _quotes_exactly(self, text: str, citations: Sequence[Citation]) -> bool:
        """Whether all words in quotation marks stand so in the cited paragraphs."""
        texts = [_squeezed(self.source.paragraphs[c.evidence.paragraph].text) for c in citations]
        quotes = [q for q in _QUOTED.findall(text) if len(q.split()) >= SHORTEST_QUOTE]
        return all(any(_squeezed(quote).strip(" .,;") in one for one in texts) for quote in quotes)

    def _answer(self, found: Answer, state: _Answering, reply: str) -> Answer:
        removed = tuple(state.removed)
        if refuses(reply):
            related = (*cited_numbers(found.statements), *found.related)
            return replace(
                found,
                status="not_in_report",
                text=does_not_say(REASON_MODEL),
                statements=(),
                related=tuple(dict.fromkeys(related))[:MOST_RELATED],
                reason=REASON_MODEL,
                generator=self.generator,
                confidence=0.0,
            )
        if not state.kept:
            return replace(found, removed=removed, note=NOTE_NOTHING_LEFT if removed else NOTE_EMPTY)
        if not still_answers(found, state.kept):
            return replace(found, removed=removed, note=NOTE_OFF_TARGET)
        cited = cited_numbers(state.kept)
        related = (*(n for n in cited_numbers(found.statements) if n not in cited), *found.related)
        return replace(
            found,
            text=text_of(state.kept),
            statements=tuple(state.kept),
            related=tuple(n for n in dict.fromkeys(related) if n not in cited)[:MOST_RELATED],
            removed=removed,
            generator=self.generator,
        )

    def _forgotten(self, answer: Answer) -> Answer:
        if self._removed_text:
            return answer
        return replace(answer, removed=tuple(Removed("", (), one.problems) for one in answer.removed))


def may_write(found: Answer) -> bool:
    """Whether an answer is one that a model may write: a whole one that quotes evidence, no look-up and no refusal."""
    quotes: Callable[[Statement], bool] = lambda s: (  # noqa: E731
        len(s.citations) == 1 and s.text == TEMPLATES["quote"].format(quote=s.citations[0].evidence.quote)
    )
    return (
        found.status == "answered"
        and bool(found.considered)
        and not found.sensitive
        and all(map(quotes, found.statements))
    )


def still_answers(found: Answer, kept: Sequence[Statement]) -> bool:
    """Whether what was kept still answers: from a paragraph of the quotes answer, with the value that is asked for."""
    if not set(cited_numbers(kept)) & set(cited_numbers(found.statements)):
        return False
    asked = wants(found.understood or found.question)
    quoted = " ".join(statement.text for statement in found.statements)
    written = " ".join(statement.text for statement in kept)
    return missing_value(asked, quoted) is not None or missing_value(asked, written) is None


def _closed(text: str) -> str:
    return text if text.endswith((".", "!", ".”", '."', ".)")) else f"{text.rstrip(' ,;:')}."


def _says(text: str) -> str:
    return "".join(c for c in plain(text) if c.isalnum())


def _squeezed(text: str) -> str:
    return " ".join(plain(text).split())
