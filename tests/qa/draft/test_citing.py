"""The ways in which drafts cite paragraphs, and numbers that are no references."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.draft.citing import cited, noted

EXISTING = tuple(str(number) for number in range(1, 171))


@pytest.mark.parametrize(
    ("sentence", "claim", "paragraphs"),
    [
        ("Outcomes are inadequate (para 26).", "Outcomes are inadequate.", ["26"]),
        ("Audits were weak (paras 13 and 79–81).", "Audits were weak.", ["13", "79", "80", "81"]),
        ("Audits were weak (see paragraphs 13, 79 & 81).", "Audits were weak.", ["13", "79", "81"]),
        ("Audits were weak (Ofsted 2012, para 79).", "Audits were weak.", ["79"]),
        ("Audits were weak ¶79.", "Audits were weak.", ["79"]),
        ("Audits were weak [79].", "Audits were weak.", ["79"]),
        ("Audits were weak [79, 81].", "Audits were weak.", ["79", "81"]),
        (
            "Plans include contingency arrangements, as paragraph 39 says.",
            "Plans include contingency arrangements.",
            ["39"],
        ),
        ("There were 79 care leavers in 2012 (para. 12).", "There were 79 care leavers in 2012.", ["12"]),
        ("There were 79 care leavers, 19% of them at university.", None, []),
        ("By 2012 there were 12 in care and 34 on the council.", None, []),
        ("It has [a link](79) and 3 points.", None, []),
    ],
)
def test_references_are_found_and_taken_out(sentence, claim, paragraphs):
    found = cited(sentence, EXISTING)
    assert found.paragraphs == tuple(paragraphs)
    assert found.claim == (claim or sentence)


@pytest.mark.parametrize(
    ("note", "paragraphs"),
    [
        ("79", ["79"]),
        ("79 and 81", ["79", "81"]),
        ("Ofsted 2012, 79", ["79"]),
        ("See para 12.", ["12"]),
        ("Ask the 79 care leavers.", []),
        ("2012", []),
        ("", []),
    ],
)
def test_a_note_cites_with_a_word_or_with_numbers_alone(note, paragraphs):
    assert noted(note, EXISTING) == tuple(paragraphs)


@given(st.text(max_size=200))
def test_any_sentence_is_taken(sentence):
    assert len(cited(sentence, EXISTING).claim) <= len(sentence) + 1


@pytest.mark.parametrize(
    ("sentence", "claim", "named"),
    [
        ("Leadership: Good. (record of main findings)", "Leadership: Good.", ("findings",)),
        ("Leadership: Good (record of main findings; para 75).", "Leadership: Good.", ("findings", "75")),
        ("It was published in July (title page).", "It was published in July.", ("front",)),
        (
            "They agree (the main findings of the review).",
            "They agree (the main findings of the review).",
            (),
        ),
        ("Weak (para 79, Safeguarding services).", "Weak.", ("79",)),
    ],
)
def test_sources_without_a_number_are_cited_in_brackets(sentence, claim, named):
    found = cited(sentence, EXISTING)
    assert (found.claim, found.paragraphs) == (claim, named)


def test_a_long_bracket_is_read_at_once():
    assert cited(f"Weak ({'para ' * 5000}main findings x).", EXISTING).paragraphs == ()


def test_blocks_of_a_report_without_numbers_are_cited_by_their_place():
    existing = ("p1.1", "p3.2")
    found = cited("The park is open (blocks p1.1 and p3.2).", existing)
    assert (found.claim, found.paragraphs) == ("The park is open.", ("p1.1", "p3.2"))
