"""Asking the app with many clients: what a client sends and reads, and what is counted as failed."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from evals import load


class Endpoint(BaseHTTPRequestHandler):
    """The app's named endpoint: it answers every question but "fail" and "nonsense"."""

    questions: dict[str, str] = {}  # noqa: RUF012 - one endpoint a test

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        event = str(len(self.questions))
        self.questions[event] = body["data"][0]
        self.reply(200, json.dumps({"event_id": event}))

    def do_GET(self):
        question = self.questions[self.path.rpartition("/")[2]]
        if question == "fail":
            self.reply(503, "busy")
            return
        status = "error" if question == "nonsense" else "answered"
        answers = [[{"status": "waiting"}], [{"status": status, "question": question}]]
        self.reply(200, "".join(f"event: complete\ndata: {json.dumps(answer)}\n\n" for answer in answers))

    def reply(self, status, text):
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *ignored):
        """Says nothing."""


@pytest.fixture
def address():
    Endpoint.questions = {}
    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_client_reads_the_last_event_of_the_answer(address):
    client = load.Client(address)
    assert client.ask("What is good?") == {"status": "answered", "question": "What is good?"}
    client.close()


def test_every_question_is_asked_once_whatever_the_number_of_clients(address):
    questions = [f"question {n}" for n in range(10)]
    waits = load.drive(address, 4, questions)
    assert sorted(Endpoint.questions.values()) == sorted(questions)
    assert (len(waits.seconds), waits.problems) == (10, [])


def test_what_is_refused_or_no_answer_counts_as_failed_and_the_rest_goes_on(address):
    waits = load.drive(address, 2, ["fail", "nonsense", "fine"])
    assert len(waits.seconds) == 3
    assert len(waits.problems) == 2
    assert any("replied 503" in problem for problem in waits.problems)


def test_the_table_tells_rates_waits_and_memory():
    result = {
        "about": {"cores": 2, "python": "3.11.7"},
        "app": [{"clients": 4, "questions": 8, "per_second": 9.5, "p50_ms": 10, "p95_ms": 1200, "failed": 0}],
        "batch": {"questions": 1500, "seconds": 30.0, "per_second": 50.0},
        "memory": [{"questions": 0, "resident_mb": 300}, {"questions": 1000, "resident_mb": None}],
    }
    text = load.to_markdown(result)
    assert "| 4 | 9.5 | 10 | 1,200 | 0 |" in text
    assert "1,500 questions in 30.0 s, the start of the program included: 50.0 a second." in text
    assert "| 0 | 300 |\n| 1,000 | – |" in text
    assert json.loads(load.to_json(result)) == result
