"""The benchmark of checking counts what is kept and what is caught."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from evals.cases import NEAR_REPEAT
from evals.claims.benchmark import Claim, load_claims, measure, to_json
from evals.claims.fitting import fit_weights
from evals.claims.showing import LEAST, fit_shown, threshold
from evals.claims.sorting import LISTS, fit_sorts
from qa.verify.likelihood import read_weights, weights
from qa.verify.sorts import read_sorts
from qa.verify.statements import StatementVerifier
from qa.verify.values import Verdict
from qa.verify.verifier import Verifier


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
    ids = [c.id for split in ("dev", "test", "training") for c in load_claims(split)]
    assert len(ids) == len(set(ids)) == 599 + 2204


def test_no_training_claim_nearly_repeats_a_test_claim() -> None:
    words = lambda text: " ".join(sorted(set(re.findall(r"[\w%£]+", text.casefold()))))  # noqa: E731
    held_out = [words(claim.claim) for claim in load_claims("test")]
    near = [
        claim.id
        for claim in load_claims("training")
        if process.extractOne(words(claim.claim), held_out, scorer=fuzz.ratio, score_cutoff=NEAR_REPEAT)
    ]
    assert near == []


ROOT = Path(__file__).parents[2]

TRUE = (
    "At the time of the inspection there were 91 children subject to child protection plans.",
    "The majority of children subject to a protection plan are age 0-3 years.",
)
FALSE = ("Foster carers are paid in gold.", "A swimming pool was opened for every school by the mayor.")


@pytest.mark.encoder
def test_what_is_fitted_tells_words_of_a_paragraph_from_words_of_none(real_pipeline) -> None:
    made = [claim("true", "supported", text) for text in TRUE * 3]
    made += [claim("fabricated", "not_supported", text) for text in FALSE * 3]
    made = [c.model_copy(update={"paragraphs": ("12",), "id": str(n)}) for n, c in enumerate(made)]
    model, verifier = read_weights(fit_weights(made, real_pipeline.source)), Verifier(real_pipeline.source)
    signs = [verifier.signs(text, ("12",), real_pipeline.index.sentences(text)) for text in (*TRUE, *FALSE)]
    likely = [model.likelihood(found) for found in signs]
    assert min(likely[:2]) > max(likely[2:])


@pytest.mark.encoder
def test_what_is_fitted_to_statements_tells_them_apart_too(real_pipeline) -> None:
    made = [claim("true", "supported", text) for text in TRUE * 12]
    made += [claim("fabricated", "not_supported", text) for text in FALSE * 12]
    made = [
        c.model_copy(update={"paragraphs": ("12",) if n % 3 else ("13", "12")}) for n, c in enumerate(made)
    ]
    index, verifier = real_pipeline.index, StatementVerifier(real_pipeline.source)
    model = read_weights(fit_shown(made, real_pipeline.source))
    signs = [verifier.grounds(text, ("12",), index.sentences(text)).signs for text in (*TRUE, *FALSE)]
    likely = [model.likelihood(found) for found in signs]
    assert min(likely[:2]) > max(likely[2:])


def test_the_threshold_is_the_lowest_that_catches_enough_of_each_kind() -> None:
    likely, kinds = np.array([0.1] * 19 + [0.95, 0.3, 0.9]), ["number"] * 20 + ["negation", "true"]
    assert threshold(likely, kinds) == 0.31
    assert LEAST["number"] == 0.95
    assert threshold(np.array([1.0]), ["name"]) == 1.0


@pytest.mark.encoder
def test_sorts_are_fitted_to_their_lists(real_pipeline) -> None:
    fitted = read_sorts(fit_sorts(TRUE, real_pipeline.source))
    assert fitted.names == tuple(LISTS)
    read = real_pipeline.source.index.word_vectors("The plan is not good.")
    likely = fitted.likely(read.vectors)
    told = {word: fitted.names[row.argmax()] for word, row in zip(read.words, likely, strict=True)}
    assert (told["good"], told["plan"]) == ("praise", "plan")


@pytest.mark.encoder
def test_the_shipped_weights_are_for_the_signs_that_are_made(real_pipeline) -> None:
    text = TRUE[0]
    assert set(weights().signs) == set(
        Verifier(real_pipeline.source).signs(text, ("12",), real_pipeline.index.sentences(text))
    )


def test_the_guide_tells_the_figures_that_were_measured() -> None:
    found = json.loads((ROOT / "evals/results/claims.json").read_text(encoding="utf-8"))["test"]
    guide = " ".join((ROOT / "docs/evaluation.md").read_text(encoding="utf-8").split())
    kept, caught = (round(100 * found[name]["right"] / found[name]["of"]) for name in ("kept", "caught"))
    assert f"{kept}% of the true ones are kept and {caught}% of the false ones caught" in guide
    balanced = found["balanced_accuracy"]
    value, low, high = (round(100 * balanced[name]) for name in ("value", "low", "high"))
    assert f"(balanced accuracy {value}% [{low}, {high}])" in guide


def test_the_guide_to_models_tells_the_figures_that_were_measured() -> None:
    found = json.loads((ROOT / "evals/results/statements.json").read_text(encoding="utf-8"))["test"]
    guide = " ".join((ROOT / "docs/models.md").read_text(encoding="utf-8").split())
    for name, words in (("caught", "false ones"), ("kept", "true ones")):
        one = found[name]
        share, low, high = (round(100 * one[key], 1) for key in ("share", "low", "high"))
        assert f"{one['right']} of {one['of']} {words} ({share}% [{low}, {high}])" in guide
