"""Drafts as they are read from a file: sentences with the paragraphs that they, or their notes, cite."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from corpus.sentences import sentence_spans
from qa.draft.citing import cited
from qa.draft.word import Block, read_blocks
from qa.errors import InputError
from qa.text import terms

LARGEST = 20_000_000  # bytes
KINDS = (".docx", ".md", ".txt")
_LOCKED = b"\xd0\xcf\x11\xe0"  # the old container, in which Word keeps files with a password
_MARKDOWN = re.compile(
    r"^\s{0,3}(?:#{1,6}|>|[-*+]|\d+[.)])\s+|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}|^\s*```.*$", re.MULTILINE
)
_FENCE = re.compile(r"^\s*(?:```|~~~)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft: the block that it stands in, its words, its claim and the paragraphs cited."""

    block: int
    text: str
    claim: str
    paragraphs: tuple[str, ...]


def read_draft(name: str, content: bytes, existing: tuple[str, ...]) -> tuple[Sentence, ...]:
    """The sentences of a draft in order; raises :class:`InputError` with what is wrong with it and what to do."""
    check_kind(name)
    _check_content(name, content)
    word = _kind(name) == ".docx"
    blocks = read_blocks(name, content, existing) if word else _plain_blocks(name, content)
    found = tuple(s for place, block in enumerate(blocks) for s in _sentences(place, block, existing))
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


def _plain_blocks(name: str, content: bytes) -> tuple[Block, ...]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 text. Save it as UTF-8, or as .docx.") from error
    if "\0" in text:
        raise InputError(f"{name} is no text, whatever its name says.")
    if _kind(name) == ".md":
        text = _without_marks(text)
    parts = re.split(r"\n\s*\n|\n(?=- )", text.replace("\r\n", "\n"))
    return tuple(Block(" ".join(part.removeprefix("- ").split())) for part in parts if part.strip())


def _without_marks(text: str) -> str:
    """Markdown without code and marks; list items and headings become blocks of their own."""
    kept, fenced = [], False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            own = re.match(r"\s{0,3}(?:#{1,6}|[-*+]|\d+[.)])\s", line)
            kept.append(
                ("\n" if own else "") + _MARKDOWN.sub("", line) + ("\n" if line.startswith("#") else "")
            )
    return "\n".join(kept)


def _sentences(place: int, block: Block, existing: tuple[str, ...]) -> Iterator[Sentence]:
    """The sentences of a block; a reference that stands alone behind one belongs to it."""
    found: list[Sentence] = []
    for start, end in sentence_spans(block.text):
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
