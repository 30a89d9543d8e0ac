"""Section paths, grades and where they come from, judgements, recommendations."""

from collections import Counter

import pytest

SAFEGUARDING = "Safeguarding services"
LOOKED_AFTER = "Services for looked after children"
OUTCOMES = "Safeguarding outcomes for children and young people"
HOW_GOOD = "How good are outcomes for looked after children and care leavers?"


@pytest.mark.parametrize(
    ("number", "path"),
    [
        ("1", ("About this inspection",)),
        ("3", ("The inspection judgements and what they mean",)),
        ("12", ("Service information",)),
        ("13", (SAFEGUARDING, "Overall effectiveness")),
        ("25", (SAFEGUARDING, "Areas for improvement")),
        ("26", (SAFEGUARDING, OUTCOMES, "Children and young people are safe and feel safe")),
        ("35", (SAFEGUARDING, OUTCOMES, "Quality of provision")),
        (
            "68",
            (
                SAFEGUARDING,
                OUTCOMES,
                "The contribution of health agencies to keeping children and young people safe",
            ),
        ),
        ("69", (SAFEGUARDING, "Ambition and prioritisation")),
        ("79", (SAFEGUARDING, "Performance management and quality assurance")),
        ("89", (SAFEGUARDING, "Partnership working")),
        ("90", (LOOKED_AFTER, "Overall effectiveness")),
        ("97", (LOOKED_AFTER, "Areas for improvement")),
        ("98", (LOOKED_AFTER, HOW_GOOD, "Being healthy")),
        ("144", (LOOKED_AFTER, HOW_GOOD, "Economic well-being")),
        ("145", (LOOKED_AFTER, "Quality of provision")),
        ("170", (LOOKED_AFTER, "Performance management and quality assurance")),
    ],
)
def test_a_section_path_runs_from_the_half_to_the_nearest_heading(report, number, path):
    assert report.get(number).section == path
    assert report.section_of(number).path == path


def test_every_numbered_paragraph_stands_in_one_section(report):
    listed = [number for section in report.sections for number in section.paragraphs]
    assert tuple(listed) == report.numbers()


def test_headings_that_only_hold_headings_are_sections_without_paragraphs(report):
    empty = [section.path for section in report.sections if not section.paragraphs]
    assert empty == [(SAFEGUARDING,), (SAFEGUARDING, OUTCOMES), (LOOKED_AFTER,), (LOOKED_AFTER, HOW_GOOD)]


@pytest.mark.parametrize(
    ("number", "grade", "source"),
    [
        ("13", "Inadequate", "heading"),  # on a line of its own
        ("26", "Inadequate", "heading"),  # at the end of the heading
        ("93", "Adequate", "heading"),
        ("119", "Good", "heading"),
        ("127", "Adequate", "heading"),
        ("20", "Adequate", "findings"),
        ("83", "Adequate", "findings"),
        ("90", "Adequate", "findings"),
        ("98", "Adequate", "findings"),
        ("145", "Adequate", "findings"),
        ("12", None, None),
        ("25", None, None),
    ],
)
def test_a_grade_says_where_it_is_printed(report, number, grade, source):
    section = report.section_of(number)
    assert (section.grade, section.grade_source) == (grade, source)


def test_the_record_holds_22_judgements_in_two_halves(report):
    assert Counter((j.part, j.grade) for j in report.judgements) == {
        (SAFEGUARDING, "Good"): 1,
        (SAFEGUARDING, "Adequate"): 4,
        (SAFEGUARDING, "Inadequate"): 5,
        (LOOKED_AFTER, "Good"): 1,
        (LOOKED_AFTER, "Adequate"): 9,
        (LOOKED_AFTER, "Inadequate"): 2,
    }
    assert len(report.judgements) == 22
    assert Counter(j.grade for j in report.judgements) == {"Good": 2, "Adequate": 13, "Inadequate": 7}


def test_half_of_the_judgements_are_printed_at_headings(report):
    assert Counter(j.source for j in report.judgements) == {"heading": 11, "findings": 11}
    assert [(j.part, j.area) for j in report.judgements if j.source == "findings"] == [
        (SAFEGUARDING, "Capacity for improvement"),
        (SAFEGUARDING, "Ambition and prioritisation"),
        (SAFEGUARDING, "Partnership working"),
        (SAFEGUARDING, "Equality and diversity"),
        (LOOKED_AFTER, "Overall effectiveness"),
        (LOOKED_AFTER, "Being healthy"),
        (LOOKED_AFTER, "Staying safe"),
        (LOOKED_AFTER, "Economic well-being"),
        (LOOKED_AFTER, "Quality of provision"),
        (LOOKED_AFTER, "Ambition and prioritisation"),
        (LOOKED_AFTER, "Equality and diversity"),
    ]


def test_rows_of_the_same_name_are_told_apart_by_their_half(report):
    rows = [
        (j.part, j.grade, j.paragraph, j.source)
        for j in report.judgements
        if j.area == "Overall effectiveness"
    ]
    assert rows == [
        (SAFEGUARDING, "Inadequate", "13", "heading"),
        (LOOKED_AFTER, "Adequate", "90", "findings"),
    ]


def test_an_area_without_a_heading_has_no_paragraph(report):
    areas = [j.paragraph for j in report.judgements if j.area == "Equality and diversity"]
    assert areas == [None, None]


def test_a_judgement_is_located_in_the_text_of_the_record(report):
    text = report.get("findings").text
    for judgement in report.judgements:
        assert text[judgement.start : judgement.end] == f"{judgement.area}\t{judgement.grade}"
    assert report.judgements[-1].start > text.index("How good are outcomes")


def test_the_findings_hold_the_record_and_the_grade_lines_of_headings(report):
    lines = report.get("findings").text.split("\n")
    assert len(lines) == 27 + 11
    assert lines[:3] == ["Record of main findings:", SAFEGUARDING, "Overall effectiveness\tInadequate"]
    assert lines[27:29] == [
        "Overall effectiveness\tGrade 4 (Inadequate)",
        "Children and young people are safe and feel safe\tGrade 4 (Inadequate)",
    ]
    assert report.get("findings").lines == (425, 452)
    assert report.get("findings").rows[0] == (SAFEGUARDING,)


def test_36_recommendations_by_paragraph_and_deadline(report):
    assert Counter((r.paragraph, r.deadline) for r in report.recommendations) == {
        ("25", "Immediately"): 6,
        ("25", "Within three months"): 11,
        ("25", "Within six months"): 4,
        ("97", "Immediately"): 3,
        ("97", "Within three months"): 7,
        ("97", "Within six months"): 5,
    }


def test_recommendations_name_their_addressee_as_printed(report):
    assert Counter((r.paragraph, r.addressee) for r in report.recommendations) == {
        ("25", "the local authority and its partners"): 16,
        ("25", "LSCB"): 2,
        ("25", "NHS Kingston PCT"): 1,
        ("25", "NHS Kingston"): 2,
        ("97", "the local authority and its partners"): 12,
        ("97", "NHS Kingston PCT"): 3,
    }


def test_a_recommendation_is_located_in_its_paragraph(report):
    for found in report.recommendations:
        paragraph = report.get(found.paragraph)
        assert paragraph.text[found.start : found.end] == found.text
        assert found.text in paragraph.items
