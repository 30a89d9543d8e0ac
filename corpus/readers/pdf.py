"""The words of a PDF's text layer with their places and type; what they make up is for the modules beside this one."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.readers.document import Document, ReadError
from corpus.readers.layout import pieces
from corpus.readers.words import Page, Word

MOST_PAGES = 3_000

_BOLD = ("bold", "black", "heavy", "semibold", "demi")
_ITALIC = ("italic", "oblique")
_FORCED_BOLD = 1 << 18  # font descriptor flag
_SOFT_BREAKS = {"\x02": "-", "\ufffe": "-"}  # how PDFium writes a hyphen at the end of a line
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_GAP = 0.3  # of the type size; characters further apart are two words
_FEW = 20  # characters a page; a document with fewer has no text layer worth the name

Style = tuple[float, bool, bool, float]


def read_pdf(path: Path) -> Document:
    """The document in a PDF; raises :class:`ReadError` for one that is broken, locked or only scanned."""
    document = _opened(path)
    try:
        if len(document) > MOST_PAGES:
            raise ReadError(
                f"{path.name} has {len(document):,} pages; at most {MOST_PAGES:,} can be read. Split it and "
                "add the parts."
            )
        pages = [_page(document, number) for number in range(len(document))]
        facts = {key.lower(): value for key, value in document.get_metadata_dict().items() if value.strip()}
    finally:
        document.close()
    _check_text(path, pages)
    return Document(pieces(pages), facts, len(pages))


def _opened(path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise ReadError(
                f"{path.name} is encrypted and needs a password. Save it without one and add that copy."
            ) from error
        raise ReadError(
            f"{path.name} is not a readable PDF: it is damaged or cut short. Open it in a PDF viewer to check, "
            "save a fresh copy and add that."
        ) from error


def _check_text(path: Path, pages: Sequence[Page]) -> None:
    """Raises :class:`ReadError` if most pages are pictures of text."""
    blank = [page for page in pages if sum(len(word.text) for word in page.words) < _FEW]
    if not pages or len(blank) == len(pages) or (len(blank) > 0.8 * len(pages) and len(pages) > 2):
        raise ReadError(
            f"{path.name} has no text layer on {len(blank)} of its {len(pages)} pages: they are scanned pictures. Text "
            "recognition (OCR) is needed first, for instance with OCRmyPDF; add the file that it makes."
        )


def _page(document: pdfium.PdfDocument, index: int) -> Page:
    try:
        page = document[index]
        text = page.get_textpage()
    except pdfium.PdfiumError:
        return Page(index + 1, 0.0, 0.0, ())
    try:
        width, height = page.get_size()
        turn = _turned(page.get_rotation(), width, height)
        found = tuple(_words(_characters(text, turn, page.get_rotation())))
        return Page(index + 1, width, height, found)
    finally:
        text.close()
        page.close()


def _turned(rotation: int, width: float, height: float) -> Any:  # noqa: ANN401 - a small local function
    """A function from places on the sheet to places as the page is shown; width and height are as shown."""
    turns = {
        0: lambda x, y: (x, y),
        90: lambda x, y: (y, height - x),
        180: lambda x, y: (width - x, height - y),
        270: lambda x, y: (width - y, x),
    }
    return turns[rotation]


class _Glyph:
    """One character, its place and its type; ``text`` is a space where words end."""

    __slots__ = ("style", "text", "x0", "x1", "y")

    def __init__(self, text: str, x0: float, x1: float, y: float, style: Style) -> None:
        self.text, self.x0, self.x1, self.y, self.style = text, x0, x1, y, style


def _characters(page: pdfium.PdfTextPage, turn: Any, rotation: int) -> Iterator[_Glyph]:  # noqa: ANN401
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    styles: dict[int, Style] = {}
    high = ""
    for i in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, i)
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        text = (high + chr(code)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        high = ""
        text = _SOFT_BREAKS.get(text) or _LIGATURES.get(text, text)
        if text.isspace() or ord(text[0]) < 32:
            yield _Glyph(" ", 0.0, 0.0, 0.0, (0.0, False, False, 0.0))
            continue
        raw.FPDFText_GetCharOrigin(page, i, x, y)
        raw.FPDFText_GetLooseCharBox(page, i, box)
        first = turn(box.left, box.bottom)
        last = turn(box.right, box.top)
        yield _Glyph(
            text,
            min(first[0], last[0]),
            max(first[0], last[0]),
            turn(x.value, y.value)[1],
            _style(page, i, styles, rotation),
        )


def _style(page: pdfium.PdfTextPage, i: int, known: dict[int, Style], rotation: int) -> Style:
    """Size, boldness, slant and turn of a character; the same for all of its text object."""
    shown = raw.FPDFText_GetTextObject(page, i)
    key = ctypes.cast(shown, ctypes.c_void_p).value or 0
    if key not in known:
        matrix, flags, name = raw.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(256)
        raw.FPDFText_GetMatrix(page, i, matrix)
        raw.FPDFText_GetFontInfo(page, i, name, 256, flags)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        size = raw.FPDFText_GetFontSize(page, i) * scale
        font = name.value.decode("utf-8", "replace").lower()
        bold = any(word in font for word in _BOLD) or bool(flags.value & _FORCED_BOLD)
        bold = bold or raw.FPDFText_GetFontWeight(page, i) >= 600
        turn = (math.degrees(math.atan2(matrix.b, matrix.a)) + rotation + 180) % 360 - 180
        known[key] = (round(size, 1), bold, any(word in font for word in _ITALIC), turn)
    return known[key]


def _words(glyphs: Iterator[_Glyph]) -> Iterator[Word]:
    run: list[_Glyph] = []
    for glyph in glyphs:
        if run and (glyph.text == " " or _apart(run[-1], glyph)):
            yield _word(run)
            run = []
        if glyph.text != " ":
            run.append(glyph)
    if run:
        yield _word(run)


def _apart(one: _Glyph, other: _Glyph) -> bool:
    size = max(one.style[0], 1.0)
    moved = abs(one.y - other.y) > 0.12 * size or not -size < other.x0 - one.x1 < _GAP * size
    return moved or abs(one.style[0] - other.style[0]) > 0.15 * size


def _word(run: Sequence[_Glyph]) -> Word:
    size, bold, italic, turn = run[0].style
    return Word(
        "".join(glyph.text for glyph in run),
        min(glyph.x0 for glyph in run),
        max(glyph.x1 for glyph in run),
        run[0].y,
        size,
        bold,
        italic,
        upright=abs(turn) < 20,
    )
