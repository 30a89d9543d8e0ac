"""A report is added on the page as ``python app.py`` serves it, asked and removed again, in a real browser."""

import shutil

import pytest

from corpus.library import DEFAULT_REPORT
from evals.siblings.benchmark import FOLDER
from tests.page.conftest import serving
from tests.page.test_browser import answered, ask
from tests.page.test_browser_signin import visiting

pytestmark = [pytest.mark.browser, pytest.mark.encoder]

LOADING = 120  # seconds: the page is loading its index and PyTorch while the report is added
FILE = FOLDER / "anytown-2013.md"
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def home(real_home, tmp_path_factory):
    return shutil.copytree(real_home, tmp_path_factory.mktemp("managed") / "home")


@pytest.fixture(scope="module")
def managed_page(home):
    """The address of a page on which whoever is at this machine may change the reports."""
    with serving("app.py", "--port", "0", home=home, QA_LOCAL_REPORT_CHANGES="true") as url:
        yield url


def sound(page):
    """Whether axe finds nothing and the page fits."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def button(page, name):
    return page.get_by_role("button", name=name)


def focused(page):
    return page.evaluate("document.activeElement.textContent")


@pytest.mark.parametrize(("options", "scheme"), [({}, "light"), (PHONE, "dark")])
def test_a_report_is_added_asked_and_removed(chromium, managed_page, home, options, scheme):
    with visiting(chromium, managed_page, color_scheme=scheme, **options) as page:
        page.goto(managed_page)
        page.get_by_role("link", name="Reports").click()
        page.get_by_label("File").set_input_files(FILE)
        sound(page)
        button(page, "Upload and look it over").click()
        button(page, "Keep it").wait_for(timeout=LOADING * 1000)
        assert "32 paragraphs with a number" in page.inner_text("main")
        assert focused(page).startswith("Compare this with the document")
        sound(page)
        button(page, "Keep it").click()
        page.wait_for_selector("progress")
        sound(page)
        page.wait_for_selector("text=is in the library", timeout=LOADING * 1000)
        assert focused(page).startswith("Anytown 2013 is in the library")
        sound(page)
        page.get_by_role("link", name="ask it on the page").click()
        page.get_by_role("checkbox", name="Kingston 2012").uncheck()
        page.get_by_role("checkbox", name="Anytown 2013").check()
        ask(page, "How many foster carers does the council have?")
        answer = answered(page, seconds=LOADING)
        assert "61 approved" in answer.inner_text()
        answer.locator("a[href='#para-anytown-2013-5']").first.click()
        page.wait_for_selector("#para-anytown-2013-5 mark")
        page.goto(f"{managed_page}/reports")
        page.get_by_role("link", name="Remove Anytown 2013").click()
        sound(page)
        button(page, "Remove it for good").click()
        page.wait_for_selector("text=The report anytown-2013 is removed.")
        assert focused(page) == "The report anytown-2013 is removed."
        page.goto(managed_page)
        page.wait_for_selector("textarea", state="attached")
        assert page.get_by_role("checkbox").count() == 0
        assert sorted(path.name for path in home.rglob("*anytown*")) == []


def test_what_is_wrong_with_a_file_is_told_and_has_the_focus(chromium, managed_page):
    with visiting(chromium, managed_page) as page:
        page.goto(f"{managed_page}/reports")
        page.get_by_label("Short name (optional)").fill(DEFAULT_REPORT)
        page.get_by_label("File").set_input_files(FILE)
        button(page, "Upload and look it over").click()
        page.get_by_role("alert").wait_for()
        assert focused(page).startswith("There is a report called kingston-2012 already.")
        sound(page)
        file = {"name": "picture.png", "mimeType": "image/png", "buffer": b"no report"}
        page.get_by_label("Short name (optional)").fill("")
        page.get_by_label("File").set_input_files(file)
        button(page, "Upload and look it over").click()
        page.get_by_role("alert").wait_for()
        assert focused(page).startswith("picture.png: .png is no format that can be read.")


def test_a_file_that_is_too_large_is_told_before_it_is_sent(chromium, managed_page):
    with visiting(chromium, managed_page) as page:
        page.goto(f"{managed_page}/reports")
        page.evaluate("document.getElementById('upload').dataset.largest = 10")
        page.get_by_label("File").set_input_files(FILE)
        button(page, "Upload and look it over").click()
        page.wait_for_selector("text=The file has more than 50 MB")
        assert page.url.endswith("/reports")
