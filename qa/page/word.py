"""Answers as a Word document that a screen reader can walk through: headings, quotations, lists, a language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from qa.page.conversation import Turn
from qa.page.layout import Line, lines
from qa.page.shelf import Shown
from qa.page.written import HOW_TO_READ, NOTHING_ASKED, Entry, Passage, about, entries, title

LANGUAGE = "en-GB"
_FONT = "Arial"  # on every machine, and without serifs
_INK = RGBColor(0x1F, 0x29, 0x37)
_SOURCE = "Source of quotation"
_LONGEST_PROPERTY = 255  # characters; Word takes no more


def to_docx(turns: Sequence[Turn], shown: Shown) -> bytes:
    """The answers as a Word document."""
    document = _blank(shown)
    document.add_paragraph(title(shown), style="Title")
    document.add_paragraph(about(shown))
    document.add_paragraph(HOW_TO_READ)
    written = entries(turns, shown)
    if not written:
        document.add_paragraph(NOTHING_ASKED)
    for entry in written:
        _add_entry(document, entry)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_entry(document: Any, entry: Entry) -> None:  # noqa: ANN401 - python-docx's own document
    document.add_heading(entry.heading, level=1)
    for line in entry.lead:
        document.add_paragraph(line)
    for passage in entry.passages:
        _add_passage(document, passage)
    for note in entry.notes:
        document.add_paragraph(note)


def _add_passage(document: Any, passage: Passage) -> None:  # noqa: ANN401
    _add_lines(document, passage.said, "Quote" if passage.quoted else "Normal")
    for point in passage.points:
        document.add_paragraph(point, style="List Bullet")
    for quote in passage.quotes:
        _add_lines(document, quote.words, "Quote")
        document.add_paragraph(f"— {quote.place}", style=_SOURCE)
    for place in passage.places:
        document.add_paragraph(f"— {place}", style=_SOURCE)


def _add_lines(document: Any, words: str, style: str) -> None:  # noqa: ANN401
    for line in lines(words):
        document.add_paragraph(_cells(line), style="List Bullet" if line.kind == "item" else style)


def _cells(line: Line) -> str:
    return " – ".join(cell for _, cell in line.cells)


def _blank(shown: Shown) -> Any:  # noqa: ANN401
    """An empty document on A4, with our styles, the report's name at the head and page numbers at the foot."""
    document = Document()
    _set_styles(document)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.5)
    page.header.paragraphs[0].text = title(shown)
    _number_pages(page.footer.paragraphs[0])
    _set_properties(document.core_properties, shown)
    return document


def _set_properties(properties: Any, shown: Shown) -> None:  # noqa: ANN401
    properties.title = f"Questions to: {title(shown)}"[:_LONGEST_PROPERTY]
    properties.subject = about(shown)[:_LONGEST_PROPERTY]
    properties.language = LANGUAGE
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)


def _set_styles(document: Any) -> None:  # noqa: ANN401
    styles = document.styles
    defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    for attribute in ("w:val", "w:eastAsia"):
        language.set(qn(attribute), LANGUAGE)
    for name, size in {"Normal": 11, "Title": 20, "Heading 1": 14, "Quote": 11, "Header": 9}.items():
        _set_font(styles[name], size)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    quote = styles["Quote"]
    quote.font.italic = False  # long italics are hard to read
    quote.paragraph_format.left_indent = Cm(0.75)
    quote.paragraph_format.keep_with_next = True  # its source stands under it
    source = styles.add_style(_SOURCE, WD_STYLE_TYPE.PARAGRAPH)
    source.base_style = styles["Normal"]
    _set_font(source, 10)
    source.paragraph_format.left_indent = Cm(0.75)


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
