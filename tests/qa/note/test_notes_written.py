"""A note as Markdown and Word, and its appendix of the paragraphs quoted."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus.library import load
from qa.note.characters import writable
from qa.note.markdown import to_markdown
from qa.note.note import CUT, LONGEST_WHOLE, Block, Note, Row, Run, quoted_rows
from qa.note.places import full_name, groups, reference, source
from qa.note.word import to_docx
from qa.values import Citation, Evidence
from tests.page.fakes import HOSTILE

REPORT = load()


def cite(number, start, end, report="kingston-2012"):
    paragraph = REPORT.get(number)
    evidence = Evidence(report, number, paragraph.text[start:end], start, end)
    return Citation(evidence, paragraph.section)


def sentence(number, words):
    start = REPORT.get(number).text.index(words)
    return cite(number, start, start + len(words))


def note(*blocks, rows=(), heading="Heading"):
    return Note(heading, "This note is a try.", "Source: a report.", tuple(blocks), tuple(rows), "Subject")


def told(row):
    return ["".join(run.words for run in line) for line in row.lines]


def test_a_short_paragraph_stands_whole_with_what_is_quoted_apart():
    (row,) = quoted_rows([sentence("50", "Compliance with safeguarding training guidance")], REPORT)
    assert row.number == "50"
    assert row.section.startswith("Safeguarding services › The contribution of health agencies")
    assert "".join(told(row)) == REPORT.get("50").text
    assert [run.words for line in row.lines for run in line if run.quoted] == [
        "Compliance with safeguarding training guidance"
    ]


def test_of_a_long_paragraph_only_what_is_quoted_stands_there():
    assert len(REPORT.get("25").text.split()) > LONGEST_WHOLE
    item = (
        "introduce a robust system for case file auditing which is carried out at all levels of the council"
    )
    (row,) = quoted_rows([sentence("25", item)], REPORT)
    assert told(row) == [CUT, item, CUT]


def test_rows_of_the_record_say_which_half_they_are_of():
    rows = [j for j in REPORT.judgements if j.area == "Overall effectiveness"]
    (row,) = quoted_rows([cite("findings", j.start, j.end) for j in rows], REPORT)
    assert row.number == "Record of main findings"
    assert [line for line in told(row) if line != CUT] == [
        "Safeguarding services: Overall effectiveness – Inadequate",
        "Services for looked after children: Overall effectiveness – Adequate",
    ]


def test_paragraphs_stand_in_the_order_of_the_report_each_once():
    rows = quoted_rows([cite("79", 0, 10), cite("13", 0, 10), cite("79", 20, 30)], REPORT)
    assert [row.number for row in rows] == ["13", "79"]


def test_of_another_report_only_the_words_are_known():
    other = Citation(Evidence("other-2020", "3", "Weak.", 0, 5), ("Part",))
    (row,) = quoted_rows([other], REPORT)
    assert (row.number, told(row)) == ("Paragraph 3 of other-2020", ["Weak."])


def test_references_name_paragraphs_as_a_briefing_does():
    cited = [cite(number, 0, 5) for number in ("79", "80", "81", "front")]
    assert reference(cited, REPORT) == "(paras 79-81; title page)"
    assert reference(cited[:1], REPORT, where="Safeguarding services") == "(para 79, Safeguarding services)"
    assert reference([], REPORT) == ""
    assert "; ".join(groups(("12", "p3.2", "findings"))) == "para 12; block p3.2; record of main findings"
    assert full_name("p3.2") == "Block p3.2"


def test_the_source_names_title_authority_publisher_and_dates():
    assert source(REPORT) == (
        "Source: Inspection of safeguarding and looked after children services, Royal Borough of Kingston upon "
        "Thames (Ofsted, 10 July 2012), as inspected 21 May – 1 June 2012."
    )


ROW = Row("12", "Section", ((Run("Around ", quoted=False), Run("91 | children", quoted=True)),))


def test_markdown_has_headings_items_and_a_table():
    text = to_markdown(
        note(
            Block("heading", "Points"),
            Block("item", "one"),
            Block("item", "two"),
            Block("quote", "said"),
            rows=[ROW],
        )
    )
    assert text.startswith("# Heading\n\nThis note is a try.\n\nIn this note, words in quotation marks")
    assert (
        "## Points\n\n- one\n- two\n\n> said\n\n## Appendix: the paragraphs quoted\n\n| Paragraph |" in text
    )
    assert "| 12 | Section | Around **91 \\| children** |" in text


def test_word_has_real_headings_lists_and_a_table_with_a_head_that_is_repeated():
    data = to_docx(note(Block("subheading", "Due"), Block("item", "one"), rows=[ROW]))
    document = Document(BytesIO(data))
    shown = [(p.style.name, p.text) for p in document.paragraphs]
    assert ("Heading 2", "Due") in shown
    assert ("List Bullet", "one") in shown
    assert shown[0] == ("Title", "Heading")
    table = document.tables[0]
    assert [cell.text for cell in table.rows[1].cells] == ["12", "Section", "Around 91 | children"]
    bold = [run.text for run in table.rows[1].cells[2].paragraphs[0].runs if run.bold]
    assert bold == ["91 | children"]
    assert "w:tblHeader" in ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert document.sections[0].header.paragraphs[0].text == "Subject"


def test_the_same_note_gives_the_same_bytes():
    one = note(Block("item", "one"), rows=[ROW])
    assert to_docx(one) == to_docx(one)
    assert {entry.date_time[0] for entry in ZipFile(BytesIO(to_docx(one))).infolist()} == {1980}


def test_without_quotations_there_is_no_appendix():
    assert "Appendix" not in to_markdown(note(Block("text", "Nothing.")))
    assert Document(BytesIO(to_docx(note(Block("text", "Nothing."))))).tables == []


def test_hostile_text_is_shown_as_text():
    row = Row(HOSTILE, HOSTILE, ((Run(writable(HOSTILE), quoted=True),),))
    text = to_markdown(note(Block("item", writable(HOSTILE)), rows=[row], heading=HOSTILE))
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert "<img" not in html
    assert "<script" not in html
    assert "<a " not in html


@pytest.mark.parametrize("kind", ["heading", "subheading", "text", "quote", "item"])
@settings(deadline=None, max_examples=30)  # a document takes a while where others work too
@given(words=st.text(st.characters(), max_size=40))
def test_word_takes_any_text(kind, words):
    assert to_docx(note(Block(kind, writable(words)), heading=writable(words)))[:2] == b"PK"
