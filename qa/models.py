"""Language models: one from an address, one from a file, or any that langchain knows. Keys stay in here.

Everything that comes from a model goes through :class:`Model`: pieces of text, as they are written.
"""

from __future__ import annotations

import logging
import queue
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, cast

from qa.errors import InputError, QAError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from qa.settings import Settings

RETRIES = 1  # further tries after a failure that may pass: the time for a whole answer is short
MOST_TOKENS = 500  # of an answer
MOST_CHARACTERS = 12_000  # of an answer; a model that goes on and on is cut off there
OPENAI = "openai:"
GGUF = "gguf:"

INSTALL = {
    "openai": "pip install 'report-qa[openai]'",
    "local": "pip install 'report-qa[local]'",
}


class ModelError(QAError):
    """A model that gave no answer; the text says why in plain words and holds nothing secret."""


class Model(Protocol):
    """What writes text."""

    @property
    def name(self) -> str:
        """The generator's id, as it is set and shown."""
        ...

    def stream(self, system: str, user: str, *, seconds: float) -> Iterator[str]:
        """The reply in pieces; raises any exception when there is none within the seconds."""
        ...


def load_model(settings: Settings) -> Model:
    """The model of the settings. Raises :class:`InputError` saying what to set or install; asks it nothing."""
    name = settings.generator
    if name.startswith(GGUF):
        from qa.gguf import load_gguf

        return load_gguf(name)
    key = settings.api_key.get_secret_value() if settings.api_key else None
    if name.startswith(OPENAI):
        if not settings.base_url:
            raise InputError(
                f"The generator {name!r} needs the address of its server. Set QA_BASE_URL, for example "
                f"http://127.0.0.1:11434/v1 for Ollama."
            )
        return _openai(name, settings.base_url, key or "none", settings.timeout)
    return _any(name, key, settings)


def _openai(name: str, base_url: str, key: str, seconds: float) -> Model:
    if not name.removeprefix(OPENAI).strip():
        raise InputError(
            f"The generator {name!r} names no model. Write openai:MODEL, such as openai:qwen3:8b."
        )
    if not re.match(r"https?://[^\s/]", base_url):
        raise InputError(f"QA_BASE_URL must begin with http:// or https://, not {base_url[:40]!r}.")
    options = {
        "model": name.removeprefix(OPENAI), "model_provider": "openai", "base_url": base_url, "api_key": key,
        "timeout": seconds, "max_retries": RETRIES, "temperature": 0, "max_tokens": MOST_TOKENS,
        "use_responses_api": False,
    }  # fmt: skip
    chat = _init_chat_model(name, options)
    return ChatModel(name, chat, secret=key)


def _any(name: str, key: str | None, settings: Settings) -> Model:
    options: dict[str, Any] = {"temperature": 0, "max_tokens": MOST_TOKENS, "timeout": settings.timeout}
    options |= {"max_retries": RETRIES}
    options |= {"api_key": key} if key else {}
    options |= {"base_url": settings.base_url} if settings.base_url else {}
    return ChatModel(name, _init_chat_model(name, {"model": name, **options}), secret=key or "")


def _init_chat_model(name: str, options: Mapping[str, Any]) -> BaseChatModel:
    try:
        from langchain.chat_models import init_chat_model
    except ImportError as error:
        raise InputError(
            f"The generator {name!r} needs a package that is not installed. Run: {INSTALL['openai']}"
        ) from error
    secret = str(options.get("api_key") or "")
    try:
        return cast("BaseChatModel", init_chat_model(**options))
    except ImportError as error:
        package = re.search(r"langchain-[\w-]+", str(error).replace("_", "-"))
        wanted = (
            INSTALL["openai"] if name.startswith(OPENAI) else f"pip install {package[0] if package else name}"
        )
        raise InputError(
            f"The generator {name!r} needs a package that is not installed. Run: {wanted}"
        ) from None
    except Exception as error:
        raise InputError(
            f"The generator {name!r} cannot be used: {without(str(error), secret)[:300]} Use 'quotes', "
            f"openai:MODEL, gguf:PATH, or PROVIDER:MODEL as langchain has it."
        ) from None


@dataclass(frozen=True, slots=True, repr=False)
class ChatModel:
    """A chat model of langchain's."""

    name: str
    chat: BaseChatModel
    secret: str = ""

    def stream(self, system: str, user: str, *, seconds: float) -> Iterator[str]:
        """The reply in pieces."""
        for piece in self.chat.stream([("system", system), ("human", user)]):
            content = piece.content
            if isinstance(content, str):
                yield content
            else:
                yield from (part.get("text", "") for part in content if isinstance(part, dict))

    def __repr__(self) -> str:
        return f"ChatModel({self.name!r})"


def bounded(model: Model, system: str, user: str, *, until: float, stop: threading.Event) -> Iterator[str]:
    """The pieces that a model writes until a time (:func:`time.monotonic`), in a thread that nothing waits for.

    Raises :class:`ModelError` when it fails, has not ended by then, or ``stop`` is set. Ends quietly after
    :data:`MOST_CHARACTERS`, and stops the model when nobody reads on.
    """
    pieces: queue.Queue[str | Exception | None] = queue.Queue()
    gone = threading.Event()
    seconds = max(until - monotonic(), 0.0)

    def write() -> None:
        try:
            for piece in model.stream(system, user, seconds=seconds):
                if gone.is_set():
                    break
                pieces.put(piece)
            pieces.put(None)
        except BaseException as error:  # whatever a provider raises is a reason to quote instead
            pieces.put(ModelError(why(error, getattr(model, "secret", ""))))

    threading.Thread(target=write, name="model", daemon=True).start()
    try:
        yield from _read(pieces, until, stop)
    finally:
        gone.set()


def _read(pieces: queue.Queue[str | Exception | None], until: float, stop: threading.Event) -> Iterator[str]:
    length = 0
    while length < MOST_CHARACTERS:
        if stop.is_set():
            raise ModelError("it was stopped")
        left = until - monotonic()
        if left <= 0:
            raise ModelError("it took too long")
        try:
            piece = pieces.get(timeout=min(left, 0.05))
        except queue.Empty:
            continue
        if piece is None:
            return
        if isinstance(piece, Exception):
            raise piece
        piece = piece[: MOST_CHARACTERS - length]
        length += len(piece)
        yield piece


_REASONS: tuple[tuple[str, str], ...] = (
    (r"\b401\b|auth|api.?key|unauthori[sz]ed|permission|\b403\b", "its server did not accept the key"),
    (r"\b429\b|rate.?limit|quota", "its server has too many requests"),
    (r"\b404\b|not.?found", "its server does not know the model"),
    (r"time[d -]*out|timeout", "it took too long"),
    (r"connect|refused|resolve|unreachable|network|closed|protocol", "its server cannot be reached"),
    (r"context|too long|exceeds|tokens", "the paragraphs are too long for it"),
    (r"\b5\d\d\b|internal.?server|unavailable", "its server failed"),
)


def why(error: BaseException, secret: str = "") -> str:
    """A failure in plain words out of a fixed set; details go to the log, without the key."""
    if isinstance(error, ModelError):
        return str(error)
    told = f"{type(error).__name__}: {error}"
    with suppress(Exception):
        logging.getLogger(__name__).info("The model failed. %s", without(told, secret)[:500])
    found = next((words for pattern, words in _REASONS if re.search(pattern, told, re.IGNORECASE)), None)
    return found or "it failed"


_KEY = re.compile(r"\b(?:sk|key|pk|gsk|xai)-[\w*-]{4,}|\bBearer\s+\S+", re.IGNORECASE)


def without(text: str, secret: str) -> str:
    """A text without a key and without what looks like one."""
    hidden = text.replace(secret, "***") if len(secret) > 3 else text
    return _KEY.sub("***", hidden)
