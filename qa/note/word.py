"""A note as a Word document that a screen reader can walk through: headings, quotations, lists, a table, a language."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from qa.note.note import APPENDIX, COLUMNS, HOW_TO_READ, Note, Row

LANGUAGE = "en-GB"
_FONT = "Arial"  # on every machine, and without serifs
_INK = RGBColor(0x1F, 0x29, 0x37)
_STYLES = {
    "heading": "Heading 1",
    "subheading": "Heading 2",
    "text": "Normal",
    "quote": "Quote",
    "item": "List Bullet",
}
_WIDTHS = (2.2, 4.0, 9.8)  # cm, of the columns of the appendix
_CELL = "Quoted paragraph"
_LONGEST_PROPERTY = 255  # characters; Word takes no more


def to_docx(note: Note) -> bytes:
    """The note as a Word document."""
    document = _blank(note)
    document.add_paragraph(note.heading, style="Title")
    document.add_paragraph(note.purpose)
    if note.rows:
        document.add_paragraph(HOW_TO_READ)
    document.add_paragraph(note.source)
    for block in note.blocks:
        document.add_paragraph(block.text, style=_STYLES[block.kind])
    if note.rows:
        document.add_paragraph(APPENDIX, style="Heading 1")
        _add_table(document, note.rows)
    file = BytesIO()
    document.save(file)
    return _without_times(file.getvalue())


def _without_times(content: bytes) -> bytes:
    """The same file without the times of packing, so that the same note gives the same bytes."""
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(packed, "w", ZIP_DEFLATED) as made:
        for entry in given.infolist():
            made.writestr(ZipInfo(entry.filename), given.read(entry), ZIP_DEFLATED)
    return packed.getvalue()


def _add_table(document: Any, rows: Sequence[Row]) -> None:  # noqa: ANN401 - python-docx's own document
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.autofit = False
    _repeat(table.rows[0])
    for cell, name in zip(table.rows[0].cells, COLUMNS, strict=True):
        _fill(cell.paragraphs[0], name, bold=True)
    for row in rows:
        number, section, words = table.add_row().cells
        _fill(number.paragraphs[0], row.number)
        _fill(section.paragraphs[0], row.section)
        for place, line in enumerate(row.lines):
            paragraph = words.paragraphs[0] if place == 0 else words.add_paragraph()
            for run in line:
                _fill(paragraph, run.words, bold=run.quoted)
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)


def _fill(paragraph: Any, words: str, *, bold: bool = False) -> None:  # noqa: ANN401
    paragraph.style = _CELL
    paragraph.add_run(words).bold = bold or None


def _repeat(row: Any) -> None:  # noqa: ANN401
    """Have the row stand at the head of the table on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _blank(note: Note) -> Any:  # noqa: ANN401
    """An empty document on A4, with our styles, the report's name at the head and page numbers at the foot."""
    document = Document()
    _set_styles(document)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.5)
    page.header.paragraphs[0].text = note.subject or note.heading
    _number_pages(page.footer.paragraphs[0])
    _set_properties(document.core_properties, note)
    return document


def _set_properties(properties: Any, note: Note) -> None:  # noqa: ANN401
    properties.title = note.heading[:_LONGEST_PROPERTY]
    properties.subject = note.source[:_LONGEST_PROPERTY]
    properties.language = LANGUAGE
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    for time in ("dcterms:created", "dcterms:modified"):
        for element in properties._element.findall(qn(time)):
            properties._element.remove(element)


def _set_styles(document: Any) -> None:  # noqa: ANN401
    styles = document.styles
    defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    for attribute in ("w:val", "w:eastAsia"):
        language.set(qn(attribute), LANGUAGE)
    for name, size in {
        "Normal": 11,
        "Title": 20,
        "Heading 1": 14,
        "Heading 2": 12,
        "Quote": 11,
        "Header": 9,
    }.items():
        _set_font(styles[name], size)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    quote = styles["Quote"]
    quote.font.italic = False  # long italics are hard to read
    quote.paragraph_format.left_indent = Cm(0.75)
    cell = styles.add_style(_CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = styles["Normal"]
    _set_font(cell, 9)
    cell.paragraph_format.space_after = Pt(2)


def _set_font(style: Any, size: int) -> None:  # noqa: ANN401
    style.font.size = Pt(size)
    style.font.name = _FONT
    style.font.color.rgb = _INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)  # a theme's font would win over the one that is named
    for place in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(place), _FONT)


def _number_pages(paragraph: Any) -> None:  # noqa: ANN401
    paragraph.add_run("Page ")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Any, name: str) -> None:  # noqa: ANN401
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    shown = OxmlElement("w:r")
    number = OxmlElement("w:t")
    number.text = "1"  # until Word has counted
    shown.append(number)
    field.append(shown)
    paragraph._p.append(field)
