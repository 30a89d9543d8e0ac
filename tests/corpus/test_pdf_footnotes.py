"""Footnotes of a PDF are told from its paragraphs."""

from tests.corpus.made import numbered, prose, read, spelt, texts
from tests.corpus.sheets import FONT, Sheet


def notes_of(found):
    report = found.report
    return [report.source[s.start : s.end] for s in report.layout if s.kind == "footnote"]


def test_footnotes_at_the_foot_of_pages(tmp_path):
    path = tmp_path / "report.pdf"
    sheet = Sheet(path)
    for n in range(1, 25):
        sheet.write(sheet.left, f"{n}.")
        text = prose(n)
        sheet.write(sheet.left + 30, "As was said before,")
        width = sheet.canvas.stringWidth("As was said before,", FONT, 11)
        if n % 3 == 0:
            sheet.canvas.setFont(FONT, 6)
            sheet.canvas.drawString(sheet.left + 30 + width, sheet.y + 4, str(n // 3))
            sheet.note(f"{n // 3} See the letter that mentions {spelt(n)}.")
        sheet.down(13.75)
        sheet.rows(text, sheet.left + 30)
        sheet.down(8)
    sheet.save()
    found = read(path)
    assert texts(found) == {str(n): f"As was said before, {prose(n)}" for n in range(1, 25)}
    notes = notes_of(found)
    assert sum(note.count("See the letter") for note in notes) == 8


def test_footnotes_in_the_type_of_the_text(tmp_path):
    path = tmp_path / "report.pdf"
    sheet = Sheet(path)
    for n in range(1, 12):
        sheet.paragraph(f"{n}.", prose(n))
    sheet.canvas.setFont(FONT, 6)
    sheet.canvas.drawString(72, 99, "1")
    sheet.canvas.setFont(FONT, 11)
    sheet.canvas.drawString(78, 95, "See the letter that was sent to all.")
    sheet.save()
    found = read(path)
    assert texts(found) == numbered(1, 11)
    assert notes_of(found) == ["1 See the letter that was sent to all."]
