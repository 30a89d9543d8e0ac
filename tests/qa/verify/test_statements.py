"""Statements about the shipped report: copies are kept, and nothing with one thing changed is."""

from __future__ import annotations

import re

import pytest

from qa.verify.statements import StatementVerifier, weights
from tests.qa.verify.changes import changed

pytestmark = pytest.mark.encoder

EVERY = 9  # sentences of which one is tried here; all of them were, when the rules were made


@pytest.fixture(scope="module")
def verifier(real_pipeline):
    return StatementVerifier(real_pipeline.source)


@pytest.fixture(scope="module")
def hits(real_pipeline):
    found = real_pipeline.source.index.sentences("children")
    return [hit for hit in found if hit.paragraph.isdigit() and not hit.text.endswith(":")]


def test_every_sentence_of_the_report_supports_itself_with_exact_places(verifier, hits, real_pipeline):
    for hit in hits[::EVERY]:
        (citation,) = verifier.support(hit.text, [hit.paragraph]).citations
        evidence = citation.evidence
        text = real_pipeline.source.paragraphs[evidence.paragraph].text
        assert text[evidence.start : evidence.end] == evidence.quote
        assert evidence.paragraph == hit.paragraph


def test_no_sentence_of_the_report_with_one_thing_changed_is_supported(verifier, hits):
    tried = [(kind, text, hit.paragraph) for hit in hits[::EVERY] for kind, text in changed(hit.text)]
    assert {kind for kind, _, _ in tried} == {"number", "grade", "name", "negation"}
    assert [one for one in tried if verifier.support(one[1], [one[2]]).citations] == []


@pytest.mark.parametrize(
    ("text", "paragraphs", "cited"),
    [
        ("At the time of the inspection, 133 children and young people were looked after.", ["12"], ["12"]),
        ("Inspectors found that 133 children and young people were being looked after.", ["12"], ["12"]),
        ("The quality of core assessments in long term casework is unsatisfactory.", ["37", "12"], ["37"]),
    ],
)
def test_what_the_report_says_in_nearly_its_words_is_supported_by_the_paragraph_that_says_it(
    verifier, text, paragraphs, cited
):
    found = verifier.support(text, paragraphs)
    assert [c.evidence.paragraph for c in found.citations] == cited


@pytest.mark.parametrize("text", ["", "?", "Is the service good?", "The moon is made of cheese."])
def test_what_claims_nothing_of_the_report_is_not_supported(verifier, text):
    assert verifier.support(text, ["12"]).problems == ("fabricated",)


def test_a_paragraph_that_is_not_there_supports_nothing(verifier):
    assert verifier.support("133 children are looked after.", ["999"]).citations == ()


def test_decimals_are_part_of_a_figure(verifier, hits):
    told = next(hit for hit in hits if re.search(r"\d\.\d+%", hit.text))
    moved = re.sub(r"(\d)\.(\d+%)", r"\1\2", told.text)
    assert moved != told.text
    assert "number" in verifier.support(moved, [told.paragraph]).problems


def test_the_shipped_weights_are_for_the_signs_that_are_made(verifier, real_pipeline):
    text = "133 children and young people were looked after."
    found = verifier.grounds(text, ("12",), real_pipeline.source.index.sentences(text))
    assert set(weights().signs) == set(found.signs)


def test_with_another_encoder_only_the_words_of_the_report_are_shown(real_pipeline, hits, monkeypatch):
    other = StatementVerifier(real_pipeline.source)
    monkeypatch.setattr(real_pipeline.source.index, "encoder_fingerprint", "another")
    assert other.support(hits[0].text, [hits[0].paragraph]).citations
    assert not other.support("133 children and young people were looked after.", ["12"]).citations
