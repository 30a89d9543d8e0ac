import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus.library import load
from qa.note.characters import writable
from qa.note.note import HOW_TO_READ
from qa.page.conversation import Turn
from qa.page.export import PURPOSE, plain, rich, to_docx, to_markdown
from qa.values import Answer, Citation, Evidence, Removed, Statement
from tests.page.fakes import HOSTILE

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SERVICE = ("Service information",)
SOURCE = (
    "Source: Inspection of safeguarding and looked after children services, Royal Borough of Kingston upon "
    "Thames (Ofsted, 10 July 2012), as inspected 21 May – 1 June 2012."
)


REPORT = load()


@pytest.fixture(scope="module")
def report():
    return REPORT


def cite(paragraph, quote, section=SERVICE, report="kingston-2012"):
    return Citation(Evidence(report, paragraph, quote, 0, len(quote)), section)


def quoting(paragraph, quote, section=SERVICE):
    return Statement(f"“{quote}”", (cite(paragraph, quote, section),))


def answer(*statements, question="How many plans?", status="answered", **rest):
    return Answer(question, status, rest.pop("text", "text [12]"), "kingston-2012", tuple(statements), **rest)


PLANS = answer(quoting("12", "There were 91 children subject to plans."))
TASKS = answer(
    Statement(
        "Within three months (2 of 2 actions in paragraph 25):",
        (cite("25", "Within three months", ("S", "A")),),
    ),
    quoting("25", "review the plans", ("S", "A")),
    quoting("25", "appoint a manager", ("S", "A")),
    question="What must be done?",
)
GRADE = answer(
    Statement("Leadership: Inadequate.", (cite("findings", "Leadership\tInadequate", ()),)), question="Grade?"
)
SUMMARY = answer(
    Statement("Supervision is weak.", (cite("81", "It is weak."), cite("79", "Poor."), cite("80", "Bad."))),
    generator="openai:some-model",
    removed=(Removed("Supervision is excellent.", ("99",), ("negation",)),),
)
REFUSAL = answer(
    question="How many in 2015?",
    status="not_in_report",
    text="The report does not say: it gives no figure for 2015.",
    reason="the report gives no figure for 2015",
    related=("9", "12", "no-such"),
)
HALF = answer(
    quoting("12", "There were 91."), status="partial", reason="the report gives no costs", related=("9",)
)
HELP = answer(question="My father hits me", status="not_in_report", text="Where to get help", sensitive=True)


def turn(one, asked=NOON):
    return Turn(one.question, one, asked=asked)


def read(data):
    return Document(BytesIO(data))


def styled(data):
    """The paragraphs between the head of the note and its appendix."""
    shown = [(paragraph.style.name, paragraph.text) for paragraph in read(data).paragraphs][4:]
    return shown[: shown.index(("Heading 1", "Appendix: the paragraphs quoted"))]


def quoted(data):
    """The rows of the appendix."""
    return [[cell.text for cell in row.cells] for row in read(data).tables[0].rows][1:]


def test_an_answer_as_text_names_the_paragraph_behind_each_statement(report):
    said = "“There were 91 children subject to plans.” (para 12)"
    assert plain(PLANS, report) == f"{said}\n\n{SOURCE}"


def test_a_list_as_text_names_the_paragraph_behind_each_point(report):
    assert plain(TASKS, report).splitlines()[:3] == [
        "Within three months (2 of 2 actions in paragraph 25) (para 25):",
        "- “review the plans” (para 25)",
        "- “appoint a manager” (para 25)",
    ]


def test_several_paragraphs_stand_in_one_reference_with_the_words_behind_the_statement(report):
    assert plain(SUMMARY, report).splitlines()[:5] == [
        "Supervision is weak. (paras 81, 79, 80)",
        "    “It is weak.” – Paragraph 81, Service information",
        "    “Poor.” – Paragraph 79, Service information",
        "    “Bad.” – Paragraph 80, Service information",
        "Words outside quotation marks were written by a language model (openai:some-model) and checked against "
        "the report.",
    ]


def test_neighbours_are_joined_as_in_the_answer(report):
    cited = answer(Statement("Weak.", tuple(cite(number, "Weak") for number in ("79", "80", "81", "front"))))
    assert plain(cited, report).splitlines()[0] == "Weak. (paras 79-81; title page)"


def test_a_paragraph_of_another_report_is_called_so(report):
    cited = answer(Statement("Weak.", (cite("3", "Weak", ("Part",), report="other-2020"), cite("4", "Weak"))))
    lines = plain(cited, report).splitlines()
    assert lines[0] == "Weak. (para 3 of other-2020; para 4)"
    assert lines[1] == "    “Weak” – Paragraph 3 of other-2020, Part"


def test_a_refusal_as_text_says_what_to_read_and_nothing_twice(report):
    assert plain(REFUSAL, report).splitlines()[:2] == [
        "The report does not say: it gives no figure for 2015.",
        "Worth a look: paras 9, 12.",
    ]


def test_half_an_answer_says_what_is_missing(report):
    lines = plain(HALF, report).splitlines()
    assert lines[1:3] == ["What is missing: the report gives no costs.", "See also: para 9."]


def test_rich_text_has_the_same_words_with_the_place_of_every_quotation(report):
    assert rich(PLANS, report) == (
        '<div lang="en-GB"><blockquote><p>“There were 91 children subject to plans.” (para 12)</p>'
        f"<p>— Paragraph 12, Service information</p></blockquote><p><em>{SOURCE}</em></p></div>"
    )
    assert rich(GRADE, report).startswith(
        '<div lang="en-GB"><p>Leadership: Inadequate. (record of main findings)</p>'
        "<blockquote><p>“Leadership – Inadequate”</p><p>— Record of main findings</p></blockquote>"
    )
    assert "<ul><li>“review the plans” (para 25)</li>" in rich(TASKS, report)


def test_markdown_has_purpose_source_question_date_answer_and_the_paragraphs_quoted(report):
    assert to_markdown([turn(PLANS), turn(TASKS)], report) == (
        "# Inspection of safeguarding and looked after children services\n\n"
        "This note holds answers from the report to the questions that stand above each.\n\n"
        "In this note, words in quotation marks are the report’s own; the numbers in brackets are its paragraphs.\n\n"
        f"{SOURCE}\n\n"
        "## How many plans?\n\n"
        "Asked on 25 November 2026. Answered in the report.\n\n"
        "> “There were 91 children subject to plans.” (para 12)\n\n"
        "## What must be done?\n\n"
        "Asked on 25 November 2026. Answered in the report.\n\n"
        "Within three months (2 of 2 actions in paragraph 25) (para 25):\n\n"
        "- “review the plans” (para 25)\n- “appoint a manager” (para 25)\n\n"
        "## Appendix: the paragraphs quoted\n\n"
        "| Paragraph | Section | Words of the report, those quoted in bold |\n| --- | --- | --- |\n"
        "| 12 | Service information | **There were 91 children subject to plans.** |\n"
        "| 25 | S › A | **Within three months**<br>**review the plans**<br>**appoint a manager** |\n"
    )


def test_word_has_the_same_in_real_headings_quotations_lists_and_a_table(report):
    made = to_docx([turn(PLANS), turn(TASKS), turn(GRADE)], report)
    assert styled(made) == [
        ("Heading 1", "How many plans?"),
        ("Normal", "Asked on 25 November 2026. Answered in the report."),
        ("Quote", "“There were 91 children subject to plans.” (para 12)"),
        ("Heading 1", "What must be done?"),
        ("Normal", "Asked on 25 November 2026. Answered in the report."),
        ("Normal", "Within three months (2 of 2 actions in paragraph 25) (para 25):"),
        ("List Bullet", "“review the plans” (para 25)"),
        ("List Bullet", "“appoint a manager” (para 25)"),
        ("Heading 1", "Grade?"),
        ("Normal", "Asked on 25 November 2026. Answered in the report."),
        ("Normal", "Leadership: Inadequate. (record of main findings)"),
    ]
    assert quoted(made) == [
        ["12", "Service information", "There were 91 children subject to plans."],
        ["25", "S › A", "Within three months\nreview the plans\nappoint a manager"],
        ["Record of main findings", "", "Leadership – Inadequate"],
    ]
    head = [paragraph.text for paragraph in read(made).paragraphs][:4]
    assert head == [report.metadata.title, PURPOSE, HOW_TO_READ, SOURCE]


def test_the_word_file_has_a_title_a_language_and_page_numbers(report):
    data = to_docx([turn(PLANS)], report)
    document = read(data)
    first = document.paragraphs[0]
    assert (first.style.name, first.text) == ("Title", report.metadata.title)
    properties = document.core_properties
    assert (properties.title, properties.language) == (report.metadata.title, "en-GB")
    assert properties.author == ""
    parts = ZipFile(BytesIO(data))
    assert '<w:lang w:val="en-GB" w:eastAsia="en-GB"' in parts.read("word/styles.xml").decode()
    assert 'w:instr="PAGE"' in parts.read("word/footer1.xml").decode()
    assert round(document.sections[0].page_width.cm, 1) == 21.0


def test_the_date_is_that_of_the_place_where_the_server_stands(report, monkeypatch):
    if not hasattr(time, "tzset"):
        pytest.skip("the zone cannot be changed here")
    late = turn(PLANS, asked=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    before = os.environ.get("TZ")
    try:
        monkeypatch.setenv("TZ", "Europe/London")
        time.tzset()
        assert "Asked on 1 July 2026." in to_markdown([late], report)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert os.environ.get("TZ") == before


def test_without_a_date_of_asking_only_the_status_is_said(report):
    assert "\n\nAnswered in the report\n\n" in to_markdown([turn(PLANS, asked=None)], report)


def words_of(data):
    return "\n".join(paragraph.text for paragraph in read(data).paragraphs)


@pytest.mark.parametrize("form", [to_markdown, lambda turns, report: words_of(to_docx(turns, report))])
def test_disclosures_and_questions_without_an_answer_are_left_out(form, report):
    turns = [turn(HELP), Turn("Is it there?", problem="Try again."), Turn("And this?")]
    shown = form(turns, report)
    assert "No question was answered." in shown
    assert not any(words in shown for words in ("hits", "help", "there?", "And this"))


def test_what_the_verifier_took_out_appears_nowhere(report):
    document = ZipFile(BytesIO(to_docx([turn(SUMMARY)], report)))
    inside = " ".join(document.read(name).decode("latin-1") for name in document.namelist())
    for shown in (
        plain(SUMMARY, report),
        rich(SUMMARY, report),
        to_markdown([turn(SUMMARY)], report),
        inside,
    ):
        assert "excellent" not in shown


def test_a_question_too_long_for_a_heading_follows_it_whole(report):
    long = "word " * 100 + "end?"
    lines = to_markdown([turn(replace(PLANS, question=long))], report).splitlines()
    heading = next(line for line in lines if line.startswith("## "))
    assert heading.endswith("word …")
    assert len(heading) < 210
    assert f"Question: {long}" in lines


def test_a_quotation_of_several_lines_keeps_them(report):
    listed = quoting("25", "Do this:\n- first\n- second")
    assert "> “Do this:\n\n- first\n- second” (para 25)\n" in to_markdown([turn(answer(listed))], report)
    shown = styled(to_docx([turn(answer(listed))], report))
    assert shown[2:5] == [
        ("Quote", "“Do this:"),
        ("List Bullet", "first"),
        ("List Bullet", "second” (para 25)"),
    ]


def test_hostile_text_is_shown_as_text(report):
    hostile = replace(answer(quoting("12", HOSTILE)), question=HOSTILE)
    html = MarkdownIt("gfm-like", {"linkify": False}).render(to_markdown([turn(hostile)], report))
    assert "<img" not in html
    assert "<script" not in html
    assert "<a " not in html
    assert "\u202e" not in html
    assert "&lt;script&gt;document.title='owned'&lt;/script&gt;" in html
    assert "<script" not in rich(hostile, report)
    assert "\u202e" not in words_of(to_docx([turn(hostile)], report))


@given(st.text(st.characters(), max_size=60) | st.text("\\`*_[]()<>#+-=.!|~&:/w@1 \n\t", max_size=30))
def test_markdown_shows_any_question_as_it_is(question):
    source = to_markdown([turn(replace(PLANS, question=f"Q {question}"))], REPORT)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(source)
    place = [token.tag for token in tokens].index("h2")
    children = tokens[place + 1].children
    assert {child.type for child in children} <= {"text", "text_special"}
    shown = "".join(child.content for child in children)
    assert shown.split() == writable(f"Q {question}").split()


@given(st.text(st.characters(), max_size=40))
def test_word_takes_any_text(words):
    hostile = replace(answer(Statement(words + ":", (cite("12", words or "x"),))), question=words)
    assert to_docx([turn(hostile)], REPORT)[:2] == b"PK"
