"""Servers of the page, as programs of their own, and a browser that tells everything it asked for."""

import os
import re
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
LEAVING = (
    "AbortError: BodyStreamBuffer was aborted",
    "AbortError: signal is aborted without reason",
    "Unexpected error Connection errored out.",
)
START_SECONDS = 120  # importing gradio on a cold, shared machine


def environment(home: Path, **settings: str) -> dict[str, str]:
    return {**os.environ, "QA_HOME": str(home), "PYTHONUNBUFFERED": "1", **settings}


@contextmanager
def serving(*arguments: str, home: Path, **settings: str):
    """The address of a server that was started with these arguments and is stopped afterwards."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(home, **settings),
        stderr=subprocess.PIPE,
        text=True,
    )
    lines: Queue[str] = Queue()
    reader = threading.Thread(target=lambda: [lines.put(line) for line in process.stderr], daemon=True)
    reader.start()
    try:
        yield address(lines)
    finally:
        process.terminate()
        process.wait(20)
        reader.join(20)
        process.stderr.close()


def address(lines: "Queue[str]") -> str:
    seen = ""
    while True:
        try:
            seen += lines.get(timeout=START_SECONDS)
        except Empty:
            raise AssertionError(f"The server did not tell its address: {seen}") from None
        if found := re.search(r"http://[\d.]+:\d+", seen):
            return found[0]


@pytest.fixture(scope="session")
def fake_page(tmp_path_factory):
    """The address of the page over a fake of question answering and a report with hostile text in it."""
    with serving("tests/page/fake_server.py", home=tmp_path_factory.mktemp("home")) as url:
        yield url


@pytest.fixture(scope="session")
def slow_page(tmp_path_factory):
    """The same, with six seconds of loading."""
    with serving("tests/page/fake_server.py", "6", home=tmp_path_factory.mktemp("home")) as url:
        yield url


@pytest.fixture(scope="session")
def writer_page(tmp_path_factory):
    """The same, with a language model that takes two seconds for an answer."""
    with serving("tests/page/fake_server.py", "writer", home=tmp_path_factory.mktemp("home")) as url:
        yield url


@pytest.fixture(scope="session")
def real_page(real_home, tmp_path_factory):
    """The address of the page as ``python app.py`` serves it, with an index that is there already."""
    home = shutil.copytree(real_home, tmp_path_factory.mktemp("served") / "home")
    with serving("app.py", "--port", "0", home=home) as url:
        yield url


@pytest.fixture(scope="session")
def chromium():
    """A browser; the tests fail where there must be one and skip where there may be none."""
    if not CHROMIUM.exists():
        missing = f"{CHROMIUM} is not installed"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=OPTIONS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """What a page asked for and complained of while it was open."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def complain(self, words: str) -> None:
        """Keeps a complaint, unless it is Gradio's that its stream ended because the page was left."""
        if not words.startswith(LEAVING):
            self.complaints.append(words)

    def hosts(self) -> set[str]:
        addresses = (urlsplit(url) for url in self.requests)
        return {one.netloc for one in addresses if one.scheme not in {"data", "blob"}}


@pytest.fixture
def open_page(chromium):
    """Opens an address; afterwards, no other host was asked for anything and nothing went wrong."""
    contexts = []

    def open_(url: str, *, width: int = 1440, height: int = 900, **options: object):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        page, visit = context.new_page(), Visit()
        page.on("request", lambda request: visit.requests.append(request.url))
        page.on("pageerror", lambda error: visit.complain(str(error)))
        page.on("console", lambda said: visit.complain(said.text) if said.type == "error" else None)
        contexts.append((context, visit, urlsplit(url).netloc))
        page.goto(url, wait_until="domcontentloaded")
        page.wait_for_selector("textarea")
        return page

    yield open_
    for context, _, _ in contexts:
        context.close()
    for _, visit, host in contexts:
        assert visit.hosts() == {host}
        assert visit.complaints == []
