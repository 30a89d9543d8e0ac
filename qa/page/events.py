"""What happens when the page loads, a question is sent or stopped, or a program asks."""

from __future__ import annotations

import asyncio
import logging
import threading
import traceback
from collections.abc import AsyncGenerator, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import gradio as gr

from corpus.values import Report
from qa.errors import QAError, QuestionError
from qa.page.conversation import Conversation, Turn, history
from qa.page.limits import Limits
from qa.page.log import WAITING, WRITING, keeping, log
from qa.page.markup import Html, tag, text
from qa.page.service import Service
from qa.page.signin import limited_by, owner_of
from qa.page.store import Store
from qa.page.talk import Talk, kept, without_pending
from qa.shelf import Shelf, Shelves
from qa.values import QUOTES, Answer, Statement

ToJson = Callable[[Answer], dict[str, Any]]
Shown = tuple[str, str, Html, Html, Talk, Html]
"""Question box, place of an edited question, log, what is kept, conversation, and the notice under the box."""

POLL = 1.0  # seconds between looks at whether loading is over
LONGEST_HISTORY = 100  # questions
LARGEST_HISTORY = 100_000  # characters
WHOLE = "Whole report"
EMPTY = "Please type a question first."
WAITS = "Your question is waiting and will be answered as soon as that is done."
STOPPED = "Stopped. Your question is in the box again."
UNEXPECTED = (
    "Something went wrong here, and not with your question. Please try again; if it happens again, tell "
    "whoever runs this page."
)


def notice(words: str) -> Html:
    """A line that is announced when its words change; empty it takes no room."""
    return tag("p", text(words), role="status")


@dataclass(frozen=True)
class Events:
    """What the page does, over what it has to do it with."""

    shelves: Shelves
    service: Service
    store: Store
    limits: Limits
    generator: str = QUOTES

    @property
    def shown(self) -> Shelf:
        """What the page is about now."""
        return self.shelves.now

    @property
    def report(self) -> Report:
        """The report that stands first."""
        return self.shown.main

    async def replying(
        self,
        question: str,
        scope: str | None,
        writer: str | None,
        reports: list[str] | None,
        edited: str,
        talk: Talk,
        request: gr.Request,
    ) -> AsyncGenerator[Shown, None]:
        """What :meth:`reply` shows, worked out beside the page; it stops at once when the reader stops it.

        ``reports`` are those to ask; all are asked if none is chosen.
        """
        stop = threading.Event()
        shown = self.reply(question, scope, writer, edited, talk, request, stop, reports=reports or None)
        try:
            while (view := await asyncio.to_thread(next, shown, None)) is not None:
                yield view
        finally:
            stop.set()

    def reply(
        self,
        question: str,
        scope: str | None,
        writer: str | None,
        edited: str,
        talk: Talk,
        request: gr.Request,
        stop: threading.Event,
        *,
        reports: list[str] | None = None,
    ) -> Iterator[Shown]:
        """Show the question, wait for loading if need be, show what is written and what came of it.

        ``writer`` is ``quotes`` to leave a language model out. ``edited`` is the place of the question that this one
        takes the place of, with all that came after it; empty for a new one. Once ``stop`` is set, nothing is kept.
        """
        before = without_pending(talk)
        if not question.strip():
            yield question, edited, *self._views(before, request), before, notice(EMPTY)
            return
        place = _place(edited)
        earlier = before.turns if place is None else before.turns[:place]
        asked = replace(before, turns=(*earlier, Turn(question)))
        below = self._views(before, request)[1]
        yield "", "", log(asked, self.shown), below, asked, notice("")
        while not self.service.wait(POLL) and not stop.is_set():
            waiting = f"{self.service.progress} {WAITS}"
            yield "", "", log(asked, self.shown, waiting=waiting), below, asked, notice("")
        try:
            _check_reports(reports, self.shown)
            with self.limits.asking(limited_by(request), question):
                written: list[Statement] = []
                for item in self._worked_out(question, earlier, scope, writer, stop, reports):
                    if isinstance(item, Turn):
                        turn = item
                        continue
                    written.append(item)
                    sofar = log(asked, self.shown, waiting=WRITING, written=written)
                    yield "", "", sofar, below, asked, notice("")
        except QuestionError as error:
            yield question, edited, *self._views(before, request), before, notice(str(error))
            return
        if stop.is_set():
            return
        done, warning = kept(replace(before, turns=(*earlier, turn)), owner_of(request), self.store)
        yield "", "", *self._views(done, request), done, notice(warning)

    def stop(self, talk: Talk, request: gr.Request) -> Shown:
        """Give up the question that is being worked out and put it back into the box."""
        before = without_pending(talk)
        waiting = [turn.question for turn in talk.turns if turn not in before.turns]
        question = waiting[-1] if waiting else ""
        return question, "", *self._views(before, request), before, notice(STOPPED if question else "")

    def start_afresh(self, request: gr.Request) -> Shown:
        """Begin a new conversation; the one before is kept."""
        return "", "", *self._views(Talk(), request), Talk(), notice("")

    def open(self, wanted: str, request: gr.Request) -> tuple[Any, ...]:
        """Log, what is kept, and conversation that the page's address names, if it is the reader's.

        With no such conversation the log and the conversation are left as they are: a question may be under way.
        """
        turns = self.store.load(owner_of(request), wanted) if wanted else None
        if not turns:
            return gr.skip(), self._views(Talk(), request)[1], gr.skip()
        talk = Talk(wanted, turns)
        return *self._views(talk, request), talk

    def loading(self) -> tuple[Html, gr.Timer]:
        """Say that question answering is loading, to be asked again until it is there."""
        if not self.service.wait(0):
            said = f"{self.service.progress} You can read the report and ask now; the answer will come."
            return notice(said), gr.Timer(active=True)
        failure = self.service.failure
        said = "" if failure is None else f"Questions cannot be answered now: {failure}"
        return notice(said), gr.Timer(active=False)

    def _views(self, talk: Talk, request: gr.Request) -> tuple[Html, Html]:
        last = talk.turns[-1].answer if talk.turns else None
        questions = self.service.next_questions(last) if last is not None else ()
        shown = log(talk, self.shown, waiting=WAITING, questions=questions)
        return shown, keeping(talk, self.store.listed(owner_of(request)))

    def _worked_out(
        self,
        question: str,
        earlier: Conversation,
        scope: str | None,
        writer: str | None,
        stop: threading.Event,
        reports: list[str] | None,
    ) -> Iterator[Statement | Turn]:
        """What is written, then the question with its answer or the problem; one that cannot be asked is raised."""
        half = scope if scope in halves_of(self.report) else None
        generator = QUOTES if writer == QUOTES else None
        asked = datetime.now(UTC)
        try:
            for item in self.service.stream(
                question, history(earlier), scope=half, generator=generator, stop=stop, reports=reports
            ):
                yield Turn(question, item, asked=asked) if isinstance(item, Answer) else item
        except QuestionError:
            raise
        except Exception as error:
            yield Turn(question, problem=_in_words(error), asked=asked)


def endpoint(events: Events, to_json: ToJson) -> Callable[..., dict[str, Any]]:
    """What ``/ask`` does for a program."""

    def ask(
        question: str,
        history: list[str] | None = None,
        scope: str | None = None,
        reports: list[str] | None = None,
        *,
        request: gr.Request | None = None,
    ) -> dict[str, Any]:
        """Answer a question about the reports.

        ``history`` holds the earlier questions of the conversation, oldest first; ``scope`` is the name of a
        half of a report, or nothing for the whole; ``reports`` are the ids of those to ask, or nothing for all.
        Returns the answer as one JSON object.
        """
        try:
            check_request(question, history, scope, events.report)
            _check_reports(reports, events.shown)
            with events.limits.asking(limited_by(request), question):
                earlier = tuple(history or ())
                return to_json(events.service.ask(question, earlier, scope=scope, reports=reports or None))
        except Exception as error:
            raise gr.Error(_in_words(error), print_exception=False) from None

    return ask


def _check_reports(reports: object, shelf: Shelf) -> None:
    if reports is None:
        return
    if not (isinstance(reports, list) and all(isinstance(one, str) for one in reports)):
        raise QuestionError("The reports must be a list of texts, their ids, or left out.")
    gone = next((one for one in reports if shelf.get(one) is None), None)
    if gone is not None:
        raise QuestionError(
            f"There is no report {gone!r} among those that can be asked; it may have been removed. Load the page again "
            f"to choose among: {', '.join(report.id for report in shelf)}."
        )


def check_request(question: object, history: object, scope: object, report: Report) -> None:
    """Raises :class:`QuestionError` if a request is not of the documented form: anyone can send anything."""
    if not isinstance(question, str):
        raise QuestionError(f"The question must be text, not {type(question).__name__}.")
    _check_history([] if history is None else history)
    halves = halves_of(report)
    if scope is not None and scope not in halves:
        raise QuestionError(f"There is no scope {scope!r}. Leave it out or use one of: {', '.join(halves)}.")


def _check_history(history: object) -> None:
    if not isinstance(history, list) or not all(isinstance(one, str) for one in history):
        raise QuestionError("The history must be a list of texts, the earlier questions, or left out.")
    if len(history) > LONGEST_HISTORY or sum(map(len, history)) > LARGEST_HISTORY:
        limits = f"{LONGEST_HISTORY} questions and {LARGEST_HISTORY:,} characters"
        raise QuestionError(f"The history may hold at most {limits}. Send only the latest questions.")


def halves_of(report: Report) -> tuple[str, ...]:
    """The names of the parts of the report that hold other headings, in order."""
    return tuple(dict.fromkeys(section.part for section in report.sections if len(section.path) > 1))


def _place(edited: str) -> int | None:
    """The place of an edited question; ``None`` for a new one, whatever the browser sent."""
    return int(edited) if edited.isascii() and edited.isdigit() and len(edited) < 6 else None


def _in_words(error: Exception) -> str:
    """What a reader is told of an error; the log gets where it happened, but never what was asked."""
    if isinstance(error, QAError):
        return str(error)
    where = "".join(traceback.format_tb(error.__traceback__))
    logging.getLogger(__name__).error("A question failed with %s:\n%s", type(error).__name__, where)
    return UNEXPECTED
