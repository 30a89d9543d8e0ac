"""How much one person may ask: the length of a question, questions a minute, and how many may wait."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from qa.errors import QuestionError
from qa.pipeline import LONGEST_QUESTION

MINUTE = 60.0  # seconds
MOST_AT_ONCE = 20  # questions of one person that are worked out side by side
_MOST_KNOWN = 10_000  # people; those who have not asked for longest are forgotten


class Limits:
    """Lets a question through or says in words why not; ``who`` is :func:`qa.page.signin.limited_by`.

    Each look takes a few microseconds, so that nobody waits for anybody else here.
    """

    def __init__(self, rate: int, *, waiting: int = 100, now: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._waiting = waiting
        self._now = now
        self._asked: dict[str, deque[float]] = {}
        self._inside: dict[str, int] = {}
        self._lock = threading.Lock()

    @contextmanager
    def asking(self, who: str, question: str) -> Iterator[None]:
        """Around the answering of a question. Raises :class:`QuestionError` if it may not be asked now."""
        check_length(question)
        with self._lock:
            self._check_waiting(who)
            self._count(who)
            self._inside[who] = self._inside.get(who, 0) + 1
        try:
            yield
        finally:
            with self._lock:
                self._inside[who] -= 1
                if not self._inside[who]:
                    del self._inside[who]

    def _check_waiting(self, who: str) -> None:
        if self._inside.get(who, 0) >= MOST_AT_ONCE:
            raise QuestionError(
                f"You have {MOST_AT_ONCE} questions under way, which is the most. Please wait for an answer first."
            )
        if sum(self._inside.values()) >= self._waiting:
            raise QuestionError(
                "Too many people are asking at the moment. Your question is still in the box: please try again in a "
                "minute."
            )

    def _count(self, who: str) -> None:
        now = self._now()
        times = self._asked.pop(who, None) or deque(maxlen=self._rate)
        self._asked[who] = times  # the one who asked last stands last
        if len(times) == self._rate and times[0] > now - MINUTE:
            seconds = max(1, round(times[0] + MINUTE - now))
            raise QuestionError(
                f"You have asked {self._rate} questions within a minute, which is the most. Please wait "
                f"{seconds} second{'' if seconds == 1 else 's'} and ask again."
            )
        times.append(now)
        while len(self._asked) > _MOST_KNOWN:
            del self._asked[next(iter(self._asked))]


def check_length(question: str) -> None:
    """Raises :class:`QuestionError` for a question that is too long."""
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(question):,} characters; at most {LONGEST_QUESTION:,} can be asked. Shorten it to "
            "what you want to know."
        )
