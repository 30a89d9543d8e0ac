"""The endpoint for programs."""

import subprocess
import sys

import pytest

from corpus.library import load
from qa.errors import QuestionError
from qa.page.events import check_request, halves_of
from tests.page.conftest import ROOT

PLANS = "How many children were subject to child protection plans?"

SENTENCE = "At the time of the inspection there were 91 children subject to child protection plans."


@pytest.fixture(scope="module")
def report():
    return load()


@pytest.fixture(scope="module")
def client(fake_page):
    from gradio_client import Client

    client = Client(fake_page, verbose=False)
    yield client
    client.close()


def test_the_halves_of_the_report_are_its_scopes(report):
    assert halves_of(report) == ("Safeguarding services", "Services for looked after children")


@pytest.mark.parametrize(
    ("question", "history", "scope"),
    [("q", None, None), ("q", [], None), ("q", ["a"] * 100, "Safeguarding services")],
)
def test_a_request_of_the_documented_form_is_taken(report, question, history, scope):
    check_request(question, history, scope, report)


@pytest.mark.parametrize(
    ("question", "history", "scope", "said"),
    [
        (5, None, None, "The question must be text, not int"),
        (None, None, None, "The question must be text, not NoneType"),
        ("q", "earlier", None, "The history must be a list of texts"),
        ("q", [1], None, "The history must be a list of texts"),
        ("q", ["a"] * 101, None, "The history may hold at most 100 questions and 100,000 characters"),
        ("q", ["a" * 100_001], None, "The history may hold at most 100 questions and 100,000 characters"),
        (
            "q",
            None,
            "<b>",
            "There is no scope '<b>'. Leave it out or use one of: Safeguarding services, Serv",
        ),
        ("q", None, ["x"], "There is no scope ['x']"),
    ],
)
def test_a_request_of_another_form_is_refused(report, question, history, scope, said):
    with pytest.raises(QuestionError) as refused:
        check_request(question, history, scope, report)
    assert said in str(refused.value)


def test_ask_is_the_only_endpoint_that_is_named(client):
    assert list(client.view_api(return_format="dict", print_info=False)["named_endpoints"]) == ["/ask"]


def test_a_program_gets_the_answer_as_an_object(client):
    answer = client.predict(PLANS, ["earlier?"], "Safeguarding services", api_name="/ask")
    assert answer == {
        "question": PLANS,
        "status": "answered",
        "answer": f"“{SENTENCE}” [12]",
        "history": ["earlier?"],
        "scope": "Safeguarding services",
    }


def test_a_program_is_told_what_is_wrong_with_its_question(client):
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError, match="at most 10,000 can be asked"):
        client.predict("x" * 100_000, api_name="/ask")
    with pytest.raises(AppError, match="Something went wrong here"):
        client.predict("please break", api_name="/ask")


def test_of_many_calls_the_state_of_only_the_latest_is_kept():
    """Each call is a session of its own, and a session takes 70 KB: memory would grow by the call."""
    code = """if True:
        from gradio.state_holder import StateHolder

        from corpus.library import load
        from qa.page.components import build_page
        from qa.page.events import Events
        from qa.page.markup import NOTHING
        from qa.shelf import Shelves

        kept = StateHolder()
        kept.set_blocks(build_page(Events(Shelves(load()), None, None, None), None, NOTHING)[0])
        for number in range(510):
            kept[f"call {number}"]
        print(len(kept.session_data), *list(kept.session_data)[:1])
    """
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "500 call 10\n"


def test_nothing_that_happens_while_the_page_opens_goes_through_the_queue():
    """The end of a queued event may close the stream on which a question just being sent would hear of its answer."""
    code = """if True:
        from corpus.library import load
        from qa.page.components import build_page
        from qa.page.events import Events
        from qa.page.markup import NOTHING
        from qa.shelf import Shelves

        page = build_page(Events(Shelves(load()), None, None, None), None, NOTHING)[0]
        for function in page.fns.values():
            for _, event in function.targets:
                if event in ("load", "tick", "submit"):
                    print(event, function.queue)
    """
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["submit True", "load False", "tick False", "load False", ""]
