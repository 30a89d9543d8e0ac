"""Twenty people who ask at once: ``make load`` starts the real page, drives it and says how long they waited.

Exits with 1 if one in twenty answers took longer than a second or any failed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parents[1]))

import httpx

from evals.cases import load
from tests.page.conftest import serving

LONGEST_WAIT = 1.0  # seconds that 95 of 100 answers may take
TOGETHER = 300  # seconds until everybody is ready


class Person:
    """Somebody with a browser of their own who asks one question after the other."""

    def __init__(self, url: str, questions: list[str]) -> None:
        self.questions = questions
        self.waits: list[float] = []
        self.problems: list[str] = []
        # A bare client: people bring machines of their own, and the one here would cost as much as the server.
        self._client = httpx.Client(base_url=f"{url}/gradio_api/call/ask", timeout=TOGETHER)

    def ask(self, together: threading.Barrier) -> None:
        """Ask each question at the moment at which everybody does."""
        for question in self.questions:
            together.wait(TOGETHER)
            began = time.perf_counter()
            try:
                answer = self.answer(question)
                if answer["status"] not in ("answered", "partial", "not_in_report"):
                    self.problems.append(f"status {answer['status']!r}")
            except Exception as error:
                self.problems.append(str(error))
            self.waits.append(time.perf_counter() - began)

    def answer(self, question: str) -> dict[str, object]:
        """Send the question and wait for the last event of its answer, as the page itself does."""
        sent = self._client.post("", json={"data": [question, None, None]}).raise_for_status()
        told = self._client.get(f"/{sent.json()['event_id']}").raise_for_status()
        last = told.text.rstrip().rpartition("data: ")[2]
        return json.loads(last)[0]

    def leave(self) -> None:
        """Close the browser."""
        self._client.close()


def main() -> int:
    """Drive the page; returns the exit status."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=20)
    options.add_argument("--rounds", type=int, default=10, help="questions of each (default: %(default)s)")
    chosen = options.parse_args()
    home = Path(os.environ.get("QA_HOME") or tempfile.mkdtemp())
    with serving("app.py", "--port", "0", home=home) as url:
        people = drive(url, chosen.people, chosen.rounds)
    return tell(people)


def drive(url: str, count: int, rounds: int) -> list[Person]:
    """People who have asked as many questions each, all of them different, at the same moments."""
    asked = [case.question for case in load() if not case.history and 0 < len(case.question) <= 500]
    step = max(1, len(asked) // (count * rounds))
    picked = (asked[::step] * count * rounds)[: count * rounds]
    people = [Person(url, picked[place::count]) for place in range(count)]
    people[0].answer("How many children?")  # waits until all is loaded
    together = threading.Barrier(count)
    threads = [threading.Thread(target=person.ask, args=(together,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for person in people:
        person.leave()
    return people


def tell(people: list[Person]) -> int:
    """Say how long the answers took; 1 if that is too long or some failed."""
    waits = sorted(wait for person in people for wait in person.waits)
    problems = [problem for person in people for problem in person.problems]
    cuts = quantiles(waits, n=100, method="inclusive")
    sys.stdout.write(
        f"{len(waits)} questions of {len(people)} people at once, on {os.cpu_count()} cores: median "
        f"{median(waits):.2f} s, 95th percentile {cuts[94]:.2f} s, longest {waits[-1]:.2f} s, "
        f"{len(problems)} failed\n"
    )
    for problem in sorted(set(problems))[:5]:
        sys.stdout.write(f"failed: {problem}\n")
    return 1 if problems or cuts[94] > LONGEST_WAIT else 0


if __name__ == "__main__":
    sys.exit(main())
