"""Whatever a model writes is read as statements with the paragraphs that they cite."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.written import Draft, cited, finished, parse, refuses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There are 133 [12].", [Draft("There are 133.", ("12",))]),
        ("There are 133. [12]", [Draft("There are 133.", ("12",))]),
        ("There are 133 [13, 79] today.", [Draft("There are 133 today.", ("13", "79"))]),
        ("One thing [79-81].", [Draft("One thing.", ("79", "80", "81"))]),
        ("One thing [79–81].", [Draft("One thing.", ("79", "80", "81"))]),
        ("One thing (para 12).", [Draft("One thing.", ("12",))]),
        ("One thing (see paragraphs 12 and 14).", [Draft("One thing.", ("12", "14"))]),
        ("One thing [paragraph 12; para 3.10].", [Draft("One thing.", ("12", "3.10"))]),
        ("One thing [12][13].", [Draft("One thing.", ("12", "13"))]),
        ("One thing [p3.2].", [Draft("One thing.", ("p3.2",))]),
        ("One thing [findings].", [Draft("One thing.", ("findings",))]),
        ("One thing [kingston-2012:12].", [Draft("One thing.", ("12",))]),
        ("- First [1].\n2. Second [2].", [Draft("First.", ("1",)), Draft("Second.", ("2",))]),
        ("First [1]. Second [2].", [Draft("First.", ("1",)), Draft("Second.", ("2",))]),
        ("Uncited sentence. Second [2].", [Draft("Uncited sentence."), Draft("Second.", ("2",))]),
        ("# Heading\nHere is the answer:\nTrue [1].", [Draft("True.", ("1",))]),
        ('<quote n="12">words</quote>\nTrue [1].', [Draft("True.", ("1",))]),
        ("<think>it is 5 [3].</think>True [1].", [Draft("True.", ("1",))]),
        ('<statement cites="12, 13">True.</statement>', [Draft("True.", ("12", "13"))]),
        ('{"statements": [{"text": "True.", "paragraphs": ["12", 13]}]}', [Draft("True.", ("12", "13"))]),
        ('```json\n[{"statement": "True [4].", "cites": "12"}]\n```', [Draft("True.", ("4", "12"))]),
        ("<script>alert(1)</script><b>True</b> [1].", [Draft("True.", ("1",))]),
        ("", []),
        ("[12]", []),
        ("NOT_IN_REPORT", []),
        ("A sentence that was cut o", []),
    ],
)
def test_statements_are_read_from_what_models_write(text, expected):
    assert list(parse(text)) == expected


def test_a_long_range_is_no_citation():
    assert cited("Everything [1-170].") == ()


@pytest.mark.parametrize(
    "text", ["NOT_IN_REPORT", " not_in_report.", "**NOT_IN_REPORT**", "<think>hm</think>NOT_IN_REPORT"]
)
def test_the_sentinel_refuses(text):
    assert refuses(text)


def test_the_sentinel_behind_an_answer_does_not_refuse():
    assert not refuses("True [1]. NOT_IN_REPORT")


def test_only_whole_lines_are_finished():
    assert finished("True [1].\nAnd al") == "True [1].\n"
    assert finished('{"statements":\n [') == ""
    assert finished("<think>\nwell\n") == ""


fragments = st.sampled_from(
    [
        "[12]",
        "[13, 79]",
        "[79-",
        "(para 12)",
        "{",
        '{"text": ',
        "}",
        "[{",
        "<quote",
        "</quote>",
        "<statement cites=",
        ">",
        "NOT_IN_REPORT",
        "```json\n",
        "\n",
        "True. ",
        "\x00",
        "\ud800",
        "[" * 50,
        "<think>",
        "9" * 30,
        "- ",
    ]
)


@given(st.lists(fragments | st.text(max_size=20), max_size=25).map("".join))
def test_no_text_makes_reading_fail(text):
    for draft in parse(text):
        assert draft.text == draft.text.strip()
        assert "\n" not in draft.text
    finished(text)
    refuses(text)


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"\A[A-Z][a-z]{2,9}( [a-z]{2,9}){2,6}\Z"),
            st.lists(st.integers(1, 999), min_size=1, max_size=3, unique=True),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda one: one[0],
    )
)
def test_sentences_with_markers_are_read_back(made):
    text = " ".join(f"{words} [{', '.join(map(str, numbers))}]." for words, numbers in made)
    expected = [Draft(f"{words}.", tuple(map(str, numbers))) for words, numbers in made]
    assert list(parse(text)) == expected
