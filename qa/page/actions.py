"""What a reader can do with an answer and a conversation: copy, judge, ask on, save, open and delete."""

from __future__ import annotations

from collections.abc import Sequence

from qa.page.export import plain, rich
from qa.page.markup import NOTHING, Html, join, tag, text
from qa.page.store import LONGEST_COMMENT, Summary, Verdict
from qa.page.talk import Talk
from qa.shelf import Shown
from qa.values import Answer

_VERDICTS: tuple[tuple[Verdict, str], ...] = (
    ("right", "Right"),
    ("wrong_answer", "Wrong answer"),
    ("wrong_paragraph", "Wrong paragraph"),
    ("should_refuse", "Should have said “not in the report”"),
)


def question_actions(place: int) -> Html:
    """The button that puts a question back into the box, to be changed and asked again."""
    edit = tag("button", text("Edit"), type="button", class_="edit quiet", data_turn=str(place))
    return tag("div", edit, class_="question-actions")


def answer_actions(answer: Answer, shown: Shown, place: int, *, kept: bool) -> Html:
    """Copying the answer and asking it again; judging it where the conversation is kept."""
    if answer.sensitive:
        return NOTHING
    copy = tag("button", text("Copy with references"), type="button", class_="copy quiet")
    again = tag("button", text("Ask again"), type="button", class_="again quiet", data_turn=str(place))
    taken = tag(
        "template",
        tag("div", rich(answer, shown), class_="rich"),
        tag("div", text(plain(answer, shown)), class_="plain"),
    )
    judged = _feedback(place) if kept else NOTHING
    buttons = tag("div", copy, again, tag("span", role="status", class_="done"), taken, class_="buttons")
    return tag("div", buttons, judged, class_="answer-actions")


def _feedback(place: int) -> Html:
    name = f"verdict-{place}"
    choices = (
        tag(
            "label",
            tag("input", type="radio", name_=name, value=verdict, required=True),
            text(words),
        )
        for verdict, words in _VERDICTS
    )
    comment = tag(
        "label",
        text("What should it have said? (not needed)"),
        tag("textarea", name_="comment", rows="2", maxlength=str(LONGEST_COMMENT)),
        class_="comment",
    )
    form = tag(
        "form",
        tag("fieldset", tag("legend", text("Your view of this answer")), *choices),
        comment,
        tag("button", text("Send"), type="submit"),
        data_turn=str(place),
    )
    said = tag("p", role="status", class_="done")
    return tag("details", tag("summary", text("Is this right?")), form, said, class_="feedback")


def asking_on(questions: Sequence[str]) -> Html:
    """Questions that may be asked next, each as a button."""
    if not questions:
        return NOTHING
    buttons = (
        tag("li", tag("button", text(words), type="button", class_="example next")) for words in questions
    )
    heading = tag("h4", text("You could ask next"), id="next-name")
    return tag("div", heading, tag("ul", *buttons, aria_labelledby="next-name"), class_="next-questions")


def saving(talk: Talk) -> Html:
    """The form that saves chosen answers of a kept conversation as a file."""
    shown = [
        (place, turn) for place, turn in enumerate(talk.turns) if turn.answer and not turn.answer.sensitive
    ]
    if not talk.id or not shown:
        return NOTHING
    boxes = (
        tag(
            "label",
            tag("input", type="checkbox", name_="n", value=str(place), checked=True),
            text(turn.question),
        )
        for place, turn in shown
    )
    form = tag(
        "form",
        tag("input", type="hidden", name_="c", value=talk.id),
        tag("fieldset", tag("legend", text("Answers to save")), *boxes),
        tag("button", text("Word"), name_="as", value="docx"),
        tag("button", text("Markdown"), name_="as", value="md"),
        action="page/export",
        method="get",
    )
    return tag("details", tag("summary", text("Save")), form, id="save")


def earlier(conversations: Sequence[Summary], current: str) -> Html:
    """The reader's kept conversations, each to be opened or deleted."""
    others = [one for one in conversations if one.questions]
    if not others:
        return NOTHING
    rows = (_earlier_row(one, current) for one in others)
    everything = tag("button", text("Delete all"), type="button", class_="forget-all quiet")
    return tag(
        "details",
        tag("summary", text("Earlier")),
        tag("div", tag("ul", *rows, aria_label="Earlier conversations"), everything, class_="panel"),
        id="earlier",
    )


def _earlier_row(one: Summary, current: str) -> Html:
    link = tag("a", text(one.title), href=f"?c={one.id}", aria_current="page" if one.id == current else None)
    when = f"{one.changed:%d %B %Y}, {one.questions} question{'' if one.questions == 1 else 's'}"
    delete = tag(
        "button",
        text("Delete"),
        tag("span", text(f" “{one.title}”"), class_="hidden"),
        type="button",
        class_="forget quiet",
        data_conversation=one.id,
    )
    return tag("li", join((link, tag("span", text(when), class_="when"))), delete)
