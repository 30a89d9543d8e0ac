"""The benchmark of checking counts what is kept and what is caught."""

from __future__ import annotations

from collections.abc import Sequence

from evals.claims.benchmark import Claim, measure, to_json
from qa.verify.values import Verdict


def claim(kind: str, verdict: str, text: str) -> Claim:
    return Claim(id=text, claim=text, paragraphs=("1",), verdict=verdict, kind=kind)


def check(text: str, cited: Sequence[str]) -> Verdict:
    return (
        Verdict("supported", likelihood=0.9) if "true" in text else Verdict("not_supported", likelihood=0.1)
    )


def test_shares_are_counted_by_kind() -> None:
    claims = [
        claim("true_paraphrase", "supported", "true one"),
        claim("number", "not_supported", "false one"),
        claim("number", "not_supported", "looks true"),
    ]
    figures = measure(claims, check)
    assert (figures.kinds["number"].right, figures.kinds["number"].of) == (1, 2)
    assert figures.balanced.value == 0.75
    assert to_json({"dev": figures}) == to_json({"dev": measure(claims, check)})
