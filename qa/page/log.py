"""The conversation as the page shows it: its log, and below it what can be done with the whole of it."""

from __future__ import annotations

from collections.abc import Sequence

from qa.page.actions import answer_actions, asking_on, earlier, question_actions, saving
from qa.page.conversation import Turn
from qa.page.markup import NOTHING, Html, join, tag, text
from qa.page.render import answer_message, pending_message, problem_message, question_message
from qa.page.store import Summary
from qa.page.talk import Talk
from qa.shelf import Shown
from qa.values import Statement

EXAMPLES = (
    "How many children were subject to child protection plans?",
    "What must be done within three months?",
    "What grade was given for leadership and management?",
    "What is wrong with how missing children are handled?",
    "Three bullet points on supervision, with paragraph references",
    "What does paragraph 79 say?",
)
WAITING = "Looking in the report …"
WRITING = "Writing: each sentence is shown when it has been checked against the report …"
_WELCOME = (
    "Every answer is taken from the report, with the number of the paragraph that supports it. Choose a "
    "number to read that paragraph. If the report does not answer your question, you are told so."
)


def keeping(talk: Talk, conversations: Sequence[Summary] = ()) -> Html:
    """What stands below the log: what can be saved, and which earlier conversations there are."""
    return tag("div", saving(talk), earlier(conversations, talk.id), class_="keeping")


def log(
    talk: Talk,
    shown: Shown,
    *,
    waiting: str = WAITING,
    written: Sequence[Statement] = (),
    questions: Sequence[str] = (),
) -> Html:
    """The messages in order; a welcome with example questions while there are none.

    ``questions`` may be asked next; ``waiting`` stands in the place of an answer that is worked out, below the
    statements that are ``written`` already.
    """
    if not talk.turns:
        messages = _welcome()
    else:
        turns = (
            _turn(turn, place, talk, shown, pending_message(waiting, shown, written))
            for place, turn in enumerate(talk.turns)
        )
        messages = join((*turns, asking_on(questions)))
    return tag(
        "div",
        messages,
        id="log",
        role="log",
        aria_label="Conversation",
        tabindex="0",
        data_conversation=talk.id,
    )


def _turn(turn: Turn, place: int, talk: Talk, shown: Shown, waiting: Html) -> Html:
    outcome = _outcome(turn, place, talk, shown, waiting)
    done = turn.answer is not None or turn.problem is not None
    private = turn.answer is not None and turn.answer.sensitive
    edit = question_actions(place) if done and not private else NOTHING
    return join((question_message(turn.question, edit), outcome))


def _outcome(turn: Turn, place: int, talk: Talk, shown: Shown, waiting: Html) -> Html:
    if turn.answer is not None:
        actions = answer_actions(turn.answer, shown, place, kept=bool(talk.id))
        return answer_message(turn.answer, shown, actions)
    if turn.problem is not None:
        return problem_message(turn.problem)
    return waiting


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
