import threading

import pytest

from qa.page.service import NotLoadedError, Service
from qa.values import Answer


class Echo:
    def ask(self, question, history=(), *, scope=None):
        return Answer(question, "answered", f"{question} {history} {scope}", "r")


def test_a_question_asked_while_loading_waits_for_it():
    go = threading.Event()

    def load(progress):
        progress("half way")
        go.wait(10)
        return Echo()

    service = Service(load)
    service.start()
    answers = []
    asker = threading.Thread(target=lambda: answers.append(service.ask("q", ("h",), scope="s").text))
    asker.start()
    assert not service.wait(0.05)
    assert answers == []
    assert service.progress == "half way"
    go.set()
    asker.join(10)
    assert answers == ["q ('h',) s"]


def test_a_failure_to_load_is_told_to_whoever_asks():
    failures = []

    def load(progress):
        raise OSError("disk full")

    service = Service(load)
    service.start(on_failure=failures.append)
    with pytest.raises(NotLoadedError, match="Questions cannot be answered now: disk full"):
        service.ask("q")
    with pytest.raises(NotLoadedError, match="Briefings cannot be written now: disk full"):
        service.briefer()
    assert [str(one) for one in failures] == ["disk full"]
    assert str(service.failure) == "disk full"
