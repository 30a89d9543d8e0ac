"""Sign-in and the evaluation page in a real browser, and sign-in by a program."""

from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from qa.page.users import add_user
from tests.page.conftest import serving

WORDS = "correct horse battery"
PLANS = "How many children were subject to child protection plans?"


@pytest.fixture(scope="module")
def signed_page(tmp_path_factory):
    """The address of a page to which ann may sign in."""
    home = tmp_path_factory.mktemp("signed")
    add_user(home / "users", "ann", WORDS)
    with serving("tests/page/signed_server.py", str(home / "users"), home=home) as url:
        yield url


@pytest.fixture(scope="module")
def open_to_all(tmp_path_factory):
    """The address of a page without sign-in."""
    with serving("tests/page/signed_server.py", home=tmp_path_factory.mktemp("unsigned")) as url:
        yield url


@contextmanager
def visiting(chromium, url, **options):
    """A page of a new browser; afterwards, no other host was asked for anything."""
    context = chromium.new_context(**options)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    hosts = {urlsplit(one).netloc for one in asked if urlsplit(one).scheme.startswith("http")}
    assert hosts == {urlsplit(url).netloc}


@pytest.mark.browser
def test_one_signs_in_by_keyboard_comes_to_the_paragraph_that_was_asked_for_and_signs_out(
    chromium, signed_page
):
    with visiting(chromium, signed_page) as page:
        page.goto(f"{signed_page}/#para-79")
        assert page.evaluate("document.activeElement.id") == "username"
        page.keyboard.type("ann")
        page.keyboard.press("Tab")
        page.keyboard.type("wrong")
        page.keyboard.press("Enter")
        assert "The name or the password is not right" in page.get_by_role("alert").inner_text()
        assert page.evaluate("document.activeElement.id") == "password"
        page.keyboard.type(WORDS)
        page.keyboard.press("Enter")
        page.wait_for_selector("textarea", state="attached")
        assert page.url == f"{signed_page}/#para-79"
        assert page.evaluate("document.cookie") == ""
        page.goto(f"{signed_page}/logout")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/login")
        page.goto(signed_page)
        assert page.url == f"{signed_page}/login"


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (320, "dark")])
def test_the_evaluation_page_fits_and_follows_a_run_until_its_end(chromium, open_to_all, width, scheme):
    size = {"width": width, "height": 900}
    with visiting(chromium, open_to_all, viewport=size, color_scheme=scheme) as page:
        page.goto(f"{open_to_all}/evaluation")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("svg circle").count() >= 6
        page.get_by_role("button", name="Run the evaluation now").click()
        page.wait_for_selector("button:disabled")
        page.wait_for_function("document.getElementById('state').textContent.includes('100 of 200')")
        page.wait_for_function("document.getElementById('state').textContent.includes('has ended')")
        assert page.get_by_role("button", name="Run the evaluation now").is_enabled()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/evaluation", "/login"])
def test_axe_finds_nothing_on_the_pages_beside_the_page(chromium, open_to_all, signed_page, path, scheme):
    from axe_playwright_python.sync_playwright import Axe

    url = signed_page if path == "/login" else open_to_all
    with visiting(chromium, url, color_scheme=scheme) as page:
        page.goto(f"{url}{path}")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.browser
def test_a_link_on_another_site_leads_to_the_paragraph_and_the_browser_is_known_again(chromium, open_to_all):
    link = f"<a href='{open_to_all}/#para-79'>79</a>"
    context = chromium.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(open_to_all)
    before = [cookie["value"] for cookie in context.cookies() if cookie["name"] == "qa_owner"]
    elsewhere = open_to_all.replace("127.0.0.1", "localhost")  # to a browser, another site
    page.route(f"{elsewhere}/", lambda route: route.fulfill(content_type="text/html", body=link))
    page.goto(f"{elsewhere}/")
    page.get_by_role("link").click()
    page.wait_for_selector("textarea", state="attached")
    assert f"{open_to_all}/?again" in [url.partition("#")[0] for url in asked]
    assert page.url == f"{open_to_all}/#para-79"
    assert [cookie["value"] for cookie in context.cookies() if cookie["name"] == "qa_owner"] == before
    assert context.cookies()[0]["httpOnly"] is True
    assert context.cookies()[0]["sameSite"] == "Strict"
    context.close()


def test_a_program_signs_in_with_a_name_and_is_turned_away_without(signed_page):
    from gradio_client import Client
    from gradio_client.exceptions import AuthenticationError

    client = Client(signed_page, auth=("ann", WORDS), verbose=False)
    assert client.predict(PLANS, api_name="/ask")["status"] == "answered"
    client.close()
    with pytest.raises(AuthenticationError):
        Client(signed_page, auth=("ann", "wrong"), verbose=False)
    with pytest.raises(Exception, match="Please login"):
        Client(signed_page, verbose=False)
