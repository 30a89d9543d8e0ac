import json

import pytest

from qa.page.busy import WORDS, Busy
from tests.page.waiting import finish


def answering(status):
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": status, "headers": [(b"x-own", b"1")]})
        await send({"type": "http.response.body", "body": b"Queue is full.", "more_body": True})
        await send({"type": "http.response.body", "body": b" Max size is 100."})

    return app


def get(status, path):
    sent = []

    async def send(message):
        sent.append(message)

    finish(Busy(answering(status))({"type": "http", "path": path}, None, send))
    return sent[0], b"".join(message["body"] for message in sent[1:])


@pytest.mark.parametrize("path", ["/gradio_api/queue/join", "/gradio_api/call/ask"])
def test_a_full_queue_is_said_in_plain_words(path):
    start, body = get(503, path)
    assert json.loads(body) == {"detail": WORDS}
    assert start["status"] == 503
    assert dict(start["headers"])[b"content-length"] == str(len(body)).encode()


@pytest.mark.parametrize(("status", "path"), [(200, "/gradio_api/queue/join"), (503, "/")])
def test_everything_else_is_sent_as_it_is(status, path):
    start, body = get(status, path)
    assert (start["status"], start["headers"], body) == (
        status,
        [(b"x-own", b"1")],
        b"Queue is full. Max size is 100.",
    )
