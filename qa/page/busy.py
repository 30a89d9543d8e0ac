"""What is said when too many questions wait: Gradio counts them, but says it in words for programmers."""

from __future__ import annotations

import json
import re

from qa.page.headers import Application, Message, Receive, Scope, Send

WORDS = "Too many people are asking at the moment, and your question was not taken. Please send it again in a minute."
_ASKS = re.compile(r"/gradio_api/(?:queue/join|call/ask|call/v2/ask|run/ask|api/ask)/?")
_FULL = 503


class Busy:
    """The application with a clear message for whoever comes when the queue is full."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        asks = scope["type"] == "http" and _ASKS.fullmatch(scope["path"])
        await self._app(scope, receive, _Plainly(send) if asks else send)


class _Plainly:
    """Sends a response as it is, but one that the queue is full in our words."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._full = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._full = message["status"] == _FULL
            if self._full:
                body = json.dumps({"detail": WORDS}).encode()
                headers = [(b"content-type", b"application/json"), (b"retry-after", b"60")]
                headers.append((b"content-length", str(len(body)).encode()))
                await self._send({**message, "headers": headers})
                await self._send({"type": "http.response.body", "body": body})
                return
        if not self._full:
            await self._send(message)
