import pytest

from corpus.library import load
from qa.page.conversation import EXAMPLES, Turn, history, log
from qa.values import Answer


@pytest.fixture(scope="module")
def report():
    return load()


def answered(question, **more):
    return Turn(question, Answer(question, "not_in_report", "No.", "kingston-2012", **more))


def test_an_empty_conversation_welcomes_with_examples(report):
    made = log((), report)
    assert made.startswith('<div id="log" role="log" aria-label="Conversation"')
    assert made.count('class="example"') == len(EXAMPLES)


def test_turns_are_shown_in_order(report):
    made = log(
        (answered("first?"), Turn("second?", problem="broken"), Turn("third?")), report, waiting="Wait"
    )
    places = [made.index(words) for words in ("first?", "No.", "second?", "broken", "third?", ">Wait<")]
    assert places == sorted(places)
    assert "example" not in made


def test_history_holds_answered_questions_oldest_first():
    assert history((answered("a"), answered("b"), Turn("c", problem="x"), Turn("d"))) == ("a", "b")


def test_a_disclosure_does_not_become_history():
    assert history((answered("a", sensitive=True), answered("b"))) == ("b",)
