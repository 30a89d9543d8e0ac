"""Claims are read from JSON lines, and a bad line spoils no other."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from qa.check import check_file
from qa.values import Evidence
from qa.verify.values import Problem, Verdict


class Fake:
    """Supports whatever cites paragraph 12, and does what some words say."""

    def check(self, claim: str, cited: Sequence[str] = ()) -> Verdict:
        if "fault" in claim:
            raise ZeroDivisionError("by zero")
        if "12" in cited:
            return Verdict("supported", (Evidence("r", "12", claim, 0, len(claim)),))
        return Verdict("not_supported", (), (Problem("fabricated", "no paragraph supports this"),), ("12",))


@pytest.fixture
def run(tmp_path):
    """Verdicts on given lines: the objects written and what was said."""

    def go(*lines):
        source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
        raw = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        source.write_text("\n".join(raw) + "\n", encoding="utf-8")
        said: list[str] = []
        check_file(source, output, Fake, say=said.append)
        return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()], said

    return go


def test_each_line_gets_its_verdict_in_the_same_order(run, tmp_path):
    results, said = run({"id": "b", "claim": "Yes.", "paragraphs": ["12", 12]}, {"id": "a", "claim": "No."})
    assert results == [
        {
            "id": "b",
            "verdict": "supported",
            "better_paragraphs": [],
            "evidence": [{"paragraph": "12", "quote": "Yes."}],
            "problems": [],
        },
        {
            "id": "a",
            "verdict": "not_supported",
            "better_paragraphs": ["12"],
            "evidence": [],
            "problems": [{"kind": "fabricated", "detail": "no paragraph supports this"}],
        },
    ]
    assert said == [f"2 lines: 1 supported, 1 not supported. Written to {tmp_path / 'out.jsonl'}"]


@pytest.mark.parametrize(
    ("line", "id_", "problem"),
    [
        ("not json", None, "not JSON"),
        ({"id": True, "claim": "x"}, None, "The id must be a string or a number, not true or false."),
        ({"id": "q"}, "q", "it is absent."),
        ({"id": "q", "claim": " "}, "q", "it is empty."),
        ({"id": "q", "claim": ["x"]}, "q", "it is a list."),
        ({"id": "q", "claim": "x" * 10_001}, "q", "10,001 characters; at most 10,000"),
        ({"id": "q", "claim": "x", "paragraphs": "12"}, "q", "must be a list of strings"),
        ({"id": "q", "claim": "x", "paragraphs": [3.1]}, "q", "must be a list of strings"),
        ({"id": "q", "claim": "a fault"}, "q", "ZeroDivisionError"),
    ],
)
def test_a_bad_line_gets_an_error_with_its_number_and_the_run_goes_on(run, line, id_, problem):
    results, said = run({"id": "first", "claim": "x"}, line, {"id": "last", "claim": "y"})
    assert [r["id"] for r in results] == ["first", id_, "last"]
    assert sorted(results[1]) == ["error", "id", "line"]
    assert results[1]["line"] == 2
    assert problem in results[1]["error"]
    assert f"Line 2: {results[1]['error']}" in said
