"""The page of the reports: everybody sees the list, and only those who may change it can."""

import re
import threading

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.library import DEFAULT_REPORT, load, report_ids
from evals.siblings.benchmark import FOLDER, siblings
from qa.page import desk as desks
from qa.page.headers import Guarded
from qa.page.keeping import ELSEWHERE
from qa.page.managers import who_may_change
from qa.page.managing import (
    LARGEST_UPLOAD,
    NO_DATE,
    NO_FILE,
    NO_TITLE,
    PATHS,
    UNKNOWN,
    add_managing,
    managing,
)
from qa.page.reports import NOT_YOURS, REMOVE, UPLOAD
from qa.page.signin import owner_of
from qa.page.stock import SHIPPED
from qa.page.upload import DISCARD, KEEP, PATH
from qa.settings import Settings
from tests.page.fakes import HOSTILE
from tests.page.test_stock import Shop

FILE = ("anytown-2013.md", (FOLDER / "anytown-2013.md").read_bytes())
PLACES = (
    b"# A letter\n\nAnytown Council\n\n" + b"The council has done what was asked of it in every part.\n\n" * 9
)


@pytest.fixture
def shop(tmp_path, monkeypatch):
    monkeypatch.setenv("QA_HOME", str(tmp_path))
    made = Shop(tmp_path)
    made.started()
    return made


@pytest.fixture
def noted():
    return []


@pytest.fixture
def app(shop, noted):
    made = FastAPI()
    add_managing(made, managing(shop.stock, lambda r: owner_of(r) in ("ann", "eve"), shop.home, noted.append))
    return Guarded(made, head=str, also=PATHS, larger={UPLOAD: LARGEST_UPLOAD})


@pytest.fixture
def client(app):
    return TestClient(app, headers={"x-qa-owner": "ann"})


def uploaded(client, file=FILE, **fields):
    return client.post(UPLOAD, files={"report": file}, data=fields)


def done(client, address):
    """The page of an upload once it does not change by itself any more."""
    for _ in range(2000):
        got = client.get(address)
        if 'id="state"' not in got.text:
            return got
        threading.Event().wait(0.01)
    raise AssertionError(got.text)


def job(got):
    return re.search(r"job=([\w-]+)", str(got.url))[1]


FACTS = {"title": "A title", "authority": "Borough of Newtown", "published": "3 May 2014"}


def test_a_report_is_uploaded_looked_over_kept_asked_and_removed(client, shop, noted):
    got = uploaded(client)
    shown = done(client, got.url).text
    for words in (
        "Is anytown-2013.md understood?",
        "32 paragraphs with a number, from 1 to 32.",
        "No number is missing and none is printed twice.",
        "<li>17 headings</li>",
        'value="Anytown Borough Council"',
        'value="19 April 2013"',
        "characters of text stand under no number",
        "The quality of provision is adequate",
    ):
        assert words in shown
    assert report_ids() == (DEFAULT_REPORT,)
    kept = client.post(KEEP, data={"job": job(got), **FACTS})
    assert "Newtown 2014 is in the library" in done(client, kept.url).text
    assert load("anytown-2013").metadata.published == "2014-05-03"
    answer = shop.stock.service.ask(
        "How many approved foster carers does the council have?", reports=["anytown-2013"]
    )
    assert "61 approved" in answer.text
    listed = client.get(PATH).text
    assert "Newtown 2014" in listed
    assert "Newtown 2014?" in client.get(f"{PATH}?remove=anytown-2013").text
    removed = client.post(REMOVE, data={"report": "anytown-2013"})
    assert "The report anytown-2013 is removed." in removed.text
    assert shop.traces() == []
    assert noted == [
        "The report 'anytown-2013' was added by 'ann'.",
        "The report 'anytown-2013' was removed by 'ann'.",
    ]


def test_discarding_keeps_nothing(client):
    got = uploaded(client)
    done(client, got.url)
    assert "Your uploads" in client.get(PATH).text
    gone = client.post(DISCARD, data={"job": job(got)})
    assert "Your uploads" not in gone.text
    assert report_ids() == (DEFAULT_REPORT,)
    assert client.get(got.url).status_code == 404


@pytest.mark.parametrize("path", [UPLOAD, KEEP, DISCARD, REMOVE])
@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"x-qa-owner": "bob"}, NOT_YOURS),
        ({"x-qa-owner": "~token"}, NOT_YOURS),
        ({"sec-fetch-site": "cross-site"}, ELSEWHERE),
        ({"sec-fetch-site": "same-site"}, ELSEWHERE),
        ({"x-qa-client": "9.9.9.9"}, UNKNOWN),
    ],
)
def test_everybody_else_is_refused_by_the_server(client, shop, path, headers, said):
    shop.stock.add(siblings()[0], lambda _: None)
    got = client.post(path, files={"report": FILE}, data={"report": "anytown-2013"}, headers=headers)
    assert (got.status_code, got.text) == (403, said)
    assert "anytown-2013" in report_ids()
    assert not (shop.home / "uploads").exists()


def test_everybody_else_sees_the_list_and_no_way_to_change_it(client, shop):
    shop.stock.add(siblings()[0], lambda _: None)
    mine = uploaded(client, report_id="x")
    for address in (PATH, mine.url, f"{PATH}?remove=anytown-2013"):
        shown = client.get(address, headers={"x-qa-owner": "bob"}).text
        assert "Anytown 2013" in shown
        assert NOT_YOURS in shown
        assert "<form" not in shown
        assert "Remove" not in shown
    assert client.get(mine.url, headers={"x-qa-owner": "eve"}).status_code == 404


@pytest.mark.parametrize(
    ("file", "short_name", "said"),
    [
        (("", b""), "", NO_FILE),
        (FILE, "Any Town", "cannot be a short name"),
        (FILE, "all", "stands for all reports"),
        (FILE, DEFAULT_REPORT, f"There is a report called {DEFAULT_REPORT} already."),
    ],
)
def test_what_is_wrong_with_an_upload_is_told_beside_the_form(client, file, short_name, said):
    got = uploaded(client, file, id=short_name)
    assert got.status_code == 400
    assert said in got.text
    assert 'role="alert"' in got.text
    assert f'value="{short_name}"' in got.text


def test_a_file_whose_name_is_taken_gets_the_next_one(client, shop):
    shop.stock.add(siblings()[0], lambda _: None)
    assert "<code>anytown-2013-2</code>" in done(client, uploaded(client).url).text


def test_a_bad_file_is_told_in_words(client):
    shown = done(client, uploaded(client, ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")).url).text
    assert "Not added: old.doc" in shown
    assert "save it as .docx" in shown


def test_without_numbers_the_places_are_offered(client):
    got = uploaded(client, ("letter.md", PLACES))
    shown = done(client, got.url).text
    assert "No numbered paragraphs were found." in shown
    assert "blocks of text, p1.1 to" in shown


def test_what_is_odd_about_the_numbers_is_told(client):
    words = "The council did what it had to do in this part. " * 2
    text = "".join(f"<p>{n}. {words}</p>" for n in (*range(1, 7), *range(9, 14)))
    shown = done(client, uploaded(client, ("gaps.html", text.encode())).url).text
    assert "These numbers are missing (left out by the authors, or not recognised): 7, 8." in shown


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [("title", " ", NO_TITLE), ("published", "last week", NO_DATE.format(given="last week"))],
)
def test_what_cannot_be_said_of_a_report_is_told_and_it_waits_on(client, fact, value, said):
    got = uploaded(client)
    done(client, got.url)
    told = client.post(KEEP, data={"job": job(got), **FACTS, fact: value})
    assert told.status_code == 400
    assert said in told.text
    assert "understood?" in told.text
    assert 'value="Borough of Newtown"' in told.text


def test_a_second_click_on_keep_leads_to_the_work_under_way(client, shop, monkeypatch):
    got = uploaded(client)
    done(client, got.url)
    go = threading.Event()
    make = shop.make
    monkeypatch.setattr(shop.stock, "_make", lambda *given: (go.wait(20), make(*given))[1])
    for _ in range(2):
        again = client.post(KEEP, data={"job": job(got), **FACTS})
        assert "Adding anytown-2013.md" in again.text
        assert str(again.url) == str(got.url)
    go.set()
    assert "is in the library" in done(client, got.url).text


def test_what_comes_with_the_program_cannot_be_removed(client):
    assert f"{SHIPPED}</p>" in client.get(PATH).text
    assert SHIPPED in client.get(f"{PATH}?remove={DEFAULT_REPORT}").text
    got = client.post(REMOVE, data={"report": DEFAULT_REPORT})
    assert (got.status_code, SHIPPED in got.text) == (409, True)
    assert "no such report" in client.post(REMOVE, data={"report": "nowhere"}).text
    assert client.get(f"{PATH}?remove=nowhere").status_code == 404


def test_a_file_that_is_too_large_is_refused_whatever_its_length_is_said_to_be(client, monkeypatch):
    monkeypatch.setattr(desks, "LARGEST", 0.0001)
    assert "which is the most" in uploaded(client).text
    got = client.post(UPLOAD, content=b"x", headers={"content-length": str(LARGEST_UPLOAD + 1)})
    assert got.status_code == 413
    other = client.post(KEEP, content=b"x", headers={"content-length": "3000000"})
    assert other.status_code == 413


def test_broken_forms_are_told(client):
    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert client.post(UPLOAD, content=b"nonsense", headers=kind).status_code in (400, 413)
    assert client.post(KEEP, content=b"nonsense", headers=kind).status_code == 404


def test_hostile_words_are_shown_as_words(client, shop):
    text = f"# {HOSTILE}\n\n{HOSTILE} Council\n\n" + "".join(
        f"{n}. {HOSTILE} is it.\n\n" for n in range(1, 12)
    )
    got = uploaded(client, (f"{HOSTILE}.md", text.encode()))
    shown = done(client, got.url).text
    client.post(KEEP, data={"job": job(got), "title": HOSTILE, "authority": HOSTILE})
    for page in (
        shown,
        done(client, got.url).text,
        client.get(PATH).text,
        client.get(f"{PATH}?gone={HOSTILE}").text,
    ):
        assert "<script>document" not in page
        assert "<img" not in page


def test_with_no_setting_there_is_no_such_page(shop):
    assert managing(shop.stock, who_may_change(Settings()), shop.home, print) is None


def test_a_link_cannot_put_words_of_its_own_on_the_page(client):
    assert "is removed" not in client.get(f"{PATH}?gone=Send%20money").text
    assert "is removed" not in client.get(f"{PATH}?gone={DEFAULT_REPORT}").text
