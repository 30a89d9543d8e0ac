"""The page over several reports: every citation names its report and leads to it; the reader chooses which to ask."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.library import DEFAULT_REPORT, load
from evals.siblings.benchmark import siblings
from qa.page import server
from qa.page.components import page_title
from qa.page.conversation import Turn
from qa.page.events import Events, endpoint
from qa.page.export import plain, rich, to_docx, to_markdown
from qa.page.limits import Limits
from qa.page.log import log
from qa.page.reading import document, masthead, pane
from qa.page.render import answer_message
from qa.page.service import Service
from qa.page.store import Store
from qa.page.talk import Talk
from qa.render import to_json
from qa.shelf import Shelf, Shelves
from qa.values import Answer, Citation, Evidence, Statement
from tests.page.fakes import FakeAsker
from tests.page.test_events import request
from tests.qa.conftest import BagEncoder
from tests.qa.library_made import made_library

QUESTION = "How many care leavers were there?"
IDS = (DEFAULT_REPORT, "anytown-2013", "marlbeck-2011", "marlbeck-2014")


@pytest.fixture(scope="module")
def shelf():
    return Shelf(load(), siblings(), chosen=(DEFAULT_REPORT,))


@pytest.fixture(scope="module")
def library(tmp_path_factory, shelf):
    assert BagEncoder.name  # what the library is made over
    return made_library(shelf.reports, tmp_path_factory.mktemp("bag"))


@pytest.fixture(scope="module")
def answer(library):
    return library.ask(QUESTION)


def links(html):
    return re.findall(r'href="#(para-[^"]+)"', html)


# --- an answer


def test_every_citation_names_its_report_and_leads_to_its_paragraph(answer, shelf):
    made = answer_message(answer, shelf)
    assert sorted(links(made)) == [
        "para-12",
        "para-anytown-2013-4",
        "para-marlbeck-2011-4",
        "para-marlbeck-2014-2",
    ]
    assert '<span class="refs">Kingston 2012, para\N{NO-BREAK SPACE}<a href="#para-12"' in made
    assert '<span class="refs">Anytown 2013, para\N{NO-BREAK SPACE}<a href="#para-anytown-2013-4"' in made
    assert "Answered in the reports" in made
    assert (
        "Asked: Kingston 2012, Anytown 2013, Marlbeck 2011, Marlbeck 2014. Each answers for itself." in made
    )


def test_an_answer_of_several_says_which_reports_do_not(library, shelf):
    made = answer_message(library.ask("What grade did each council get for being healthy?"), shelf)
    assert "<strong>Note: </strong>Marlbeck 2014 does not grade this." in made


def test_grades_beside_each_other_say_the_rows_that_they_cite(library, shelf):
    made = answer_message(library.ask("Which councils were inadequate on leadership?"), shelf)
    assert "<blockquote>" not in made


def test_what_is_worth_a_look_leads_to_its_own_report(library, shelf):
    refused = library.ask("How many spaceships do foster carers own in Anytown?")
    made = answer_message(refused, shelf)
    assert links(made)
    assert all(link.startswith("para-anytown-2013-") for link in links(made))
    assert "Anytown 2013, para" in made


def test_a_report_that_is_not_here_any_more_is_named_and_not_linked(shelf):
    cited = (Citation(Evidence("gone-2010", "12", "Words", 0, 5), ()),)
    gone = Answer(QUESTION, "answered", "x", "gone-2010", (Statement("“Words”", cited),), related=("13",))
    for shown in (shelf, load()):
        made = answer_message(gone, shown)
        assert links(made) == []
        assert "gone-2010, para\N{NO-BREAK SPACE}12" in made


def test_with_one_report_no_citation_names_it(library):
    made = answer_message(library.ask(QUESTION, reports=[DEFAULT_REPORT]), load())
    assert '<span class="refs">para\N{NO-BREAK SPACE}<a href="#para-12"' in made


# --- taken away


def test_what_is_taken_away_names_the_report_of_each_statement(answer, shelf):
    assert (
        "Anytown 2013: “There were 64 care leavers.” (Anytown 2013, para 4)"
        in plain(answer, shelf).splitlines()
    )
    assert (
        plain(answer, shelf)
        .splitlines()[-1]
        .startswith(
            "Sources: Kingston 2012: Inspection of safeguarding and looked after children services, Royal Borough of "
            "Kingston upon Thames (Ofsted, 10 July 2012), as inspected"
        )
    )
    assert "Anytown 2013, Paragraph 4" in rich(answer, shelf)
    turn = Turn(QUESTION, answer)
    shown = to_markdown([turn], shelf)
    assert shown.startswith(
        "# Answers from several reports\n\nThis note holds answers from the reports to the questions"
    )
    assert "| Anytown 2013, paragraph 4 |" in shown
    assert to_docx([turn], shelf)[:2] == b"PK"


# --- the page


def test_the_head_says_how_many_reports_there_are(shelf):
    assert page_title(shelf) == "Ask 4 reports"
    assert "<h1>Ask 4 reports</h1>" in masthead(shelf)
    assert "Kingston 2012, Anytown 2013, Marlbeck 2011, Marlbeck 2014" in masthead(shelf)
    many = Shelf(load(), tuple(siblings()) * 3)
    assert "and 4 more" in masthead(many)


def test_the_pane_shows_the_main_report_and_offers_the_others(shelf):
    made = pane(shelf)
    assert re.findall(r'<option value="([^"]+)"( selected)?', made) == [
        (DEFAULT_REPORT, " selected"),
        *((report_id, "") for report_id in IDS[1:]),
    ]
    assert 'id="para-12"' in made
    assert "para-anytown-2013-5" not in made
    assert "report-shown" not in pane(load())


def test_the_paragraphs_of_another_report_are_called_by_it(shelf):
    made = document(shelf.get("anytown-2013"))
    assert 'id="para-anytown-2013-5"' in made
    assert 'data-report="anytown-2013"' in made


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "page.db")
    yield made
    made.close()


@pytest.fixture
def service(library):
    made = Service(lambda _: library)
    made.start()
    made.wait()
    return made


@pytest.fixture
def events(service, store, shelf):
    return Events(Shelves(shelf), service, store, Limits(30))


def sent_over(events, chosen):
    """What is shown last of all when the question is sent to these reports."""

    async def last():
        views = events.replying(QUESTION, None, None, chosen, "", Talk(), request())
        return [view async for view in views][-1]

    # In a thread of its own: a browser that is open in this one has a loop there.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(last())).result()


def reports_asked(shown):
    return list(shown[4].turns[-1].answer.reports)


@pytest.mark.parametrize(
    ("chosen", "asked"),
    [([], IDS), (None, IDS), (["anytown-2013"], IDS[1:2]), (["marlbeck-2011", "anytown-2013"], IDS[1:3])],
)
def test_those_reports_are_asked_that_are_chosen_and_all_if_none_is(events, chosen, asked):
    shown = sent_over(events, chosen)
    assert reports_asked(shown) == list(asked)
    assert {c.evidence.report for s in shown[4].turns[-1].answer.statements for c in s.citations} == set(
        asked
    )


def test_a_report_that_is_not_there_is_told_beside_the_question(events):
    shown = sent_over(events, ["nowhere"])
    assert shown[0] == QUESTION
    assert "There is no report &#x27;nowhere&#x27;" in shown[5] or "no report" in shown[5]


def test_a_report_that_was_removed_is_told_where_only_one_is_left(store):
    service = Service(lambda _: FakeAsker(load()))
    service.start()
    shown = sent_over(Events(Shelves(load()), service, store, Limits(3)), ["anytown-2013"])
    assert shown[0] == QUESTION
    assert "it may have been removed. Load the page again" in shown[5]


def test_a_conversation_over_several_reports_is_kept_and_shown_again(events, store, shelf):
    talk = sent_over(events, [])[4]
    again = store.load("ada", talk.id)
    assert again == talk.turns
    assert "para-anytown-2013-4" in log(Talk(talk.id, again), shelf)


def test_programs_may_name_the_reports(events):
    ask = endpoint(events, to_json)
    assert sorted(c["report"] for c in ask(QUESTION)["citations"]) == sorted(IDS)
    one = ask(QUESTION, None, None, ["anytown-2013"])
    assert {c["report"] for c in one["citations"]} == {"anytown-2013"}
    for wrong in ("anytown-2013", [3]):
        with pytest.raises(Exception, match="must be a list of texts"):
            ask(QUESTION, None, None, wrong)
    with pytest.raises(Exception, match="There is no report 'nowhere'"):
        ask(QUESTION, None, None, ["nowhere"])


def test_questions_to_ask_next_follow_an_answer_of_one_report_only(library):
    assert library.next_questions(library.ask(QUESTION)) == ()
    alone = library.ask("How many children were looked after by Kingston?")
    assert alone.reports == (DEFAULT_REPORT,)
    assert library.next_questions(alone) == library.asker(DEFAULT_REPORT).next_questions(alone)


def test_the_text_of_each_report_can_be_fetched_and_of_no_other(shelf):
    read = server.reading(Shelves(shelf))
    found = read("marlbeck-2014")
    assert (found.status_code, 'id="para-marlbeck-2014-9"' in found.body.decode()) == (200, True)
    assert read("nowhere").status_code == 404


def test_the_script_knows_which_report_is_called_by_its_numbers_alone():
    script = (Path(server.__file__).parent / "page.js").read_text(encoding="utf-8")
    assert re.findall(r'const MAIN = "([^"]+)"', script) == [DEFAULT_REPORT]
