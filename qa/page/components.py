"""The page: what stands where, and which event belongs to what."""

from __future__ import annotations

import gradio as gr
from gradio.events import api

from corpus.values import Report
from qa.page.conversation import log
from qa.page.events import ToJson, endpoint, loading, notice, replying, starting_afresh
from qa.page.markup import Html, tag, text
from qa.page.reading import masthead, pane
from qa.page.service import Service

AT_ONCE = 8  # questions answered side by side; the rest queue
LONGEST_QUEUE = 100  # waiting questions; who comes after that is told to try again


def page_title(report: Report) -> str:
    """What the browser calls the page."""
    return f"Ask the report: {report.metadata.title}"


def build_page(report: Report, service: Service, to_json: ToJson) -> gr.Blocks:
    """The page for one report. Only ``/ask`` is an endpoint for others."""
    page = gr.Blocks(title=page_title(report), analytics_enabled=False, fill_width=True)
    with page:
        _html(masthead(report), "top")
        state_of_loading = _html(notice(""), "loading")
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="chat"):
                _chat(report, service)
            with gr.Column(elem_id="reading"):
                _html(pane(report), "report")
        page.load(
            loading(service),
            None,
            state_of_loading,
            concurrency_limit=None,
            show_progress="hidden",
            api_visibility="private",
        )
        api(endpoint(report, service, to_json), api_name="ask", concurrency_limit=AT_ONCE)
    page.queue(max_size=LONGEST_QUEUE)
    return page


def _chat(report: Report, service: Service) -> None:
    conversation = gr.State(())
    with gr.Row(elem_id="chat-toolbar", elem_classes="toolbar"):
        _html(tag("h2", text("Conversation")), "conversation-name")
        new = gr.Button("New conversation", elem_id="new-conversation")
        _html(tag("button", text("Read the report"), type="button", id="open-report"), "read-report")
    shown = _html(log((), report), "conversation")
    box, send, problem = _composer()
    outputs = [box, shown, conversation, problem]
    sent = gr.on(
        [box.submit, send.click],
        replying(report, service),
        [box, conversation],
        outputs,
        concurrency_limit=AT_ONCE,
        show_progress="hidden",
        api_visibility="private",
    )
    new.click(
        starting_afresh(report),
        None,
        outputs,
        cancels=[sent],
        show_progress="hidden",
        api_visibility="private",
    )


def _composer() -> tuple[gr.Textbox, gr.Button, gr.HTML]:
    with gr.Column(elem_id="composer"):
        with gr.Row(elem_id="question-row"):
            box = gr.Textbox(
                label="Your question",
                placeholder="Ask about the report",
                lines=1,  # with more than one, Enter would start a new line instead of asking
                max_lines=6,
                elem_id="question",
            )
            send = gr.Button("Ask", elem_id="ask", variant="primary")
        problem = _html(notice(""), "problem")
        hint = "Enter sends. Please do not enter names of children."
        _html(tag("p", text(hint), id="question-hint"), "hint")
    return box, send, problem


def _html(value: Html, name: str) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=None, apply_default_css=False)
