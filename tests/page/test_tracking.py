"""The page with the actions that the report asks for."""

import csv
import io
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from corpus.library import load
from qa.page.tracking import NO_FORMAT, NONE, PATH, add_tracking, chosen
from tests.page.fakes import HOSTILE, FakeAsker
from tests.page.test_browser_signin import visiting

REPORT = load()


def client_of(report):
    app = FastAPI()
    add_tracking(app, report, FakeAsker(report).briefer)
    return TestClient(app)


@pytest.fixture
def client():
    return client_of(REPORT)


def test_every_action_stands_in_the_table_with_links_into_the_report(client):
    got = client.get(PATH)
    assert got.status_code == 200
    assert f"{len(REPORT.recommendations)} of {len(REPORT.recommendations)} actions" in got.text
    assert got.text.count('role="cell" data-label="Action"') == len(REPORT.recommendations)
    assert 'href="/#para-97">' in got.text
    assert 'href="/#para-12">' in got.text


def test_deadline_and_owner_narrow_it_down_and_stay_chosen(client):
    got = client.get(PATH, params={"deadline": "Within three months", "owner": "LSCB"})
    assert "2 of 36 actions" in got.text
    assert '<option value="LSCB" selected>LSCB</option>' in got.text
    nothing = client.get(PATH, params={"deadline": "Tomorrow"})
    assert "0 of 36 actions" in nothing.text


def test_it_is_saved_as_csv_and_excel_as_it_is_shown(client):
    asked = {"owner": "LSCB"}
    got = client.get(PATH, params={**asked, "as": "csv"})
    assert got.headers["content-disposition"] == 'attachment; filename="actions-kingston-2012.csv"'
    rows = list(csv.DictReader(io.StringIO(got.content.decode("utf-8-sig"))))
    assert [row["Owner"] for row in rows] == ["LSCB", "LSCB"]
    got = client.get(PATH, params={**asked, "as": "xlsx"})
    sheet = load_workbook(io.BytesIO(got.content)).active
    assert [cell.value for cell in sheet["D"]] == ["Owner", "LSCB", "LSCB"]
    assert got.headers["cache-control"] == "no-store"


def test_another_format_is_told_in_words(client):
    got = client.get(PATH, params={"as": "pdf"})
    assert (got.status_code, NO_FORMAT in got.text) == (400, True)


def test_a_report_without_recommendations_says_so():
    got = client_of(replace(REPORT, recommendations=())).get(PATH)
    assert NONE in got.text
    assert "<form" not in got.text


def test_hostile_words_are_shown_as_words():
    first, *rest = REPORT.recommendations
    bad = replace(first, text=HOSTILE, deadline=HOSTILE, addressee=HOSTILE)
    got = client_of(replace(REPORT, recommendations=(bad, *rest))).get(PATH, params={"owner": HOSTILE})
    assert "<script>document" not in got.text
    assert "<img" not in got.text


def test_nothing_named_chooses_all():
    found = FakeAsker(REPORT).actions()
    assert chosen(found) == found
    soon = chosen(found, deadline="Immediately")
    assert {one.recommendation.deadline for one in soon} == {"Immediately"}


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_actions_are_chosen_in_the_browser_and_axe_finds_nothing(chromium, fake_page, scheme, width):
    from axe_playwright_python.sync_playwright import Axe

    with visiting(chromium, fake_page, color_scheme=scheme, viewport={"width": width, "height": 844}) as page:
        page.goto(fake_page)
        page.get_by_role("link", name="Actions").click()
        page.get_by_label("Owner").select_option("LSCB")
        page.get_by_role("button", name="Show").click()
        page.wait_for_selector("text=2 of 36 actions")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save as Excel").click()
        assert saved.value.suggested_filename == "actions-kingston-2012.xlsx"
