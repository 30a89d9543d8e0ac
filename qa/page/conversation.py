"""A conversation as a value, and the log that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from corpus.values import Report
from qa.page.markup import Html, join, tag, text
from qa.page.render import answer_message, pending_message, problem_message, question_message
from qa.values import Answer

EXAMPLES = (
    "How many children were subject to child protection plans?",
    "What must be done within three months?",
    "What grade was given for leadership and management?",
    "What did inspectors say about supervision of social workers?",
    "What does paragraph 79 say?",
)
_WELCOME = (
    "Every answer is taken from the report, with the number of the paragraph that supports it. Choose a "
    "number to read that paragraph. If the report does not answer your question, you are told so."
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what came of it: an answer, a problem in words, or neither while it is worked out."""

    question: str
    answer: Answer | None = None
    problem: str | None = None
    asked: datetime | None = None


Conversation = tuple[Turn, ...]


def history(conversation: Conversation) -> tuple[str, ...]:
    """The earlier questions, oldest first; those that must not be kept or had no answer are left out."""
    return tuple(
        turn.question for turn in conversation if turn.answer is not None and not turn.answer.sensitive
    )


def log(conversation: Conversation, report: Report, *, waiting: str = "Looking in the report …") -> Html:
    """The conversation as the page shows it; a welcome with example questions while it is empty."""
    messages = join(_turn(turn, report, waiting) for turn in conversation) if conversation else _welcome()
    return tag("div", messages, id="log", role="log", aria_label="Conversation", tabindex="0")


def _turn(turn: Turn, report: Report, waiting: str) -> Html:
    return join((question_message(turn.question), _outcome(turn, report, waiting)))


def _outcome(turn: Turn, report: Report, waiting: str) -> Html:
    if turn.answer is not None:
        return answer_message(turn.answer, report)
    if turn.problem is not None:
        return problem_message(turn.problem)
    return pending_message(waiting)


def _welcome() -> Html:
    buttons = (tag("li", tag("button", text(words), type="button", class_="example")) for words in EXAMPLES)
    return tag(
        "div",
        tag("h3", text("Ask the report a question")),
        tag("p", text(_WELCOME)),
        tag("p", text("For example:"), id="examples-name"),
        tag("ul", *buttons, class_="examples", aria_labelledby="examples-name"),
        class_="welcome",
    )
