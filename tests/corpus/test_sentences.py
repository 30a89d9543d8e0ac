from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import sentence_spans


def sentences(text):
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  \n ", []),
        ("One. Two? Three! Four", ["One.", "Two?", "Three!", "Four"]),
        (
            "Within three months:\n- do this\n- do that. Then this.",
            ["Within three months:", "do this", "do that.", "Then this."],
        ),
        ("Good (Grade 2)\tA service.\nAdequate\tMore", ["Good (Grade 2)\tA service.", "Adequate\tMore"]),
        ("See No. 5 and no. 6. Next.", ["See No. 5 and no. 6.", "Next."]),
        ("They said no. The plan stands.", ["They said no.", "The plan stands."]),
        (
            "Services, e.g. Barnardo's, i.e. St. Mary's, help. Good.",
            ["Services, e.g. Barnardo's, i.e. St. Mary's, help.", "Good."],
        ),
        (
            "Dr. Lee met Mr. J. Smith and Mrs. Jones. All agreed.",
            ["Dr. Lee met Mr. J. Smith and Mrs. Jones.", "All agreed."],
        ),
        ("The A&E department is good. It helps.", ["The A&E department is good.", "It helps."]),
        (
            "It rose by 2.5% in 2011/12. In all, 16/17 year olds did.",
            ["It rose by 2.5% in 2011/12.", "In all, 16/17 year olds did."],
        ),
        (
            "Staff of Your Healthcare CIC (Community Interest Company.) and others came. They left.",
            ["Staff of Your Healthcare CIC (Community Interest Company.) and others came.", "They left."],
        ),
        ('He said "It works." Then he left.', ['He said "It works."', "Then he left."]),
        ("It works. (It did not before.) Good.", ["It works.", "(It did not before.)", "Good."]),
        ("A wait of months... is long. Yes.", ["A wait of months... is long.", "Yes."]),
        ("An average of 30. 29 children came.", ["An average of 30.", "29 children came."]),
    ],
)
def test_sentences_of_a_text(text, expected):
    assert sentences(text) == expected


@given(st.text(alphabet="ab AB.?!\n-\t\"'()1", max_size=80))
def test_spans_are_ordered_trimmed_and_lose_no_character(text):
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() and "\n" not in text[a:b] for a, b in spans)
    kept = "".join(text[a:b] for a, b in spans)
    plain = "\n".join(line.removeprefix("- ") for line in text.split("\n"))
    assert "".join(kept.split()) == "".join(plain.split())


def test_the_report_has_its_sentences_split(report):
    assert sentences(report.get("12").text)[:2] == [
        "At the time of the inspection, 133 children and young people were being looked after by the local "
        "authority.",
        "They comprise 29 children under five years of age, 74 children of school age (5-16) and 30 post-16 "
        "young people.",
    ]
    assert sum(len(sentence_spans(p.text)) for p in report.paragraphs) == 749


def test_each_recommendation_is_a_sentence(report):
    for found in report.recommendations:
        assert (found.start, found.end) in sentence_spans(report.get(found.paragraph).text)
