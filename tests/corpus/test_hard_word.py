"""Word files: generated numbers count as printed, and what Word keeps elsewhere is found."""

import zipfile

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from corpus.adding import read_report
from corpus.readers.document import ReadError
from tests.corpus import made
from tests.corpus.made import prose, texts


@pytest.fixture
def path(tmp_path):
    return tmp_path / "report.docx"


def read(document, path):
    document.save(str(path))
    return made.read(path)


def numbering(document, levels, num=90):
    """Define a list by the text, format and start of its levels; its number is given back."""
    part = document.part.numbering_part.element
    rows = "".join(
        f'<w:lvl w:ilvl="{k}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{720 * (k + 1)}" w:hanging="720"/></w:pPr></w:lvl>'
        for k, (text, kind, start) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{num}">{rows}</w:abstractNum>')
    first = part.find(qn("w:num"))
    first.addprevious(abstract)
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{num}"><w:abstractNumId w:val="{num}"/></w:num>'))
    return num


def restarted(document, num, new):
    """A second use of a list that counts from 1 again."""
    document.part.numbering_part.element.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{new}"><w:abstractNumId w:val="{num}"/><w:lvlOverride w:ilvl="0">'
            '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    return new


def listed(document, text, num, level=0):
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')
    )
    return paragraph


def test_numbers_that_word_generates_count_as_printed(path):
    document = Document()
    num = numbering(document, [("%1.", "decimal", 1), ("(%2)", "lowerLetter", 1), ("(%3)", "lowerRoman", 1)])
    document.add_heading("Findings", 1)
    for n in range(1, 13):
        listed(document, prose(n, 1), num)
        if n in (3, 5):
            listed(document, "first of all", num, 1)
            listed(document, "when asked", num, 2)
            listed(document, "then again", num, 1)
    found = read(document, path)
    assert list(texts(found)) == [str(n) for n in range(1, 13)]
    assert found.report.get("5").items == ("(a) first of all", "(i) when asked", "(b) then again")
    assert texts(found)["6"] == prose(6, 1)
    assert {p.numbering for p in found.report.paragraphs} == {"printed"}


def test_generated_numbers_by_chapter(path):
    document = Document()
    num = numbering(document, [("%1", "decimal", 1), ("%1.%2", "decimal", 1)])
    for chapter in (1, 2):
        heading = document.add_heading(f"Chapter {'one' if chapter == 1 else 'two'}", 1)
        heading._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{num}"/></w:numPr>')
        )
        for n in range(1, 12):
            listed(document, prose(chapter * 20 + n, 1), num, 1)
    found = read(document, path)
    assert texts(found) == {f"{c}.{n}": prose(c * 20 + n, 1) for c in (1, 2) for n in range(1, 12)}
    assert found.report.get("2.10").section == ("2 Chapter two",)


def test_a_style_may_carry_the_numbers(path):
    document = Document()
    num = numbering(document, [("%1.", "decimal", 1)])
    style = document.styles.add_style("Numbered", 1)
    style.base_style = document.styles["Normal"]
    properties = style.element.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{num}"/></w:numPr>'))
    for n in range(1, 8):
        document.add_paragraph(prose(n), style="Numbered")
        document.add_paragraph("It goes on without a number.")
    found = read(document, path)
    assert texts(found) == {str(n): f"{prose(n)}\nIt goes on without a number." for n in range(1, 8)}


def test_a_list_that_restarts_in_an_annex(path):
    document = Document()
    num = numbering(document, [("%1.", "decimal", 1)])
    again = restarted(document, num, 91)
    document.add_heading("Findings", 1)
    for n in range(1, 8):
        listed(document, prose(n), num)
    document.add_heading("Annex A: how it was done", 1)
    for n in range(1, 5):
        listed(document, prose(n + 30), again)
    expected = {str(n): prose(n) for n in range(1, 8)} | {f"A{n}": prose(n + 30) for n in range(1, 5)}
    assert texts(read(document, path)) == expected


def test_numbers_typed_by_hand_with_and_without_a_tab(path):
    document = Document()
    for n in range(1, 10):
        document.add_paragraph(f"{n}.\t{prose(n)}" if n % 2 else f"{n}. {prose(n)}")
    assert texts(read(document, path)) == {str(n): prose(n) for n in range(1, 10)}


def test_other_numbered_lists_are_lists(path):
    document = Document()
    main = numbering(document, [("%1.", "decimal", 1)])
    inner = numbering(document, [("%1.", "decimal", 1)], num=95)
    for n in range(1, 8):
        listed(document, prose(n, 1) + (" They should:" if n == 4 else ""), main)
        if n == 4:
            for text in ("write", "count", "ask"):
                paragraph = listed(document, text, inner)
                paragraph.paragraph_format.left_indent = 914400
    found = read(document, path)
    assert list(texts(found)) == [str(n) for n in range(1, 8)]
    assert found.report.get("4").items == ("1. write", "2. count", "3. ask")


def test_tables_with_numbered_rows_are_tables(path):
    document = Document()
    for n in range(1, 7):
        document.add_paragraph(f"{n}.\t{prose(n)}")
        if n == 2:
            table = document.add_table(rows=0, cols=3)
            for k in range(1, 6):
                for cell, text in zip(
                    table.add_row().cells, (f"{k}.", f"Task {'abcde'[k - 1]}", "The head"), strict=True
                ):
                    cell.text = text
    found = read(document, path)
    assert list(texts(found)) == [str(n) for n in range(1, 7)]
    assert "Task e\tThe head" in texts(found)["2"]
    assert found.report.get("2").rows[0] == ("1.", "Task a", "The head")


def test_paragraphs_may_stand_in_a_table_that_only_arranges_the_page(path):
    document = Document()
    table = document.add_table(rows=0, cols=1)
    for n in range(1, 7):
        table.add_row().cells[0].text = f"{n}. {prose(n)}"
    assert texts(read(document, path)) == {str(n): prose(n) for n in range(1, 7)}


def test_insertions_count_and_deletions_do_not(path):
    document = Document()
    for n in range(1, 6):
        document.add_paragraph(f"{n}.\t{prose(n)}")
    paragraph = document.paragraphs[1]._p
    paragraph.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="1"><w:r><w:t xml:space="preserve"> It is new.</w:t></w:r></w:ins>'
        )
    )
    paragraph.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="2" w:author="a"><w:r><w:delText> It is gone.</w:delText></w:r></w:del>'
        )
    )
    assert texts(read(document, path))["2"] == f"{prose(2)} It is new."


def test_a_contents_page_in_word_is_no_list_of_paragraphs(path):
    document = Document()
    document.add_paragraph("A report on the town", style="Title")
    style = document.styles.add_style("toc 1", 1)
    document.add_paragraph("Contents")
    for n, name in enumerate(["Introduction", "Findings"], start=1):
        document.add_paragraph(f"{n}.\t{name}\t{n + 2}", style=style)
    for n in range(1, 7):
        if n in (1, 4):
            document.add_heading("Introduction" if n == 1 else "Findings", 1)
        document.add_paragraph(f"{n}.\t{prose(n)}")
    found = read(document, path)
    assert texts(found) == {str(n): prose(n) for n in range(1, 7)}
    assert found.report.get("front").text == "A report on the town"
    assert found.report.metadata.title == "A report on the town"


def test_footnotes_headers_and_footers_are_kept_apart(path):
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Draft for comment"
    for n in range(1, 6):
        document.add_paragraph(f"{n}.\t{prose(n)}")
    run = document.paragraphs[2].add_run("1")
    run.font.superscript = True
    found = read(document, path)
    assert texts(found) == {str(n): prose(n) for n in range(1, 6)}
    kinds = {found.report.source[s.start : s.end]: s.kind for s in found.report.layout}
    assert (kinds["Draft for comment"], kinds["1"]) == ("running", "note_mark")


def test_text_boxes_are_read(path):
    document = Document()
    for n in range(1, 6):
        document.add_paragraph(f"{n}.\t{prose(n)}")
    run = document.paragraphs[1].add_run()._r
    box = OxmlElement("w:pict")
    box.append(
        parse_xml(
            f"<w:txbxContent {nsdecls('w')}><w:p><w:r><w:t>A boxed remark.</w:t></w:r></w:p></w:txbxContent>"
        )
    )
    run.append(box)
    assert texts(read(document, path))["2"] == f"{prose(2)}\nA boxed remark."


def test_a_file_that_is_no_word_file_says_so(path):
    path.write_text("1. Not Word.", encoding="utf-8")
    with pytest.raises(ReadError, match=r"is no \.docx file, whatever its name says"):
        read_report(path, "made", {})


def test_a_damaged_word_file_says_so(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<broken")
    with pytest.raises(ReadError, match="not a readable Word file"):
        read_report(path, "made", {})


def test_an_empty_word_file_says_so(path):
    with pytest.raises(ReadError, match="holds no text"):
        read(Document(), path)
