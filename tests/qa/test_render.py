"""The JSON form of an answer, key by key."""

import json

from qa.render import to_json
from qa.values import Answer, Citation, Evidence, Removed, Statement

SECTION = ("Service information",)


def citation(paragraph="12", quote="91 children", start=0, end=11, section=SECTION):
    return Citation(Evidence("kingston-2012", paragraph, quote, start, end), section)


def test_an_answer_has_exactly_the_keys_of_the_format():
    answer = Answer(
        question="How many?",
        status="answered",
        text="“91 children” [12]",
        report="kingston-2012",
        statements=(Statement("“91 children”", (citation(),)),),
        related=("9",),
        seconds=0.02,
    )
    assert to_json(answer, "q1") == {
        "id": "q1",
        "question": "How many?",
        "status": "answered",
        "answer": "“91 children” [12]",
        "statements": [
            {
                "text": "“91 children”",
                "citations": [
                    {
                        "report": "kingston-2012",
                        "paragraph": "12",
                        "quote": "91 children",
                        "start": 0,
                        "end": 11,
                    }
                ],
            }
        ],
        "citations": [
            {
                "report": "kingston-2012",
                "paragraph": "12",
                "section": ["Service information"],
                "quote": "91 children",
            }
        ],
        "related": ["9"],
        "reason": None,
        "removed": [],
        "generator": "quotes",
        "seconds": 0.02,
    }


def test_the_keys_come_in_the_order_of_the_format():
    keys = [
        "id",
        "question",
        "status",
        "answer",
        "statements",
        "citations",
        "related",
        "reason",
        "removed",
        "generator",
        "seconds",
    ]
    assert list(to_json(Answer("q", "not_in_report", "t", "r"))) == keys


def test_a_refusal_has_empty_lists_and_a_reason():
    answer = Answer("q", "not_in_report", "No.", "kingston-2012", related=("9",), reason="nothing on this")
    rendered = to_json(answer)
    assert (rendered["id"], rendered["statements"], rendered["citations"]) == (None, [], [])
    assert (rendered["related"], rendered["reason"]) == (["9"], "nothing on this")


def test_each_cited_paragraph_is_listed_once_in_order_of_first_use():
    statements = (
        Statement("a", (citation("79", "x", 3, 4), citation("12"))),
        Statement("b", (citation("12", "y", 5, 6), citation("findings", "z", 1, 2, ()))),
    )
    rendered = to_json(Answer("q", "answered", "t", "kingston-2012", statements=statements))
    assert [(c["paragraph"], c["quote"]) for c in rendered["citations"]] == [
        ("79", "x"),
        ("12", "91 children"),
        ("findings", "z"),
    ]


def test_the_same_number_in_two_reports_is_two_sources():
    other = Citation(Evidence("anytown-2013", "12", "x", 0, 1), ())
    rendered = to_json(Answer("q", "answered", "t", "r", statements=(Statement("a", (citation(), other)),)))
    assert [c["report"] for c in rendered["citations"]] == ["kingston-2012", "anytown-2013"]


def test_what_the_verifier_took_out_is_listed():
    answer = Answer("q", "partial", "t", "r", removed=(Removed("wrong", ("12",), ("number",)),))
    assert to_json(answer)["removed"] == [{"text": "wrong", "paragraphs": ["12"], "problems": ["number"]}]


def test_an_answer_can_be_written_as_json():
    answer = Answer("q", "answered", "t", "r", statements=(Statement("a", (citation(),)),))
    assert json.loads(json.dumps(to_json(answer))) == to_json(answer)
