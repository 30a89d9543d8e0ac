"""PDFs with one difficulty each are read as a person reads them."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.readers.document import ReadError
from tests.corpus.made import numbered, prose, read, spelt, texts
from tests.corpus.sheets import BOLD, FONT, HEIGHT, WIDTH, Sheet


@pytest.fixture
def path(tmp_path):
    return tmp_path / "report.pdf"


def test_hanging_numbers_heads_feet_and_page_numbers(path):
    def furniture(canvas, page):
        canvas.setFont(FONT, 9)
        canvas.drawString(72, HEIGHT - 40, f"Anytown inspection {'left' if page % 2 else 'right'}")
        canvas.drawCentredString(WIDTH / 2, 40, str(page))

    sheet = Sheet(path, furniture=furniture)
    sheet.heading("Findings")
    for n in range(1, 41):
        sheet.paragraph(f"{n}.", prose(n, 3))
    sheet.save()
    found = read(path)
    assert sheet.page > 3
    assert texts(found) == numbered(1, 40, 3)
    assert (found.gaps, found.repeats, found.report.unplaced) == ((), (), ())
    assert found.report.get("7").section == ("Findings",)


def test_numbers_without_a_stop(path):
    sheet = Sheet(path)
    for n in range(1, 15):
        sheet.paragraph(str(n), prose(n))
    sheet.save()
    assert texts(read(path)) == numbered(1, 14)


def test_numbers_in_the_running_text(path):
    sheet = Sheet(path)
    for n in range(1, 15):
        sheet.inline(f"{n}. {prose(n)}")
    sheet.save()
    assert texts(read(path)) == numbered(1, 14)


def test_numbers_in_the_running_text_without_space_between_paragraphs(path):
    sheet = Sheet(path)
    for n in range(1, 15):
        sheet.inline(f"{n}. {prose(n)}", gap=0)
    sheet.save()
    assert texts(read(path)) == numbered(1, 14)


def test_a_number_on_its_own_line_above_its_paragraph(path):
    sheet = Sheet(path)
    for n in range(1, 15):
        sheet.write(40, f"{n}.")
        sheet.down(14)
        sheet.inline(prose(n))
    sheet.save()
    assert texts(read(path)) == numbered(1, 14)


def test_numbers_far_out_in_the_margin(path):
    sheet = Sheet(path, left=120)
    for n in range(1, 15):
        sheet.write(50, str(n), size=9)
        sheet.inline(prose(n))
    sheet.save()
    assert texts(read(path)) == numbered(1, 14)


def two_columns(path, numbers, label="{}."):
    """Fill the left column of each page, then the right one."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont(BOLD, 16)
    canvas.drawString(60, HEIGHT - 60, "A report on the services of a town that is set in two columns")
    from reportlab.lib.utils import simpleSplit

    columns, column, y = [(60, 285), (315, 540)], 0, HEIGHT - 100
    for n in numbers:
        rows = simpleSplit(prose(n, 3), FONT, 10, 200)
        for k, row in enumerate(rows):
            if y < 80:
                column, y = column + 1, HEIGHT - 100
                if column == 2:
                    canvas.showPage()
                    column = 0
            canvas.setFont(FONT, 10)
            if k == 0:
                canvas.drawString(columns[column][0], y, label.format(n))
            canvas.drawString(columns[column][0] + 25, y, row)
            y -= 12.5
        y -= 7
    canvas.save()


def test_two_columns_are_read_one_after_the_other(path):
    two_columns(path, range(1, 31))
    found = read(path)
    assert {n: " ".join(t.split()) for n, t in texts(found).items()} == numbered(1, 30, 3)


def test_years_at_the_beginning_of_a_line(path):
    sheet = Sheet(path)
    for n in range(1, 12):
        sheet.write(sheet.left, f"{n}.")
        sheet.write(sheet.left + 30, f"{prose(n, 1)} This was so in")
        sheet.down(13.75)
        sheet.rows("2012. The council has since done more, and 3. It did it well.", sheet.left + 30)
        sheet.down(8)
    sheet.save()
    expected = {
        str(n): f"{prose(n, 1)} This was so in 2012. The council has since done more, and 3. It did it well."
        for n in range(1, 12)
    }
    assert texts(read(path)) == expected


def test_a_contents_page_with_dotted_leaders_is_no_list_of_paragraphs(path):
    sheet = Sheet(path)
    sheet.heading("A report on the town", 20)
    sheet.heading("Contents")
    for n, name in enumerate(["Introduction", "What was found", "What should be done"], start=1):
        sheet.inline(f"{n}. {name} {'.' * 60} {n + 1}", gap=2)
    sheet.turn()
    for n in range(1, 10):
        if n in (1, 4, 7):
            sheet.heading(["Introduction", "What was found", "What should be done"][n // 3])
        sheet.paragraph(f"{n}.", prose(n))
    sheet.save()
    found = read(path)
    assert texts(found) == numbered(1, 9)
    assert [found.report.get(n).section for n in ("1", "5", "9")] == [
        ("Introduction",),
        ("What was found",),
        ("What should be done",),
    ]
    assert found.report.get("front").text == "A report on the town"


def test_annexes_that_count_from_1_again_get_their_letter(path):
    sheet = Sheet(path)
    sheet.heading("Findings")
    for n in range(1, 13):
        sheet.paragraph(f"{n}.", prose(n))
    for letter in "AB":
        sheet.turn()
        sheet.heading(f"Annex {letter}: terms of reference")
        for n in range(1, 6):
            sheet.paragraph(f"{n}.", prose(n + (20 if letter == "A" else 40)))
    sheet.save()
    found = read(path)
    annexes = {f"A{n}": prose(n + 20) for n in range(1, 6)} | {f"B{n}": prose(n + 40) for n in range(1, 6)}
    assert texts(found) == numbered(1, 12) | annexes
    assert found.report.get("A2").section[-1] == "Annex A: terms of reference"
    assert found.gaps == ()


def test_an_annex_that_counts_on_has_no_prefix(path):
    sheet = Sheet(path)
    for n in range(1, 13):
        if n == 9:
            sheet.heading("Annex A")
        sheet.paragraph(f"{n}.", prose(n))
    sheet.save()
    assert texts(read(path)) == numbered(1, 12)


def test_rows_of_a_table_that_are_numbered_are_no_paragraphs(path):
    sheet = Sheet(path)
    for n in range(1, 13):
        sheet.paragraph(f"{n}.", prose(n))
        if n == 4:
            for k in range(1, 7):
                sheet.write(110, str(k))
                sheet.write(140, f"Task {spelt(k)}")
                sheet.write(330, "Head of service")
                sheet.down(18)
    sheet.save()
    found = read(path)
    assert list(texts(found)) == [str(n) for n in range(1, 13)]
    assert texts(found)["5"] == prose(5)
    assert "Task six\tHead of service" in texts(found)["4"]


def test_lists_inside_lists_belong_to_their_paragraph(path):
    sheet = Sheet(path)
    for n in range(1, 11):
        sheet.paragraph(f"{n}.", prose(n, 1) + (" It should:" if n == 3 else ""))
        if n == 3:
            for label, x, text in [
                ("(a)", 110, "first of all write things down, such as"),
                ("(i)", 140, "what was said"),
                ("(ii)", 140, "who said it"),
                ("(b)", 110, "then count"),
                ("1.", 140, "the visits"),
                ("2.", 140, "the letters"),
            ]:
                sheet.write(x, label)
                sheet.rows(text, x + 25)
                sheet.down(4)
    sheet.save()
    found = read(path)
    assert list(texts(found)) == [str(n) for n in range(1, 11)]
    assert found.report.get("3").items == (
        "(a) first of all write things down, such as",
        "(i) what was said",
        "(ii) who said it",
        "(b) then count",
        "1. the visits",
        "2. the letters",
    )


def test_a_lost_number_is_inferred_and_said_to_be(path):
    sheet = Sheet(path)
    for n in range(1, 13):
        sheet.paragraph("" if n == 6 else f"{n}.", prose(n))
    sheet.save()
    found = read(path)
    assert texts(found) == numbered(1, 12)
    assert [p.number for p in found.report.paragraphs if p.numbering == "inferred"] == ["6"]
    assert found.gaps == ()


def test_a_paragraph_that_is_not_there_is_a_gap(path):
    sheet = Sheet(path)
    for n in [1, 2, 3, 4, 7, 8, 9, 10]:
        sheet.paragraph(f"{n}.", prose(n))
    sheet.save()
    found = read(path)
    assert (found.gaps, found.repeats) == (("5", "6"), ())


def test_a_number_printed_twice_is_said_and_both_texts_are_kept_under_it(path):
    sheet = Sheet(path)
    for n in [1, 2, 3, 4, 4, 5, 6, 7]:
        sheet.paragraph(f"{n}.", prose(n) + (" Once more." if sheet.y < 500 else ""))
    sheet.save()
    found = read(path)
    assert (found.gaps, found.repeats) == ((), ("4",))
    assert texts(found)["4"].count("Finding four is this.") == 2


def test_chapters_number_their_paragraphs(path):
    sheet = Sheet(path)
    for chapter in (1, 2, 3):
        sheet.heading(f"{chapter}. Chapter {spelt(chapter)}")
        for n in range(1, 13):
            sheet.paragraph(f"{chapter}.{n}", prose(chapter * 20 + n, 1))
    sheet.save()
    found = read(path)
    assert texts(found) == {f"{c}.{n}": prose(c * 20 + n, 1) for c in (1, 2, 3) for n in range(1, 13)}
    assert found.report.get("2.10").section == ("2. Chapter two",)
    assert found.report.get("2.1").text == prose(41, 1)


def test_headings_may_be_numbered_one_level_above(path):
    sheet = Sheet(path)
    for chapter in (1, 2):
        sheet.heading(f"{chapter} Part {spelt(chapter)}", 18)
        for section in (1, 2):
            sheet.heading(f"{chapter}.{section} Section {spelt(section)}", 14)
            for n in range(1, 6):
                sheet.paragraph(
                    f"{chapter}.{section}.{n}", prose(chapter * 30 + section * 10 + n, 1), hang=40
                )
    sheet.save()
    found = read(path)
    assert list(texts(found)) == [f"{c}.{s}.{n}" for c in (1, 2) for s in (1, 2) for n in range(1, 6)]
    assert found.report.get("2.1.3").section == ("2 Part two", "2.1 Section one")


def test_a_plainly_numbered_summary_before_chapters(path):
    sheet = Sheet(path)
    sheet.heading("Summary")
    for n in range(1, 13):
        sheet.paragraph(str(n), prose(n, 1))
    for chapter in (1, 2):
        sheet.turn()
        sheet.heading(f"Part {spelt(chapter).title()}: what was found", 18)
        for n in range(1, 15):
            sheet.paragraph(f"{chapter}.{n}", prose(chapter * 20 + n, 1))
    sheet.save()
    found = read(path)
    chapters = {f"{c}.{n}": prose(c * 20 + n, 1) for c in (1, 2) for n in range(1, 15)}
    assert texts(found) == numbered(1, 12, 1) | chapters
    assert found.gaps == ()


def test_both_levels_of_numbers_may_be_paragraphs(path):
    sheet = Sheet(path)
    for n in range(1, 8):
        sheet.paragraph(f"{n}.", prose(n, 1))
        for k in range(1, 4):
            sheet.paragraph(f"{n}.{k}", prose(n * 10 + k, 1))
    sheet.save()
    expected = numbered(1, 7, 1) | {
        f"{n}.{k}": prose(n * 10 + k, 1) for n in range(1, 8) for k in range(1, 4)
    }
    assert texts(read(path)) == expected


def test_a_report_without_numbers_offers_places(path):
    sheet = Sheet(path)
    sheet.heading("A letter to the council", 20)
    for n in range(1, 30):
        sheet.inline(prose(n))
    sheet.save()
    found = read(path)
    paragraphs = [p for p in found.report.paragraphs if p.numbering != "named"]
    assert {p.numbering for p in paragraphs} == {"position"}
    assert paragraphs[0].number == "p1.1"
    assert [p.text for p in paragraphs] == [prose(n) for n in range(1, 30)]
    assert [p.number for p in paragraphs if p.text == prose(29)] == [paragraphs[-1].number]
    assert paragraphs[-1].number.startswith("p2.")


# --- what cannot be read


def test_pictures_of_text_need_recognition_first(path):
    canvas = Canvas(str(path), pagesize=A4)
    for _ in range(3):
        canvas.rect(72, 72, 300, 500, fill=1)
        canvas.showPage()
    canvas.save()
    with pytest.raises(ReadError, match=r"no text layer on 3 of its 3 pages.*OCR"):
        read(path)


def test_a_locked_pdf_says_that_it_needs_its_password(path):
    sheet = Sheet(path, encrypt=StandardEncryption("secret", canPrint=0))
    sheet.inline(prose(1))
    sheet.save()
    with pytest.raises(ReadError, match="encrypted and needs a password"):
        read(path)


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnothing more", b"%PDF-"])
def test_a_broken_pdf_says_so(path, content):
    path.write_bytes(content)
    with pytest.raises(ReadError, match="damaged or cut short"):
        read(path)
