"""Word drafts: their paragraphs with notes and comments, and the same file with comments at what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from qa.draft.citing import noted, row_references
from qa.errors import InputError

AUTHOR, INITIALS = "Citation check", "CC"
_TEXT, _TAB, _BREAK = qn("w:t"), qn("w:tab"), qn("w:br")
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_COMMENT = qn("w:commentReference")
_TABLE, _ROW, _CELL = qn("w:tbl"), qn("w:tr"), qn("w:tc")
_GONE = frozenset((qn("w:del"), qn("w:moveFrom")))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a draft.

    ``notes`` are the paragraphs cited by notes, each with the place it hangs on; ``row`` those that the row of a table
    names, in which it stands; ``heading`` says that it is marked as a heading.
    """

    text: str
    notes: tuple[tuple[int, tuple[str, ...]], ...] = ()
    row: tuple[str, ...] = ()
    heading: bool = False


def read_blocks(name: str, content: bytes, existing: tuple[str, ...]) -> tuple[Block, ...]:
    """The paragraphs of a Word file, those of tables included, in order; raises :class:`InputError` if it is broken."""
    document = _opened(name, content)
    told = _notes(document)
    rows = _rows(document, existing)
    return tuple(
        replace(
            _block(paragraph._p, told, existing),
            row=rows.get(paragraph._p, ()),
            heading=_is_heading(paragraph),
        )
        for paragraph in _paragraphs(document)
    )


def with_comments(name: str, content: bytes, remarks: Mapping[int, Sequence[str]]) -> bytes:
    """The file with comments at its paragraphs (by the place of their block); nothing else in it is changed."""
    document = _opened(name, content)
    for place, paragraph in enumerate(_paragraphs(document)):
        runs = paragraph.runs
        for words in remarks.get(place, ()) if runs else ():
            document.add_comment([runs[0], runs[-1]], text=words, author=AUTHOR, initials=INITIALS)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _opened(name: str, content: bytes) -> Any:  # noqa: ANN401 - python-docx's own document
    try:
        return Document(BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError, OSError, SyntaxError) as error:
        raise InputError(
            f"{name} is damaged. Open it in Word, save it as .docx and check that copy."
        ) from error


def _paragraphs(document: Any) -> Iterator[Paragraph]:  # noqa: ANN401
    body = document.element.body
    for element in body.iter(qn("w:p")):
        yield Paragraph(element, document._body)


def _is_heading(paragraph: Paragraph) -> bool:
    name = paragraph.style.name if paragraph.style is not None else None
    return (name or "").startswith(("Heading", "Title", "Subtitle"))


def _rows(document: Any, existing: tuple[str, ...]) -> dict[Any, tuple[str, ...]]:  # noqa: ANN401
    """For each paragraph in a table the paragraphs of the report that its row names."""
    found: dict[Any, tuple[str, ...]] = {}
    for table in document.element.body.iter(_TABLE):
        rows = [list(row.iterchildren(_CELL)) for row in table.iterchildren(_ROW)]
        named = row_references([[_text(cell) for cell in row] for row in rows], existing)
        for row, numbers in zip(rows, named, strict=True):
            found |= {element: numbers for cell in row for element in cell.iterchildren(qn("w:p"))}
    return found


def _text(cell: Any) -> str:  # noqa: ANN401
    return " ".join("".join(t.text or "" for t in p.iter(_TEXT)) for p in cell.iter(qn("w:p")))


def _block(
    element: Any,  # noqa: ANN401
    told: Mapping[str, Mapping[str, str]],
    existing: tuple[str, ...],
) -> Block:
    text = ""
    notes: list[tuple[int, tuple[str, ...]]] = []
    for part in _live(element):
        if part.tag == _TEXT:
            text += part.text or ""
        elif part.tag in (_TAB, _BREAK):
            text += " "
        elif part.tag in _NOTES or part.tag == _COMMENT:
            kind = _NOTES.get(part.tag, "comments")
            words = told.get(kind, {}).get(part.get(qn("w:id")), "")
            numbers = noted(words, existing)
            if numbers:
                notes.append((max(len(text.rstrip()), 1), numbers))
    return Block(text, tuple(notes))


def _live(element: Any) -> Iterator[Any]:  # noqa: ANN401
    """What stands in a paragraph, without what was deleted and without the paragraphs of boxes in it."""
    for child in element:
        if child.tag in _GONE or child.tag == qn("w:p"):
            continue
        yield child
        yield from _live(child)


def _notes(document: Any) -> dict[str, dict[str, str]]:  # noqa: ANN401
    """The words of footnotes, endnotes and comments by kind and id."""
    found: dict[str, dict[str, str]] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in ("footnotes", "endnotes", "comments") and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            found[kind] = {
                note.get(qn("w:id")): re.sub(
                    r"\s+", " ", "".join(t.text or "" for t in note.iter(_TEXT))
                ).strip()
                for note in root
            }
    return found
