"""Who asks: signed in by password or by a reverse proxy, or nobody in particular but the same as before.

Every request is given its owner here before anything else sees it. Without sign-in, a browser is told apart from others
by a random token in a cookie that scripts cannot read.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import secrets
from collections.abc import Sequence
from urllib.parse import parse_qs, quote, unquote

from qa.errors import InputError
from qa.page.headers import Application, Message, Receive, Scope, Send, respond, secured
from qa.page.sessions import LASTS, Attempts, Sessions
from qa.page.signin_pages import again_page, sign_in_page, sign_out_page
from qa.page.users import Users

OWNER_COOKIE = "qa_owner"
SESSION_COOKIE = "qa_session"
OWNER_LASTS = 365 * 24 * 60 * 60  # seconds; what is kept on the server ends sooner

# Given to every request here, and taken from it first: nobody can send them.
_OWNER = b"x-qa-owner"
_CLIENT = b"x-qa-client"
_LOCAL = b"x-qa-local"

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_PROXY_NAME = re.compile(r"[^~\x00-\x1f\x7f][^\x00-\x1f\x7f]{0,199}")
_OPEN = "/page/"  # style and script of the pages: nobody's secret
_LARGEST_FORM = 10_000  # bytes
_AGAIN = b"again"
_OTHER_SITES = ("cross-site", "same-site")

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Pair = tuple[bytes, bytes]


def owner_of(request: object) -> str:
    """Whose request it is: the name of who signed in, else ``~`` and a token; a new one if nobody has said.

    ``request`` is Gradio's or FastAPI's.
    """
    headers = getattr(request, "headers", None)
    owner = headers.get(_OWNER.decode()) if headers is not None else None
    return unquote(owner) if owner else _nobody()


def limited_by(request: object) -> str:
    """What limits are counted by: the owner, or the address of a program that keeps no cookies."""
    headers = getattr(request, "headers", None)
    client = headers.get(_CLIENT.decode()) if headers is not None else None
    return f"~{client}" if client else owner_of(request)


def is_known(request: object) -> bool:
    """Whether somebody has signed in, or a browser has sent its token: no page of another site can make it do that."""
    headers = getattr(request, "headers", None)
    return headers is not None and bool(headers.get(_OWNER.decode())) and not headers.get(_CLIENT.decode())


def at_this_machine(request: object) -> bool:
    """Whether it was sent from the machine of the page, to that machine, and through no proxy that says so."""
    headers = getattr(request, "headers", None)
    return headers is not None and bool(headers.get(_LOCAL.decode()))


def networks(addresses: str) -> tuple[Network, ...]:
    """The addresses of a setting, apart by commas; raises :class:`InputError` for what is none."""
    found = []
    for given in filter(None, (part.strip() for part in addresses.split(","))):
        try:
            found.append(ipaddress.ip_network(given))
        except ValueError as error:
            raise InputError(
                f"QA_TRUSTED_PROXY holds {given!r}, which is no address. Give addresses or networks, apart by commas, "
                "such as 127.0.0.1,10.0.0.0/8."
            ) from error
    return tuple(found)


class SignIn:
    """The application behind its sign-in. With neither ``users`` nor ``header`` it only tells browsers apart."""

    def __init__(
        self,
        app: Application,
        *,
        key: bytes,
        users: Users | None = None,
        header: str = "",
        proxies: Sequence[Network] = (),
    ) -> None:
        self._app = app
        self._users = users
        self._header = header.lower().encode()
        self._proxies = tuple(proxies)
        self._sessions = Sessions(key)
        self._attempts = Attempts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        visit = _Visit(scope, self._proxies)
        out = secured(send)
        if self._users is not None and scope["path"] in ("/login", "/logout"):
            await self._sign(visit, receive, out)
        elif self._header:
            await self._by_proxy(visit, receive, send)
        elif visit.arrives_from_elsewhere():
            await respond(out, 200, again_page(), _NO_STORE)
        elif self._users is not None:
            await self._by_session(visit, receive, send)
        else:
            await self._anonymous(visit, receive, send)

    async def _by_proxy(self, visit: _Visit, receive: Receive, send: Send) -> None:
        if not visit.through_proxy:
            words = "This page is reached through your organisation's sign-in only, not at this address."
            await respond(secured(send), 403, words)
            return
        name = visit.header(self._header)
        if not _PROXY_NAME.fullmatch(name):
            await respond(
                secured(send), 401, "Your organisation's sign-in has not said who you are. Sign in there."
            )
            return
        await self._app(visit.owned_by(name), receive, send)

    async def _by_session(self, visit: _Visit, receive: Receive, send: Send) -> None:
        assert self._users is not None
        name = self._sessions.name(visit.cookies.get(SESSION_COOKIE, ""), self._users.entry)
        if name is not None:
            await self._app(visit.owned_by(name), receive, send)
        elif visit.path.startswith(_OPEN):
            await self._app(visit.owned_by(_nobody()), receive, send)
        elif visit.wants_a_page():
            await respond(secured(send), 303, "Please sign in.", [(b"location", b"/login"), *_NO_STORE])
        else:
            await respond(
                secured(send), 401, "You are not signed in, or no longer. Open the page again to sign in."
            )

    async def _anonymous(self, visit: _Visit, receive: Receive, send: Send) -> None:
        token = visit.cookies.get(OWNER_COOKIE, "")
        if _TOKEN.fullmatch(token):
            await self._app(visit.owned_by(f"~{token}"), receive, send)
            return
        owner = _nobody()
        cookie = visit.cookie(OWNER_COOKIE, owner[1:], OWNER_LASTS)
        await self._app(visit.owned_by(owner, new=True), receive, _with(send, cookie))

    async def _sign(self, visit: _Visit, receive: Receive, send: Send) -> None:
        if visit.method == "POST" and visit.from_another_site():
            await respond(send, 403, "This was sent by another site and is not taken.")
        elif visit.path == "/logout":
            await self._sign_out(visit, send)
        elif visit.method == "POST":
            await self._sign_in(visit, await _form(receive), send)
        elif visit.method in ("GET", "HEAD"):
            await respond(send, 200, sign_in_page(), _NO_STORE)
        else:
            await respond(send, 405, "Nothing can be done here in this way.")

    async def _sign_in(self, visit: _Visit, form: dict[str, str], send: Send) -> None:
        name, password = form.get("username", "").strip(), form.get("password", "")
        wait = self._attempts.wait(name, visit.address)
        if wait > 0:
            minutes = max(1, round(wait / 60))
            words = f"Too many attempts. Try again in {minutes} minute{'s' if minutes > 1 else ''}."
            after = (b"retry-after", str(int(wait) + 1).encode())
            await respond(send, 429, sign_in_page(words, name), [after, *_NO_STORE])
            return
        self._attempts.failed(
            name, visit.address
        )  # before the password is looked at: many at once count as many
        assert self._users is not None
        if not await asyncio.to_thread(self._users.verify, name, password):
            words = "The name or the password is not right. Check both and try again."
            await respond(send, 401, sign_in_page(words, name), _NO_STORE)
            return
        self._attempts.succeeded(name, visit.address)
        session = self._sessions.new(name, self._users.entry(name) or "")
        headers = [visit.cookie(SESSION_COOKIE, session, LASTS), *_NO_STORE]
        if visit.wants_a_page():
            await respond(send, 303, "Signed in.", [(b"location", b"/"), *headers])
        else:
            await respond(send, 200, "Signed in.", headers)

    async def _sign_out(self, visit: _Visit, send: Send) -> None:
        if visit.method != "POST":
            await respond(send, 200, sign_out_page(), _NO_STORE)
            return
        self._sessions.end(visit.cookies.get(SESSION_COOKIE, ""))
        gone = visit.cookie(SESSION_COOKIE, "", 0)
        await respond(send, 303, "Signed out.", [(b"location", b"/login"), gone, *_NO_STORE])


_HERE = ("127.0.0.1", "localhost", "[::1]")
_PORT = re.compile(r":\d+$")
_PROXIES = {b"forwarded", b"via", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip"}
_LOOPBACK = networks("127.0.0.0/8,::1")
_NO_STORE: list[Pair] = [(b"cache-control", b"no-store")]


class _Visit:
    """One request, as far as it tells who asks."""

    def __init__(self, scope: Scope, proxies: Sequence[Network]) -> None:
        self.scope = scope
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        peer = str((scope.get("client") or ("",))[0])
        self.through_proxy = _within(peer, proxies)
        self.address = self._forwarded() or peer if self.through_proxy else peer
        self.cookies = _cookies(self.header(b"cookie"))

    def header(self, name: bytes) -> str:
        """A header's value; empty if it is missing or was sent twice, as nobody can tell which one counts."""
        values = [value for key, value in self.scope["headers"] if key.lower() == name]
        try:
            return values[0].decode().strip() if len(values) == 1 else ""
        except UnicodeDecodeError:
            return ""

    def owned_by(self, owner: str, *, new: bool = False) -> Scope:
        """The request with its owner, its address if the owner is new, and whether it is from here; no other word."""
        kept = [pair for pair in self.scope["headers"] if pair[0].lower() not in (_OWNER, _CLIENT, _LOCAL)]
        told = [(_OWNER, quote(owner, safe="~@").encode())]
        if new:
            told.append((_CLIENT, quote(self.address, safe=":").encode()))
        if self._local():
            told.append((_LOCAL, b"yes"))
        return {**self.scope, "headers": [*kept, *told]}

    def wants_a_page(self) -> bool:
        """Whether a browser asks for something to show."""
        return "text/html" in self.header(b"accept")

    def arrives_from_elsewhere(self) -> bool:
        """Whether a link on another site may have led here: the browser then keeps our cookies back.

        Over an unencrypted connection browsers do not tell; there, whoever has no cookie may have come that way.
        """
        if self.method != "GET" or not self.wants_a_page() or _AGAIN in self.scope.get("query_string", b""):
            return False
        site = self.header(b"sec-fetch-site")
        return site in _OTHER_SITES or (not site and not self.cookies.keys() & {OWNER_COOKIE, SESSION_COOKIE})

    def from_another_site(self) -> bool:
        """Whether a page of another site sent this."""
        return self.header(b"sec-fetch-site") in _OTHER_SITES

    def cookie(self, name: str, value: str, seconds: int) -> Pair:
        """The header that sets a cookie: not for scripts, and not with requests that other sites make."""
        secure = "; Secure" if self._encrypted() else ""
        text = f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
        return (b"set-cookie", text.encode())

    def _encrypted(self) -> bool:
        forwarded = self.header(b"x-forwarded-proto") if self.through_proxy else ""
        return "https" in (self.scope.get("scheme"), forwarded.rpartition(",")[2].strip())

    def _local(self) -> bool:
        # The host keeps out pages whose own name leads here, and proxies that pass on what was asked for.
        host = _PORT.sub("", self.header(b"host").lower())
        names = {name.lower() for name, _ in self.scope["headers"]}
        peer = str((self.scope.get("client") or ("",))[0])
        return host in _HERE and not names & _PROXIES and _within(peer, _LOOPBACK)

    def _forwarded(self) -> str:
        """The address that the nearest proxy saw."""
        return self.header(b"x-forwarded-for").rpartition(",")[2].strip()[:64]


def _nobody() -> str:
    return f"~{secrets.token_urlsafe(32)}"


def _within(address: str, proxies: Sequence[Network]) -> bool:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or found
    return any(mapped in network for network in proxies)


def _cookies(header: str) -> dict[str, str]:
    """The cookies of a request; those of others on the same host may hold anything."""
    pairs = (part.partition("=") for part in header.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


async def _form(receive: Receive) -> dict[str, str]:
    """The fields of a form; none if it is too large."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > _LARGEST_FORM or message["type"] == "http.disconnect":
            return {}
        if not message.get("more_body"):
            break
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _with(send: Send, header: Pair) -> Send:
    async def with_header(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), header]}
        await send(message)

    return with_header
