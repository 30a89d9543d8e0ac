"""A language model in a GGUF file, run in this process by llama.cpp; no other program, no network."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from time import monotonic
from types import ModuleType
from typing import Any

from qa.errors import InputError
from qa.models import GGUF, INSTALL, MOST_TOKENS, ModelError

CONTEXT = 8192  # tokens of prompt and reply together; less where the model was trained for less
BATCH = 256  # tokens of a prompt that are read at once: between two batches the model can be stopped
CLOSING_SECONDS = 10  # that the end of the program waits for the model to notice
MAGIC = b"GGUF"


def load_gguf(name: str) -> LocalModel:
    """The model of ``gguf:<path>``. Raises :class:`InputError` for a file that is not there or is none."""
    path = Path(name.removeprefix(GGUF)).expanduser()
    try:
        with path.open("rb") as file:
            magic = file.read(len(MAGIC))
    except OSError as error:
        raise InputError(
            f"Cannot read the model {str(path)!r}: {error.strerror}. Write gguf:PATH-OF-A-FILE."
        ) from error
    if magic != MAGIC:
        raise InputError(
            f"{str(path)!r} is not a GGUF file. Download one, or convert the model with llama.cpp."
        )
    try:
        import xllamacpp
    except ImportError as error:
        raise InputError(
            f"The generator {name!r} needs a package that is not installed. Run: {INSTALL['local']}"
        ) from error
    return LocalModel(f"{GGUF}{path.name}", path, xllamacpp)


class LocalModel:
    """A GGUF file; loaded on first use, and used by one question at a time."""

    def __init__(self, name: str, path: Path, library: ModuleType) -> None:
        self.name = name
        self._path, self._library = path, library
        self._server: Any = None
        self._turn = threading.Lock()
        self._closing = threading.Event()
        # A thread inside the library must have come back before the interpreter takes it down.
        atexit.register(self._close)

    @property
    def address(self) -> str:
        """Where the model can be asked over HTTP on this machine; it is loaded if it was not."""
        return str(self._loaded().listening_address)

    def stream(self, system: str, user: str, *, seconds: float) -> Iterator[str]:
        """The reply in pieces; closing the iterator stops the model at its next token."""
        until = monotonic() + seconds
        if not self._turn.acquire(timeout=max(seconds, 0.0)):
            raise ModelError("it is busy with another question")
        pieces: Queue[str | Exception | None] = Queue()
        stopped = threading.Event()
        # The worker holds the turn, so that the next question waits until the model has really stopped.
        worker = threading.Thread(
            target=self._write, args=(system, user, until, pieces, stopped), name="gguf", daemon=True
        )
        worker.start()
        try:
            while monotonic() < until:
                try:
                    piece = pieces.get(timeout=0.2)
                except Empty:
                    continue
                if piece is None:
                    return
                if isinstance(piece, Exception):
                    raise piece
                yield piece
            raise ModelError("it took too long")
        finally:
            stopped.set()

    def _write(
        self, system: str, user: str, until: float, pieces: Queue[Any], stopped: threading.Event
    ) -> None:
        def take(chunk: object) -> bool:
            """Pass a chunk on; true ends the reply."""
            if isinstance(chunk, dict) and ("choices" in chunk or "prompt_progress" in chunk):
                for choice in chunk.get("choices") or ():
                    content = (choice.get("delta") or choice.get("message") or {}).get("content")
                    if content:
                        pieces.put(content)
            elif isinstance(chunk, dict):
                pieces.put(RuntimeError(str(chunk.get("message") or chunk.get("error") or chunk)[:300]))
            return stopped.is_set() or self._closing.is_set() or monotonic() > until

        try:
            asked = {
                "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
                "temperature": 0, "max_tokens": MOST_TOKENS, "stream": True, "cache_prompt": True,
                "return_progress": True,
            }  # fmt: skip
            self._loaded().handle_chat_completions(asked, take)
            pieces.put(None)
        except Exception as error:
            pieces.put(error)
        finally:
            self._turn.release()

    def _loaded(self) -> Any:  # noqa: ANN401 – the library has no types
        if self._server is None:
            parameters = self._library.CommonParams()
            parameters.model.path = str(self._path)
            parameters.n_ctx, parameters.n_parallel, parameters.verbosity = CONTEXT, 1, -1
            parameters.n_batch, parameters.n_ubatch, parameters.warmup = BATCH, BATCH, False
            self._server = self._library.Server(parameters)
        return self._server

    def _close(self) -> None:
        self._closing.set()
        self._turn.acquire(timeout=CLOSING_SECONDS)
