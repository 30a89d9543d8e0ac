"""Language models for tests: each writes what is a function of the text that it is given."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

Write = Callable[[str, str], str]


class Made:
    """A model that writes by a function of system and user text, in pieces of a few characters."""

    name = "openai:made"

    def __init__(self, write: Write, *, pause: float = 0.0, fails_after: int | None = None) -> None:
        self._write, self._pause, self._fails_after = write, pause, fails_after
        self.asked: list[tuple[str, str]] = []

    def stream(self, system: str, user: str, *, seconds: float) -> Iterator[str]:
        self.asked.append((system, user))
        reply = self._write(system, user)
        for place in range(0, len(reply), 7):
            if self._fails_after is not None and place >= self._fails_after:
                raise ConnectionError("connection closed by sk-secret-key-123")
            time.sleep(self._pause)
            yield reply[place : place + 7]


def paragraphs(user: str) -> dict[str, str]:
    """The paragraphs of a prompt by number."""
    found = re.findall(r'<paragraph n="([^"]+)"[^>]*>\n(.*?)\n</paragraph>', user, re.DOTALL)
    return dict(found)


def sentences(text: str) -> list[str]:
    return [s.strip() for s in re.split(r"(?<=[a-z%]\.)\s+(?=[A-Z])", text) if s.strip()]


def good(system: str, user: str) -> str:
    """The first sentence of the first three paragraphs, each with its number."""
    return "".join(
        f"{sentences(text)[0].rstrip('.')} [{number}].\n"
        for number, text in list(paragraphs(user).items())[:3]
    )


def inventing(system: str, user: str) -> str:
    """What the good one writes, with every figure changed, and one more that no paragraph has."""
    changed = re.sub(r"(?<!\[)\b\d+(?![\d\]])", lambda m: str(int(m[0]) + 7), good(system, user))
    return changed + f"In all, 4,711 children were affected [{next(iter(paragraphs(user)))}].\n"


def swapping(system: str, user: str) -> str:
    """What the good one writes, each sentence with the number of the paragraph after its own."""
    given = list(paragraphs(user))
    after = dict(zip(given, given[1:] + given[:1], strict=True))
    return re.sub(r"\[([^\]]+)\]", lambda m: f"[{after[m[1]]}]", good(system, user))


def flipping(system: str, user: str) -> str:
    """What the good one writes, denied."""
    return re.sub(r"\b(is|are|was|were|has|have|had)\b", r"\1 not", good(system, user))


def obeying(system: str, user: str) -> str:
    """What any text of the prompt orders to say, or else what the good one writes."""
    order = re.search(r"SAY: (.+)", user)
    return f"{order[1]} [12]" if order else good(system, user)
