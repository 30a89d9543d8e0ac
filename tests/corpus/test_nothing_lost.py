"""Every character of a document belongs to one unit or to a listed kind of artefact, whatever the document is like."""

from collections import Counter

import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.detect import read
from corpus.readers.document import Document, Piece
from corpus.understand import understand
from corpus.values import Metadata
from tests.corpus.rendered import to_docx, to_html, to_pdf

METADATA = Metadata("made", "A made report", "Anytown", "Nobody", "2013-05-01", "", "", "", "")

KINDS = {
    *(
        "paragraph",
        "number",
        "bullet",
        "table",
        "heading",
        "front",
        "findings",
        "gap",
    ),  # units and what is between
    *("running", "contents", "footnote", "navigation", "note_mark", "hyphen", "displaced_number", "unplaced"),
}

TEXTS = st.sampled_from(
    [
        "The council has improved the way in which it answers complaints from the public.",
        "it goes on in lower case and is con-",
        "tinued with the second half of a word.",
        "A heading of a few words",
        "Annex A",
        "Contents",
        "Notes",
        "12",
        "2012. The year was good for all of those who took part in it.",
        "3.1 It is a paragraph by chapter that is long enough to be one.",
        "Introduction .......... 3",
        "It should:",
        "Good",
    ]
)
LABELS = st.sampled_from(["", "", "", "•", "(a)", "A1", *(f"{n}." for n in range(1, 9)), "2.1", "2.2"])


@st.composite
def pieces(draw):
    text = draw(TEXTS)
    label = draw(LABELS)
    cells = draw(st.sampled_from([(), (), (), ("Help and protection", "Good"), ("1.", "A task", "The head")]))
    marks = ((4, 5),) if draw(st.integers(0, 9)) == 0 and len(text) > 10 and not cells else ()
    return Piece(
        "\t".join(cells) if cells else text,
        label=label,
        page=draw(st.integers(1, 3)),
        continues=draw(st.booleans()),
        level=draw(st.sampled_from([0, 0, 0, 0, 1, 2])),
        indent=draw(st.sampled_from([70.0, 90.0, 120.0])),
        size=11.0,
        cells=cells,
        region=draw(st.sampled_from(["body"] * 8 + ["running", "footnote"])),
        marks=marks,
        item=label == "•",
    )


def solid(text):
    return "".join(text.split())


@settings(deadline=None, max_examples=300)
@given(st.lists(pieces(), max_size=40))
def test_every_character_has_its_place(made):
    report = understand(Document(tuple(made)), METADATA).report
    assert "".join(report.source[s.start : s.end] for s in report.layout) == report.source
    assert {s.kind for s in report.layout} <= KINDS
    assert all(report.source[s.start : s.end].isspace() for s in report.layout if s.kind == "gap")
    assert Counter(solid(report.source)) == Counter(solid("".join(p.label + p.text for p in made)))


@settings(deadline=None, max_examples=300)
@given(st.lists(pieces(), max_size=40))
def test_the_text_of_a_paragraph_is_what_its_places_hold(made):
    report = understand(Document(tuple(made)), METADATA).report
    for paragraph in report.paragraphs:
        if paragraph.numbering == "named":
            continue
        spans = [s for s in report.layout if s.owner == paragraph.number and s.kind in ("paragraph", "table")]
        lines = [
            line.removeprefix("- ") if line.removeprefix("- ") in paragraph.items else line
            for line in paragraph.text.split("\n")
        ]
        assert solid("".join(lines)) == solid("".join(report.source[s.start : s.end] for s in spans))


@settings(deadline=None, max_examples=200)
@given(st.lists(pieces(), max_size=40))
def test_ids_are_unique_and_lines_lead_to_the_text(made):
    report = understand(Document(tuple(made)), METADATA).report
    numbers = [p.number for p in report.paragraphs]
    assert len(numbers) == len(set(numbers))
    lines = report.source.split("\n")
    assert all(1 <= p.lines[0] <= p.lines[1] <= len(lines) for p in report.paragraphs if p.lines != (0, 0))


def letters(text):
    return Counter(c for c in text if c.isalnum())


def read_letters(path):
    document = read(path)
    return letters("".join(piece.label + piece.text for piece in document.pieces))


def test_a_pdf_is_read_to_its_last_letter(report, tmp_path):
    path = tmp_path / "report.pdf"
    to_pdf(report, path)
    document = pypdfium2.PdfDocument(path)
    shown = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert read_letters(path) == letters(shown)


def test_a_word_file_is_read_to_its_last_letter(report, tmp_path):
    path = tmp_path / "report.docx"
    to_docx(report, path)
    import docx
    from docx.oxml.ns import qn

    opened = docx.Document(str(path))
    parts = [opened.element.body, opened.sections[0].header._element, opened.sections[0].footer._element]
    shown = "".join(t.text or "" for part in parts for t in part.iter(qn("w:t")))
    assert read_letters(path) == letters(shown)


def test_a_web_page_is_read_to_its_last_letter(report, tmp_path):
    path = tmp_path / "report.html"
    to_html(report, path)
    from lxml import html

    shown = html.fromstring(path.read_text(encoding="utf-8")).find("body").text_content()
    assert read_letters(path) == letters(shown)
