"""The one encoder that all systems share, as others load it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from index.encoder import packaged_folder


def folder() -> Path:
    """The folder of the packaged encoder's weights."""
    return packaged_folder()


def sentence_transformer() -> Any:  # noqa: ANN401 - the library is untyped
    """The packaged encoder in sentence-transformers, with that library's own settings."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder()), device="cpu", local_files_only=True)
