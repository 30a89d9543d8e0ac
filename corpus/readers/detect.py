"""Which reader a file needs, by its content first and its name second."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from corpus.readers.document import Document, ReadError

LARGEST = 200  # megabytes

FORMATS = (".txt", ".pdf", ".docx", ".html", ".htm", ".md", ".markdown")

_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: Path) -> Document:
    """The document in a file; raises :class:`ReadError`, whose text says what is wrong and what to do."""
    size = _size(path)
    if size == 0:
        raise ReadError(f"{path.name} is empty: it has no bytes at all.")
    if size > LARGEST * 1_000_000:
        raise ReadError(
            f"{path.name} has {size / 1e6:,.0f} MB; at most {LARGEST} MB can be read. Save it without its pictures, or "
            "split it, and add the parts."
        )
    try:
        return _reader(path)(path)
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror or error}.") from error


def _size(path: Path) -> int:
    if path.is_dir():
        raise ReadError(f"{path} is a folder. Name one file; its formats may be {', '.join(FORMATS)}.")
    try:
        return path.stat().st_size
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror or error}.") from error


def _reader(path: Path) -> Callable[[Path], Document]:
    kind, named = _kind(path), path.suffix.lower()
    expected = {".pdf": "pdf", ".docx": "docx"}.get(named)
    if expected and kind != expected:
        raise ReadError(
            f"{path.name} is no {named} file, whatever its name says{_looks_like(kind)}. Save it anew from the program "
            "that made it."
        )
    if kind in ("old", "zip"):
        raise ReadError(_refused(path, kind))
    if kind in ("pdf", "docx"):
        return _binary(kind)
    if named not in FORMATS:
        raise ReadError(
            f"{path.name}: {named or 'a file without ending'} is no format that can be read. "
            f"Formats: {', '.join(FORMATS)}."
        )
    if kind == "html" or named in (".html", ".htm"):
        from corpus.readers.web import read_html

        return read_html
    if named in (".md", ".markdown"):
        from corpus.readers.markdown import read_markdown

        return read_markdown
    from corpus.readers.plaintext import read_text

    return read_text


def _binary(kind: str) -> Callable[[Path], Document]:
    if kind == "pdf":
        from corpus.readers.pdf import read_pdf

        return read_pdf
    from corpus.readers.word import read_docx

    return read_docx


def _kind(path: Path) -> str:
    """What the content is, as far as it shows: pdf, docx, old (Word), zip, html or text."""
    with path.open("rb") as file:
        head = file.read(2048)
    if head.lstrip()[:5] == b"%PDF-" or b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OLD_WORD):
        return "old"
    if head.startswith(b"PK"):
        return "docx" if _is_word(path) else "zip"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if start.startswith((b"<!doctype html", b"<html")) else "text"


def _is_word(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "word/document.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return path.suffix.lower() == ".docx"


def _looks_like(kind: str) -> str:
    names = {"pdf": "PDF", "docx": "Word file", "old": "old or encrypted Office file", "html": "web page"}
    return f": it looks like a {names[kind]}" if kind in names else ""


def _refused(path: Path, kind: str) -> str:
    if kind == "old":
        return (
            f"{path.name} is an old Word file (.doc) or is encrypted. Open it in Word, take its password off, save it "
            "as .docx and add that copy."
        )
    return f"{path.name} is an archive, not a report. Unpack it and add the report itself."
