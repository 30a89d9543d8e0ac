"""A conversation as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qa.values import Answer


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
