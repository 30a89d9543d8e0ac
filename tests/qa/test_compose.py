"""Answers put together from quotes and templates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.compose import TEMPLATES, answer, cited_numbers, marker, quoted, refusal, text_of, words
from qa.values import Statement


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        (["12"], "[12]"),
        (["13", "79"], "[13, 79]"),
        (["79", "80", "81"], "[79-81]"),
        (["79", "80"], "[79, 80]"),
        (["13", "79", "80", "81", "170"], "[13, 79-81, 170]"),
        (["findings"], "[findings]"),
        (["findings", "13"], "[findings, 13]"),
        (["12", "12"], "[12]"),
        (["81", "80", "79"], "[81, 80, 79]"),
        (["3.1", "3.2", "3.3"], "[3.1, 3.2, 3.3]"),
    ],
)
def test_a_marker_names_every_cited_source_once(numbers, shown):
    assert marker(numbers) == shown


def test_a_marker_of_another_report_names_it():
    assert marker(["12"], prefix="anytown-2013:") == "[anytown-2013:12]"


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12))
def test_a_marker_can_be_read_back(numbers):
    read = []
    for part in marker(map(str, numbers)).strip("[]").split(", "):
        first, _, last = part.partition("-")
        read += range(int(first), int(last or first) + 1)
    assert read == list(dict.fromkeys(numbers))


def test_a_quote_is_the_cited_words_in_quotation_marks(source):
    citation = source.cite("12", 0, 57)
    statement = quoted(citation)
    assert statement == Statement(f"“{source.paragraphs['12'].text[:57]}”", (citation,))


def test_every_statement_ends_with_its_own_marker(source):
    statements = [quoted(source.cite("12", 0, 57)), quoted(source.cite("79", 0, 57))]
    first, second = (s.text for s in statements)
    assert text_of(statements) == f"{first} [12]\n{second} [79]"
    assert cited_numbers(statements) == ("12", "79")


def test_a_cited_paragraph_is_not_related_and_no_paragraph_is_related_twice(source, ask):
    found = answer(ask("q?"), source, [quoted(source.cite("12", 0, 57))], related=["12", "9", "9", "13"])
    assert (found.status, found.reason, found.related) == ("answered", None, ("9", "13"))


def test_a_refusal_has_a_reason_and_no_statements(source, ask):
    found = refusal(ask("q?"), source, "The report does not say.", "nothing", related=["9"])
    assert (found.status, found.statements, found.reason, found.related) == (
        "not_in_report",
        (),
        "nothing",
        ("9",),
    )
    assert (found.question, found.text) == ("q?", "The report does not say.")


def test_no_template_has_words_about_the_subject_of_a_report():
    assert [
        name for name, text in TEMPLATES.items() if "child" in text.lower() or "council" in text.lower()
    ] == []


def test_words_are_counted_at_white_space():
    assert words(" one  two\nthree\t") == 3
