"""The form in which answers and turns are kept: JSON that gives back exactly what was put in."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from qa.page.conversation import Turn
from qa.values import Answer

_ANSWER = TypeAdapter(Answer)


def answer_to_json(answer: Answer) -> str:
    """An answer as text in ASCII, whatever characters it holds."""
    return json.dumps(asdict(answer), separators=(",", ":"))


def answer_from_json(kept: str) -> Answer | None:
    """The answer that the text was made from; ``None`` for any other text."""
    try:
        return _ANSWER.validate_python(json.loads(kept))
    except (ValueError, RecursionError, ValidationError):
        return None


def turn_to_json(turn: Turn) -> str:
    """A question with its answer and the time of asking."""
    asked = turn.asked and turn.asked.isoformat()
    answer = turn.answer and asdict(turn.answer)
    return json.dumps({"question": turn.question, "asked": asked, "answer": answer}, separators=(",", ":"))


def turn_from_json(kept: str) -> Turn | None:
    """The turn that the text was made from; ``None`` for any other text."""
    try:
        read = json.loads(kept)
        asked = read["asked"] and datetime.fromisoformat(read["asked"])
        question = read["question"]
        answer = _ANSWER.validate_python(read["answer"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Turn(question, answer, asked=asked or None) if isinstance(question, str) else None


def clean(words: str) -> str:
    """The words in a form that can be written as UTF-8: a lone half of a character becomes a mark."""
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
