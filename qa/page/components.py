"""The page: what stands where, and which event belongs to what."""

from __future__ import annotations

import re
from typing import Any

import gradio as gr
from gradio.events import api

from corpus.values import Report
from qa.page.events import POLL, WHOLE, Events, ToJson, endpoint, halves_of, notice
from qa.page.log import keeping, log
from qa.page.markup import Html, join, tag, text
from qa.page.reading import masthead, pane
from qa.page.redrawing import Redrawing, Ticks
from qa.page.talk import Talk
from qa.shelf import Shelf, Shown, on_shelf
from qa.values import QUOTES

_PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
SCOPE, WRITER = "Look in", "Answer with"
AT_ONCE = 4  # questions answered side by side; the rest queue
MOST_BOXES = 8  # reports to tick; more are chosen from a list that can be searched
WHICH_REPORTS = "Reports to ask (all if none is chosen)"
LONGEST_QUEUE = 100  # waiting questions; who comes after that is told to try again
# Open pages, and calls of the endpoint, whose state is kept, 70 KB each; who comes back after that many others finds
# the conversation again by its name. Gradio would keep 10,000.
MOST_SESSIONS = 500
# The address names the conversation to open, so that it is there again when the page is loaded again.
_NAMED_IN_ADDRESS = "() => [new URLSearchParams(location.search).get('c') ?? '']"


def page_title(shown: Shown) -> str:
    """What the browser calls the page."""
    shelf = on_shelf(shown)
    return (
        f"Ask {len(shelf.reports)} reports"
        if shelf.several
        else f"Ask the report: {shelf.main.metadata.title}"
    )


def build_page(events: Events, to_json: ToJson, links: Html) -> tuple[gr.Blocks, Redrawing]:
    """The page for a report or several, with links to the pages beside it, and what draws it again for others.

    Only ``/ask`` is an endpoint for programs.
    """
    shown = events.shown
    page = gr.Blocks(title=page_title(shown), analytics_enabled=False, fill_width=True)
    with page:
        top = _html(join((masthead(shown), links)), "top")
        state_of_loading = _html(notice(""), "loading")
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="chat"):
                opened, hint, reports = _chat(events)
            with gr.Column(elem_id="reading"):
                report = _html(pane(shown), "report")
        wanted = gr.Textbox(visible="hidden", elem_id="wanted")
        # Beside the queue: when the last of the queue's events is over, Gradio's stream of news is closed, and a
        # question that is being sent at that very moment would never hear of its answer.
        timer = gr.Timer(POLL)
        for happens in (page.load, timer.tick):
            happens(events.loading, None, [state_of_loading, timer], queue=False, **_PRIVATE)
        page.load(events.open, wanted, opened, js=_NAMED_IN_ADDRESS, queue=False, **_PRIVATE)
        api(endpoint(events, to_json), api_name="ask", concurrency_limit=AT_ONCE)
    page.queue(max_size=LONGEST_QUEUE)
    page.state_session_capacity = MOST_SESSIONS
    parts = {
        top: lambda shelf: join((masthead(shelf), links)),
        opened[0]: lambda shelf: log(Talk(), shelf),
        report: pane,
    }
    return page, Redrawing(page, page_title, parts, hint, reports)


def _chat(events: Events) -> tuple[list[gr.components.Component], gr.HTML, Ticks]:
    talk = gr.State(Talk())
    with gr.Row(elem_id="chat-toolbar", elem_classes="toolbar"):
        _html(tag("h2", text("Conversation")), "conversation-name")
        new = gr.Button("New conversation", elem_id="new-conversation")
        _html(tag("button", text("Read the report"), type="button", id="open-report"), "read-report")
    shown = _html(log(Talk(), events.shown), "conversation")
    below = _html(keeping(Talk()), "below")
    with gr.Column(elem_id="composer"):
        scope = _scope(events.report)
        hint = _html(tag("p", text(WHICH_REPORTS), id="reports-name"), "reports-hint")
        hint.visible = events.shown.several
        reports = _reports(events.shown)
        writer = _writer(events.generator)
        box, send, stop, problem = _composer()
    edited = gr.Textbox(visible="hidden", elem_id="edited")
    outputs = [box, edited, shown, below, talk, problem]
    sent = gr.on(
        [box.submit, send.click],
        events.replying,
        [box, scope, writer, reports, edited, talk],
        outputs,
        concurrency_limit=AT_ONCE,
        **_PRIVATE,
    )
    stop.click(events.stop, talk, outputs, cancels=[sent], **_PRIVATE)
    new.click(events.start_afresh, None, outputs, cancels=[sent], **_PRIVATE)
    return [shown, below, talk], hint, reports


def _scope(report: Report) -> gr.Radio:
    """Which half of the report is preferred where a question names none; not shown for a report without halves."""
    halves = halves_of(report)
    return gr.Radio(
        [(WHOLE, WHOLE), *((_short(half), half) for half in halves)],
        value=WHOLE,
        label=SCOPE,
        elem_id="scope",
        elem_classes="choice",
        container=False,
        visible=len(halves) > 1,
    )


def _reports(shelf: Shelf) -> Ticks:
    """Which reports are asked; all while none is chosen. Not shown while there is only one."""
    choices = [(shelf.name(report.id), report.id) for report in shelf]
    settings: dict[str, Any] = {
        "choices": choices,
        "value": list(shelf.chosen),
        "label": WHICH_REPORTS,
        "elem_id": "reports",
        "visible": shelf.several,
    }
    if len(choices) > MOST_BOXES:
        return gr.Dropdown(**settings, multiselect=True, filterable=True, container=False)
    return gr.CheckboxGroup(**settings, elem_classes="choice", container=False)


def _writer(generator: str) -> gr.Radio:
    """Who writes the answer; not shown when there is no language model to choose."""
    return gr.Radio(
        [(f"Language model ({generator})", generator), ("Quotes only", QUOTES)],
        value=generator,
        label=WRITER,
        elem_id="writer",
        elem_classes="choice",
        container=False,
        visible=generator != QUOTES,
    )


def _short(half: str) -> str:
    """The name of a half without the word that all of them have: ``Safeguarding``, ``Looked after children``."""
    name = re.sub(r"^services for | services$", "", half, flags=re.IGNORECASE)
    return name[:1].upper() + name[1:]


def _composer() -> tuple[gr.Textbox, gr.Button, gr.Button, gr.HTML]:
    _html(_editing(), "editing")
    with gr.Row(elem_id="question-row"):
        box = gr.Textbox(
            label="Your question",
            placeholder="Ask about the report",
            lines=1,  # with more than one, Enter would start a new line instead of asking
            max_lines=6,
            elem_id="question",
        )
        send = gr.Button("Ask", elem_id="ask", variant="primary")
        stop = gr.Button("Stop", elem_id="stop")
    problem = _html(notice(""), "problem")
    hint = "Enter sends. Please do not enter names of children."
    _html(tag("p", text(hint), id="question-hint"), "hint")
    return box, send, stop, problem


def _editing() -> Html:
    words = "You are changing an earlier question: it and what came after it will be replaced."
    cancel = tag("button", text("Keep it as it was"), type="button", id="stop-editing", class_="quiet")
    return tag("div", tag("p", text(words)), cancel, id="editing-note", hidden=True)


def _html(value: Html, name: str) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=None, apply_default_css=False)
