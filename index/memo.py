"""What follows from an index and takes a while to work out, kept in a file beside it.

Such a file is a convenience and nothing relies on it: what is missing, changed, or of another index or another program
is worked out anew, and where nothing can be written nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from threading import get_ident
from typing import Any


def kept(path: Path, of: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401 - JSON is untyped
    """What ``make`` gives, a plain JSON value; from the file at ``path`` if that was made of the same.

    ``of`` says all that decides the value.
    """
    with suppress(OSError):
        seal, _, body = path.read_bytes().partition(b"\n")
        if seal == _seal(of, body):
            return json.loads(body)
    body = json.dumps(make(), ensure_ascii=False, separators=(",", ":")).encode()
    if os.access(path.parent, os.W_OK):
        with suppress(OSError):
            _replace(path, _seal(of, body) + b"\n" + body)
    return json.loads(body)


def code_of(modules: Sequence[str]) -> str:
    """The SHA-256 of the source of modules, of which none is imported but the packages that hold them."""
    digest = hashlib.sha256()
    for name in modules:
        spec = find_spec(name)
        with suppress(OSError):
            digest.update(Path((spec and spec.origin) or "").read_bytes())
    return digest.hexdigest()


def _seal(of: str, body: bytes) -> bytes:
    return hashlib.sha256(of.encode() + b"\n" + body).hexdigest().encode()


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    new = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}")
    try:
        new.write_bytes(content)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
