"""What each piece of a document is, and the report that the pieces make up. Nothing is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus.candidates import is_heading
from corpus.chains import Numbers, Start
from corpus.hyphens import Hyphens
from corpus.lines import Number
from corpus.readers.document import Piece, is_bullet
from corpus.values import FRONT, Numbering, Paragraph, Span

Role = Literal[
    "start", "join", "line", "item", "row", "heading", "front", "findings", "unplaced", "number", "artefact"
]

_NUMBER_ALONE = re.compile(r"[A-Z]?\.?\d{1,4}(?:\.\d{1,3})*\.?")
_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*$")
_ARTEFACTS = {
    "running": "running",
    "contents": "contents",
    "footnote": "footnote",
    "navigation": "navigation",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece with its role. ``owner`` is the paragraph that it belongs to, ``start`` how it begins one."""

    piece: Piece
    role: Role
    owner: str | None = None
    start: Start | None = None


def place(
    pieces: Sequence[Piece], numbers: Numbers, front: frozenset[int], record: frozenset[int]
) -> list[Part]:
    """Give every piece its role; ``front`` and ``record`` are the pieces of the title page and the table of grades."""
    starts = {start.index: start for start in numbers.starts}
    parts: list[Part] = []
    last: Part | None = None  # of the body
    owner: str | None = None
    for i, piece in enumerate(pieces):
        part = _special(i, piece, front, record) or _body(
            piece, starts.get(i), numbers.repeats.get(i), owner, last
        )
        parts.append(part)
        if part.role in ("heading", "findings", "front"):
            owner, last = None, part
        elif part.role not in ("artefact", "number"):
            owner, last = part.owner, part
    return parts


def _special(i: int, piece: Piece, front: frozenset[int], record: frozenset[int]) -> Part | None:
    if piece.region != "body":
        return Part(piece, "artefact")
    if i in record:
        return Part(piece, "findings", "findings")
    return Part(piece, "front", FRONT) if i in front else None


def _body(
    piece: Piece, start: Start | None, repeat: Start | None, owner: str | None, last: Part | None
) -> Part:
    if start is not None:
        return Part(piece, "start", start.id, start)
    if repeat is not None:
        return Part(piece, "line", repeat.id, repeat)
    if is_heading(piece):
        return Part(piece, "heading")
    if _stray_number(piece):
        return Part(piece, "number")
    if owner is None:
        return Part(piece, "unplaced")
    return Part(piece, _role(piece, last), owner)


def _stray_number(piece: Piece) -> bool:
    """Whether a piece is nothing but a number that begins no paragraph and ends no sentence."""
    alone = (piece.label and not piece.text) or (
        not piece.label and _NUMBER_ALONE.fullmatch(piece.text) is not None
    )
    whole = piece.label or piece.text
    return bool(alone) and not piece.continues and _NUMBER_ALONE.fullmatch(whole) is not None


def _role(piece: Piece, last: Part | None) -> Role:
    if piece.cells:
        return "row"
    if (piece.item or piece.label) and piece.text:
        return "item"
    before = last.piece if last is not None else None
    if before is None or last is None or last.role == "row":
        return "line"
    turned = before.page != piece.page and not _ENDED.search(before.text)
    alone = bool(before.label) and not before.text
    return "join" if piece.continues or turned or alone else "line"


# --- text


@dataclass(slots=True)
class _Draft:
    """A paragraph in the making: its lines with what each of them is."""

    number: str
    numbering: Numbering
    kinds: list[Role] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class Written:
    """The source text of a document, which unit each of its characters belongs to, and the paragraphs."""

    source: str
    layout: tuple[Span, ...]
    paragraphs: tuple[Paragraph, ...]
    unplaced: tuple[tuple[int, str], ...]
    lines: Mapping[int, int]


def write(
    parts: Sequence[Part],
    report_id: str,
    sections: Mapping[str, tuple[str, ...]],
    numberings: Mapping[str, Numbering],
) -> Written:
    """Put the parts together; ``sections`` and ``numberings`` are given by number of paragraph."""
    hyphens = Hyphens(part.piece.text for part in parts if part.role != "artefact")
    writer = _Writer()
    drafts: dict[str, _Draft] = {}
    unplaced: list[tuple[int, str]] = []
    lines: dict[int, int] = {}
    following = _following(parts)
    for i, part in enumerate(parts):
        lines[i] = writer.begin_line(part.piece.page)
        cut = following[i] is not None and hyphens.cut(part.piece.text, parts[following[i] or 0].piece.text)
        _write_piece(writer, part, cut=cut)
        if part.role == "unplaced":
            unplaced.append((lines[i], _shown(part.piece)))
        if part.owner and part.role not in ("front", "findings"):
            draft = drafts.setdefault(part.owner, _Draft(part.owner, numberings.get(part.owner, "printed")))
            _add(draft, part, lines[i], hyphens)
    source, layout = writer.finished()
    paragraphs = tuple(
        _paragraph(draft, report_id, sections.get(draft.number, ())) for draft in drafts.values()
    )
    return Written(source, layout, paragraphs, tuple(unplaced), lines)


def _following(parts: Sequence[Part]) -> list[int | None]:
    """For each part the one that joins it, ``None`` where none does."""
    found: list[int | None] = [None] * len(parts)
    last: int | None = None
    for i, part in enumerate(parts):
        if part.role in ("artefact", "number"):
            continue
        heading = part.role == "heading" and part.piece.continues
        if last is not None and (part.role == "join" or (heading and parts[last].role == "heading")):
            found[last] = i
        last = i
    return found


def _shown(piece: Piece) -> str:
    return f"{piece.label} {piece.text}".strip()


def own_text(part: Part) -> str:
    """The words of a piece without its number, its bullet and its references to notes."""
    text = part.piece.text
    for first, last in reversed(part.piece.marks):
        text = text[:first] + text[last:]
    if part.start is not None and part.start.skip:
        text = text[part.start.skip :]
    text = " ".join(text.replace("\u00ad", "").split(" ")).strip()
    label = part.piece.label
    keeps = label and part.start is None and not is_bullet(label)
    return re.sub(r" {2,}", " ", f"{label} {text}".strip() if keeps else text)


def _add(draft: _Draft, part: Part, line: int, hyphens: Hyphens) -> None:
    draft.first, draft.last = draft.first or line, line
    text = own_text(part)
    if part.role == "join" and draft.texts:
        draft.texts[-1] = hyphens.joined(draft.texts[-1], text)
        return
    draft.kinds.append(part.role)
    draft.texts.append(text)
    if part.role == "row":
        draft.rows.append(part.piece.cells)


def _paragraph(draft: _Draft, report_id: str, section: tuple[str, ...]) -> Paragraph:
    pairs = [(kind, text) for kind, text in zip(draft.kinds, draft.texts, strict=True) if text]
    return Paragraph(
        report_id=report_id,
        number=draft.number,
        text="\n".join(f"- {text}" if kind == "item" else text for kind, text in pairs),
        items=tuple(text for kind, text in pairs if kind == "item"),
        section=section,
        numbering=draft.numbering,
        lines=(draft.first, draft.last),
        rows=tuple(draft.rows),
    )


_KINDS: Mapping[Role, str] = {
    "start": "paragraph",
    "join": "paragraph",
    "line": "paragraph",
    "item": "paragraph",
    "row": "table",
    "heading": "heading",
    "front": "front",
    "findings": "findings",
    "unplaced": "unplaced",
    "number": "displaced_number",
}


class _Writer:
    """The source as it grows, a line a piece, and the kind of every stretch."""

    def __init__(self) -> None:
        self._chunks: list[str] = []
        self._spans: list[Span] = []
        self._length, self._line, self._page = 0, 0, 0

    def begin_line(self, page: int) -> int:
        """Begin a line, after a form feed on a new page; its number, counted from 1."""
        if self._line:
            self.add("\n", "gap")
        if self._line and page != self._page:
            self.add("\f", "gap")
        self._line, self._page = self._line + 1, page
        return self._line

    def add(self, text: str, kind: str, owner: str | None = None) -> None:
        """Write a stretch of one kind; neighbours of one kind become one."""
        if not text:
            return
        last = self._spans[-1] if self._spans else None
        first = self._length
        if last is not None and (last.kind, last.owner) == (kind, owner):
            first = self._spans.pop().start
        self._chunks.append(text)
        self._length += len(text)
        self._spans.append(Span(kind, first, self._length, owner))

    def finished(self) -> tuple[str, tuple[Span, ...]]:
        """The source and its spans."""
        return "".join(self._chunks), tuple(self._spans)


def _write_piece(writer: _Writer, part: Part, *, cut: bool) -> None:
    piece, owner = part.piece, part.owner
    kind = _KINDS.get(part.role) or _ARTEFACTS[piece.region]
    if piece.label:
        writer.add(piece.label, _label_kind(part, kind), owner)
        writer.add(" " if piece.text else "", "gap")
    position = 0
    if part.start is not None and part.start.skip:
        printed = piece.text[: part.start.skip].rstrip()
        writer.add(printed, "number", owner)
        position = len(printed)
    for first, last, of in _stretches(piece, position, cut=cut):
        for chunk in re.findall(r"\s+|\S+", piece.text[first:last]):
            gap = chunk.isspace() and of == "gap"
            writer.add(chunk, "gap" if gap else (of or kind), None if gap else owner)


def _label_kind(part: Part, kind: str) -> str:
    if part.start is not None:
        return "number"
    if part.owner and is_bullet(part.piece.label) and part.role not in ("front", "findings"):
        return "bullet"
    return kind


def _stretches(piece: Piece, position: int, *, cut: bool) -> Iterator[tuple[int, int, str | None]]:
    """The text from a position on, divided at references to notes and at a hyphen that only ends the line."""
    end = len(piece.text) - 1 if cut else len(piece.text)
    for first, last in piece.marks:
        if first >= position:
            yield position, first, None
            yield first, min(last, end), "note_mark"
            position = last
    yield position, end, None
    if cut:
        yield end, len(piece.text), "hyphen"


def by_position(pieces: Sequence[Piece], taken: frozenset[int]) -> Numbers:
    """Numbers that only say where a block of prose stands (``p3.2``), for a report that prints none."""
    starts: list[Start] = []
    page, count, before = -1, 0, None
    for i, piece in enumerate(pieces):
        if piece.region != "body" or i in taken or is_heading(piece) or not piece.text:
            before = None if piece.region == "body" else before
            continue
        if piece.page != page:
            page, count = piece.page, 0
        runs_on = before is not None and (piece.continues or piece.cells or piece.item or piece.label)
        if not runs_on:
            count += 1
            number: Number = (max(page, 1), count)
            starts.append(Start(i, f"p{number[0]}.{count}", number, 0))
        before = piece
    return Numbers(tuple(starts))
