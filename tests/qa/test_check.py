"""Claims are read from JSON lines, and a bad line spoils no other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from qa.check import check_claims
from qa.values import Evidence
from qa.verify.values import Problem, Verdict


class Fake:
    """Supports whatever cites paragraph 12."""

    def check(self, claim: str, cited: Sequence[str] = ()) -> Verdict:
        if "12" in cited:
            return Verdict("supported", (Evidence("r", "12", claim, 0, len(claim)),))
        return Verdict("not_supported", (), (Problem("fabricated", "no paragraph supports this"),), ("12",))


def test_each_line_gets_a_verdict_or_an_error(tmp_path: Path) -> None:
    source, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        '{"id": "a", "claim": "Yes.", "paragraphs": ["12"]}\nnot json\n{"id": "b", "claim": "No."}\n{"id": "c"}\n'
    )
    check_claims(source, output, Fake, say=lambda _: None)
    first, second, third, fourth = (json.loads(line) for line in output.read_text().splitlines())
    assert first == {
        "id": "a",
        "verdict": "supported",
        "better_paragraphs": [],
        "evidence": [{"paragraph": "12", "quote": "Yes."}],
        "problems": [],
    }
    assert second["line"] == 2
    assert "error" in second
    assert third["better_paragraphs"] == ["12"]
    assert third["problems"] == [{"kind": "fabricated", "detail": "no paragraph supports this"}]
    assert fourth == {"id": "c", "error": "The claim must be a sentence as a string.", "line": 4}
