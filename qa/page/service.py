"""Question answering that loads in the background, so that the page can open at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, runtime_checkable

from qa.brief.brief import Briefs
from qa.check import Checks
from qa.errors import QAError
from qa.library import Library
from qa.values import Answer, Statement

Progress = Callable[[str], None]


class Asker(Protocol):
    """What answers questions: the pipeline, or a fake of it."""

    def ask(self, question: str, history: Sequence[str] = (), *, scope: str | None = None) -> Answer:
        """The answer; raises :class:`qa.errors.QuestionError` for a question that cannot be asked."""
        ...

    def next_questions(self, answer: Answer) -> tuple[str, ...]:
        """What a reader of the answer may ask next."""
        ...

    def checker(self) -> Checks:
        """What checks claims against the report."""
        ...

    def briefer(self) -> Briefs:
        """What gathers what the report says on topics."""
        ...

    @property
    def index_id(self) -> str:
        """What names the index that answers come from."""
        ...


@runtime_checkable
class Writer(Protocol):
    """An :class:`Asker` with a language model: it tells each statement as soon as it is verified."""

    def ask_stream(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        scope: str | None = None,
        generator: str | None = None,
        stop: threading.Event | None = None,
    ) -> Iterator[Statement | Answer]:
        """The statements and then the answer; ``generator="quotes"`` leaves the model out."""
        ...


class NotLoadedError(QAError):
    """Question answering could not be loaded; the text says what to do."""


class Service:
    """Loads an :class:`Asker` in a thread of its own; who asks before it is there waits for it."""

    def __init__(self, load: Callable[[Progress], Asker]) -> None:
        self._load = load
        self._done = threading.Event()
        self._asker: Asker | None = None
        self._failure: Exception | None = None
        self._progress = "Loading the search index …"

    @property
    def progress(self) -> str:
        """What loading is doing now, in words."""
        return self._progress

    @property
    def failure(self) -> Exception | None:
        """Why loading failed; ``None`` while it runs and when it succeeded."""
        return self._failure

    def start(self, *, on_failure: Callable[[Exception], None] | None = None) -> None:
        """Begin to load, and call ``on_failure`` if that fails."""
        threading.Thread(target=self._run, args=(on_failure,), name="load", daemon=True).start()

    def wait(self, seconds: float | None = None) -> bool:
        """Whether loading is over, waiting that long for it; for ever when ``None``."""
        return self._done.wait(seconds)

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        scope: str | None = None,
        reports: Sequence[str] | None = None,
    ) -> Answer:
        """The answer, once loading is over; raises :class:`NotLoadedError` when that failed.

        ``reports`` are those to ask where there are several, all if ``None``.
        """
        asker = self._loaded("Questions cannot be answered")
        if isinstance(asker, Library):
            return asker.ask(question, history, scope=scope, reports=reports)
        return asker.ask(question, history, scope=scope)

    def stream(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        scope: str | None = None,
        generator: str | None = None,
        stop: threading.Event | None = None,
        reports: Sequence[str] | None = None,
    ) -> Iterator[Statement | Answer]:
        """Each statement of a language model as soon as it is verified, then the answer; see :meth:`ask`.

        ``generator="quotes"`` leaves the model out; setting ``stop`` ends its work.
        """
        asker = self._loaded("Questions cannot be answered")
        if isinstance(asker, Library):
            yield asker.ask(question, history, scope=scope, reports=reports, generator=generator, stop=stop)
        elif isinstance(asker, Writer):
            yield from asker.ask_stream(question, history, scope=scope, generator=generator, stop=stop)
        else:
            yield asker.ask(question, history, scope=scope)

    def put(self, asker: Asker) -> None:
        """Have another answer from now on; who is being answered gets the answer of the one before."""
        self._asker = asker

    def next_questions(self, answer: Answer) -> tuple[str, ...]:
        """What a reader of the answer may ask next; nothing while loading."""
        return self._asker.next_questions(answer) if self._asker is not None else ()

    def checker(self) -> Checks:
        """What checks claims, once loading is over; raises :class:`NotLoadedError` when that failed."""
        return self._loaded("Drafts cannot be checked").checker()

    def briefer(self) -> Briefs:
        """What gathers topics and actions, once loading is over; raises :class:`NotLoadedError` when that failed."""
        return self._loaded("Briefings cannot be written").briefer()

    @property
    def index_id(self) -> str:
        """What names the index that answers come from; empty while loading."""
        return self._asker.index_id if self._asker is not None else ""

    def _loaded(self, otherwise: str) -> Asker:
        self.wait()
        if self._asker is None:
            raise NotLoadedError(f"{otherwise} now: {self._failure}")
        return self._asker

    def _run(self, on_failure: Callable[[Exception], None] | None) -> None:
        try:
            self._asker = self._load(self._tell)
        except Exception as error:  # whatever it is, the page must say so rather than wait for ever
            self._failure = error
        self._done.set()
        if self._failure is not None and on_failure is not None:
            on_failure(self._failure)

    def _tell(self, words: str) -> None:
        self._progress = words
