"""The addresses for what is kept: export, feedback, deletion. Everyone sees only their own."""

import json
from io import BytesIO

import pytest
from docx import Document
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.library import load
from qa.page.conversation import Turn
from qa.page.keeping import ELSEWHERE, NO_FORMAT, NOT_YOURS, NOTHING_CHOSEN, UNREADABLE, add_routes
from qa.page.store import Store
from qa.shelf import Shelves
from tests.page.fakes import FakeAsker

PLANS = "How many children were subject to child protection plans?"
WORK = "supervision of social workers"


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "page.db")
    yield made
    made.close()


@pytest.fixture
def client(store):
    app = FastAPI()
    add_routes(app, Shelves(load()), FakeAsker(load()), store)
    return TestClient(app, headers={"x-qa-owner": "ada"})


@pytest.fixture
def kept(store):
    asker = FakeAsker(load())
    name = store.start("ada")
    store.save("ada", name, (Turn(PLANS, asker.ask(PLANS)), Turn(WORK, asker.ask(WORK))))
    return name


def test_a_conversation_is_saved_as_markdown_under_a_telling_name(client, kept):
    got = client.get("/page/export", params={"c": kept, "as": "md"})
    assert got.status_code == 200
    assert got.headers["content-disposition"].startswith('attachment; filename="answers-kingston-2012-')
    assert got.headers["cache-control"] == "no-store"
    assert PLANS in got.text
    assert WORK in got.text


def test_only_the_chosen_answers_are_saved_in_word(client, kept):
    got = client.get("/page/export", params={"c": kept, "as": "docx", "n": "1"})
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(got.content)).paragraphs)
    assert WORK in words
    assert PLANS not in words


def test_nobody_else_can_save_it(client, kept):
    got = client.get("/page/export", params={"c": kept, "as": "md"}, headers={"x-qa-owner": "bob"})
    assert (got.status_code, got.text) == (404, NOT_YOURS)


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ({"as": "pdf"}, 400, NO_FORMAT),
        ({"as": "md", "n": "7"}, 400, NOTHING_CHOSEN),
        ({"as": "md", "c": "other"}, 404, NOT_YOURS),
    ],
)
def test_what_cannot_be_saved_is_told_in_words(client, kept, asked, status, said):
    got = client.get("/page/export", params={"c": kept, **asked})
    assert (got.status_code, got.text) == (status, said)


def test_a_view_of_an_answer_is_kept_with_it(client, store, kept):
    sent = {"conversation": kept, "turn": 0, "verdict": "wrong_paragraph", "comment": "it is 13"}
    assert client.post("/page/feedback", json=sent).status_code == 204
    (found,) = store.feedback()
    assert (found.feedback.verdict, found.feedback.comment) == ("wrong_paragraph", "it is 13")
    assert found.feedback.answer.question == PLANS
    assert found.feedback.index_id == "fake-1"


@pytest.mark.parametrize(
    "sent",
    [
        {"conversation": "x", "turn": 0, "verdict": "right"},
        {"turn": 9, "verdict": "right"},
    ],
)
def test_a_view_of_an_answer_that_is_not_there_is_refused(client, store, kept, sent):
    got = client.post("/page/feedback", json={"conversation": kept, **sent})
    assert (got.status_code, got.text) == (404, NOT_YOURS)
    assert store.feedback() == ()


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"turn": -1}', json.dumps({"conversation": "x", "turn": 0, "verdict": "no"})]
)
def test_what_is_not_understood_is_told_so(client, body):
    got = client.post("/page/feedback", content=body, headers={"content-type": "application/json"})
    assert (got.status_code, got.text) == (400, UNREADABLE)


def test_a_form_of_another_site_changes_nothing(client, store, kept):
    sent = {"conversation": kept}
    got = client.post("/page/forget", json=sent, headers={"sec-fetch-site": "cross-site"})
    assert (got.status_code, got.text) == (403, ELSEWHERE)
    assert client.post("/page/forget", data={"conversation": kept}).status_code == 415
    assert store.load("ada", kept) is not None


def test_one_conversation_or_all_are_deleted_and_only_the_owners(client, store, kept):
    other = store.start("bob")
    store.save("bob", other, store.load("ada", kept))
    assert client.post("/page/forget", json={"conversation": other}).status_code == 204
    assert store.load("bob", other) is not None
    assert client.post("/page/forget", json={}).status_code == 204
    assert store.load("ada", kept) is None
    assert store.load("bob", other) is not None
