from contextlib import ExitStack

import pytest

from qa.errors import QuestionError
from qa.page.limits import MOST_AT_ONCE, Limits


class Clock:
    time = 0.0

    def __call__(self):
        return self.time


@pytest.fixture
def clock():
    return Clock()


def ask(limits, who, question="q"):
    with limits.asking(who, question):
        pass


def test_who_asks_more_than_the_rate_has_to_wait_as_long_as_is_said(clock):
    limits = Limits(3, now=clock)
    for _ in range(3):
        ask(limits, "ann")
        clock.time += 10
    with pytest.raises(
        QuestionError, match=r"3 questions within a minute, which is the most\. Please wait 30 sec"
    ):
        ask(limits, "ann")
    ask(limits, "ben")
    clock.time += 29.5
    with pytest.raises(QuestionError, match="wait 1 second and ask again"):
        ask(limits, "ann")
    clock.time += 0.5
    ask(limits, "ann")


def test_one_person_may_have_only_so_many_questions_under_way():
    limits = Limits(100)
    with ExitStack() as stack:
        for _ in range(MOST_AT_ONCE):
            stack.enter_context(limits.asking("ann", "q"))
        with pytest.raises(QuestionError, match="You have 20 questions under way"):
            ask(limits, "ann")
        ask(limits, "ben")
    ask(limits, "ann")


def test_when_too_many_people_ask_at_once_the_next_is_told():
    limits = Limits(100, waiting=3)
    with ExitStack() as stack:
        for who in "abc":
            stack.enter_context(limits.asking(who, "q"))
        with pytest.raises(QuestionError, match="Too many people are asking"):
            ask(limits, "d")
    ask(limits, "d")


def test_a_question_that_fails_gives_its_place_back():
    limits = Limits(100, waiting=1)
    for _ in range(3):
        with pytest.raises(RuntimeError), limits.asking("ann", "q"):
            raise RuntimeError
    ask(limits, "ann")


def test_a_question_that_is_too_long_is_refused_and_does_not_count():
    limits = Limits(1)
    with pytest.raises(QuestionError, match=r"has 10,001 characters; at most 10,000"):
        ask(limits, "ann", "x" * 10_001)
    ask(limits, "ann", "x" * 10_000)


def test_strangers_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr("qa.page.limits._MOST_KNOWN", 5)
    limits = Limits(1)
    for number in range(20):
        ask(limits, str(number))
    assert len(limits._asked) == 5
    with pytest.raises(QuestionError):
        ask(limits, "19")
