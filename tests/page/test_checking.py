"""The page that checks drafts."""

from io import BytesIO

import pytest
from docx import Document
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.library import load
from qa.page.checking import LONGEST, NOTHING_GIVEN, PATH, add_checking
from qa.page.keeping import ELSEWHERE
from qa.page.limits import Limits
from tests.page.fakes import HOSTILE, FakeAsker
from tests.page.test_browser_signin import visiting


@pytest.fixture
def client():
    app = FastAPI()
    add_checking(app, load(), FakeAsker(load()).checker, Limits(3))
    return TestClient(app, headers={"x-qa-owner": "ada"})


def test_a_pasted_draft_is_shown_with_its_verdicts(client):
    got = client.post(PATH, data={"words": "There were 91 plans (para 12). There were 4711 plans (para 12)."})
    assert got.status_code == 200
    assert got.headers["cache-control"] == "no-store"
    assert "2 sentences: 1 supported, 1 not supported." in got.text
    assert "Not supported: nothing says 4711" in got.text


def test_a_word_draft_comes_back_with_comments_and_leaves_nothing(client):
    document = Document()
    document.add_paragraph("There were 4711 plans (para 12).")
    made = BytesIO()
    document.save(made)
    got = client.post(PATH, files={"draft": ("brief.docx", made.getvalue())})
    assert 'download="brief.checked.docx"' in got.text
    assert "data:application/vnd.openxmlformats" in got.text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"data": {"words": " "}}, NOTHING_GIVEN),
        ({"data": {"words": "x" * (LONGEST + 1)}}, "at most 200,000 can be pasted"),
        ({"files": {"draft": ("brief.pdf", b"%PDF")}}, "cannot be checked: give a draft as"),
        ({"files": {"draft": ("brief.docx", b"")}}, "is empty"),
    ],
)
def test_what_cannot_be_checked_is_told_in_words(client, sent, said):
    got = client.post(PATH, **sent)
    assert got.status_code == 400
    assert said in got.text
    assert 'role="alert"' in got.text


def test_hostile_words_are_shown_as_words(client):
    got = client.post(PATH, data={"words": f"{HOSTILE} 4711 (para 12)."})
    assert "<script>document" not in got.text
    assert "<img" not in got.text


def test_another_site_and_too_many_drafts_are_turned_away(client):
    got = client.post(PATH, data={"words": "a (para 12)."}, headers={"sec-fetch-site": "cross-site"})
    assert (got.status_code, got.text) == (403, ELSEWHERE)
    for _ in range(3):
        client.post(PATH, data={"words": "Plans (para 12)."})
    assert "within a minute" in client.post(PATH, data={"words": "Plans (para 12)."}).text


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_draft_is_checked_in_the_browser_and_axe_finds_nothing(chromium, fake_page, scheme):
    from axe_playwright_python.sync_playwright import Axe

    with visiting(chromium, fake_page, color_scheme=scheme, viewport={"width": 390, "height": 844}) as page:
        page.goto(fake_page)
        page.get_by_role("link", name="Check a draft").click()
        page.fill("textarea", "There were 91 plans (para 12). There were 4711 plans (para 12).")
        page.get_by_role("button", name="Check").click()
        page.wait_for_selector(".findings")
        assert "nothing says 4711" in page.inner_text(".findings")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
