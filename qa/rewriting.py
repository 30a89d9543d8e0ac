"""Questions put into a form that stands alone and is English, by a language model; with the rules as the way back."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from qa import prompts
from qa.guard import LANGUAGE
from qa.models import Model, ModelError, bounded
from qa.pipeline import Pipeline
from qa.text import terms
from qa.values import Answer

LONGEST = 400  # characters of a rewritten question
SHARE = 1 / 3  # of the time for an answer that rewriting may take
MOST_EARLIER = 4  # earlier questions that the model is shown
MOST_TRANSLATED = 2_000  # characters of a question that is translated


class Rewriter:
    """Asks a pipeline, follow-ups and foreign questions by what a model makes of them."""

    def __init__(self, pipeline: Pipeline, model: Model) -> None:
        self._pipeline = pipeline
        self._model = model

    def ask(
        self,
        question: str,
        history: Sequence[str],
        *,
        scope: str | None,
        only: frozenset[str] | None,
        until: float,
        stop: threading.Event,
    ) -> Answer:
        """The quotes answer: to the rewritten question where that has one, else to the question as it was asked."""
        found = self._pipeline.ask(question, history, scope=scope, only=only)
        if found.sensitive:
            return found
        rewritten = ""
        limit = monotonic() + SHARE * max(until - monotonic(), 0.0)
        if found.text == LANGUAGE:
            rewritten = self._translated(question, limit, stop)
        elif history and found.understood != self._alone(question, scope, only):
            rewritten = self._whole(question, history, limit, stop)
        if not rewritten:
            return found
        again = self._pipeline.ask(rewritten, (), scope=scope, only=only)
        if again.status == "not_in_report" and found.text != LANGUAGE:
            return found
        return replace(again, question=found.question, understood=again.understood or rewritten)

    def _alone(self, question: str, scope: str | None, only: frozenset[str] | None) -> str:
        """The question as it would be understood without the earlier ones."""
        return self._pipeline.ask(question, (), scope=scope, only=only).understood

    def _translated(self, question: str, limit: float, stop: threading.Event) -> str:
        if len(question) > MOST_TRANSLATED:
            return ""
        line = self._line(prompts.translate_prompt(question), limit, stop)
        # A figure that the question has not is no translation.
        return line if _figures(line) <= _figures(question) else ""

    def _whole(self, question: str, history: Sequence[str], limit: float, stop: threading.Event) -> str:
        earlier = list(history)[-MOST_EARLIER:]
        line = self._line(prompts.rewrite_prompt(question, earlier), limit, stop)
        known = set(terms(" ".join([*earlier, question])))
        # Nothing may be asked that nobody asked for; and what was asked must still be.
        asked = [term for term in terms(question) if any(c.isdigit() for c in term)]
        return line if line and set(terms(line)) <= known and set(asked) <= set(terms(line)) else ""

    def _line(self, prompt: tuple[str, str], limit: float, stop: threading.Event) -> str:
        """The one line that a model was asked for; empty when it fails or writes anything else."""
        try:
            reply = "".join(bounded(self._model, *prompt, until=limit, stop=stop)).strip()
        except ModelError:
            return ""
        line = reply.strip(" \"'“”")
        return line if line and "\n" not in line and "<" not in line and len(line) <= LONGEST else ""


def _figures(text: str) -> set[str]:
    return {term for term in terms(text) if any(c.isdigit() for c in term)}
