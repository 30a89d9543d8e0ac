"""The page that writes briefings."""

from io import BytesIO

import pytest
from docx import Document
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.library import load
from qa.brief.topic import LONGEST
from qa.page.briefing import NO_FORMAT, PATH, add_briefing
from qa.page.keeping import ELSEWHERE
from qa.page.limits import Limits
from tests.page.fakes import HOSTILE, FakeAsker
from tests.page.test_browser_signin import visiting


@pytest.fixture
def client():
    app = FastAPI()
    add_briefing(app, load(), FakeAsker(load()).briefer, Limits(5))
    return TestClient(app, headers={"x-qa-owner": "ada"})


def test_the_page_offers_a_field_with_the_headings_of_the_report(client):
    got = client.get(PATH)
    assert got.status_code == 200
    assert '<label for="topic">Topic</label>' in got.text
    assert '<option value="Leadership and management"></option>' in got.text


def test_a_topic_is_shown_with_links_into_the_report_and_buttons_to_save_it(client):
    got = client.post(PATH, data={"topic": "missing children arrangements"})
    assert got.status_code == 200
    assert got.headers["cache-control"] == "no-store"
    assert "Briefing: missing children arrangements" in got.text
    assert "<h3>Strengths</h3>" in got.text
    assert 'href="/#para-25">para\N{NO-BREAK SPACE}25</a>' in got.text
    assert ">Save as Word</button>" in got.text
    assert 'See also: paragraphs <a href="/#para-12">' in got.text
    assert "(Ofsted, 10 July 2012)" in got.text


def test_it_is_saved_as_markdown_and_word(client):
    got = client.post(PATH, data={"topic": "Missing children’s plans", "as": "md"})
    assert got.headers["content-disposition"] == 'attachment; filename="briefing-missing-children-s-plans.md"'
    assert got.text.startswith("# Briefing: Missing children’s plans\n")
    got = client.post(PATH, data={"topic": "missing children", "as": "docx"})
    assert Document(BytesIO(got.content)).paragraphs[0].text == "Briefing: missing children"
    assert got.headers["cache-control"] == "no-store"


def test_what_the_report_does_not_say_is_said(client):
    got = client.post(PATH, data={"topic": "zzz yyy"})
    assert got.status_code == 200
    assert "The report does not say: it has nothing on “zzz yyy”." in got.text
    assert "Save as" not in got.text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"topic": " "}, "Name a topic first"),
        ({}, "Name a topic first"),
        ({"topic": "x" * 5000}, f"The topic has 5,000 characters; at most {LONGEST} are looked for"),
        ({"topic": "<b>children</b>"}, "The topic holds markup"),
        ({"topic": "children", "as": "pdf"}, NO_FORMAT),
    ],
)
def test_what_cannot_be_looked_for_is_told_in_words(client, sent, said):
    got = client.post(PATH, data=sent)
    assert got.status_code == 400
    assert said in got.text
    assert 'role="alert"' in got.text


def test_hostile_words_are_shown_as_words(client):
    for topic in (HOSTILE, "children onerror=alert(1) \u202e"):
        got = client.post(PATH, data={"topic": topic})
        assert "<script>document" not in got.text
        assert "<img" not in got.text
        assert "\u202e" not in got.text


def test_somebody_who_tells_of_harm_is_told_where_to_get_help_and_nothing_else(client):
    got = client.post(PATH, data={"topic": "my dad hits me", "as": "docx"})
    assert "Call the helpline." in got.text
    assert "hits" not in got.text
    assert "content-disposition" not in got.headers


def test_another_site_and_too_many_topics_are_turned_away(client):
    got = client.post(PATH, data={"topic": "plans"}, headers={"sec-fetch-site": "cross-site"})
    assert (got.status_code, got.text) == (403, ELSEWHERE)
    for _ in range(5):
        client.post(PATH, data={"topic": "children"})
    assert "within a minute" in client.post(PATH, data={"topic": "children"}).text


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_briefing_is_written_by_keyboard_in_the_browser_and_axe_finds_nothing(chromium, fake_page, scheme):
    from axe_playwright_python.sync_playwright import Axe

    with visiting(chromium, fake_page, color_scheme=scheme, viewport={"width": 390, "height": 844}) as page:
        page.goto(fake_page)
        page.get_by_role("link", name="Briefing").click()
        page.get_by_label("Topic").focus()
        page.keyboard.type("missing children arrangements")
        page.keyboard.press("Enter")
        page.wait_for_selector(".briefing")
        assert page.get_by_role("heading", name="Recommendations").is_visible()
        page.get_by_text("The paragraphs quoted").click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save as Word").click()
        assert saved.value.suggested_filename == "briefing-missing-children-arrangements.docx"
        page.get_by_role("link", name="para 25").first.click()
        page.wait_for_selector("#para-25", state="attached")
        assert page.url.endswith("/#para-25")
