"""Paragraph numbers in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.references import references

EXISTING = tuple(str(n) for n in range(1, 171))


def numbers(text, existing=EXISTING):
    found = references(text, existing)
    return None if found is None else list(found.numbers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("para 79", ["79"]),
        ("Para. 79", ["79"]),
        ("paragraph 79 please", ["79"]),
        ("what does paragraph 79 say?", ["79"]),
        ("show me paragraph number 12", ["12"]),
        ("paragraph no. 12", ["12"]),
        ("¶12", ["12"]),
        ("¶ 171?", ["171"]),
        ("79", ["79"]),
        ("79?", ["79"]),
        ("what does 79 say", ["79"]),
        ("summarise 44 to 46", ["44", "45", "46"]),
        ("Summarize paragraphs 44-46", ["44", "45", "46"]),
        ("paras 44–46", ["44", "45", "46"]),
        ("¶¶44—46", ["44", "45", "46"]),
        ("paragraphs 13 and 79–81", ["13", "79", "80", "81"]),
        ("paragraphs 13, 70 & 79", ["13", "70", "79"]),
        ("between paragraphs 13 and 15", ["13", "14", "15"]),
        ("paragraphs 169 to 172", ["169", "170", "171", "172"]),
        ("What does para 3 set out, and what does para 11 set out?", ["3", "11"]),
        ("Someone told me to quote the bit numbered 156. What is written there?", ["156"]),
        ("whats the final numbered para about", ["170"]),
        ("169–172", ["169", "170", "171", "172"]),
        ("paragraphs 46 to 44", ["44", "45", "46"]),
        ("pargraph 12", ["12"]),
        ("paragraph 12 and paragraph 12", ["12"]),
        ("the first paragraph", ["1"]),
        ("the last paragraph of the report", ["170"]),
        ("paragraph 0", ["0"]),
    ],
)
def test_every_way_of_naming_paragraphs_is_understood(text, expected):
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "How many children were looked after?",
        "Were there 91 children on plans?",
        "What happened in 2012?",
        "Which paragraph says that?",
        "children aged 16 to 18",
        "How many 16/17 year olds were homeless?",
        "What must be done within 3 months?",
        "in paragraph form please",
        "",
    ],
)
def test_other_numbers_name_no_paragraph(text):
    assert numbers(text) is None


def test_dotted_numbers_are_parsed_whole_and_never_as_decimals():
    existing = ("3.1", "3.2", "3.10", "3.11", "13.1")
    assert numbers("paragraph 3.10", existing) == ["3.10"]
    assert numbers("paragraph 3.1", existing) == ["3.1"]
    assert numbers("paragraphs 3.2 to 3.11", existing) == ["3.2", "3.10", "3.11"]


def test_the_rest_of_the_text_is_kept_for_what_it_asks():
    found = references("what does paragraph 79 say about audits?", EXISTING)
    assert found.numbers == ("79",)
    assert "audits" in found.rest
    assert "79" not in found.rest


def test_an_endless_range_is_cut():
    assert len(numbers("paragraphs 1 to 9999")) <= 401


@given(st.integers(1, 170), st.integers(1, 170), st.sampled_from(["-", "–", "—", " to ", " - ", " through "]))
def test_a_printed_range_is_read_back(one, other, dash):
    low, high = sorted((one, other))
    assert numbers(f"paragraphs {low}{dash}{high}") == [str(n) for n in range(low, high + 1)]


@given(
    st.lists(st.integers(1, 170), min_size=1, max_size=8, unique=True),
    st.sampled_from([", ", "; ", " and ", " & "]),
)
def test_a_printed_list_is_read_back(listed, comma):
    assert numbers("see paragraphs " + comma.join(map(str, listed))) == [str(n) for n in listed]


@given(st.text(max_size=200))
def test_any_text_is_read_without_failing(text):
    found = references(text, EXISTING)
    assert found is None or all(number[0].isdigit() for number in found.numbers)
