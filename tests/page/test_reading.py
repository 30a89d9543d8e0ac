import re

import pytest

from corpus.library import load
from qa.page.reading import contents, document, grade_badge, masthead, pane
from tests.page.fakes import HOSTILE, hostile


@pytest.fixture(scope="module")
def report():
    return load()


@pytest.fixture(scope="module")
def shown(report):
    return document(report)


def test_every_source_of_the_report_has_an_id_once(report, shown):
    ids = re.findall(r' id="(para-[^"]+)"', shown)
    assert sorted(ids) == sorted(f"para-{paragraph.number}" for paragraph in report.paragraphs)
    assert len(ids) == 172


def test_a_paragraph_shows_its_number_and_its_text(shown):
    start = shown.index('id="para-12"')
    assert (
        '>12</a><div class="text"><p data-at="0">At the time of the inspection, 133 children' in shown[start:]
    )


def test_the_grade_scale_is_a_table(shown):
    place = shown.index('id="para-3"')
    scale = shown[place : shown.index('id="para-4"')]
    assert scale.count("<tr>") == 4
    assert '<th scope="row" data-at="73">Outstanding (Grade 1)</th>' in scale


def test_recommendations_are_lists_under_their_deadlines(shown):
    actions = shown[shown.index('id="para-25"') : shown.index('id="para-26"')]
    assert [actions.count(tag) for tag in ("<ul>", "<li ")] == [3, 21]


def test_each_heading_of_the_contents_leads_to_a_heading_of_the_report(report, shown):
    links = re.findall(r'href="#(section-\d+)"', contents(report))
    assert links == re.findall(r'<h\d id="(section-\d+)"', shown)
    assert len(links) == len(report.sections)


def test_headings_stand_before_their_first_paragraph(shown):
    heading = shown.index("<span>Performance management and quality assurance</span>")
    assert shown.index('id="para-77"') < heading < shown.index('id="para-81"')


def test_a_printed_grade_is_a_badge_of_that_word():
    assert grade_badge("Good", "heading") == '<span class="grade grade-good">Good</span>'


def test_a_grade_that_only_the_record_gives_says_so():
    assert grade_badge("Adequate", "findings") == (
        '<span class="grade grade-adequate from-record" title="from the record of main findings">'
        "Adequate</span>"
        '<span class="hidden"> (from the record of main findings)</span>'
    )


def test_a_heading_without_grade_has_no_badge():
    assert grade_badge(None, None) == ""


def test_an_unknown_grade_is_shown_as_it_is():
    assert grade_badge("<Fine>", "heading") == '<span class="grade grade-other">&lt;Fine&gt;</span>'


def test_eleven_badges_of_the_contents_come_from_the_record(report):
    made = contents(report)
    assert made.count("from-record") == sum(section.grade_source == "findings" for section in report.sections)
    assert made.count('class="grade grade-') == sum(section.grade is not None for section in report.sections)


def test_the_head_names_the_report_and_the_dates_it_speaks_of(report):
    made = masthead(report)
    assert "<h1>Inspection of safeguarding and looked after children services</h1>" in made
    assert "<span>Ofsted, published 10 July 2012</span>" in made
    assert '<span class="as-inspected">as inspected 21 May – 1 June 2012</span>' in made


def test_a_restored_number_says_so(report, shown):
    assert report.get("1").numbering == "inferred"
    assert "lost in the text conversion" in shown[shown.index('id="para-1"') : shown.index('id="para-2"')]


def test_hostile_text_of_a_report_stays_text(report):
    made = masthead(hostile(report)) + pane(hostile(report))
    assert not re.search(r"<(?:img|script|/textarea)", made)
    assert made.count("&lt;img src=x onerror=&quot;") == 4
    assert HOSTILE not in made
