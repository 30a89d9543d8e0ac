"""Claims that are nothing but sentences of the report, and claims that count what it lists."""

import pytest

from qa.verify.listed import listed
from qa.verify.verbatim import Verbatim
from qa.verify.verifier import Verifier

FIRST = "The overall effectiveness of safeguarding services is inadequate."
SECOND = (
    "Whilst the outward signs have been of a service achieving well in most performance areas, there has been some "
    "significant and concerning practice developing which was discovered during the inspection, the extent and depth "
    "of which had not previously been identified."
)


@pytest.fixture(scope="module")
def verbatim(source):
    return Verbatim(source)


@pytest.fixture(scope="module")
def verifier(source):
    return Verifier(source)


def numbers(found):
    return [evidence.paragraph for evidence in found]


def test_a_whole_sentence_is_found_whatever_its_quotation_marks(verbatim):
    assert numbers(verbatim.found(FIRST, ("13",))) == ["13"]
    assert numbers(verbatim.found(f"“{FIRST}”")) == ["13"]
    assert numbers(verbatim.found(FIRST.upper().replace(".", ""), ())) == ["13"]


def test_sentences_that_follow_each_other_are_found_together(verbatim, source):
    (found,) = verbatim.found(f"{FIRST} {SECOND}", ("13",))
    assert found.quote == source.paragraphs["13"].text


def test_a_sentence_that_stands_twice_is_found_where_it_is_cited(verbatim):
    assert numbers(verbatim.found(SECOND)) == ["13", "70"]
    assert numbers(verbatim.found(SECOND, ("70",))) == ["70"]


@pytest.mark.parametrize(
    "piece",
    [
        "The overall effectiveness of safeguarding services",
        "robust in identifying unassessed risk, drift and the lack of robust contingency plans",
        "is inadequate",
        "supervision",
    ],
)
def test_a_piece_of_a_sentence_is_not_taken_for_it(verbatim, piece):
    assert verbatim.found(piece, ("13", "15")) == ()


def test_a_row_of_the_record_is_known_with_its_half(verbatim):
    assert numbers(verbatim.found("Safeguarding services – Overall effectiveness: Inadequate.")) == [
        "findings"
    ]
    assert verbatim.found("Safeguarding services – Overall effectiveness: Good.") == ()
    apart = "Overall effectiveness: Inadequate (Safeguarding services), Adequate (Services for looked after children)."
    assert numbers(verbatim.found(apart)) == ["findings", "findings"]


def test_a_reference_in_the_claim_is_no_part_of_its_words(verbatim):
    assert numbers(verbatim.found(f"{FIRST[:-1]} (see paragraph 13).")) == ["13"]


def test_verbatim_words_are_supported_and_those_of_another_paragraph_are_put_right(verifier):
    right = verifier.check(SECOND, ("70",))
    assert (right.outcome, right.likelihood, right.problems) == ("supported", 1.0, ())
    wrong = verifier.check(SECOND, ("79",))
    assert (wrong.outcome, wrong.better) == ("not_supported", ("13", "70"))
    assert wrong.problems[0].detail == "true, but it is paragraph 13, not 79"
    assert verifier.check(FIRST).outcome == "supported"


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("2 of the 22 judgements are good.", ()),
        ("Seven of the 22 judgements are inadequate.", ("findings",)),
        ("None of the 22 judgements is outstanding.", ("findings",)),
        ("9 of the 12 judgements on services for looked after children are adequate.", ()),
        ("lists 21 actions: 6 immediately, 11 within three months, 4 within six months.", ("25",)),
        ("It lists 15 recommendations.", ("97",)),
    ],
)
def test_a_right_count_is_supported(source, claim, cited):
    assert listed(claim, cited, source).outcome == "supported"


@pytest.mark.parametrize(
    ("claim", "cited", "said"),
    [
        (
            "3 of the 22 judgements are good.",
            (),
            "the draft says 3 of 22; the record of main findings has 2 of 22",
        ),
        (
            "2 of the 20 judgements are good.",
            (),
            "the draft says 2 of 20; the record of main findings has 2 of 22",
        ),
        (
            "2 of the 22 judgements are good: Leadership and management; Being healthy.",
            (),
            "the record of main findings gives good to others than the draft says",
        ),
        ("lists 20 actions.", ("25",), "the draft says 20; the report lists 21"),
        ("lists 21 actions: 7 immediately.", ("25",), "the draft says 7 immediately; the report lists 6"),
    ],
)
def test_a_wrong_count_is_named(source, claim, cited, said):
    verdict = listed(claim, cited, source)
    assert (verdict.outcome, verdict.problems[0].kind, verdict.problems[0].detail) == (
        "not_supported",
        "number",
        said,
    )


@pytest.mark.parametrize(
    "claim",
    [
        "Two of the 22 children are good at sport.",
        "It lists 21 actions: most of them for housing.",
        "There were 91 children subject to plans.",
        "3 of the 5 judgements on housing are good.",
    ],
)
def test_other_claims_are_left_to_the_sentences(source, claim):
    assert listed(claim, (), source) is None
