"""Word files (.docx): paragraphs with their styles and generated numbers, tables, notes, headers and footers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docx import Document as open_docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from corpus.readers.document import Document, Piece, ReadError, Region
from corpus.readers.marks import NOTE
from corpus.readers.tables import row_piece
from corpus.readers.wordnumbers import WordNumbers, indent

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"toc \d|table of contents|toc heading", re.IGNORECASE)
_LABEL = re.compile(r"([(\[]?[A-Za-z]{0,2}\.?(?:\d{1,4}(?:\.\d{1,3})*)?[.):\]]?|[•–—-])\t+")
_OWN_BOLD = 8  # the rank of a paragraph that is bold throughout
_LONGEST_HEADING = 150  # characters
_SKIPPED = frozenset(qn(name) for name in ("w:del", "w:moveFrom", "w:instrText", "w:delText"))
_CONTAINERS = frozenset(qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_docx(path: Path) -> Document:
    """The document in a Word file; raises :class:`ReadError` for one that is broken, locked or empty."""
    opened = _opened(path)
    walk = _Walk(opened)
    for child in opened.element.body:
        walk.block(child, "body")
    pieces = [*_furniture(opened, walk), *walk.pieces, *_notes(opened, walk)]
    if not any(piece.text for piece in pieces):
        raise ReadError(f"{path.name} holds no text. Is it the file that you mean?")
    facts = {"title": opened.core_properties.title or "", "author": opened.core_properties.author or ""}
    return Document(tuple(pieces), {k: v for k, v in facts.items() if v.strip()}, walk.page)


def _opened(path: Path) -> Any:  # noqa: ANN401 - python-docx's own document
    try:
        return open_docx(str(path))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise ReadError(
            f"{path.name} is not a readable Word file: it is damaged, or not what its name says. Open it in Word, save "
            "it as .docx and add that copy."
        ) from error


@dataclass(slots=True)
class _Text:
    """The text of a paragraph as it is gathered."""

    text: str = ""
    marks: list[tuple[int, int]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    bold: int = 0
    boxes: list[Any] = field(default_factory=list)


class _Walk:
    """Walks down a document and gathers its pieces."""

    def __init__(self, opened: Any) -> None:  # noqa: ANN401
        styles = opened.styles.element
        self.numbers = WordNumbers(_numbering(opened), styles)
        self.pieces: list[Piece] = []
        self.page = 1

    def block(self, element: Any, region: Region) -> None:  # noqa: ANN401
        """Gather a paragraph, a table, or what a container holds."""
        if element.tag == qn("w:p"):
            self.pieces += self.paragraph(element, region)
        elif element.tag == qn("w:tbl"):
            self._table(element, region)
        elif element.tag in _CONTAINERS:
            inside = _sdt_region(element, region)
            for child in element:
                self.block(child, inside)

    def paragraph(self, element: Any, region: Region) -> list[Piece]:  # noqa: ANN401
        """The pieces of a paragraph: one, more if it holds line breaks, with those of its text boxes after it."""
        properties = element.find(qn("w:pPr"))
        style = _style(properties)
        gathered = _Text()
        page = self.page
        self._inline(element, gathered, bold=self._style_bold(style))
        label, depth, listed = self.numbers.label(properties, style) if _printed(gathered) else ("", 0, None)
        names = [name for s in self.numbers.style_chain(style) if (name := _name(s))]
        region = (
            "contents" if region == "body" and any(_CONTENTS.fullmatch(name) for name in names) else region
        )
        own = indent(properties)
        base = Piece(
            "",
            label=label,
            page=page,
            level=self._level(properties, names, gathered),
            indent=own if own is not None else listed if listed is not None else self._style_indent(style),
            region=region,
            item=bool(label),
            depth=depth + 1 if label else 0,
        )
        found = list(_lines(gathered, base))
        for box in gathered.boxes:
            for inner in box.findall(qn("w:p")):
                found += self.paragraph(inner, region)
        return found

    def _level(self, properties: Any, names: list[str], text: _Text) -> int:  # noqa: ANN401
        whole = " ".join([*text.lines, text.text]).strip()
        if any(name.lower() == "title" for name in names):
            return 1
        for name in names:
            if match := _HEADING.fullmatch(name):
                return int(match[1]) + 1
        outline = properties.find(qn("w:outlineLvl")) if properties is not None else None
        if outline is not None and int(outline.get(qn("w:val"))) < 9:
            return int(outline.get(qn("w:val"))) + 2
        bold = text.bold >= len(whole.replace(" ", "").replace("\t", "")) > 0
        return _OWN_BOLD if bold and len(whole) <= _LONGEST_HEADING else 0

    def _style_bold(self, style: str | None) -> bool:
        for element in self.numbers.style_chain(style):
            properties = element.find(qn("w:rPr"))
            bold = properties.find(qn("w:b")) if properties is not None else None
            if bold is not None:
                return bool(bold.get(qn("w:val")) not in ("0", "false"))
        return False

    def _style_indent(self, style: str | None) -> float:
        found = (indent(element.find(qn("w:pPr"))) for element in self.numbers.style_chain(style))
        return next((value for value in found if value is not None), 0.0)

    def _inline(self, element: Any, gathered: _Text, *, bold: bool) -> None:  # noqa: ANN401
        for child in element:
            if child.tag in _SKIPPED or child.tag in (qn("w:pPr"), _FALLBACK):
                continue
            if child.tag == qn("w:r"):
                self._run(child, gathered, bold=bold)
            elif child.tag == qn("w:txbxContent"):
                gathered.boxes.append(child)
            else:
                self._inline(child, gathered, bold=bold)

    def _run(self, run: Any, gathered: _Text, *, bold: bool) -> None:  # noqa: ANN401
        properties = run.find(qn("w:rPr"))
        raised = _raised(properties)
        own = properties.find(qn("w:b")) if properties is not None else None
        if own is not None:
            bold = own.get(qn("w:val")) not in ("0", "false")
        hidden = properties is not None and properties.find(qn("w:vanish")) is not None
        for child in run:
            text = "" if hidden else _printed_as(child)
            if child.tag == qn("w:lastRenderedPageBreak") or _page_break(child):
                self.page += 1
            elif child.tag == qn("w:br") or child.tag == qn("w:cr"):
                gathered.lines.append(gathered.text)
                gathered.text = ""
            elif text:
                if raised and NOTE.fullmatch(text) and gathered.text.strip() and not gathered.lines:
                    gathered.marks.append((len(gathered.text), len(gathered.text) + len(text)))
                gathered.text += text
                gathered.bold += len(text.replace(" ", "").replace("\t", "")) if bold else 0
            elif child.tag not in (qn("w:rPr"), qn("w:t"), qn("w:tab"), qn("w:sym")) and len(child):
                self._inline(child, gathered, bold=bold)

    # --- tables

    def _table(self, table: Any, region: Region) -> None:  # noqa: ANN401
        rows = [list(_cells(row)) for row in _children(table, "w:tr")]
        if _for_layout(rows):
            for row in rows:
                for cell in row:
                    for child in cell:
                        self.block(child, region)
            return
        for row in rows:
            page = self.page
            piece = row_piece([self._cell(cell) for cell in row], page)
            if piece is not None:
                self.pieces.append(replace(piece, region=region))

    def _cell(self, cell: Any) -> str:  # noqa: ANN401
        """The text of a cell, generated numbers included; that of a table inside it, too."""
        kept, self.pieces = self.pieces, []
        for child in cell:
            self.block(child, "body")
        inside, self.pieces = self.pieces, kept
        return " ".join(
            f"{'' if p.bulleted else p.label} {p.text}".strip().replace("\t", " ") for p in inside
        )


def _numbering(opened: Any) -> Any:  # noqa: ANN401
    related = (r for r in opened.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.NUMBERING)
    part = next(related, None)
    return part.target_part.element if part is not None else None


def _style(properties: Any) -> str | None:  # noqa: ANN401
    found = properties.find(qn("w:pStyle")) if properties is not None else None
    return found.get(qn("w:val")) if found is not None else "Normal"


def _name(style: Any) -> str:  # noqa: ANN401
    found = style.find(qn("w:name"))
    return str(found.get(qn("w:val"))) if found is not None else ""


def _sdt_region(element: Any, region: Region) -> Region:  # noqa: ANN401
    gallery = element.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    listed = gallery is not None and "contents" in str(gallery.get(qn("w:val"))).lower()
    return "contents" if listed and region == "body" else region


def _printed(gathered: _Text) -> bool:
    return bool("".join([*gathered.lines, gathered.text]).strip())


def _raised(properties: Any) -> bool:  # noqa: ANN401
    found = properties.find(qn("w:vertAlign")) if properties is not None else None
    return found is not None and found.get(qn("w:val")) == "superscript"


def _page_break(child: Any) -> bool:  # noqa: ANN401
    return bool(child.tag == qn("w:br") and child.get(qn("w:type")) == "page")


def _printed_as(child: Any) -> str:  # noqa: ANN401
    if child.tag == qn("w:t"):
        return child.text or ""
    if child.tag == qn("w:sym"):
        return chr(int(child.get(qn("w:char"), "2022"), 16))
    return {qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-"}.get(child.tag, "")


def _lines(gathered: _Text, base: Piece) -> Iterator[Piece]:
    """The lines of a paragraph as pieces: the first with the label, the others running on from it."""
    first = True
    for raw in [*gathered.lines, gathered.text]:
        piece = _line(raw, base if first else replace(base, label="", item=False, continues=True), gathered)
        if piece.text or piece.label:
            yield piece
            first = False


def _line(raw: str, base: Piece, gathered: _Text) -> Piece:
    label = base.label
    typed = _LABEL.match(raw.lstrip()) if not label else None
    text = raw
    marks = gathered.marks if not gathered.lines else []
    cut = 0
    if typed and typed[1]:
        label = typed[1]
        cut = len(raw) - len(raw.lstrip()) + typed.end()
        text = raw[cut:]
    lead = len(text) - len(text.lstrip())
    shift = cut + lead
    text, kept = _tidied(text.strip(), [(a - shift, b - shift) for a, b in marks])
    cells = tuple(cell.strip() for cell in text.split("\t") if cell.strip()) if "\t" in text else ()
    tabular = len(cells) > 1 and all(len(cell) < _LONGEST_HEADING for cell in cells)
    text = "\t".join(cells) if tabular else text.replace("\t", " ")
    return replace(
        base, text=text, label=label, cells=cells if tabular else (), marks=() if tabular else kept
    )


def _tidied(text: str, marks: list[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with single spaces, and its marks moved with it."""
    places: list[int] = []
    kept = ""
    for character in text.replace("\u00ad", ""):
        places.append(len(kept))
        if character.isspace() and character != "\t":
            kept += "" if kept.endswith(" ") else " "
        else:
            kept += character
    places.append(len(kept))
    if len(places) != len(text) + 1:
        return kept, ()
    return kept, tuple((places[a], places[b]) for a, b in marks if 0 <= a < b <= len(text))


def _children(element: Any, name: str) -> Iterator[Any]:  # noqa: ANN401
    """The children of a kind, those in content controls included."""
    for child in element:
        if child.tag == qn(name):
            yield child
        elif child.tag in _CONTAINERS:
            yield from _children(child, name)


def _cells(row: Any) -> Iterator[Any]:  # noqa: ANN401
    return _children(row, "w:tc")


def _for_layout(rows: list[list[Any]]) -> bool:
    """Whether a table only arranges the page: one column, or cells of several long paragraphs."""
    if all(len(row) <= 1 for row in rows):
        return True
    paragraphs = [[p for p in cell.iter(qn("w:p"))] for row in rows for cell in row]
    return any(
        len(cell) > 3 and sum(len(t.text or "") for p in cell for t in p.iter(qn("w:t"))) > 400
        for cell in paragraphs
    )


# --- what stands outside the body


def _furniture(opened: Any, walk: _Walk) -> list[Piece]:  # noqa: ANN401
    """The headers and footers, each once."""
    found: dict[str, Piece] = {}
    for section in opened.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if part.is_linked_to_previous:
                continue
            for element in part._element.iter(qn("w:p")):
                for piece in walk.paragraph(element, "running"):
                    found.setdefault(piece.text, replace(piece, page=1))
    return list(found.values())


def _notes(opened: Any, walk: _Walk) -> list[Piece]:  # noqa: ANN401
    """The footnotes and endnotes."""
    found: list[Piece] = []
    for relation in opened.part.rels.values():
        if relation.reltype not in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
            continue
        root = parse_xml(relation.target_part.blob)
        for note in root:
            if note.get(qn("w:type")) in (None, "normal"):
                for element in note.iter(qn("w:p")):
                    found += walk.paragraph(element, "footnote")
    return found
