"""What a saved index says about itself, and how that is written so that any change shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, cast

FORMAT = "report-qa-index"
"""Marks a manifest as ours."""

FORMAT_VERSION = 4
"""Raised whenever an index written before could not be read, or would give other results."""

METRIC = "inner product of unit vectors"


class ManifestError(ValueError):
    """The text is not a manifest of ours, or was changed after it was written."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made an index, and the SHA-256 of every file it consists of.

    ``corpus`` is the SHA-256 of all that the index holds of the report and its questions. ``counts`` are the
    passages of each kind, ``files`` maps file names to SHA-256.
    """

    report: str
    corpus: str
    encoder: str
    fingerprint: str
    dimension: int
    counts: Mapping[str, int]
    files: Mapping[str, str]
    metric: str = METRIC
    format_version: int = FORMAT_VERSION
    format: str = field(default=FORMAT)

    @property
    def id(self) -> str:
        """A short hash that names the index: same report, encoder and format, same id."""
        made_of = (self.format_version, self.report, self.corpus, self.encoder, self.fingerprint, self.metric)
        return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:12]


def render(manifest: Manifest) -> str:
    """The manifest as JSON text, sealed with its own SHA-256; the same manifest gives the same text."""
    content = asdict(manifest)
    return _canonical({**content, "seal": _seal(content)})


def read(text: str) -> Manifest:
    """The manifest in a text that :func:`render` wrote; raises :class:`ManifestError` for any other text."""
    content = _mapping(text)
    if content.get("format") != FORMAT:
        raise ManifestError(f"its format is {content.get('format')!r}, expected {FORMAT!r}")
    seal = content.pop("seal", None)
    # Comparing the whole text also finds a change that JSON does not see, such as one in the white space.
    if seal != _seal(content) or text != _canonical({**content, "seal": seal}):
        raise ManifestError("it was changed after it was written")
    return _manifest(content)


def _mapping(text: str) -> dict[str, object]:
    try:
        content = json.loads(text)
    except ValueError as error:
        raise ManifestError(f"it is not JSON ({error})") from error
    if not isinstance(content, dict):
        raise ManifestError("it is not a JSON object")
    return content


def _manifest(content: dict[str, object]) -> Manifest:
    if content.get("format_version") != FORMAT_VERSION:
        # Another version may have other fields; all that matters is that it is ours and not this one.
        return _of_other_version(content)
    try:
        return Manifest(**cast("dict[str, Any]", content))  # the seal vouches for the types
    except TypeError as error:
        raise ManifestError("its fields are not those of a manifest") from error


def _of_other_version(content: dict[str, object]) -> Manifest:
    files = content.get("files")
    if not isinstance(files, dict) or not isinstance(content.get("format_version"), int):
        raise ManifestError("it does not list its files or its version")
    return Manifest(
        report=str(content.get("report")),
        corpus="",
        encoder=str(content.get("encoder")),
        fingerprint="",
        dimension=0,
        counts={},
        files=files,
        format_version=int(str(content["format_version"])),
    )


def _seal(content: Mapping[str, object]) -> str:
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def _canonical(content: Mapping[str, object]) -> str:
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
