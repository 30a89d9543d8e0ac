"""The benchmark of checking counts what is kept and what is caught."""

from __future__ import annotations

from collections.abc import Sequence

from evals.claims.benchmark import Claim, load_claims, measure, to_json
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


def test_no_claim_is_in_both_splits() -> None:
    dev, test = ({c.claim for c in load_claims(split)} for split in ("dev", "test"))
    assert len(dev & test) == 0


def test_every_claim_has_an_id_of_its_own() -> None:
    ids = [c.id for split in ("dev", "test") for c in load_claims(split)]
    assert len(ids) == len(set(ids)) == 599
