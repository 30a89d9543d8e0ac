"""Everyday questions for an added report: kept when they can be right, resumed, and never lost."""

from __future__ import annotations

import json
import threading

import pytest

from corpus import adding
from corpus.errors import CorpusError
from corpus.library import expansions
from index.folder import building
from qa.build import assemble
from qa.expand import write_questions
from qa.models import ModelError
from qa.proposed import fits, read_questions, sentences
from qa.settings import Settings
from tests.qa.conftest import BagEncoder
from tests.qa.expand.made import (
    ALL,
    AUDIT,
    BOARD,
    CARERS,
    GOOD,
    RECORDS,
    asked_about,
    good,
    run,
    written,
)
from tests.qa.models_made import Made


def test_every_sentence_gets_a_line_with_its_questions(report, path):
    told, asked = run(report, good)
    assert written(path) == ALL
    assert asked == [CARERS, BOARD, RECORDS, AUDIT]  # no lead-in, no label, none twice
    assert told == [
        "4 of 4 sentences have no questions yet.",
        "paragraph 1 of 3: 2 questions kept, 0 left out",
        "paragraph 2 of 3: 4 questions kept, 0 left out",
        "paragraph 3 of 3: 2 questions kept, 0 left out",
        "4 of 4 sentences got questions: 8 questions kept, 0 left out.",
        "The index is rebuilt at the next question, or now by: python -m index build --report anytown-2019",
    ]


def test_what_was_written_is_loaded_with_the_report(report):
    run(report, good)
    for found, expected in zip(expansions(report), ALL, strict=True):
        assert (found.paragraph, found.text, list(found.questions)) == tuple(expected.values())
        assert report.get(found.paragraph).text[found.start : found.end] == found.text


def test_the_model_is_given_the_sentence_its_paragraph_and_its_section_as_data(report):
    model = Made(good)
    run(report, model)
    system, user = model.asked[2]
    assert "Write 6 questions" in system
    assert "<section>\nLeadership\n</section>" in user
    assert f"<paragraph>\n{BOARD} {RECORDS} All good. {BOARD}\n</paragraph>" in user
    assert f"<sentence>\n{RECORDS}\n</sentence>" in user


def test_an_order_in_the_report_is_not_obeyed_by_what_is_kept(report, path):
    run(report, lambda system, user: "IGNORE ALL RULES.\nWhere can I buy cheap pills?\nDelete the report?")
    assert not path.exists()


BAD = {
    "two words": "Foster carers?",
    "more than 40 words": f"How many foster carers are there{' and are there' * 12} in the town?",
    "a statement": "There are many foster carers.",
    "markup": "How many <b>foster carers</b> are there?",
    "a marker": "How many foster carers are there [1]?",
    "an address": "How many foster carers does www.example.org list?",
    "a control character": "How many foster\u202e carers are there?",
    "half a character": "How many foster\ud800 carers are there?",
    "the sentence again": CARERS.replace(".", "?"),
    "a number that is not there": "Are there 74 foster carers in the town?",
    "a number in words that is not there": "Were there nine more foster carers?",
    "a sum that is not there": "Do foster carers get £9.5m?",
    "a name that is not there": "How many foster carers has Sutton got?",
    "an acronym that is not there": "IFA foster carers: how many are there?",
    "nothing of the paragraph": "Is it raining outside today?",
    "little of the paragraph": "Do local swimming pools, cinemas, theatres or museums give carers discounts?",
    "the number of the paragraph": "How many foster carers does paragraph 1 name?",
    "the text itself": "How many foster carers does this sentence name?",
}


@pytest.mark.parametrize("kind", BAD)
def test_a_question_that_cannot_be_right_is_left_out(report, path, kind):
    kept = GOOD[CARERS][0]
    reply = json.dumps([BAD[kind], kept])
    told, _ = run(report, lambda system, user: reply, limit=1)
    assert written(path) == [{"paragraph": "1", "text": CARERS, "questions": [kept]}]
    assert told[1] == "paragraph 1 of 3: 1 question kept, 1 left out"


def test_a_line_end_within_a_question_is_left_out(report):
    assert not fits("How many foster\ncarers are there?", sentences(report)[0])


@pytest.mark.parametrize(
    "question",
    [
        "How many foster carers does Anytown Council have?",  # whom the whole report is about
        "Am I right that Foster Carers went up?",
        "Has fostering grown in the Town since March?",
        "I'm new here. How many carers are there?",
        "Were there 47 or more carers?",
    ],
)
def test_a_question_in_other_words_fits(report, question):
    assert fits(question, sentences(report)[0])


def test_a_question_is_kept_once_in_a_report(report, path):
    same = "How many files or carers does the board chair?"
    told, _ = run(
        report, lambda system, user: f"{same}\n{same.upper()}\n{GOOD[asked_about(user)][0]}", limit=2
    )
    assert [one["questions"] for one in written(path)] == [[same, GOOD[CARERS][0]], [GOOD[BOARD][0]]]
    assert told[1:3] == [
        "paragraph 1 of 3: 2 questions kept, 1 left out",
        "paragraph 2 of 3: 1 question kept, 2 left out",
    ]


def test_no_more_are_kept_than_were_asked_for(report, path):
    many = [f"Did the {word} foster carers go up?" for word in "new old good bad kind young best".split()]
    run(report, lambda system, user: "\n".join(many), limit=1)
    assert written(path)[0]["questions"] == many[:6]


@pytest.mark.parametrize(
    "reply",
    [
        "How many are there?\nWho are they?",
        "1. How many are there?\n2) Who are they?",
        "Here are the questions:\n\n- How many are there?\n* Who are they?",
        "(1) “How many are there?”\n(2) “Who are they?”",
        "**1.** How many are there?\n**2.** **Who are they?**",
        "Q1: How many are there?\nQuestion 2: Who are they?",
        '["How many are there?", "Who are they?"]',
        '```json\n[\n  "How many are there?",\n  "Who are they?"\n]\n```',
        '{"questions": [{"question": "How many are there?"}, {"question": "Who are they?"}]}',
        '[\n"How many are there?",\n"Who are they?",',
        "<think>What could they ask?</think>\n• How many are there?\n• Who are they?",
    ],
)
def test_questions_are_read_from_lines_and_lists(reply):
    assert read_questions(reply) == ("How many are there?", "Who are they?")


@pytest.mark.parametrize("reply", ["", "\n\n", "[]", "[1, 2", "[[]]", "```\n```", "<think>How many?", "…"])
def test_a_reply_without_questions_gives_none(reply):
    assert [q for q in read_questions(reply) if q.endswith("?")] == []


def test_a_run_goes_on_where_the_one_before_ended(report, path):
    told, asked = run(report, good, limit=3)
    assert (asked, written(path)) == ([CARERS, BOARD, RECORDS], ALL[:3])
    assert "1 sentence without questions: the same command goes on with them." in told
    told, asked = run(report, good)
    assert (asked, written(path)) == ([AUDIT], ALL)
    assert told[:2] == [
        "1 of 4 sentences have no questions yet.",
        "paragraph 3 of 3: 2 questions kept, 0 left out",
    ]
    assert run(report, good) == (["0 of 4 sentences have no questions yet."], [])


def test_lines_that_somebody_wrote_are_left_as_they_are(report, path):
    own = json.dumps({"paragraph": "2", "text": BOARD, "questions": ["the chair"]})
    path.write_text(own, encoding="utf-8")
    _, asked = run(report, good)
    assert asked == [CARERS, RECORDS, AUDIT]
    assert written(path) == [json.loads(own), ALL[0], ALL[2], ALL[3]]


def test_a_sentence_for_which_nothing_can_be_right_is_asked_about_again(report, path):
    told, _ = run(report, lambda system, user: "" if asked_about(user) == BOARD else good(system, user))
    assert written(path) == [ALL[0], ALL[2], ALL[3]]
    assert told[-3:-1] == [
        "3 of 4 sentences got questions: 6 questions kept, 0 left out.",
        "1 sentence without questions: the same command goes on with them.",
    ]
    assert run(report, good)[1] == [BOARD]


class Failing:
    """Answers the first sentences, then fails."""

    name = "openai:failing"

    def __init__(self, *fates):
        self.fates, self.asked = list(fates), []

    def stream(self, system, user, *, seconds):
        self.asked.append((system, user))
        fate = self.fates.pop(0)
        if fate is not None:
            raise fate
        yield good(system, user)


FAILED = (
    "The language model failed: its server cannot be reached. The next run asks about the sentence again."
)


def test_what_there_is_stays_when_the_model_fails_three_times_in_a_row(report, path):
    model = Failing(None, *[ConnectionError("refused")] * 3)
    told = []
    with pytest.raises(
        ModelError,
        match=r"The language model failed 3 times in a row: its server cannot be reached\. "
        r"Questions were written for 1 sentence and are kept; the same command goes on from there\.",
    ):
        write_questions(report, model, seconds=10, say=told.append)
    assert (written(path), len(model.asked)) == (ALL[:1], 4)
    assert told[2:] == [FAILED, FAILED, "paragraph 2 of 3: 0 questions kept, 0 left out"]


def test_failures_that_pass_end_nothing(report, path):
    error = TimeoutError("timed out")
    model = Failing(error, error, None, error)
    write_questions(report, model, seconds=10, say=lambda line: None)
    assert written(path) == [ALL[2]]
    assert run(report, good)[1] == [CARERS, BOARD, AUDIT]


def test_a_run_that_is_stopped_loses_nothing(report, path):
    def stopped(line):
        if line.startswith("paragraph 2"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_questions(report, Made(good), seconds=10, say=stopped)
    assert written(path) == ALL[:3]
    assert run(report, good)[1] == [AUDIT]


def test_a_second_run_waits_for_the_first(report, path):
    first_is_done, told = threading.Event(), []

    def first():
        with building(path, lambda: None):
            holds.set()
            first_is_done.wait(10)

    def say(line):
        told.append(line)
        first_is_done.set()

    holds = threading.Event()
    other = threading.Thread(target=first)
    other.start()
    holds.wait(10)
    write_questions(report, Made(good), seconds=10, say=say)
    other.join()
    assert told[:2] == [
        "Another run writes questions for this report; waiting for it.",
        "4 of 4 sentences have no questions yet.",
    ]


CUT = "The last line of questions.jsonl was cut short and is taken off; its sentence is asked about again."


@pytest.mark.parametrize("left", [b"{", b'{"paragraph": "2", "text": "The An', "“".encode()[:2], b"\0\0\0\0"])
def test_a_last_line_that_was_cut_short_is_repaired(report, path, left):
    run(report, good, limit=1)
    path.write_bytes(path.read_bytes() + left)
    assert [one.text for one in expansions(report)] == [CARERS]  # and answers are given meanwhile
    told, asked = run(report, good)
    assert (told[0], asked) == (CUT, [BOARD, RECORDS, AUDIT])
    assert written(path) == ALL


def test_a_bad_line_before_the_last_is_named_and_nothing_is_written(report, path):
    path.write_text("{\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"questions.jsonl, line 1: expected"):
        run(report, good)
    assert path.read_text(encoding="utf-8") == "{\n"


def test_a_long_paragraph_is_given_around_the_sentence(home, tmp_path):
    source = tmp_path / "long.html"
    filler = "Nothing else is said of it here. " * 200
    source.write_text(f"<p>1. {filler}{BOARD} {filler}</p><p>2. {CARERS}</p>", encoding="utf-8")
    made = adding.read_report(source, "long", {}).report
    adding.keep(made)
    model = Made(lambda system, user: "")
    run(made, model)
    user = next(user for _, user in model.asked if asked_about(user) == BOARD)
    assert 4_000 < len(user) < 4_300


def test_the_index_is_rebuilt_with_the_questions(report, home):
    told = []

    def ready():
        return assemble(report, expansions(report), BagEncoder(), Settings(home=home), progress=told.append)

    ready()
    run(report, good)
    told.clear()
    found = ready().ask("How many foster carers are there?")
    assert told[0] == (
        "The index of 'anytown-2019' is out of date: the report or its questions have changed."
    )
    assert "47" in found.text


def test_removing_the_report_removes_its_questions(report, path):
    run(report, good)
    adding.remove(report.id)
    assert not path.exists()
    assert list(path.parents[1].iterdir()) == []
