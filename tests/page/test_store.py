import sqlite3
import stat
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.page.conversation import Turn
from qa.page.store import LONGEST_COMMENT, Feedback, Store, StoreError
from qa.page.stored import answer_from_json, answer_to_json, turn_from_json, turn_to_json
from qa.values import Answer, Citation, Considered, Evidence, Removed, Statement

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
REFUSAL = Answer("Is it good?", "not_in_report", "The report does not say.", "r", reason="nothing on this")
HELP = Answer("My father hits me", "not_in_report", "Where to get help", "r", sensitive=True)

texts = st.text(st.characters(), max_size=20)  # every code point, halves of characters included
scores = st.floats(allow_nan=False)
several = lambda of: st.lists(of, max_size=3).map(tuple)  # noqa: E731
evidence = st.builds(Evidence, texts, texts, texts, st.integers(), st.integers())
statements = st.builds(Statement, texts, several(st.builds(Citation, evidence, several(texts))))
answers = st.builds(
    Answer,
    question=texts,
    status=st.sampled_from(["answered", "partial", "not_in_report"]),
    text=texts,
    report=texts,
    statements=several(statements),
    related=several(texts),
    reason=st.none() | texts,
    removed=several(st.builds(Removed, texts, several(texts), several(texts))),
    generator=texts,
    understood=texts,
    considered=several(st.builds(Considered, texts, scores, several(texts))),
    confidence=scores,
    sensitive=st.booleans(),
    seconds=scores,
)
zones = st.none() | st.just(UTC) | st.just(timezone(timedelta(hours=5, minutes=30)))


class Clock:
    """A clock that is moved by hand."""

    def __init__(self):
        self.time = NOON

    def __call__(self):
        self.time += timedelta(microseconds=1)
        return self.time


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "made" / "page.db"


@pytest.fixture
def store(path, clock):
    store = Store(path, now=clock)
    yield store
    store.close()


def asked(*questions):
    return tuple(Turn(one, replace(REFUSAL, question=one), asked=NOON) for one in questions)


def everything_on_disk(path):
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


@given(answers)
def test_an_answer_comes_back_as_it_was(answer):
    assert answer_from_json(answer_to_json(answer)) == answer


@given(texts, answers, st.none() | st.datetimes(timezones=zones))
def test_a_turn_comes_back_as_it_was(question, answer, when):
    turn = Turn(question, answer, asked=when)
    assert turn_from_json(turn_to_json(turn)) == turn


@pytest.mark.parametrize(
    "kept",
    ["", "[]", "null", "{}", '"text"', "[" * 100_000, '{"question": 1, "asked": null, "answer": null}'],
)
def test_any_other_text_is_no_answer_and_no_turn(kept):
    assert answer_from_json(kept) is None
    assert turn_from_json(kept) is None


def test_a_conversation_is_there_after_a_restart(path, store):
    identity = store.start("ann")
    store.save("ann", identity, asked("one", "two"))
    store.close()
    again = Store(path)
    assert again.load("ann", identity) == asked("one", "two")
    again.close()


def test_saving_replaces_the_whole_conversation(store):
    identity = store.start("ann")
    store.save("ann", identity, asked("one", "two"))
    store.save("ann", identity, asked("three"))
    assert store.load("ann", identity) == asked("three")


def test_ids_are_long_and_never_the_same(store):
    ids = {store.start("ann") for _ in range(50)}
    assert len(ids) == 50
    assert {len(one) for one in ids} == {32}


def test_the_list_is_newest_first_and_without_conversations_that_have_no_question(store):
    first, second, _ = store.start("ann"), store.start("ann"), store.start("ann")
    store.save("ann", first, asked("one", "two"))
    store.save("ann", second, asked("w" * 50 + " and so on, until it is far too long for a list"))
    shown = [(one.id, one.title, one.questions) for one in store.listed("ann")]
    assert shown == [(second, "w" * 50 + " and so on, until it is far …", 1), (first, "one", 2)]
    store.save("ann", first, asked("one", "two", "three"))
    assert [one.id for one in store.listed("ann")] == [first, second]
    assert NOON < store.listed("ann")[0].changed < NOON + timedelta(seconds=1)


def test_a_conversation_of_somebody_else_is_not_to_be_read_changed_or_deleted(store):
    identity = store.start("ann")
    store.save("ann", identity, asked("one"))
    store.save("ben", identity, asked("other"))
    store.delete("ben", identity)
    store.delete_all("ben")
    assert store.load("ben", identity) is None
    assert store.listed("ben") == ()
    assert store.load("ann", identity) == asked("one")


def test_the_file_does_not_name_the_owner(path, store):
    identity = store.start("secret-token-of-ann")
    store.save("secret-token-of-ann", identity, asked("one"))
    assert b"secret-token" not in everything_on_disk(path)


def test_a_disclosure_of_harm_never_reaches_the_disk(path, store):
    identity = store.start("ann")
    turns = (*asked("one"), Turn(HELP.question, HELP, asked=NOON), *asked("two"))
    store.save("ann", identity, turns)
    store.add_feedback("ann", Feedback("right", "it hits too", HELP, "i"))
    assert store.load("ann", identity) == asked("one", "two")
    assert store.feedback() == ()
    assert b"hits" not in everything_on_disk(path)


def test_a_question_without_an_answer_is_not_written_because_it_may_be_a_disclosure(path, store):
    identity = store.start("ann")
    store.save("ann", identity, (Turn("My father hits me"), Turn("It hits", problem="Try again.")))
    assert store.load("ann", identity) == ()
    assert store.listed("ann") == ()
    assert b"hits" not in everything_on_disk(path)


def test_what_is_deleted_is_gone_from_the_disk_and_does_not_come_back(path, store):
    identity = store.start("ann")
    store.save("ann", identity, asked("unforgettable"))
    assert b"unforgettable" in everything_on_disk(path)
    store.delete("ann", identity)
    assert b"unforgettable" not in everything_on_disk(path)
    store.save("ann", identity, asked("unforgettable"))
    assert store.load("ann", identity) is None


def test_deleting_all_removes_conversations_and_feedback_of_the_owner_only(path, store):
    for owner in ("ann", "ben"):
        identity = store.start(owner)
        store.save(owner, identity, asked(f"of {owner}"))
        store.add_feedback(owner, Feedback("right", f"by {owner}", REFUSAL, "i"))
    store.delete_all("ann")
    assert [len(store.listed(owner)) for owner in ("ann", "ben")] == [0, 1]
    assert [one.feedback.comment for one in store.feedback()] == ["by ben"]
    assert b"of ann" not in everything_on_disk(path)


def test_a_turn_that_cannot_be_read_is_left_out(path, store):
    identity = store.start("ann")
    store.save("ann", identity, asked("one", "two", "three"))
    with sqlite3.connect(path) as database:
        database.execute("UPDATE turn SET content = '{\"question\":' WHERE place = 1")
    database.close()
    assert store.load("ann", identity) == asked("one", "three")


def test_old_conversations_are_removed_and_it_is_forgotten_who_gave_old_feedback(path, store, clock):
    old = store.start("ann")
    store.save("ann", old, asked("old"))
    store.add_feedback("ann", Feedback("right", "", REFUSAL, "i"))
    clock.time += timedelta(days=29)
    new, unused = store.start("ann"), store.start("ann")
    store.save("ann", new, asked("new"))
    clock.time += timedelta(days=2)
    assert store.expire(timedelta(days=30)) == 2
    assert [store.load("ann", one) for one in (old, new, unused)] == [None, asked("new"), None]
    store.delete_all("ann")
    assert len(store.feedback()) == 1


def test_feedback_comes_back_in_order_with_its_time_and_number(store):
    given = [Feedback("right", "", REFUSAL, "i-1"), Feedback("wrong_paragraph", "See 79", REFUSAL, "i-2")]
    store.add_feedback("ann", given[0])
    store.add_feedback("ben", given[1])
    assert [one.feedback for one in store.feedback()] == given
    assert [one.added > NOON for one in store.feedback()] == [True, True]


def test_who_changes_their_mind_about_an_answer_counts_once(store):
    other = replace(REFUSAL, question="Another?")
    for verdict, answer in (("right", REFUSAL), ("right", other), ("should_refuse", REFUSAL)):
        store.add_feedback("ann", Feedback(verdict, "", answer, "i"))
    kept = [(one.feedback.answer.question, one.feedback.verdict) for one in store.feedback()]
    assert kept == [("Another?", "right"), ("Is it good?", "should_refuse")]


def test_feedback_can_be_removed_by_number(path, store):
    for owner in "abc":
        store.add_feedback(owner, Feedback("right", f"said by {owner}", REFUSAL, "i"))
    first, second, third = (one.id for one in store.feedback())
    assert store.delete_feedback(first, third, 99) == 2
    assert [one.id for one in store.feedback()] == [second]
    assert b"said by a" not in everything_on_disk(path)


def test_feedback_that_cannot_be_is_refused_in_words(store):
    with pytest.raises(StoreError, match=r"There is no verdict 'maybe'\. Use one of: right, wrong_answer"):
        store.add_feedback("ann", Feedback("maybe", "", REFUSAL, "i"))
    with pytest.raises(StoreError, match=r"The comment has 2,001 characters; at most 2,000 are kept"):
        store.add_feedback("ann", Feedback("right", "x" * (LONGEST_COMMENT + 1), REFUSAL, "i"))
    assert store.feedback() == ()


def test_feedback_with_half_a_character_is_kept_with_a_mark_in_its_place(store):
    store.add_feedback("ann", Feedback("right", "a\ud800b 😀", REFUSAL, "i"))
    assert store.feedback()[0].feedback.comment == "a\ufffdb 😀"


def test_nobody_else_on_the_machine_can_read_the_files(path, store):
    identity = store.start("ann")
    store.save("ann", identity, asked("one"))
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == {"page.db": 0o600, "page.db-wal": 0o600, "page.db-shm": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path):
    (tmp_path / "page.db").touch(mode=0o644)
    Store(tmp_path / "page.db").close()
    assert stat.S_IMODE((tmp_path / "page.db").stat().st_mode) == 0o600


def test_a_file_of_a_newer_version_is_left_alone(path, store):
    store.close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 7")
    database.close()
    with pytest.raises(
        StoreError, match=r"written by a newer version of this program \(form 7; this one reads"
    ):
        Store(path)


def test_a_file_that_is_no_database_is_said_in_words(tmp_path):
    (tmp_path / "page.db").write_text("not a database, but long enough to look like a file of something" * 20)
    with pytest.raises(StoreError, match="is not a database that can be read"):
        Store(tmp_path / "page.db")


def test_a_place_that_cannot_be_written_is_said_in_words(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="Set QA_HOME to a directory that can be written"):
        Store(tmp_path / "file" / "page.db")


def test_many_threads_can_write_and_read_at_once(store):
    problems = []

    def use(owner):
        try:
            identity = store.start(owner)
            for count in range(1, 6):
                turns = asked(*(f"{owner} {place}" for place in range(count)))
                store.save(owner, identity, turns)
                assert store.load(owner, identity) == turns
                assert [one.questions for one in store.listed(owner)] == [count]
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=use, args=(f"owner {n}",)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_two_programs_can_open_a_new_file_at_once(path):
    stores, problems = [], []

    def open_():
        try:
            stores.append(Store(path))
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=open_) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    assert problems == []
