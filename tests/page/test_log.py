"""The conversation as the page shows it."""

from datetime import UTC, datetime

import pytest

from corpus.library import load
from qa.page.conversation import Turn, history
from qa.page.log import EXAMPLES, keeping, log
from qa.page.store import Summary
from qa.page.talk import Talk
from qa.values import Answer


@pytest.fixture(scope="module")
def report():
    return load()


def answered(question, **more):
    return Turn(question, Answer(question, "not_in_report", "No.", "kingston-2012", **more))


def test_an_empty_conversation_welcomes_with_examples(report):
    made = log(Talk(), report)
    assert made.startswith('<div id="log" role="log" aria-label="Conversation"')
    assert made.count('class="example"') == len(EXAMPLES)


def test_turns_are_shown_in_order(report):
    turns = (answered("first?"), Turn("second?", problem="broken"), Turn("third?"))
    made = log(Talk(turns=turns), report, waiting="Wait")
    places = [made.index(words) for words in ("first?", "No.", "second?", "broken", "third?", ">Wait<")]
    assert places == sorted(places)
    assert "example" not in made


def test_history_holds_answered_questions_oldest_first():
    assert history((answered("a"), answered("b"), Turn("c", problem="x"), Turn("d"))) == ("a", "b")


def test_a_disclosure_does_not_become_history():
    assert history((answered("a", sensitive=True), answered("b"))) == ("b",)


def test_an_answer_can_be_copied_and_asked_again_and_judged_where_it_is_kept(report):
    made = log(Talk("id-1", (answered("first?"),)), report)
    assert 'data-conversation="id-1"' in made
    assert [made.count(f'class="{name} quiet"') for name in ("copy", "again", "edit")] == [1, 1, 1]
    assert 'value="wrong_paragraph"' in made
    assert "Is this right?" not in log(Talk("", (answered("first?"),)), report)


def test_nothing_can_be_done_with_a_disclosure(report):
    made = log(Talk("id-1", (answered("help", sensitive=True),)), report)
    assert "quiet" not in made
    assert "feedback" not in made


def test_what_is_copied_holds_no_statement_that_was_taken_out(report):
    from qa.values import Removed

    removed = (Removed("Invented words.", ("12",), ("number",)),)
    assert "Invented" not in log(Talk("id-1", (answered("first?", removed=removed),)), report)


def test_questions_to_ask_next_stand_below_the_last_answer(report):
    made = log(Talk("id-1", (answered("first?"),)), report, questions=("Is it <b>?",))
    assert '<button type="button" class="example next">Is it &lt;b&gt;?</button>' in made


def test_only_a_kept_conversation_can_be_saved_and_only_answers_that_may_be():
    turns = (answered("first?"), answered("secret", sensitive=True), Turn("third?", problem="x"))
    made = keeping(Talk("id-1", turns))
    saved = made[made.index('id="save"') :]
    assert saved.count('type="checkbox"') == 1
    assert "first?" in saved
    assert 'id="save"' not in keeping(Talk("", turns))


def test_earlier_conversations_can_be_opened_and_deleted():
    when = datetime(2026, 11, 5, tzinfo=UTC)
    made = keeping(Talk("b"), (Summary("a", "First <i>", 2, when), Summary("b", "B", 1, when)))
    assert '<a href="?c=a">First &lt;i&gt;</a>' in made
    assert "05 November 2026, 2 questions" in made
    assert '<a href="?c=b" aria-current="page">B</a>' in made
    assert made.count('class="forget quiet"') == 2
    assert 'class="forget-all quiet"' in made
