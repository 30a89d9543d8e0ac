"""What guards the page: security headers, open paths, a largest body, a clean document head."""

from __future__ import annotations

import gzip
import re
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping, Sequence
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Gradio compiles templates and sets styles in the page, hence the unsafe words: escaping is the real defence.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
LARGEST_BODY = 2_000_000  # bytes; far above the longest question

# Everything else that Gradio serves (uploads, files, proxies, editing, monitoring) is not needed here.
_GET = re.compile(
    r"/|/(?:config|theme\.css|favicon\.ico|robots\.txt)|/(?:assets|static|svelte|page)/.*"
    r"|/gradio_api/(?:info|app_id|login_check|startup-events|queue/data|queue/status|heartbeat/[^/]+|call/ask/[^/]+)/?"
)
_POST = re.compile(
    r"/gradio_api/(?:queue/join|cancel|reset|call/ask|call/v2/ask|run/ask|run/predict|api/ask)/?"
)
_FOREIGN_HEAD = re.compile(r'\s*<(?:meta\s+(?:property="og:|name="twitter:)|link\s+rel="manifest")[^>]*>')


class Guarded:
    """The application behind its guard: closed paths, a largest body, security headers on every response.

    ``larger`` are paths that take larger bodies, with their bytes.
    """

    def __init__(
        self,
        app: Application,
        *,
        head: Callable[[], str],
        also: Collection[str] = (),
        larger: Mapping[str, int] | None = None,
    ) -> None:
        self._app = app
        self._head = head
        self._also = frozenset(also)
        self._larger = dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        out = secured(send)
        largest = self._larger.get(scope["path"], LARGEST_BODY)
        refusal = refused(scope["method"], scope["path"], _length(scope), also=self._also, largest=largest)
        if refusal is not None:
            await respond(out, *refusal)
        elif scope["path"] == "/":
            await self._app(_plain(scope), receive, _Document(out, self._head(), packed=_takes_gzip(scope)))
        else:
            await self._app(scope, _bounded(receive, largest), out)


def refused(
    method: str, path: str, length: int, *, also: Collection[str] = frozenset(), largest: int = LARGEST_BODY
) -> tuple[int, str] | None:
    """Why a request is not let in, as status and words; ``None`` when it is.

    ``also`` are open paths of others, ``largest`` is how many bytes are read.
    """
    allowed = {"GET": _GET, "HEAD": _GET, "POST": _POST}.get(method)
    if allowed is None or not (allowed.fullmatch(path) or path in also):
        return 404, "There is nothing here."
    if length > largest:
        return 413, f"The request is too large: at most {largest:,} bytes are read."
    return None


def clean_head(document: str, head: str) -> str:
    """The page's document with our own lines in its head and without the ones that name other hosts."""
    return _FOREIGN_HEAD.sub("", document).replace("</head>", f"{head}</head>", 1)


def _takes_gzip(scope: Scope) -> bool:
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])


def _plain(scope: Scope) -> Scope:
    """The request without its wish for compression, so that what comes back can be read here."""
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}


def _length(scope: Scope) -> int:
    given = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(given) if given.isdigit() else 0


def _bounded(receive: Receive, largest: int) -> Receive:
    """Receives up to the largest body; past it, the request ends as if its sender had left."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if taken > largest else message

    return bounded


def secured(send: Send) -> Send:
    """Sends with the security headers."""
    extra = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [pair for pair in message.get("headers", []) if pair[0].lower() != b"server"]
            message = {**message, "headers": [*kept, *extra]}
        await send(message)

    return with_headers


async def respond(send: Send, status: int, words: str, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
    """A whole response: a page if the words are one, else plain text."""
    body = words.encode("utf-8", "replace")
    kind = "html" if words.startswith("<!doctype html>") else "plain"
    own = [
        (b"content-type", f"text/{kind}; charset=utf-8".encode()),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": [*own, *headers]})
    await send({"type": "http.response.body", "body": body})


class _Document:
    """Sends the page's document whole, after its head has been cleaned."""

    def __init__(self, send: Send, head: str, *, packed: bool) -> None:
        self._send = send
        self._head = head
        self._packed = packed
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = self._cleaned()
        headers = [pair for pair in self._start["headers"] if pair[0].lower() != b"content-length"]
        if self._packed:
            body = gzip.compress(body, compresslevel=6, mtime=0)
            headers += [(b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")]
        headers.append((b"content-length", str(len(body)).encode()))
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})

    def _cleaned(self) -> bytes:
        kind = next((value for name, value in self._start["headers"] if name.lower() == b"content-type"), b"")
        if not kind.startswith(b"text/html"):
            return self._body
        return clean_head(self._body.decode(), self._head).encode()
