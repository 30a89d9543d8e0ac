"""Drafts as they are read from a file: sentences with the paragraphs that they, or their notes, cite."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from corpus.sentences import sentence_spans
from qa.draft.citing import cited, row_references
from qa.draft.word import Block, read_blocks
from qa.errors import InputError
from qa.text import terms

LARGEST = 20_000_000  # bytes
KINDS = (".docx", ".md", ".txt")
_LOCKED = b"\xd0\xcf\x11\xe0"  # the old container, in which Word keeps files with a password
_QUOTED = re.compile(r"^\s{0,3}(?:>\s?)+")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_EMPHASIS = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_KEPT = 0xE000  # where characters stand while marks are taken out that a backslash made plain
_APPENDIX = re.compile(r"^\W*(?:appendix|appendices|annex|references|sources)\b", re.IGNORECASE)
_ASKED = re.compile(r"^\W*(?:question|asked|q)\s*:", re.IGNORECASE)  # what somebody else asked
_BEHIND = re.compile(
    r"[.!?][\"'”’]*\s*(?:\([^()]*(?:\bpara|¶|§|main findings|title page)[^()]*\)|\[[\d\s,–-]+\])(?=\s+[\"'“‘(]?[A-Z])"
)
MOST_QUOTED = 40  # sentences of one quotation that share the reference behind it


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft: the block that it stands in, its words, its claim and the paragraphs cited.

    ``heading`` says that it is marked as a heading; ``source`` that it stands in an appendix, in a row of a table that
    names paragraphs: there the words of the report are given, not claims about it.
    """

    block: int
    text: str
    claim: str
    paragraphs: tuple[str, ...]
    heading: bool = False
    source: bool = False


def read_draft(name: str, content: bytes, existing: tuple[str, ...]) -> tuple[Sentence, ...]:
    """The sentences of a draft in order; raises :class:`InputError` with what is wrong with it and what to do."""
    check_kind(name)
    _check_content(name, content)
    word = _kind(name) == ".docx"
    blocks = read_blocks(name, content, existing) if word else _plain_blocks(name, content, existing)
    found = _with_quotations(tuple(_all(blocks, existing)))
    if not found:
        raise InputError(f"{name} holds no text. Is it the file that you mean? A scanned page is a picture.")
    return found


def read_file(path: Path) -> bytes:
    """What a draft's file holds; raises :class:`InputError` if it cannot be read or is of another kind or too large."""
    check_kind(path.name)
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(
                f"{path.name} is larger than {LARGEST // 1_000_000} MB. Check it in parts, without its pictures."
            )
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"Cannot read {str(path)!r}: {(error.strerror or str(error)).lower()}.") from error


def check_kind(name: str) -> None:
    """Raises :class:`InputError` for a file whose name says that it is of a kind that cannot be checked."""
    if _kind(name) == ".docm":
        raise InputError(
            f"{name} may hold macros and is not opened. Save it in Word as .docx and check that copy."
        )
    if _kind(name) not in KINDS:
        raise InputError(
            f"{name} cannot be checked: give a draft as {', '.join(KINDS)}. Save it as one of these."
        )


def _kind(name: str) -> str:
    return Path(name).suffix.lower()


def _check_content(name: str, content: bytes) -> None:
    if not content.strip():
        raise InputError(f"{name} is empty. Is it the file that you mean?")
    if content.startswith(_LOCKED):
        raise InputError(
            f"{name} has a password, or is of an old kind. Save it in Word as .docx without one."
        )
    if _kind(name) == ".docx" and not zipfile.is_zipfile(BytesIO(content)):
        raise InputError(f"{name} is no Word file, whatever its name says. Save it in Word as .docx.")


def _plain_blocks(name: str, content: bytes, existing: tuple[str, ...]) -> tuple[Block, ...]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 text. Save it as UTF-8, or as .docx.") from error
    if "\0" in text:
        raise InputError(f"{name} is no text, whatever its name says.")
    if _kind(name) == ".md":
        return tuple(_markdown_blocks(text.replace("\r\n", "\n"), existing))
    parts = re.split(r"\n\s*\n|\n(?=- )", text.replace("\r\n", "\n"))
    return tuple(Block(" ".join(part.removeprefix("- ").split())) for part in parts if part.strip())


def _markdown_blocks(text: str, existing: tuple[str, ...]) -> Iterator[Block]:
    """Markdown without code and marks: headings, items of lists and cells of tables are blocks of their own."""
    lines = text.split("\n")
    fenced, held, table = False, [], []  # type: tuple[bool, list[str], list[str]]
    for line in [*lines, ""]:
        bare = _QUOTED.sub("", line)
        row = not fenced and _TABLE_ROW.match(line)
        if table and not row:
            yield from _table_blocks(table, existing)
            table = []
        heading, item = _HEADING.match(bare), _ITEM.match(bare)
        if held and (row or heading or item or not bare.strip() or _FENCE.match(line)):
            yield Block(" ".join(" ".join(held).split()))
            held = []
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            continue
        elif row:
            table.append(line)
        elif heading:
            yield Block(_without_marks(bare[heading.end() :]), heading=True)
        elif bare.strip():
            held.append(_without_marks(bare[item.end() :] if item else bare))
    if held:
        yield Block(" ".join(" ".join(held).split()))


def _table_blocks(lines: Sequence[str], existing: tuple[str, ...]) -> Iterator[Block]:
    """The lines of the cells of a table, each with the paragraphs that its row names."""
    kept = [line for line in lines if not _TABLE_RULE.match(line)]
    rows = [[cell.strip() for cell in _kept(line).strip().strip("|").split("|")] for line in kept]
    shown = [[re.split(r"<br\s*/?>", cell) for cell in row] for row in rows]
    told = [[" ".join(map(_without_marks, cell)) for cell in row] for row in shown]
    for row, numbers in zip(shown, row_references(told, existing), strict=True):
        for cell in row:
            yield from (Block(_without_marks(line), row=numbers) for line in cell if line.strip())


def _without_marks(text: str) -> str:
    """A line without emphasis and code marks; what a backslash makes plain stays."""
    bare = _EMPHASIS.sub("", _kept(text))
    return "".join(chr(ord(c) - _KEPT) if _KEPT <= ord(c) < _KEPT + 0x80 else c for c in bare).strip()


def _kept(text: str) -> str:
    return _ESCAPED.sub(lambda escaped: chr(_KEPT + ord(escaped[1])), text)


def _all(blocks: Sequence[Block], existing: tuple[str, ...]) -> Iterator[Sentence]:
    """The sentences of the blocks in order."""
    appended = False
    for place, block in enumerate(blocks):
        if block.heading:
            appended = _APPENDIX.match(block.text) is not None
        own = tuple(_sentences(place, block, existing))
        for sentence in own:
            if appended and block.row:
                # References in the report's own words are part of these.
                yield replace(sentence, claim=sentence.text, paragraphs=block.row, source=True)
            else:
                apart = block.heading or _ASKED.match(block.text) is not None
                talk = _ASKED.match(block.text) is not None or (block.heading and len(own) > 1)
                named = () if talk else sentence.paragraphs or block.row
                yield replace(sentence, paragraphs=named, heading=apart)


def _with_quotations(found: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences; those of one quotation have the reference that stands behind it."""
    done = list(found)
    opened, depth = 0, 0
    for place, sentence in enumerate(found):
        anew = (
            place > 0 and sentence.block != found[place - 1].block and sentence.text.lstrip(" ([")[:1] == "“"
        )
        if depth > 0 and (anew or sentence.heading or place - opened > MOST_QUOTED):
            depth = 0
        if depth == 0:
            opened = place
        depth = max(depth + sentence.text.count("“") - sentence.text.count("”"), 0)
        if depth == 0 and sentence.paragraphs:
            for other in range(opened, place):
                if not done[other].paragraphs:
                    done[other] = replace(done[other], paragraphs=sentence.paragraphs)
    return tuple(done)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a block are; a reference behind a full stop ends its sentence."""
    begin = 0
    for cut in (*(match.end() for match in _BEHIND.finditer(text)), len(text)):
        yield from ((begin + start, begin + end) for start, end in sentence_spans(text[begin:cut]))
        begin = cut


def _sentences(place: int, block: Block, existing: tuple[str, ...]) -> Iterator[Sentence]:
    """The sentences of a block; a reference that stands alone behind one belongs to it."""
    found: list[Sentence] = []
    for start, end in _spans(block.text):
        text = block.text[start:end]
        said = cited(text, existing)
        notes = tuple(n for at, numbers in block.notes if start < at <= end for n in numbers)
        paragraphs = tuple(dict.fromkeys((*said.paragraphs, *notes)))
        if found and not terms(said.claim) and paragraphs:
            before = found[-1]
            found[-1] = replace(
                before,
                text=f"{before.text} {text}",
                paragraphs=tuple(dict.fromkeys((*before.paragraphs, *paragraphs))),
            )
        else:
            found.append(Sentence(place, text, said.claim, paragraphs))
    yield from found
