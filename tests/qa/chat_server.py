"""An OpenAI-compatible server on this machine that behaves as it is told, well or badly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.qa.models_made import good

Behaviour = Callable[["Handler", str, str], None]


class Handler(BaseHTTPRequestHandler):
    """Answers every POST by the server's behaviour."""

    protocol_version = "HTTP/1.0"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.path, self.headers.get("Authorization"), body))
        told = {message["role"]: message["content"] for message in body["messages"]}
        self.server.behaviour(self, told["system"], told["user"])

    def log_message(self, *arguments):
        pass

    def begin(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()

    def piece(self, text, finish=None):
        chunk = {
            "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m",
            "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}],
        }  # fmt: skip
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()

    def end(self):
        self.piece("", "stop")
        self.wfile.write(b"data: [DONE]\n\n")


def says(write) -> Behaviour:
    """A server whose model writes by a function of system and user text."""

    def behave(handler, system, user):
        handler.begin()
        text = write(system, user)
        for place in range(0, len(text), 40):
            handler.piece(text[place : place + 40])
        handler.end()

    return behave


def fails(status: int) -> Behaviour:
    """A server that refuses with a status and repeats the key in its message."""

    def behave(handler, system, user):
        told = json.dumps({"error": {"message": f"bad key {handler.headers.get('Authorization')}"}}).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(told)))
        handler.end_headers()
        handler.wfile.write(told)

    return behave


def hangs(handler, system, user):
    handler.server.over.wait(20)


def drips(handler, system, user):
    handler.begin()
    for letter in good(system, user):
        if handler.server.over.is_set():
            return
        handler.piece(letter)
        time.sleep(0.2)


def goes_on(handler, system, user):
    handler.begin()
    while not handler.server.over.is_set():
        handler.piece("The end is near [12]. ")


def breaks_off(handler, system, user):
    handler.begin()
    handler.wfile.write(b'data: {"choices": [{"delta"')


@contextmanager
def serving(behaviour: Behaviour):
    """The server's address for as long as the block lasts, and what it was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda request, address: None  # a client that hangs up is expected
    server.behaviour, server.seen, server.over = behaviour, [], threading.Event()
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", server.seen
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
