"""Each fault of the text conversion, with the words that must come out."""

import pytest

FALSE_DASHES = [
    ("17", "order to maintain consistently safe levels"),
    ("29", "the formal complaints processes with a"),
    ("37", "However, recording is highly descriptive and"),
    ("53", "are regular multi-agency maternity concerns meetings"),
    ("58", "to health agencies, and a multi-agency"),
    ("62", "to recent vacancies, there are pressures"),
    ("73", "level statutory service interventions. The Child"),
    ("100", "are allocated a named health visitor"),
    ("111", "placements, and could get in touch"),
    ("115", "old and outdated information and statutory"),
    ("120", "looked after children. Looked after children"),
    ("127", "been no established forum or mechanism"),
    ("132", "progress in a relatively short time,"),
    ("139", "higher education and five more have"),
    ("154", "appropriate intervention including joint work with"),
]

UNMARKED = [
    ("67", "one to one treatment for substance"),
    ("78", "staff training and development is clearly"),
    ("82", "political leaders and managers have up"),
    ("106", "and care leavers are reported by"),
    ("123", "children and the majority in the"),
    ("136", "the youth justice system. Youth offending"),
    ("144", "happy with their accommodation. The needs"),
    ("170", "the escalation protocol, there is no"),
]


def test_there_are_exactly_170_paragraphs_in_order(report):
    assert report.numbers() == tuple(str(n) for n in range(1, 171))


def test_nothing_is_left_unplaced(report):
    assert report.unplaced == ()


@pytest.mark.parametrize(
    ("number", "beginning", "line"),
    [
        ("1", "The purpose of the inspection is to evaluate the contribution", 33),
        ("90", "The overall effectiveness is adequate. Overall, statutory requirements", 244),
    ],
)
def test_a_lost_number_is_inferred_from_the_gap(report, number, beginning, line):
    paragraph = report.get(number)
    assert paragraph.numbering == "inferred"
    assert paragraph.text.startswith(beginning)
    assert paragraph.lines == (line, line)


def test_a_number_displaced_inside_the_first_line_is_put_back(report):
    paragraph = report.get("99")
    assert paragraph.numbering == "moved"
    assert paragraph.text.startswith(
        "The appointment of an interim named doctor to the looked after health team in January 2012 has"
    )
    assert "99" not in paragraph.text


def test_all_other_numbers_are_printed(report):
    other = [p.number for p in report.paragraphs if p.numbering not in ("printed", "named")]
    assert other == ["1", "90", "99"]


@pytest.mark.parametrize(
    ("number", "beginning"),
    [
        ("3", "All inspection judgements are made"),
        ("25", "In order to improve the quality"),
        ("68", "Young people have been involved in projects"),
        ("127", "Making a positive contribution is adequate."),
        ("160", "Elected members champion"),
        ("166", "The successful workforce strategy"),
    ],
)
def test_numbered_lines_need_no_dash(report, number, beginning):
    assert report.get(number).text.startswith(beginning)


@pytest.mark.parametrize(("number", "seam"), FALSE_DASHES)
def test_a_false_dash_after_a_page_break_is_removed(report, number, seam):
    paragraph = report.get(number)
    assert seam in paragraph.text
    assert "\n" not in paragraph.text
    assert paragraph.items == ()


@pytest.mark.parametrize(("number", "seam"), UNMARKED)
def test_a_continuation_without_a_marker_is_joined(report, number, seam):
    paragraph = report.get(number)
    assert seam in paragraph.text
    assert "\n" not in paragraph.text


def test_a_continuation_that_begins_like_a_lost_number_is_no_paragraph(report):
    assert report.get("120").text.endswith(
        "can be a very difficult time for some looked after children. Looked after children have good "
        "access to specialist support from a dedicated educational psychologist."
    )
    assert report.get("121").text.startswith("Most looked after children and young people enjoy school")


def test_a_continuation_with_a_stray_space_is_joined(report):
    paragraph = report.get("89")
    assert "who have not engaged with preventative services. MARAC arrangements have good" in paragraph.text
    assert paragraph.lines == (236, 238)
    assert paragraph.items == ()


@pytest.mark.parametrize(
    ("number", "count", "seam"),
    [
        ("25", 21, "maintained of the areas for improvement identified by inspection so as to ensure good"),
        ("97", 15, "signing off assessments, plans and review reports with decisions being recorded clearly"),
    ],
)
def test_a_false_dash_inside_a_list_item_is_removed(report, number, count, seam):
    items = report.get(number).items
    assert len(items) == count
    assert sum(seam in item for item in items) == 1


@pytest.mark.parametrize(
    ("number", "position", "beginning", "following"),
    [
        ("25", 5, "ensure staff are appropriately trained", "review the current safeguarding service"),
        ("97", 10, "review the corporate complaints service", "improve pathway planning processes"),
    ],
)
def test_a_list_item_with_a_stray_space_is_an_item(report, number, position, beginning, following):
    items = report.get(number).items
    assert items[position].startswith(beginning)
    assert items[position + 1].startswith(following)


def test_the_list_of_paragraph_2_keeps_its_five_items(report):
    paragraph = report.get("2")
    assert paragraph.text.split("\n")[0] == "The evidence evaluated by inspectors included:"
    assert [item.split()[0] for item in paragraph.items] == [
        "discussions",
        "analysing",
        "a",
        "the",
        "interviews",
    ]
    assert paragraph.text.split("\n")[1:] == [f"- {item}" for item in paragraph.items]


def test_the_last_row_of_the_grade_scale_is_a_row_without_its_tab(report):
    rows = (
        ("Outstanding (Grade 1)", "A service that significantly exceeds minimum requirements"),
        ("Good (Grade 2)", "A service that exceeds minimum requirements"),
        ("Adequate (Grade 3)", "A service that only meets minimum requirements"),
        ("Inadequate (Grade 4)", "A service that does not meet minimum requirements"),
    )
    paragraph = report.get("3")
    assert paragraph.rows == rows
    assert paragraph.text == "\n".join(
        [
            "All inspection judgements are made using the following four point scale.",
            *("\t".join(row) for row in rows),
        ]
    )


def test_leftover_emphasis_marks_are_removed(report):
    text = report.get("128").text
    assert "illustrations, Magical, Mythical & Monstrous Creatures, and this has been" in text
    assert "*" not in text
    marks = [report.source[s.start : s.end] for s in report.layout if s.kind == "emphasis"]
    assert marks == ["*", "*"]


def test_the_garbled_contents_page_is_an_artefact(report):
    spans = [s for s in report.layout if s.kind == "contents"]
    assert report.source[spans[0].start : spans[0].end] == "Contents"
    assert report.source[spans[-1].start : spans[-1].end] == "Record of main findings\t45"
    assert len(spans) == 13 - 1
    assert not any("eople 12" in p.text for p in report.paragraphs)


@pytest.mark.parametrize(
    ("number", "mistake"),
    [("132", "with a new identify and logo"), ("135", "the principle advocate"), ("89", "Multi–agency")],
)
def test_mistakes_of_the_report_stay_as_they_are(report, number, mistake):
    assert mistake in report.get(number).text


def test_lead_in_lines_of_a_list_stand_on_their_own(report):
    lines = report.get("25").text.split("\n")
    assert lines[1] == "Immediately:"
    assert [line for line in lines[1:] if not line.startswith("- ")] == [
        "Immediately:",
        "Within three months:",
        "Within six months:",
    ]


def test_the_front_is_the_title_page(report):
    assert report.get("front").text == (
        "Inspection of safeguarding and looked after children services\n"
        "Royal Borough of Kingston upon Thames\n"
        "Inspection dates: 21 May – 1 June 2012 Reporting inspector Chris Sands HMI\n"
        "Age group: All\n"
        "Published: 10 July 2012"
    )


def test_named_sources_come_last_and_have_no_section(report):
    assert [(p.number, p.numbering, p.section) for p in report.paragraphs[-2:]] == [
        ("findings", "named", ()),
        ("front", "named", ()),
    ]
