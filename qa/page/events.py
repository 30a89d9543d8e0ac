"""What happens when the page loads, a question is sent, or a program asks."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from corpus.values import Report
from qa.errors import QAError, QuestionError
from qa.page.conversation import Conversation, Turn, history, log
from qa.page.markup import Html, tag, text
from qa.page.service import Service
from qa.values import Answer

ToJson = Callable[[Answer], dict[str, Any]]
Shown = tuple[str, Html, Conversation, Html]
"""The question box, the log, the conversation and the notice under the box, as an event leaves them."""

POLL = 1.0  # seconds between looks at whether loading is over
LONGEST_HISTORY = 100  # questions
LARGEST_HISTORY = 100_000  # characters
EMPTY = "Please type a question first."
WAITS = "Your question is waiting and will be answered as soon as that is done."
UNEXPECTED = (
    "Something went wrong here, and not with your question. Please try again; if it happens again, tell "
    "whoever runs this page."
)


def notice(words: str) -> Html:
    """A line that is announced when its words change; empty it takes no room."""
    return tag("p", text(words), role="status")


def replying(report: Report, service: Service) -> Callable[[str, Conversation], Iterator[Shown]]:
    """What sending a question does: show it, wait for loading if need be, show what came of it."""

    def reply(question: str, conversation: Conversation) -> Iterator[Shown]:
        if not question.strip():
            yield question, log(conversation, report), conversation, notice(EMPTY)
            return
        asked = (*conversation, Turn(question))
        yield "", log(asked, report), asked, notice("")
        while not service.wait(POLL):
            yield "", log(asked, report, waiting=f"{service.progress} {WAITS}"), asked, notice("")
        try:
            done = (*conversation, _turn(question, conversation, service))
            yield "", log(done, report), done, notice("")
        except QuestionError as error:
            yield question, log(conversation, report), conversation, notice(str(error))

    return reply


def starting_afresh(report: Report) -> Callable[[], Shown]:
    """What a new conversation does: empty the log."""
    return lambda: ("", log((), report), (), notice(""))


def loading(service: Service) -> Callable[[], AsyncIterator[Html]]:
    """What opening the page does: say that question answering is loading until it is there."""

    async def load() -> AsyncIterator[Html]:
        while not service.wait(0):
            yield notice(f"{service.progress} You can read the report and ask now; the answer will come.")
            await asyncio.sleep(POLL)
        failure = service.failure
        yield notice("" if failure is None else f"Questions cannot be answered now: {failure}")

    return load


def endpoint(report: Report, service: Service, to_json: ToJson) -> Callable[..., dict[str, Any]]:
    """What ``/ask`` does for a program."""
    import gradio as gr

    def ask(question: str, history: list[str] | None = None, scope: str | None = None) -> dict[str, Any]:
        """Answer a question about the report.

        ``history`` holds the earlier questions of the conversation, oldest first; ``scope`` is the name of a
        half of the report, or nothing for the whole. Returns the answer as one JSON object.
        """
        try:
            check_request(question, history, scope, report)
            return to_json(service.ask(question, tuple(history or ()), scope=scope))
        except Exception as error:
            raise gr.Error(_in_words(error), print_exception=False) from None

    return ask


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


def _turn(question: str, conversation: Conversation, service: Service) -> Turn:
    """The question with its answer or with the problem in words; one that cannot be asked is raised."""
    try:
        return Turn(question, service.ask(question, history(conversation)))
    except QuestionError:
        raise
    except Exception as error:
        return Turn(question, problem=_in_words(error))


def _in_words(error: Exception) -> str:
    """What a reader is told of an error; the log gets where it happened, but never what was asked."""
    if isinstance(error, QAError):
        return str(error)
    where = "".join(traceback.format_tb(error.__traceback__))
    logging.getLogger(__name__).error("A question failed with %s:\n%s", type(error).__name__, where)
    return UNEXPECTED
