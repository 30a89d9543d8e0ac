"""Saving an index and loading it again, with every check.

An index is a folder ``HOME/indexes/<report id>`` of six files: ``passages.jsonl`` (one passage a line),
``vectors.faiss`` (one row a line of that), ``fitted.npy`` (the map of :mod:`index.fitted`), ``leaning.npy`` (a weight
for each of the probes, which are the last passages: :mod:`index.leaning`), ``placing.npy`` (the weights of
:mod:`index.placing`) and ``manifest.json``. Word statistics follow from the passages and are kept beside it
(:mod:`index.memo`). Nothing is unpickled.
"""

from __future__ import annotations

import hashlib
import json
import os
import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from corpus.home import data_home
from corpus.values import Expansion, Probe, Report
from index import flat, learned
from index import manifest as manifests
from index.encoder import Encoder, Vectors, for_building
from index.errors import IndexMissingError, IndexRefusedError, IndexStaleError, IndexUnusableHomeError
from index.folder import building, replace_folder, steady
from index.index import Index, places, words_texts
from index.manifest import Manifest
from index.memo import code_of, kept
from index.passages import KINDS, Passage, passages
from index.words import DECIDED_BY, WordIndex, counted

Progress = Callable[[str], None]
"""Is told, line by line, how far a build is."""

MANIFEST = "manifest.json"
PASSAGES = "passages.jsonl"
VECTORS = "vectors.faiss"

STEP = 512  # passages encoded between two lines of progress


def ensure(
    report: Report,
    expansions: tuple[Expansion, ...],
    encoder: Encoder,
    home: Path,
    *,
    probes: tuple[Probe, ...] = (),
    progress: Progress | None = None,
) -> Index:
    """The report's index: loaded if there is one that fits, else built.

    Raises :class:`IndexRefusedError` if what is there is foreign, truncated or tampered with.
    """
    try:
        return load(report, expansions, encoder, home, probes=probes)
    except (IndexMissingError, IndexStaleError) as reason:
        _tell(progress, str(reason))
    with usable(home), building(index_folder(report.id, home), lambda: _tell(progress, _WAITING)):
        try:
            # Another process may have built it meanwhile.
            return load(report, expansions, encoder, home, probes=probes)
        except (IndexMissingError, IndexStaleError):
            return _build(report, passages(report, expansions, probes), encoder, home, progress)


def build(
    report: Report,
    expansions: tuple[Expansion, ...],
    encoder: Encoder,
    home: Path,
    *,
    probes: tuple[Probe, ...] = (),
    progress: Progress | None = None,
) -> Index:
    """A new index of the report, in place of whatever is there."""
    with usable(home), building(index_folder(report.id, home), lambda: _tell(progress, _WAITING)):
        return _build(report, passages(report, expansions, probes), encoder, home, progress)


def load(
    report: Report,
    expansions: tuple[Expansion, ...],
    encoder: Encoder,
    home: Path,
    *,
    probes: tuple[Probe, ...] = (),
) -> Index:
    """The saved index of the report.

    Raises :class:`IndexMissingError`, :class:`IndexStaleError` or :class:`IndexRefusedError`.
    """
    units = passages(report, expansions, probes)
    manifest, files = _read(report.id, home)
    expected = (corpus_hash(units), encoder.name, encoder.fingerprint)
    if reason := staleness(manifest, *expected):
        raise IndexStaleError(f"The index of {report.id!r} is out of date: {reason}.")
    if not {VECTORS, PASSAGES, *learned.FILES} <= files.keys():
        raise _refused(report.id, home, "its files do not belong together")
    # The largest file is let go of as soon as it is read, so that it is not held twice beside all else.
    vectors = flat.from_bytes(files.pop(VECTORS))
    taught = learned.from_files(files)
    if vectors.shape != (len(units), encoder.dimension) or not taught.fits(units, places(report)):
        raise _refused(report.id, home, "its files do not belong together")
    words = _words(report, units, manifest, home)
    return Index(report, units, vectors, encoder, taught, words, index_id=manifest.id)


def read_manifest(report_id: str, home: Path) -> Manifest:
    """The manifest of a saved index, after checking that its files are whole.

    Raises :class:`IndexMissingError` or :class:`IndexRefusedError`.
    """
    return _read(report_id, home)[0]


def staleness(manifest: Manifest, corpus: str, encoder: str, fingerprint: str) -> str | None:
    """Why an index no longer fits, in words; ``None`` if it does."""
    if manifest.format_version != manifests.FORMAT_VERSION:
        return f"it has format version {manifest.format_version}, expected {manifests.FORMAT_VERSION}"
    if manifest.encoder != encoder:
        return f"it was made by the encoder {manifest.encoder!r}, expected {encoder!r}"
    if manifest.fingerprint != fingerprint:
        return f"the model files of the encoder {encoder!r} have changed"
    if manifest.corpus != corpus:
        return "the report or its questions have changed"
    return None


def corpus_hash(units: Sequence[Passage]) -> str:
    """The SHA-256 of everything that an index holds of a report."""
    return _sha256(_jsonl(units))


def build_command(report_id: str, home: Path) -> str:
    """The command that builds this index anew."""
    where = "" if home == data_home() else f" --home {shlex.quote(str(home))}"
    return f"python -m index build --report {report_id}{where}"


def index_folder(report_id: str, home: Path) -> Path:
    """Where the index of a report is saved."""
    return home / "indexes" / report_id


_WAITING = "Another process is building this index; waiting for it."


def _read(report_id: str, home: Path) -> tuple[Manifest, dict[str, bytes]]:
    folder = index_folder(report_id, home)
    with usable(home):
        # At first without the lock, which takes longer to import than the files to read: what is replaced meanwhile
        # does not fit together. Windows moves no folder of which a file is being read.
        if folder.exists() and os.name != "nt":
            with suppress(IndexRefusedError, OSError):
                return _read_files(report_id, home)
        with steady(folder):
            if not folder.exists():
                raise IndexMissingError(f"There is no index of {report_id!r} in {str(home)!r} yet.")
            return _read_files(report_id, home)


def _read_files(report_id: str, home: Path) -> tuple[Manifest, dict[str, bytes]]:
    manifest = _read_manifest(report_id, home)
    files = {name: _read_file(report_id, home, name, digest) for name, digest in manifest.files.items()}
    return manifest, files


def _read_manifest(report_id: str, home: Path) -> Manifest:
    path = index_folder(report_id, home) / MANIFEST
    try:
        manifest = manifests.read(path.read_bytes().decode())
    except (FileNotFoundError, NotADirectoryError):
        raise _refused(report_id, home, f"{MANIFEST} is missing") from None
    except ValueError as error:
        raise _refused(report_id, home, f"{MANIFEST} is not usable: {error}") from None
    if manifest.report != report_id:
        raise _refused(report_id, home, f"it is the index of another report, {manifest.report!r}")
    return manifest


def _read_file(report_id: str, home: Path, name: str, digest: str) -> bytes:
    if Path(name).name != name:
        raise _refused(report_id, home, f"{MANIFEST} names the file {name!r} outside its folder")
    try:
        content = (index_folder(report_id, home) / name).read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise _refused(report_id, home, f"{name} is missing") from None
    if _sha256(content) != digest:
        raise _refused(report_id, home, f"{name} was changed or cut short after it was written")
    return content


def _refused(report_id: str, home: Path, reason: str) -> IndexRefusedError:
    return IndexRefusedError(
        f"The index in {str(index_folder(report_id, home))!r} is not used: {reason}. "
        f"To make a new one in its place, run: {build_command(report_id, home)}"
    )


def _build(
    report: Report, units: tuple[Passage, ...], encoder: Encoder, home: Path, progress: Progress | None
) -> Index:
    vectors = _encode(units, for_building(encoder), progress)
    taught = learned.learn(units, vectors, places(report), lambda line: _tell(progress, line))
    contents = {PASSAGES: _jsonl(units), VECTORS: flat.to_bytes(vectors), **taught.files()}
    manifest = _describe(report, units, encoder, contents)
    contents[MANIFEST] = manifests.render(manifest).encode()
    replace_folder(index_folder(report.id, home), contents)
    _tell(progress, f"The index of {report.id!r} is ready: {len(units):,} passages.")
    words = _words(report, units, manifest, home)
    return Index(report, units, vectors, encoder, taught, words, index_id=manifest.id)


def _words(report: Report, units: Sequence[Passage], manifest: Manifest, home: Path) -> WordIndex:
    return WordIndex(
        kept(
            memo_file(report.id, home, "words"),
            manifest.corpus + code_of(DECIDED_BY),
            lambda: counted(words_texts(report, units)),
        )
    )


def memo_file(report_id: str, home: Path, name: str) -> Path:
    """Where something that follows from an index is kept; it goes with the index when a report is removed."""
    return index_folder(report_id, home).with_name(f".{report_id}.{name}.json")


def _encode(units: tuple[Passage, ...], encoder: Encoder, progress: Progress | None) -> Vectors:
    # A broad question stands with each of its sentences, but its text is encoded once.
    texts = list(dict.fromkeys(unit.text for unit in units))
    parts = [np.zeros((0, encoder.dimension), dtype=np.float32)]
    for start in range(0, len(texts), STEP):
        _tell(progress, f"Encoding texts: {start:,} of {len(texts):,}")
        parts.append(encoder.encode(texts[start : start + STEP]))
    place = {text: row for row, text in enumerate(texts)}
    return np.concatenate(parts)[[place[unit.text] for unit in units]]


def _describe(
    report: Report, units: tuple[Passage, ...], encoder: Encoder, contents: dict[str, bytes]
) -> Manifest:
    kinds = Counter(unit.kind for unit in units)
    return Manifest(
        report=report.id,
        corpus=corpus_hash(units),
        encoder=encoder.name,
        fingerprint=encoder.fingerprint,
        dimension=encoder.dimension,
        counts={kind: kinds[kind] for kind in KINDS},
        files={name: _sha256(content) for name, content in contents.items()},
    )


@contextmanager
def usable(home: Path) -> Iterator[None]:
    """Within it, a data directory that cannot be used raises :class:`IndexUnusableHomeError`."""
    try:
        yield
    except OSError as error:
        raise IndexUnusableHomeError(
            f"The data directory {str(home)!r} cannot be used: {error}. "
            "Set QA_HOME to a folder that can be written."
        ) from error


def _tell(progress: Progress | None, line: str) -> None:
    if progress is not None:
        progress(line)


def _jsonl(units: Sequence[Passage]) -> bytes:
    """What ``json.dumps`` gives for each passage, put together here because it is done at every start."""
    write = json.encoder.encode_basestring
    return "".join(
        f'{{"kind": {write(unit.kind)}, "paragraph": {write(unit.paragraph)}, "start": {unit.start}, '
        f'"end": {unit.end}, "text": {write(unit.text)}}}\n'
        for unit in units
    ).encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
