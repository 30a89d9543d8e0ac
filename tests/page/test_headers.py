import contextlib
import gzip

import pytest

from qa.page.headers import HEADERS, LARGEST_BODY, Guarded, clean_head, refused

DOCUMENT = (
    '<html><head>\n<meta property="og:image" content="https://e.invalid/x.jpg" />'
    '<meta\n name="twitter:card" content="c" /><link rel="manifest" href="/manifest.json" />'
    '<meta name="viewport" content="v" /></head><body>x</body></html>'
)


def get(app, path, *, method="GET", headers=(), body=(b"",)):
    """The status, the headers and the body of a response."""
    sent, pieces = [], list(body)

    async def receive():
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": list(headers)}
    with contextlib.suppress(StopIteration):  # nothing here waits, so that no event loop is needed
        app(scope, receive, send).send(None)
    text = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}, text


async def document(scope, receive, send):
    assert all(name != b"accept-encoding" for name, _ in scope["headers"])
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": DOCUMENT[:50].encode(), "more_body": True})
    await send({"type": "http.response.body", "body": DOCUMENT[50:].encode()})


async def echo(scope, receive, send):
    taken = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            taken = b"gone"
            break
        taken += message["body"]
        if not message["more_body"]:
            break
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": taken})


def test_our_lines_come_into_the_head_and_foreign_ones_leave_it():
    assert clean_head(DOCUMENT, "<title>T</title>") == (
        '<html><head><meta name="viewport" content="v" /><title>T</title></head><body>x</body></html>'
    )


def test_the_document_is_sent_whole_with_every_header():
    status, headers, body = get(Guarded(document, head=lambda: "<title>T</title>"), "/")
    assert status == 200
    assert {name: headers[name.lower()] for name in HEADERS} == HEADERS
    assert body.decode() == clean_head(DOCUMENT, "<title>T</title>")
    assert headers["content-length"] == str(len(body))


def test_the_document_is_packed_for_who_takes_it_packed():
    app = Guarded(document, head=str)
    _, headers, body = get(app, "/", headers=[(b"accept-encoding", b"gzip, br")])
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(body).decode() == clean_head(DOCUMENT, "")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("HEAD", "/"),
        ("GET", "/assets/index.js"),
        ("GET", "/page/style.css"),
        ("GET", "/gradio_api/queue/data"),
        ("GET", "/gradio_api/heartbeat/abc"),
        ("POST", "/gradio_api/queue/join"),
        ("POST", "/gradio_api/call/ask"),
        ("POST", "/gradio_api/run/predict"),
    ],
)
def test_what_the_page_needs_is_open(method, path):
    assert refused(method, path, 10) is None


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/proxy=https://e.invalid"),
        ("POST", "/gradio_api/vibe-edit"),
        ("POST", "/gradio_api/component_server"),
        ("GET", "/monitoring"),
        ("GET", "/docs"),
        ("PUT", "/"),
        ("POST", "/"),
    ],
)
def test_everything_else_is_closed(method, path):
    assert refused(method, path, 0) == (404, "There is nothing here.")


def test_a_body_that_is_too_large_is_refused_with_its_limit():
    assert refused("POST", "/gradio_api/queue/join", LARGEST_BODY) is None
    length = str(LARGEST_BODY + 1).encode()
    status, headers, body = get(
        Guarded(echo, head=str),
        "/gradio_api/queue/join",
        method="POST",
        headers=[(b"content-length", length)],
    )
    assert (status, body) == (413, b"The request is too large: at most 2,000,000 bytes are read.")
    assert headers["x-frame-options"] == "DENY"


def test_a_body_of_no_stated_length_ends_at_the_limit():
    app = Guarded(echo, head=str)
    small = get(app, "/gradio_api/queue/join", method="POST", body=(b"ab", b"c"))[2]
    large = get(app, "/gradio_api/queue/join", method="POST", body=(b"a" * LARGEST_BODY, b"b", b"c"))[2]
    assert (small, large) == (b"abc", b"gone")
