"""What the page does when a question is sent, changed or stopped."""

import asyncio
import threading
from types import SimpleNamespace

import pytest

from corpus.library import load
from qa.page.conversation import Turn
from qa.page.events import EMPTY, STOPPED, UNEXPECTED, WHOLE, Events
from qa.page.limits import Limits
from qa.page.service import Service
from qa.page.store import Store
from qa.page.talk import NOT_KEPT, Talk
from qa.shelf import Shelves
from tests.page.fakes import FakeAsker, FakeWriter
from tests.page.waiting import finish

PLANS = "How many children were subject to child protection plans?"
WORK = "supervision of social workers"


def request(owner="ada"):
    return SimpleNamespace(headers={"x-qa-owner": owner})


@pytest.fixture
def asker():
    return FakeAsker(load())


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "page.db")
    yield made
    made.close()


@pytest.fixture
def events(asker, store):
    service = Service(lambda _: asker)
    service.start()
    service.wait()
    return Events(Shelves(load()), service, store, Limits(3))


def views(events, question, talk=None, *, scope=WHOLE, writer=None, edited="", who=None, stop=None):
    given = question, scope, writer, edited, talk or Talk(), who or request(), stop or threading.Event()
    return events.reply(*given)


def sent(events, question, talk=None, **options):
    return list(views(events, question, talk, **options))[-1]


def test_a_question_is_answered_and_the_conversation_kept(events, store):
    box, edited, shown, _, talk, notice = sent(events, PLANS)
    assert (box, edited) == ("", "")
    assert "91 children" in shown
    assert [turn.question for turn in store.load("ada", talk.id)] == [PLANS]
    assert talk.turns[0].asked is not None
    assert notice == '<p role="status"></p>'


def test_a_follow_up_is_asked_with_the_questions_before_it(events, asker, store):
    talk = sent(events, PLANS)[4]
    again = sent(events, WORK, talk)[4]
    assert asker.asked[-1][1] == (PLANS,)
    assert again.id == talk.id
    assert len(store.load("ada", talk.id)) == 2


def test_a_half_of_the_report_is_passed_on_and_nothing_else(events, asker):
    sent(events, PLANS, scope="Safeguarding services")
    sent(events, PLANS, scope="made up")
    sent(events, PLANS, scope=WHOLE)
    assert [scope for _, _, scope in asker.asked] == ["Safeguarding services", None, None]


def test_a_changed_question_takes_the_place_of_what_it_was_and_of_what_came_after(events, asker, store):
    talk = sent(events, WORK, sent(events, PLANS)[4])[4]
    changed = sent(events, "children looked after", talk, edited="0")[4]
    assert [turn.question for turn in changed.turns] == ["children looked after"]
    assert asker.asked[-1][1] == ()
    assert len(store.load("ada", talk.id)) == 1


@pytest.mark.parametrize("edited", ["x", "-1", "1e9", "²", "9999999"])
def test_a_place_that_is_none_adds_the_question(events, edited):
    talk = sent(events, PLANS)[4]
    assert len(sent(events, WORK, talk, edited=edited)[4].turns) == 2


def test_an_empty_question_changes_nothing(events):
    talk = sent(events, PLANS)[4]
    box, _, _, _, after, notice = sent(events, "  ", talk)
    assert (box, after) == ("  ", talk)
    assert EMPTY in notice


def test_too_many_questions_leave_the_question_in_the_box(events):
    for _ in range(3):
        talk = sent(events, PLANS)[4]
    box, _, _, _, after, notice = sent(events, WORK, talk)
    assert (box, after) == (WORK, talk)
    assert "You have asked 3 questions within a minute" in notice
    assert sent(events, WORK, who=request("bob"))[0] == ""


def test_what_breaks_is_told_without_its_secrets_and_not_kept(events, store):
    _, _, shown, _, talk, _ = sent(events, "break please")
    assert UNEXPECTED in shown.replace("&#x27;", "'")
    assert "secret" not in shown
    assert talk.id == ""
    assert store.listed("ada") == ()


def test_stopping_puts_the_question_back(events):
    talk = sent(events, PLANS)[4]
    waiting = Talk(talk.id, (*talk.turns, Turn(WORK)))
    box, _, _, _, after, notice = events.stop(waiting, request())
    assert (box, after) == (WORK, talk)
    assert STOPPED in notice


def test_a_kept_conversation_is_opened_by_its_owner_only(events):
    talk = sent(events, PLANS)[4]
    shown, below, opened = events.open(talk.id, request())
    assert opened == talk
    assert "91 children" in shown
    assert f"?c={talk.id}" in below


@pytest.mark.parametrize("who", ["ada", "bob"])
def test_opening_what_is_not_ones_own_leaves_a_question_under_way_alone(events, who):
    import gradio as gr

    talk = sent(events, PLANS)[4]
    shown, _, opened = events.open(talk.id if who == "bob" else "", request(who))
    assert (shown, opened) == (gr.skip(), gr.skip())


def test_a_new_conversation_lists_the_one_before(events):
    talk = sent(events, PLANS)[4]
    box, _, _, below, fresh, _ = events.start_afresh(request())
    assert (box, fresh) == ("", Talk())
    assert f"?c={talk.id}" in below


def test_a_conversation_that_cannot_be_kept_is_shown_with_a_warning(events, monkeypatch):
    from qa.page.store import StoreError

    def full(*_):
        raise StoreError("The disk is full.")

    monkeypatch.setattr(events.store, "save", full)
    _, _, shown, _, talk, notice = sent(events, PLANS)
    assert "91 children" in shown
    assert talk.id == ""
    assert NOT_KEPT in notice


@pytest.fixture
def writing(store):
    """The page's events over a fake of a language model, and the fake."""
    writer = FakeWriter(load())
    writer.seconds = 0.05
    service = Service(lambda _: writer)
    service.start()
    service.wait()
    return Events(Shelves(load()), service, store, Limits(3), writer.generator), writer


def test_each_sentence_that_a_model_writes_is_shown_as_it_comes(writing):
    events, _ = writing
    # What stands in the template is for the clipboard and not shown.
    shown = [view[2].partition("<template>")[0].count("It is written that") for view in views(events, PLANS)]
    assert shown == [0, 1, 2, 2]


def test_quotes_are_given_to_whoever_chooses_them(writing):
    events, _ = writing
    talk = sent(events, PLANS, writer="quotes")[4]
    assert talk.turns[0].answer.generator == "quotes"
    assert sent(events, PLANS, writer="fake:writer")[4].turns[0].answer.generator == "fake:writer"
    assert sent(events, PLANS, writer="made up")[4].turns[0].answer.generator == "fake:writer"


def test_what_is_stopped_is_not_kept(writing, store):
    events, writer = writing
    stop = threading.Event()
    shown = []
    for view in views(events, PLANS, stop=stop):
        shown.append(view)
        if len(shown) == 2:
            stop.set()
    assert len(shown) == 2
    assert writer.stopped.is_set()
    assert store.listed("ada") == ()


def test_leaving_the_page_stops_the_model_at_once_and_frees_its_place(writing, store):
    events, writer = writing
    writer.seconds = 60

    async def leave() -> None:
        showing = events.replying(PLANS, WHOLE, None, [], "", Talk(), request())
        task = asyncio.create_task(anext(showing))
        await task
        await anext(showing)
        waiting = asyncio.create_task(anext(showing))
        await asyncio.sleep(0.1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await asyncio.to_thread(writer.stopped.wait, 5)

    finish(leave())
    assert store.listed("ada") == ()
    assert events.limits._inside == {}
