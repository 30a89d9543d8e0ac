"""HTML files: headings, paragraphs, lists and tables as they are marked up; navigation and notes set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import html as markup

from corpus.readers.document import Document, Piece, ReadError, Region
from corpus.readers.marks import NOTE, ordinal
from corpus.readers.tables import row_piece

_SKIPPED = frozenset(
    "script style noscript template svg head title meta link object iframe button select form".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul".split()
)
_NAVIGATION = re.compile(
    r"nav|navigation|navbar|\w+nav|nav\w*bar|menu|breadcrumbs?|cookies?|skip(?:link)?|\w*footer\w*|site\w*credit|sidebar|"
    r"pagination|pager|sharing"
)
_NOTES = re.compile(r"(?:foot|end)notes?|doc-(?:endnotes?|footnotes?)|fn\d*|notes", re.IGNORECASE)
_NOTE_LINK = re.compile(r"#(?:_?(?:foot|end)?note|_?fn|_?ftn|_?edn)", re.IGNORECASE)
_NUMBER = re.compile(r"[(\[]?[A-Z]{0,2}\.?\d{1,4}(?:\.\d{1,3})*[.)\]]?")
_UNIT = re.compile(r"(?:\d|\b[ckm]?m)$")
_CHARSET = re.compile(rb"charset=[\"']?\s*([A-Za-z0-9_-]+)")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_INDENT = 20.0  # points for each level of lists and quotations
_BOLD_LEVEL = 7  # the rank of a paragraph that is bold throughout
_LONGEST_HEADING = 150  # characters


def read_html(path: Path) -> Document:
    """The document in an HTML file; raises :class:`ReadError` for one without text."""
    return from_html(decoded(path.read_bytes()), path.name)


def from_html(text: str, name: str) -> Document:
    """The document that a page's source holds."""
    source = _DECLARATION.sub("", text)
    if not source.strip():
        raise ReadError(f"{name} is empty.")
    root = markup.document_fromstring(source)
    walk = _Walk(_length(root))
    walk.block(root, _Place())
    if not walk.pieces:
        raise ReadError(f"{name} holds no text. Is it the page that you mean, saved whole?")
    title = root.findtext(".//title") or ""
    facts = {"title": " ".join(title.split())} if title.strip() else {}
    return Document(tuple(walk.pieces), facts)


def decoded(content: bytes) -> str:
    """The text of a file: by its byte order mark or declared character set, else UTF-8, else Windows-1252."""
    declared = _CHARSET.search(content[:2048])
    names = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig"]
    names += [declared[1].decode("ascii")] if declared else []
    for name in names:
        try:
            return content.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("cp1252", "replace")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk stands."""

    region: Region = "body"
    level: int = 0
    depth: int = 0
    quoted: int = 0
    label: str = ""
    item: bool = False


@dataclass(slots=True)
class _Line:
    """Running text as it is gathered; ``head`` is where its first element ends if that begins it."""

    text: str = ""
    marks: list[tuple[int, int]] = field(default_factory=list)
    head: int = 0
    plain: int = 0


def _length(element: markup.HtmlElement) -> int:
    return sum(len(text) for text in element.itertext() if isinstance(text, str))


class _Walk:
    """Walks down a page and gathers its pieces."""

    def __init__(self, length: int) -> None:
        self.pieces: list[Piece] = []
        self._length = length
        self._line = _Line()
        self._label = ""
        self._continues = False

    def block(self, element: markup.HtmlElement, place: _Place) -> None:
        """Gather a block element and what it holds."""
        if (
            not isinstance(element.tag, str)
            or (element.tag in _SKIPPED and element.tag not in ("form",))
            or _hidden(element)
        ):
            return
        if element.tag == "table" and not _for_layout(element):
            self._table(element, self._inside(element, place))
            return
        place = self._inside(element, place)
        if element.tag == "li":
            self._label = place.label
        self._children(element, place)
        self._flush(place)

    def _inside(self, element: markup.HtmlElement, place: _Place) -> _Place:
        region = self._region(element, place.region)
        level = int(element.tag[1]) if re.fullmatch(r"h[1-6]", str(element.tag)) else 0
        if element.get("role") == "heading":
            level = int(element.get("aria-level", "2")) if element.get("aria-level", "2").isdigit() else 2
        depth = place.depth + (element.tag in ("ul", "ol"))
        quoted = place.quoted + (element.tag == "blockquote")
        item = place.item or element.tag == "li"
        label = _item_label(element) if element.tag == "li" else ""
        return _Place(region, level, depth, quoted, label, item)

    def _region(self, element: markup.HtmlElement, region: Region) -> Region:
        if region != "body":
            return region
        names = re.split(r"[\s_-]+", f"{element.get('class', '')} {element.get('id', '')}".lower())
        whole = {
            f"{element.get('role', '')}".lower(),
            *f"{element.get('class', '')} {element.get('id', '')}".lower().split(),
        }
        if any(_NOTES.fullmatch(name) for name in whole if name):
            return "footnote"
        if element.tag in ("ul", "ol") and (links := _only_links(element)):
            return "contents" if links == "#" else "navigation"
        aside = (
            any(map(_NAVIGATION.fullmatch, names))
            or element.tag in ("nav", "footer", "aside")
            or element.get("role") == "navigation"
        )
        small = _length(element) < 0.3 * self._length
        return "navigation" if aside and small and not element.findall(".//h1") else region

    def _children(self, element: markup.HtmlElement, place: _Place) -> None:
        self._text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child, place)
            self._text(child.tail)

    def _child(self, child: markup.HtmlElement, place: _Place) -> None:
        if child.tag in _BLOCKS or (
            child.tag not in _SKIPPED and any(c.tag in _BLOCKS for c in child.iter() if c is not child)
        ):
            self._flush(place)
            self.block(child, replace(place, label=""))
        elif child.tag == "br":
            self._flush(place)
            self._continues = True
        elif child.tag not in _SKIPPED and not _hidden(child):
            self._inline(child, place)

    def _inline(self, child: markup.HtmlElement, place: _Place) -> None:
        text = " ".join("".join(child.itertext()).split())
        first = not self._line.text.strip()
        start = len(self._line.text)
        if self._is_mark(child, text):
            self._line.text += text
            self._line.marks.append((start, start + len(text)))
            return
        self._children(child, place)
        if first and self._line.text[: start + 1].strip() == self._line.text[:1].strip():
            self._line.head = self._line.head or len(self._line.text)
        if child.tag in ("b", "strong"):
            self._line.plain -= len(text)

    def _is_mark(self, child: markup.HtmlElement, text: str) -> bool:
        if not NOTE.fullmatch(text) or not self._line.text.strip():
            return False
        links = [child, *child.iter("a")]
        if any(_NOTE_LINK.match(link.get("href", "")) or link.get("role") == "doc-noteref" for link in links):
            return True
        return child.tag == "sup" and not _UNIT.search(self._line.text)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        clean = re.sub(r"\s+", " ", text.replace("\u00ad", ""))
        if not self._line.text:
            clean = clean.lstrip()
        elif self._line.text.endswith(" ") and clean.startswith(" "):
            clean = clean[1:]
        self._line.text += clean
        self._line.plain += len(clean.strip())

    def _flush(self, place: _Place) -> None:
        line, self._line = self._line, _Line()
        text = line.text.rstrip()
        continues, self._continues = self._continues, False
        if not text:
            return
        label, self._label = self._label, ""
        marks = line.marks
        head = text[: line.head].strip()
        if not label and 0 < len(head) < len(text) and _NUMBER.fullmatch(head):
            cut = len(text) - len(text[line.head :].lstrip())
            label, text = head, text[cut:]
            marks = [(a - cut, b - cut) for a, b in marks]
        bold = line.plain <= 2 and len(text) <= _LONGEST_HEADING and not place.item
        self.pieces.append(
            Piece(
                text,
                label=label,
                continues=continues and bool(self.pieces),
                level=place.level or (_BOLD_LEVEL if bold else 0),
                indent=_INDENT * (place.depth + place.quoted),
                region=place.region,
                marks=tuple(marks),
                item=place.item and bool(label),
                depth=place.depth,
            )
        )

    def _table(self, table: markup.HtmlElement, place: _Place) -> None:
        for row in table.iter("tr"):
            cells = [_cell(cell) for cell in row if cell.tag in ("td", "th")]
            piece = row_piece(cells)
            if piece is not None:
                self.pieces.append(replace(piece, region=place.region))


def _hidden(element: markup.HtmlElement) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return "display:none" in style or element.get("hidden") is not None


def _only_links(listed: markup.HtmlElement) -> str:
    """``#`` for a list of nothing but links within the page, ``/`` for one of links to elsewhere, else nothing."""
    links = [link for link in listed.iter("a") if link.get("href")]
    linked = sum(_length(link) for link in links)
    if len(links) < 4 or linked < 0.9 * len(" ".join(listed.text_content().split())):
        return ""
    return "#" if all(link.get("href").startswith("#") for link in links) else "/"


def _for_layout(table: markup.HtmlElement) -> bool:
    """Whether a table only arranges the page: it has one column, or cells that hold several blocks or headings."""
    cells = [cell for cell in table.iter("td", "th")]
    rows = list(table.iter("tr"))
    if not rows or len(cells) <= len(rows):
        return True
    return any(sum(1 for b in cell if b.tag in ("p", "h1", "h2", "h3", "table", "div")) > 2 for cell in cells)


def _cell(cell: markup.HtmlElement) -> str:
    texts: list[str] = []
    for node in cell.iter():
        if isinstance(node.tag, str) and node.tag not in _SKIPPED:
            gap = " " if node.tag in _BLOCKS or node.tag == "br" else ""
            texts.append(gap + (node.text or ""))
        if node is not cell:
            texts.append(node.tail or "")
    return " ".join("".join(texts).split())


def _item_label(item: markup.HtmlElement) -> str:
    """What stands before a list item: its number in the list's own numbering, or a bullet."""
    listed = item.getparent()
    if listed is None or listed.tag != "ol":
        return "•"
    printed = item.get("data-label")
    if printed:
        return str(printed)
    number = _number(listed.get("start"), 1) - 1
    for sibling in _items(listed):
        number = _number(sibling.get("value"), number + 1)
        if sibling is item:
            break
    return (
        ordinal(
            number,
            {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}.get(
                listed.get("type", "1"), "decimal"
            ),
        )
        + "."
    )


def _items(listed: markup.HtmlElement) -> Iterator[markup.HtmlElement]:
    return (child for child in listed if child.tag == "li")


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value is not None and re.fullmatch(r"\s*\d+\s*", value) else otherwise
