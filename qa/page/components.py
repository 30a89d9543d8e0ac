"""The page: what stands where, and what happens when a question is sent."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import gradio as gr

from corpus.values import Report
from qa.errors import QAError, QuestionError
from qa.page.conversation import Conversation, Turn, history, log
from qa.page.markup import Html, tag, text
from qa.page.reading import masthead, pane
from qa.page.service import Service
from qa.values import Answer

ToJson = Callable[[Answer], dict[str, Any]]
Shown = tuple[Any, Html, Conversation, Html]
"""What an event returns: the question box, the log, the conversation, the notice under the box."""

_AT_ONCE = 8  # questions answered side by side; the rest queue
_POLL = 1.0  # seconds between looks at whether loading is over
_LONGEST_HISTORY = 100  # questions
_LARGEST_HISTORY = 100_000  # characters
_EMPTY = "Please type a question first."
_WAITS = "Your question is waiting and will be answered as soon as that is done."
_UNEXPECTED = (
    "Something went wrong here, and not with your question. Please try again; if it happens again, tell whoever "
    "runs this page."
)


def build_page(report: Report, service: Service, to_json: ToJson) -> gr.Blocks:
    """The page for one report. Only ``/ask`` is a public endpoint."""
    with gr.Blocks(
        title=f"Ask the report: {report.metadata.title}", analytics_enabled=False, fill_width=True
    ) as page:
        _html(masthead(report), "top")
        loading = _html(notice(""), "loading")
        conversation = gr.State(())
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="chat"):
                with gr.Row(elem_id="chat-toolbar", elem_classes="toolbar"):
                    _html(tag("h2", text("Conversation")), "conversation-name")
                    new = gr.Button("New conversation", elem_id="new-conversation")
                    _html(_read_button(), "read-report")
                shown = _html(log((), report), "conversation")
                box, send, problem = _composer()
            with gr.Column(elem_id="reading"):
                _html(pane(report), "report")
        outputs = [box, shown, conversation, problem]
        sent = gr.on(
            [box.submit, send.click],
            _replies(report, service),
            [box, conversation],
            outputs,
            concurrency_limit=_AT_ONCE,
            show_progress="hidden",
            api_visibility="private",
        )
        new.click(
            _fresh(report),
            None,
            outputs,
            cancels=[sent],
            show_progress="hidden",
            api_visibility="private",
        )
        page.load(
            _loading(service),
            None,
            loading,
            concurrency_limit=None,
            show_progress="hidden",
            api_visibility="private",
        )
        gr.api(_endpoint(report, service, to_json), api_name="ask", concurrency_limit=_AT_ONCE)
    page.queue(max_size=100)
    return page


def notice(words: str) -> Html:
    """A line that is announced when its words change; empty it takes no room."""
    return tag("p", text(words), role="status")


def _html(value: Html, name: str) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=None, apply_default_css=False)


def _read_button() -> Html:
    return tag("button", text("Read the report"), type="button", id="open-report")


def _composer() -> tuple[gr.Textbox, gr.Button, gr.HTML]:
    with gr.Column(elem_id="composer"):
        with gr.Row(elem_id="question-row"):
            box = gr.Textbox(
                label="Your question",
                lines=1,
                max_lines=6,
                elem_id="question",
                placeholder="Ask about the report",
            )
            send = gr.Button("Ask", elem_id="ask", variant="primary")
        problem = _html(notice(""), "problem")
        _html(tag("p", text("Enter sends. Please do not enter names of children."), id="question-hint"), "hint")
    return box, send, problem


def _replies(report: Report, service: Service) -> Callable[[str, Conversation], Iterator[Shown]]:
    """What sending a question does: show it, wait for loading if need be, show what came of it."""

    def replies(question: str, conversation: Conversation) -> Iterator[Shown]:
        if not question.strip():
            yield question, log(conversation, report), conversation, notice(_EMPTY)
            return
        asked = (*conversation, Turn(question))
        yield "", log(asked, report), asked, notice("")
        while not service.wait(_POLL):
            yield "", log(asked, report, waiting=f"{service.progress} {_WAITS}"), asked, notice("")
        try:
            done = (*conversation, _turn(question, conversation, service))
            yield "", log(done, report), done, notice("")
        except QuestionError as error:
            yield question, log(conversation, report), conversation, notice(str(error))

    return replies


def _turn(question: str, conversation: Conversation, service: Service) -> Turn:
    """The question with its answer, or with the problem in words; a question that cannot be asked is raised."""
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
    return _UNEXPECTED


def _fresh(report: Report) -> Callable[[], Shown]:
    return lambda: ("", log((), report), (), notice(""))


def _loading(service: Service) -> Callable[[], AsyncIterator[Html]]:
    async def loading() -> AsyncIterator[Html]:
        while not service.wait(0):
            yield notice(f"{service.progress} You can read the report and ask now; the answer will come.")
            await asyncio.sleep(_POLL)
        yield notice("" if service.failure is None else f"Questions cannot be answered now: {service.failure}")

    return loading


def _endpoint(report: Report, service: Service, to_json: ToJson) -> Callable[..., dict[str, Any]]:
    def ask(question: str, history: list[str] | None = None, scope: str | None = None) -> dict[str, Any]:
        """Answer a question about the report.

        ``history`` holds the earlier questions of the conversation, oldest first; ``scope`` is the name of a half of
        the report, or nothing for the whole. Returns the answer as one JSON object.
        """
        try:
            check_request(question, history, scope, report)
            return to_json(service.ask(question, tuple(history or ()), scope=scope))
        except Exception as error:
            raise gr.Error(_in_words(error), print_exception=False) from None

    return ask


def check_request(question: object, history: object, scope: object, report: Report) -> None:
    """Raises :class:`QuestionError` if a program's request is not of the documented form: anyone can send anything."""
    if not isinstance(question, str):
        raise QuestionError(f"The question must be text, not {_kind(question)}.")
    if history is not None and not (isinstance(history, list) and all(isinstance(one, str) for one in history)):
        raise QuestionError("The history must be a list of texts, the earlier questions, or left out.")
    if len(history or ()) > _LONGEST_HISTORY or sum(map(len, history or ())) > _LARGEST_HISTORY:
        limits = f"{_LONGEST_HISTORY} questions and {_LARGEST_HISTORY:,} characters"
        raise QuestionError(f"The history may hold at most {limits}. Send only the latest questions.")
    halves = halves_of(report)
    if scope is not None and scope not in halves:
        raise QuestionError(f"The scope {scope!r} does not exist. Leave it out or use one of: {', '.join(halves)}.")


def halves_of(report: Report) -> tuple[str, ...]:
    """The names of the parts of the report that hold other headings, in order."""
    return tuple(dict.fromkeys(section.part for section in report.sections if len(section.path) > 1))


def _kind(value: object) -> str:
    return type(value).__name__
