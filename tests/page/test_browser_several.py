"""The page over several reports as ``python app.py`` serves it, in a real browser."""

import shutil

import pytest

from evals.siblings.benchmark import FOLDER, siblings
from tests.page.conftest import serving
from tests.page.test_browser import IN_VIEW, answered, ask, until

pytestmark = [pytest.mark.browser, pytest.mark.encoder]

LOADING = 120  # seconds: the first question waits until the encoder is loaded and the reports are indexed
CARERS = "How many foster carers does the council have?"


@pytest.fixture(scope="module")
def several_page(real_home, tmp_path_factory):
    """The address of the page with the made-up reports added to the shipped one."""
    from corpus.adding import keep

    home = shutil.copytree(real_home, tmp_path_factory.mktemp("several") / "home")
    assert FOLDER.is_dir()
    for report in siblings():
        keep(report, home / "reports")
    with serving("app.py", "--port", "0", home=home) as url:
        yield url


def choose(page, *names):
    """Tick these reports and no others."""
    for label in page.locator("#reports label").all():
        label.locator("input").set_checked(label.inner_text().strip() in names)


def test_a_citation_of_another_report_opens_that_report_with_the_evidence_marked(open_page, several_page):
    page = open_page(several_page)
    choose(page)
    ask(page, CARERS)
    answer = answered(page, seconds=LOADING)
    assert "Anytown 2013, para" in answer.inner_text()
    answer.locator("a[href='#para-anytown-2013-5']").first.click()
    page.wait_for_selector("#para-anytown-2013-5 mark")
    assert page.inner_text("#para-anytown-2013-5 mark").startswith(
        "The council has 61 approved foster carers"
    )
    until(page, IN_VIEW, "#para-anytown-2013-5 mark")
    assert page.input_value("#report-shown") == "anytown-2013"
    assert page.url.endswith("#para-anytown-2013-5")
    answer.locator("a[href='#para-12']").first.click()
    page.wait_for_selector("#para-12 mark")
    assert page.input_value("#report-shown") == "kingston-2012"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#para-12"


def test_at_first_the_report_of_the_settings_is_asked_alone(open_page, several_page):
    page = open_page(several_page)
    ask(page, CARERS)
    answer = answered(page, seconds=LOADING)
    assert "Kingston 2012, para" in answer.inner_text()
    assert "Anytown" not in answer.locator(".statements").inner_text()


def test_one_report_or_two_can_be_chosen(open_page, several_page):
    page = open_page(several_page)
    choose(page, "Anytown 2013", "Marlbeck 2014")
    ask(page, CARERS)
    shown = answered(page, seconds=LOADING).locator(".statements").inner_text()
    assert "61 approved" in shown
    assert "164 approved" in shown
    assert "Kingston" not in shown


def test_an_address_opens_the_paragraph_of_its_report(open_page, several_page):
    page = open_page(f"{several_page}/#para-marlbeck-2014-9")
    page.wait_for_selector("#para-marlbeck-2014-9.current")
    assert page.input_value("#report-shown") == "marlbeck-2014"


def test_any_report_can_be_read_and_searched(open_page, several_page):
    page = open_page(several_page)
    page.select_option("#report-shown", "marlbeck-2011")
    page.wait_for_selector("#para-marlbeck-2011-12")
    page.fill("#find-words", "Traveller")
    page.wait_for_function("document.querySelector('#find-count').textContent === '1 match'")
    page.fill("#find-words", "12")
    page.press("#find-words", "Enter")
    page.wait_for_selector("#para-marlbeck-2011-12.current")


def test_the_choices_have_names_for_those_who_cannot_see_them(open_page, several_page):
    page = open_page(several_page)
    group = page.get_by_role("group", name="Reports to ask (all if none is chosen)")
    assert group.get_by_role("checkbox").count() == 4
    assert page.get_by_role("combobox", name="Report", exact=True).count() == 1
    assert page.get_by_role("checkbox", name="Kingston 2012").is_checked()


def test_on_a_phone_a_citation_opens_its_report_over_the_conversation(open_page, several_page):
    page = open_page(several_page, width=390, height=844)
    choose(page, "Anytown 2013")
    ask(page, CARERS)
    answered(page, seconds=LOADING).locator("a[href='#para-anytown-2013-5']").first.click()
    page.wait_for_selector("#para-anytown-2013-5 mark")
    until(page, IN_VIEW, "#para-anytown-2013-5 mark")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, {"width": 320, "height": 640}])
def test_axe_finds_nothing_over_several_reports(open_page, several_page, scheme, size):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(several_page, **size, color_scheme=scheme)

    def violations():
        found = Axe().run(page).response["violations"]
        return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]

    choose(page)
    ask(page, CARERS)
    answered(page, seconds=LOADING)
    assert violations() == []
    page.click("a[href='#para-anytown-2013-5'] >> nth=0")
    page.wait_for_selector("#para-anytown-2013-5 mark")
    assert violations() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
