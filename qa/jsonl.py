"""Reading JSON lines so that a bad one spoils no other, and writing a file whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from qa.errors import InputError

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: its number, counted from 1, and its object or what is wrong with it."""

    number: int
    value: Mapping[str, Any] | None = None
    problem: str | None = None


def read_lines(path: Path) -> tuple[Line, ...]:
    """Every line of a file that is not blank.

    Raises :class:`InputError` if the file cannot be read, or if most of its lines are no UTF-8 text at all.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(f"Cannot read {str(path)!r}: {reason(error)}. Name a file of JSON lines.") from error
    numbered = enumerate(raw.removeprefix(_BOM).split(b"\n"), start=1)
    lines = [(number, content) for number, content in numbered if content.strip()]
    if 2 * sum(_as_text(content) is None for _, content in lines) > len(lines):
        raise InputError(f"{str(path)!r} is not UTF-8 text. Save it as JSON lines in UTF-8 and try again.")
    return tuple(_line(number, content) for number, content in lines)


def to_line(value: Mapping[str, Any]) -> str:
    """The object as one line of JSON without its line end."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def check_output(path: Path, source: Path) -> None:
    """Raise :class:`InputError` if ``path`` cannot become the result of reading ``source``."""
    if _special(path) or (path.exists() and not path.is_file()):
        raise InputError(f"Cannot write {str(path)!r}: it is not an ordinary file. Name a file.")
    if not path.resolve().parent.is_dir():
        raise InputError(f"Cannot write {str(path)!r}: its folder does not exist. Make it or name another.")
    if path.exists() and source.exists() and path.samefile(source):
        raise InputError(f"{str(path)!r} is both input and output. Name another file for the output.")


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A file that takes the place of ``path`` when the block ends well, and leaves no trace when it does not.

    Raises :class:`InputError` if it cannot be written.
    """
    final = path.resolve()
    part = final.with_name(f".{final.name}.{secrets.token_hex(4)}.part")
    with _telling(path):
        file = part.open("x", encoding="utf-8", newline="\n")
    try:
        with file:
            yield file
            with _telling(path):
                file.flush()
                os.fsync(file.fileno())
        with _telling(path):
            part.replace(final)
    finally:
        part.unlink(missing_ok=True)


def whole_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; raises :class:`InputError` if it cannot be written."""
    final = path.resolve()
    part = final.with_name(f".{final.name}.{secrets.token_hex(4)}.part")
    try:
        with _telling(path):
            part.write_bytes(content)
            part.replace(final)
    finally:
        part.unlink(missing_ok=True)


def reason(error: OSError) -> str:
    """What the system says went wrong, in lower case."""
    return (error.strerror or str(error)).lower()


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """What keeps the file from being written, as an error fit to show."""
    try:
        yield
    except OSError as error:
        raise InputError(f"Cannot write {str(path)!r}: {reason(error)}.") from error


def _special(path: Path) -> bool:
    """Whether a name stands for an open stream: to put a file in its place would cut off whoever reads it."""
    folder = path.parent.resolve()
    return folder == Path("/dev") or Path("/proc") in folder.parents


def _as_text(content: bytes) -> str | None:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _line(number: int, content: bytes) -> Line:
    text = _as_text(content)
    if text is None:
        return Line(number, problem="the line is not UTF-8 text")
    try:
        value = json.loads(text)
        to_line({"": value}).encode()
    except json.JSONDecodeError as error:
        return Line(number, problem=f"the line is not JSON: {error.msg.lower()} at character {error.pos + 1}")
    except (ValueError, RecursionError):
        # Numbers that JSON does not have or that are too long, half of a surrogate pair, endless brackets.
        return Line(number, problem="the line holds a value that cannot be read")
    if not isinstance(value, dict):
        return Line(number, problem=f"expected a JSON object, found {_shown(value)}")
    return Line(number, value)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:39] + "…"
