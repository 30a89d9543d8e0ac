"""The rules are general: reports of other makes parse too."""

import pytest

from corpus.parse import parse


def texts(report):
    return {p.number: p.text for p in report.paragraphs}


def parsed(text, metadata):
    report = parse(text, metadata)
    assert "".join(report.source[s.start : s.end] for s in report.layout) == text
    return report


def test_an_empty_text_is_a_report_without_paragraphs(metadata):
    report = parsed("", metadata)
    assert (report.paragraphs, report.sections, report.layout, report.unplaced) == ((), (), (), ())


def test_numbers_by_chapter_are_read_whole(metadata):
    report = parsed(
        "1. Introduction\n\n1.1 This is first.\n1.2 There were 2.5 million\n2.6 million visits.\n\n"
        + "2. Findings\n\n"
        + "".join(f"2.{n} Finding number {n}.\n" for n in range(1, 13)),
        metadata,
    )
    assert report.numbers() == ("1.1", "1.2", *(f"2.{n}" for n in range(1, 13)))
    assert report.get("1.2").text == "There were 2.5 million 2.6 million visits."
    assert report.get("2.1").text == "Finding number 1."
    assert report.get("2.10").section == ("2. Findings",)
    assert [s.path for s in report.sections] == [("1. Introduction",), ("2. Findings",)]


def test_a_lost_number_by_chapter_is_inferred(metadata):
    report = parsed(
        "Scope\n\n1.1 One.\n1.2 Two.\n\nFindings\n\n- Three is lost.\n2.2 Four.\n2.3 Five.\n", metadata
    )
    assert report.numbers() == ("1.1", "1.2", "2.1", "2.2", "2.3")
    assert (report.get("2.1").text, report.get("2.1").numbering) == ("Three is lost.", "inferred")


def test_a_report_without_contents_grades_or_findings(metadata):
    report = parsed("Scope\n\n1. One.\n\n2. Two.\n\nMethod\n\n3. Three.\n", metadata)
    assert texts(report) == {"1": "One.", "2": "Two.", "3": "Three."}
    assert [(s.path, s.paragraphs, s.grade) for s in report.sections] == [
        (("Scope",), ("1", "2"), None),
        (("Method",), ("3",), None),
    ]
    assert (report.judgements, report.recommendations) == ((), ())


def test_a_title_page_without_contents_page(metadata):
    report = parsed(
        "Inspection of children's services\nAnytown Council\nPublished: 1 May 2013\n\n"
        "Care\n\nScope\n\n1. One.\n",
        metadata,
    )
    assert (
        report.get("front").text
        == "Inspection of children's services\nAnytown Council\nPublished: 1 May 2013"
    )
    assert report.get("1").section == ("Care", "Scope")


def test_a_wide_gap_ends_a_title_page(metadata):
    report = parsed("A report\n\nA town\n\n\n\nCare\n\nScope\n\n1. One.\n", metadata)
    assert report.get("front").text == "A report\nA town"
    assert report.get("1").section == ("Care", "Scope")


def test_the_first_of_several_lines_is_the_title(metadata):
    report = parsed("A report\n\nScope\n\n1. One.\n", metadata)
    assert report.get("front").text == "A report"
    assert report.get("1").section == ("Scope",)


def test_hard_wrapped_lines_are_joined(metadata):
    report = parsed(
        "1. A paragraph that is\nwrapped in May\n2012. It goes on with multi-\nagency work, short-\n"
        "and long-term.\n"
        "2. The next.\n3. Last.\n",
        metadata,
    )
    assert report.get("1").text == (
        "A paragraph that is wrapped in May 2012. It goes on with multi-agency work, short- and long-term."
    )
    assert report.numbers() == ("1", "2", "3")


def test_a_number_on_a_line_of_its_own_begins_a_paragraph(metadata):
    assert texts(parsed("1.\nOne is here.\n\n2.\nTwo.\n", metadata)) == {"1": "One is here.", "2": "Two."}


def test_a_list_numbered_inside_a_paragraph_is_a_list(metadata):
    report = parsed("1. One.\n2. Do this:\n1. First thing\n2. Second thing\n3. Three.\n4. Four.\n", metadata)
    assert report.get("2").items == ("1. First thing", "2. Second thing")
    assert report.numbers() == ("1", "2", "3", "4")


def test_a_year_at_the_end_is_no_paragraph(metadata):
    report = parsed("1. One.\n2. It ended in\n2012. It was over.\n", metadata)
    assert texts(report) == {"1": "One.", "2": "It ended in 2012. It was over."}


def test_numbers_go_on_after_missing_pages(metadata):
    report = parsed("".join(f"{n}. Text {n}.\n" for n in [1, 2, 3, 41, 42, 43]), metadata)
    assert report.numbers() == ("1", "2", "3", "41", "42", "43")


def test_an_excerpt_may_begin_with_any_number(metadata):
    assert parsed("57. Text.\n58. More.\n", metadata).numbers() == ("57", "58")


def test_page_numbers_and_form_feeds_are_page_breaks(metadata):
    report = parsed(
        "1. It ends on\n\nPage 3 of 9\n\n- the next page.\n2. This one\n\f- too.\n\n12\n\n3. Last.\n",
        metadata,
    )
    assert texts(report) == {"1": "It ends on the next page.", "2": "This one too.", "3": "Last."}
    breaks = "".join(report.source[s.start : s.end] for s in report.layout if s.kind == "page_break")
    assert breaks.split() == ["Page", "3", "of", "9", "12"]


def test_rules_between_paragraphs_are_artefacts(metadata):
    report = parsed("1. One.\n\n-----\n\n2. Two\n* * *\n-\nends.\n", metadata)
    assert texts(report) == {"1": "One.", "2": "Two ends."}
    assert report.unplaced == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_of_both_kinds(metadata, newline):
    report = parsed(newline.join(["Scope", "", "1. One and", "", "- so on.", "2. Two.", ""]), metadata)
    assert texts(report) == {"1": "One and so on.", "2": "Two."}


def test_markdown_headings_and_bold_numbers(metadata):
    report = parsed("# Scope\n\n**1.** One is **bold**.\n\n## What we did.\n\n**2.** Two.\n", metadata)
    assert texts(report) == {"1": "One is bold.", "2": "Two."}
    assert [s.name for s in report.sections] == ["Scope", "What we did."]


def test_bullets_of_other_kinds(metadata):
    report = parsed("1. We saw:\n• one thing\n• another\n2. End.\n", metadata)
    assert report.get("1").text == "We saw:\n- one thing\n- another"


def test_an_item_wrapped_over_lines_is_one_item(metadata):
    report = parsed("1. We saw:\n- one thing\n  that was long\n- another\n2. End.\n", metadata)
    assert report.get("1").items == ("one thing that was long", "another")


def test_text_after_a_list_is_a_line_of_its_own(metadata):
    report = parsed("1. We saw:\n- one thing;\n- another.\n\nAll of it was good.\n2. End.\n", metadata)
    assert report.get("1").text == "We saw:\n- one thing;\n- another.\nAll of it was good."


def test_a_list_may_begin_on_a_new_page_without_a_colon(metadata):
    report = parsed("1. The council should\n\n- review this\n- review that\n2. End.\n", metadata)
    assert report.get("1").items == ("review this", "review that")


def test_lead_in_lines_need_neither_blank_line_nor_colon(metadata):
    report = parsed(
        "1. Act as follows.\nImmediately:\n- review this\n- the Board to review that\n"
        "Within a year:\n- stop\n\nBy May 2014\n\n- begin again\n2. End.\n",
        metadata,
    )
    assert [(r.deadline, r.addressee, r.text) for r in report.recommendations] == [
        ("Immediately", "the local authority and its partners", "review this"),
        ("Immediately", "Board", "the Board to review that"),
        ("Within a year", "the local authority and its partners", "stop"),
        ("By May 2014", "the local authority and its partners", "begin again"),
    ]


@pytest.mark.parametrize(
    ("item", "addressee"),
    [
        ("the LSCB to review", "LSCB"),
        ("NHS Anytown PCT should act", "NHS Anytown PCT"),
        ("The Director of Children's Services must act", "Director of Children's Services"),
        ("Anytown and Northshire Trust will act", "Anytown and Northshire Trust"),
        ("Continue to improve", "the local authority and its partners"),
        ("ensure NHS Anytown should act", "the local authority and its partners"),
    ],
)
def test_an_addressee_is_a_name_that_opens_the_item(metadata, item, addressee):
    report = parsed(f"1. Act.\n\nImmediately:\n\n- {item} now\n", metadata)
    assert [r.addressee for r in report.recommendations] == [addressee]


def test_two_numbers_lost_in_one_gap_need_two_lines(metadata):
    both = parsed("A\n\n1. One.\n\nB\n\n- Two.\n- Three.\n4. Four.\n", metadata)
    assert [(p.number, p.numbering) for p in both.paragraphs if p.numbering != "named"] == [
        ("1", "printed"),
        ("2", "inferred"),
        ("3", "inferred"),
        ("4", "printed"),
    ]
    one = parsed("1. One.\n\nB\n\nText of nobody knows which number.\n\n4. Four.\n", metadata)
    assert one.numbers() == ("1", "4")
    assert one.unplaced == ((5, "Text of nobody knows which number."),)


def test_text_under_a_heading_without_a_number_is_reported(metadata):
    report = parsed("1. One.\n2. Two.\n\nAnnex\n\nThese people were met.\n", metadata)
    assert report.unplaced == ((6, "These people were met."),)
    assert report.get("2").text == "Two."
    unplaced = [s for s in report.layout if s.kind == "unplaced"]
    assert [report.source[s.start : s.end] for s in unplaced] == ["These people were met."]


def test_paragraphs_without_any_number_are_counted(metadata):
    report = parsed(
        "A title\n\nScope\n\nThe first paragraph is here and is long enough.\n\nThe second one.\n\n"
        "Method\n\nThe third.\n",
        metadata,
    )
    assert [(p.number, p.numbering, p.section) for p in report.paragraphs] == [
        ("1", "position", ("Scope",)),
        ("2", "position", ("Scope",)),
        ("3", "position", ("Method",)),
        ("front", "named", ()),
    ]


def test_a_record_of_findings_without_part_names_in_the_body(metadata):
    report = parsed(
        "1. One.\n\nSummary of judgements\n\n"
        "Home\t\t\nCare\tGood\t\nStaff\tAdequate\t\nAway\t\t\nCare\tInadequate\t\n",
        metadata,
    )
    assert [(j.part, j.area, j.grade, j.source) for j in report.judgements] == [
        ("Home", "Care", "Good", "findings"),
        ("Home", "Staff", "Adequate", "findings"),
        ("Away", "Care", "Inadequate", "findings"),
    ]
    assert report.get("findings").text.split("\n")[0] == "Summary of judgements"
    assert texts(report)["1"] == "One."


def test_grades_at_headings_without_a_record_are_findings(metadata):
    report = parsed("Care Grade 2 (Good)\n\n1. One.\n\nStaff\n\nGrade 3 (Adequate)\n\n2. Two.\n", metadata)
    assert [(s.name, s.grade, s.grade_source) for s in report.sections] == [
        ("Care", "Good", "heading"),
        ("Staff", "Adequate", "heading"),
    ]
    assert report.get("findings").text == "Care\tGrade 2 (Good)\nStaff\tGrade 3 (Adequate)"
    assert report.judgements == ()


def test_a_contents_page_shows_which_heading_holds_others(metadata):
    body = (
        "Care\n\nOutcomes\n\n1. One.\n\nStaff\n\nPay\n\n2. Two.\n\nHours\n\n3. Three.\n\nMoney\n\n4. Four.\n"
    )
    contents = "Contents\n\nCare Outcomes\t1 1\nStaff Pay Hours\t1 2 2\nMoney\t3\n\n"
    nested = [p.section for p in parsed(contents + body, metadata).paragraphs if p.numbering != "named"]
    assert nested == [
        ("Care", "Outcomes"),
        ("Care", "Staff", "Pay"),
        ("Care", "Staff", "Hours"),
        ("Care", "Money"),
    ]
    flat = [p.section for p in parsed(body, metadata).paragraphs if p.numbering != "named"]
    assert flat[1:] == [("Staff", "Pay"), ("Staff", "Hours"), ("Staff", "Money")]


def test_a_paragraph_named_by_an_unfinished_sentence_is_no_heading(metadata):
    report = parsed(
        "1. They met the head of\n\nAnytown Hospital and\n\nThe Trust\n\nof the town.\n2. End.\n", metadata
    )
    assert report.get("1").text == "They met the head of Anytown Hospital and The Trust of the town."
    assert report.sections == ()


def test_a_numbered_contents_page_is_no_list_of_paragraphs(metadata):
    report = parsed(
        "Contents\n\n1. Scope ..... 2\n1.1 Who ..... 2\n1.2 When ..... 3\n\n"
        "1. Scope\n\n1.1 These people did.\n1.2 This year.\n",
        metadata,
    )
    assert texts(report) == {"1.1": "These people did.", "1.2": "This year."}
    assert report.get("1.1").section == ("1. Scope",)


def test_an_item_that_breaks_off_goes_on_after_the_page_break(metadata):
    report = parsed("1. We saw:\n- work by the\n\n- Anytown Trust\n- other work\n2. End.\n", metadata)
    assert report.get("1").items == ("work by the Anytown Trust", "other work")


def test_a_list_goes_on_after_an_item_with_a_stray_space(metadata):
    report = parsed("1. We saw:\n\n one thing\n\n- polished work\n2. End.\n", metadata)
    assert report.get("1").items == ("one thing", "polished work")


def test_a_deadline_without_a_colon_above_a_name_is_no_heading(metadata):
    report = parsed("1. Act now.\n\nWithin a year\n\n- NHS Anytown to act\n2. End.\n", metadata)
    assert [(r.deadline, r.addressee) for r in report.recommendations] == [("Within a year", "NHS Anytown")]
    assert report.sections == ()


def test_a_numbered_list_after_a_colon_is_not_taken_for_paragraphs(metadata):
    report = parsed("1. Do this:\n1. First thing\n2. Second thing\n2. Two.\n3. Three.\n", metadata)
    assert report.get("1").items == ("1. First thing", "2. Second thing")
    assert texts(report)["2"] == "Two."


def test_an_indented_numbered_list_is_not_taken_for_paragraphs(metadata):
    report = parsed("1. One thing\n   2. and that\n   3. and more\n2. Two.\n3. Three.\n", metadata)
    assert texts(report) == {"1": "One thing 2. and that 3. and more", "2": "Two.", "3": "Three."}


def test_a_page_number_without_blank_lines_is_a_page_break(metadata):
    report = parsed("1. It ends on\nPage 3\n- the next page.\n2. End.\n", metadata)
    assert report.get("1").text == "It ends on the next page."


def test_a_gap_is_filled_by_the_line_that_can_be_nothing_else(metadata):
    below_heading = parsed("1. One.\n\n- More of it.\n\nCare\n\n- Two is lost.\n3. Three.\n", metadata)
    assert texts(below_heading) == {"1": "One. More of it.", "2": "Two is lost.", "3": "Three."}
    same_page = parsed("1. One.\n\n- More of it.\n- Two is lost.\n3. Three.\n", metadata)
    assert texts(same_page) == {"1": "One. More of it.", "2": "Two is lost.", "3": "Three."}


@pytest.mark.parametrize(
    ("printed", "name", "grade"),
    [
        (
            "The contribution of health agencies to\nkeeping children safe Grade 2 (Good)",
            "keeping children safe",
            "Good",
        ),
        ("The contribution of health agencies Grade 2\n(Good)", "agencies", "Good"),
        ("How good are outcomes for\nchildren?", "outcomes for children?", None),
        ("Care and\n\nGrade 4 (Inadequate)", "Care and", "Inadequate"),
    ],
)
def test_a_heading_over_two_lines_is_one_heading(metadata, printed, name, grade):
    report = parsed(f"1. One.\n\n{printed}\n\n2. Two.\n", metadata)
    assert texts(report)["1"] == "One."
    assert [(s.name.endswith(name), s.grade) for s in report.sections] == [(True, grade)]


def test_two_headings_on_adjacent_lines_stay_two(metadata):
    report = parsed("1. One.\n\nCare\nScope\n\n2. Two.\n", metadata)
    assert report.get("2").section == ("Care", "Scope")


def test_a_record_shows_groups_where_there_is_no_contents_page(metadata):
    report = parsed(
        "Care\n\nOverall\n\n1. One.\n\nOutcomes\n\nHealth\n\n2. Two.\n\n"
        "Homes\n\nOverall\n\n3. Three.\n\nStaff\n\n4. Four.\n\n"
        "Findings:\n\nCare\t\t\nOverall\tGood\t\nOutcomes\t\t\nHealth\tAdequate\t\n"
        "Homes\t\t\nOverall\tInadequate\t\nStaff\tGood\t\n",
        metadata,
    )
    assert [(s.path, s.grade) for s in report.sections] == [
        (("Care",), None),
        (("Care", "Overall"), "Good"),
        (("Care", "Outcomes"), None),
        (("Care", "Health"), "Adequate"),
        (("Homes",), None),
        (("Homes", "Overall"), "Inadequate"),
        (("Homes", "Staff"), "Good"),
    ]
    assert [j.paragraph for j in report.judgements] == ["1", "2", "3", "4"]
