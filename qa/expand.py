"""Everyday questions for an added report: written by a language model, checked, and kept sentence by sentence.

Each sentence whose questions are kept is one line of ``questions.jsonl`` beside the report, on the disk before the next
sentence is asked about: a run that ends early, however it ends, loses nothing, and the next one goes on from there.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from time import monotonic
from typing import Any

from corpus.adding import added_home
from corpus.library import QUESTIONS, everyday, load, report_ids, shipped_ids, whole_length
from corpus.values import Report, is_place
from index.folder import building
from qa.errors import InputError
from qa.jsonl import to_line
from qa.lines import Say
from qa.models import Model, ModelError, bounded, load_model
from qa.prompts import expand_prompt
from qa.proposed import Sentence, compared, fits, read_questions, sentences
from qa.settings import Settings
from qa.values import QUOTES

ASKED = 6  # questions for a sentence
AROUND = 2_000  # characters before and after a sentence that are given of its paragraph
MOST_FAILURES = 3  # of the model, one after the other


def expand(report_id: str, settings: Settings, *, say: Say, limit: int | None = None) -> None:
    """Write questions for the sentences of an added report that have none; ``limit`` is how many are asked about.

    Raises :class:`InputError` for a report or a generator that this cannot be done with, :class:`ModelError` when
    the model fails again and again.
    """
    report = load(report_id)
    if report_id in shipped_ids():
        added = ", ".join(sorted({*report_ids()} - {*shipped_ids()})) or "there is none yet"
        raise InputError(
            f"The questions of {report_id!r} come with the program. Name a report that was added, "
            f"with --report: {added}."
        )
    if settings.generator == QUOTES:
        raise InputError(
            "Questions are written by a language model, and none is set. Set QA_GENERATOR or give --generator, "
            "such as openai:MODEL or gguf:PATH; docs/models.md has recipes."
        )
    if limit is not None and limit < 1:
        raise InputError(f"--limit must be 1 or more, not {limit}.")
    write_questions(report, load_model(settings), seconds=settings.timeout, say=say, limit=limit)


def write_questions(
    report: Report, model: Model, *, seconds: float, say: Say, limit: int | None = None
) -> None:
    """Ask a model for the questions of each sentence that has none, and keep those that can be right."""
    path = added_home() / report.id / QUESTIONS
    with building(path, lambda: say("Another run writes questions for this report; waiting for it.")):
        _mend(path, say)
        kept = everyday(report)
        wanted = sentences(report)
        done = {(one.paragraph, one.text) for one in kept}
        lacking = [one for one in wanted if (one.paragraph.number, one.text) not in done]
        say(f"{len(lacking)} of {_count(len(wanted), 'sentence')} have no questions yet.")
        seen = {compared(question) for one in kept for question in one.questions}
        run = _Run(model, seconds, say, path, seen)
        numbered = report.numbers()
        for number, group in groupby(lacking[:limit], key=lambda one: one.paragraph.number):
            run.paragraph(list(group), f"{numbered.index(number) + 1} of {len(numbered)}")
    if lacking:
        run.tell(report.id, len(lacking))


@dataclass
class _Run:
    """What a run has done so far. ``seen`` are all questions of the report, as they are compared."""

    model: Model
    seconds: float
    say: Say
    path: Path
    seen: set[str]
    failures: int = 0
    asked: int = 0
    served: int = 0
    kept: list[str] = field(default_factory=list)
    left_out: int = 0

    def paragraph(self, group: Sequence[Sentence], place: str) -> None:
        """Ask about the sentences of a paragraph and tell how it went."""
        kept, left_out = len(self.kept), self.left_out
        for one in group:
            self.sentence(one)
        unit = "block" if is_place(group[0].paragraph.number) else "paragraph"
        told = _count(len(self.kept) - kept, "question")
        self.say(f"{unit} {place}: {told} kept, {self.left_out - left_out} left out")

    def sentence(self, one: Sentence) -> None:
        """Ask about a sentence; what can be right of the reply is on the disk when this returns."""
        self.asked += 1
        given = one.paragraph.text[max(0, one.start - AROUND) : one.end + AROUND]
        prompt = expand_prompt(one.text, given, " › ".join(one.paragraph.section), most=ASKED)
        try:
            until, stop = monotonic() + self.seconds, threading.Event()
            reply = "".join(bounded(self.model, *prompt, until=until, stop=stop))
        except ModelError as error:
            self._failed(str(error))
            return
        self.failures = 0
        if fit := self._fit(read_questions(reply), one):
            _append(self.path, {"paragraph": one.paragraph.number, "text": one.text, "questions": fit})
            self.served += 1
            self.kept += fit

    def _fit(self, questions: Sequence[str], one: Sentence) -> list[str]:
        fit: list[str] = []
        for question in questions:
            if len(fit) == ASKED:
                break
            if compared(question) in self.seen or not fits(question, one):
                self.left_out += 1
                continue
            self.seen.add(compared(question))
            fit.append(question)
        return fit

    def _failed(self, why: str) -> None:
        self.failures += 1
        if self.failures == MOST_FAILURES:
            raise ModelError(
                f"The language model failed {MOST_FAILURES} times in a row: {why}. Questions were written for "
                f"{_count(self.served, 'sentence')} and are kept; the same command goes on from there."
            )
        self.say(f"The language model failed: {why}. The next run asks about the sentence again.")

    def tell(self, report_id: str, lacking: int) -> None:
        """Say what the run has come to and what is left."""
        kept = _count(len(self.kept), "question")
        self.say(
            f"{self.served} of {_count(self.asked, 'sentence')} got questions: {kept} kept, {self.left_out} left out."
        )
        if left := lacking - self.served:
            self.say(f"{_count(left, 'sentence')} without questions: the same command goes on with them.")
        if self.served:
            self.say(
                "The index is rebuilt at the next question, or now by: "
                f"python -m index build --report {report_id}"
            )


def _mend(path: Path, say: Say) -> None:
    """Take off a last line that was cut short, and end one that only lacks its line end."""
    content = path.read_bytes() if path.is_file() else b""
    whole = whole_length(content)
    if whole < len(content):
        say(
            f"The last line of {QUESTIONS} was cut short and is taken off; its sentence is asked about again."
        )
        os.truncate(path, whole)
    elif content and not content.endswith(b"\n"):
        _append_bytes(path, b"\n")


def _append(path: Path, value: dict[str, Any]) -> None:
    _append_bytes(path, f"{to_line(value)}\n".encode())


def _append_bytes(path: Path, content: bytes) -> None:
    with path.open("ab") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
