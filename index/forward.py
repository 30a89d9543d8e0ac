"""The forward pass of a small BERT sentence encoder in NumPy, for questions.

Importing the library that trained the encoder takes seconds and hundreds of megabytes; one question needs six layers of
matrix products. The weights are the published ones, and the vectors are those of the library to within 1e-6.
"""

from __future__ import annotations

import json
import mmap
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

HALF = np.float32(0.5)
ONE = np.float32(1.0)
ROOT_HALF = np.float32(0.5**0.5)
# For z >= 0, erfc(z) = (a1 t + … + a5 t^5) exp(-z^2) with t = 1 / (1 + p z) to within 1.5e-7; Abramowitz and
# Stegun, formula 7.1.26.
ERFC_P = np.float32(0.3275911)
ERFC_A = tuple(
    map(np.float32, (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592))
)  # a5 first


COLUMNS = 64
"""Outputs that are worked out together: a product of few rows with a small block is made at once, one with a large
block only after that has been copied into another order."""

INPUTS = 448
"""Inputs that are added up together, as OpenBLAS does it where a processor has AVX-512: the sums are the same."""


@dataclass(frozen=True)
class Affine:
    """``x @ weights + bias``; ``parts`` are the weights cut up so that the product is fastest.

    A part holds some of the inputs, and of these blocks of outputs, one behind the other.
    """

    parts: tuple[Floats, ...]
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        """The product for every row of ``x``."""
        start = self.parts[0].shape[1]
        blocks: Floats = x[:, :start] @ self.parts[0]
        for part in self.parts[1:]:
            blocks += x[:, start : start + part.shape[1]] @ part
            start += part.shape[1]
        y: Floats = blocks.transpose(1, 0, 2).reshape(len(x), -1)
        y += self.bias
        return y


def affine(weights: Floats, bias: Floats) -> Affine:
    """The product with weights of a row an input and a column an output."""
    inputs, outputs = weights.shape
    columns = COLUMNS if outputs % COLUMNS == 0 else outputs
    parts, start = [], 0
    while start < inputs:
        left = inputs - start
        size = INPUTS if left >= 2 * INPUTS else left if left <= INPUTS else (left + 1) // 2
        own = weights[start : start + size].reshape(size, -1, columns).transpose(1, 0, 2)
        parts.append(np.ascontiguousarray(own))
        start += size
    return Affine(tuple(parts), bias)


@dataclass(frozen=True)
class Norm:
    """Layer normalisation."""

    gain: Floats
    shift: Floats
    epsilon: float

    def __call__(self, x: Floats) -> Floats:
        """Every row with mean 0 and variance 1, then stretched and shifted."""
        sums: Floats = np.add.reduce(x, axis=1, keepdims=True)
        y: Floats = x - sums / np.float32(x.shape[1])
        variance = np.einsum("ij,ij->i", y, y)[:, None] / np.float32(y.shape[1])
        y /= np.sqrt(variance + np.float32(self.epsilon))
        y *= self.gain
        y += self.shift
        return y


@dataclass(frozen=True)
class Layer:
    """One layer: attention over all tokens, then two products for each token."""

    heads: int
    attended: Affine
    mixed: Affine
    mixed_norm: Norm
    widened: Affine
    narrowed: Affine
    narrowed_norm: Norm

    def __call__(self, x: Floats) -> Floats:
        """The tokens' vectors after this layer."""
        x = self.mixed_norm(self.mixed(self._attention(x)) + x)
        return self.narrowed_norm(self.narrowed(gelu(self.widened(x))) + x)

    def _attention(self, x: Floats) -> Floats:
        tokens, width = x.shape
        size = width // self.heads
        query, key, value = self.attended(x).reshape(tokens, 3, self.heads, size).transpose(1, 2, 0, 3)
        shares: Floats = query @ key.transpose(0, 2, 1)
        shares *= np.float32(size**-0.5)
        shares -= shares.max(axis=2, keepdims=True)
        np.exp(shares, out=shares)
        shares /= shares.sum(axis=2, keepdims=True)
        together: Floats = (shares @ value).transpose(1, 0, 2).reshape(tokens, width)
        return together


@dataclass(frozen=True)
class Forward:
    """A whole encoder: token numbers in, one vector of length 1 out."""

    words: Floats
    places: Floats
    norm: Norm
    layers: tuple[Layer, ...]

    def __call__(self, tokens: list[int]) -> Floats:
        """The mean of the tokens' last vectors, of length 1."""
        return pooled(self.states(tokens))

    def states(self, tokens: list[int]) -> Floats:
        """The tokens' last vectors, one row each."""
        x = self.norm(self.words[tokens] + self.places[: len(tokens)])
        for layer in self.layers:
            x = layer(x)
        return x


def pooled(states: Floats) -> Floats:
    """The mean of rows, of length 1."""
    mean = states.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)


def gelu(x: Floats) -> Floats:
    """``x`` times the share of the normal distribution below it."""
    z: Floats = np.abs(x)
    z *= ROOT_HALF
    t = ONE / (ONE + ERFC_P * z)
    tail = ERFC_A[0] * t
    for factor in ERFC_A[1:]:
        tail += factor
        tail *= t
    z *= z
    np.negative(z, out=z)
    tail *= np.exp(z, out=z)
    tail *= HALF
    # The tail itself, or for what is above zero 1 less the tail; numpy.where takes as long as all the rest.
    y = (x > 0).astype(np.float32)
    y -= tail
    np.abs(y, out=y)
    y *= x
    return y


def load_forward(folder: Path) -> Forward:
    """The encoder of a model folder: BERT with gelu, absolute places and the mean of its tokens.

    Its tables of words and places stay in the file and are read where they are needed.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    mapped = _mapped(folder / "model.safetensors")
    stored = _stored(mapped)
    epsilon = float(config["layer_norm_eps"])

    def joined(*names: str) -> Affine:
        weights = np.concatenate([stored[f"{name}.weight"].T for name in names], axis=1)
        return affine(weights, np.concatenate([stored[f"{name}.bias"] for name in names]))

    def norm(name: str) -> Norm:
        return Norm(np.array(stored[f"{name}.weight"]), np.array(stored[f"{name}.bias"]), epsilon)

    def layer(number: int) -> Layer:
        name = f"encoder.layer.{number}"
        own = f"{name}.attention.self"
        return Layer(
            int(config["num_attention_heads"]),
            joined(f"{own}.query", f"{own}.key", f"{own}.value"),
            joined(f"{name}.attention.output.dense"),
            norm(f"{name}.attention.output.LayerNorm"),
            joined(f"{name}.intermediate.dense"),
            joined(f"{name}.output.dense"),
            norm(f"{name}.output.LayerNorm"),
        )

    kind = stored["embeddings.token_type_embeddings.weight"][0]
    forward = Forward(
        stored["embeddings.word_embeddings.weight"],
        stored["embeddings.position_embeddings.weight"] + kind,
        norm("embeddings.LayerNorm"),
        tuple(layer(number) for number in range(int(config["num_hidden_layers"]))),
    )
    if hasattr(mmap, "MADV_DONTNEED"):
        # The layers are copies: their part of the file, some 40 MB, need not stay in memory beside them.
        mapped.madvise(mmap.MADV_DONTNEED)
    return forward


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _stored(mapped: mmap.mmap) -> dict[str, Floats]:
    """The tensors of a safetensors file as views of it: 8 bytes of length, a JSON header, then the numbers."""
    raw = np.frombuffer(mapped, dtype=np.uint8)
    size = int(raw[:8].view("<u8")[0])
    header = json.loads(raw[8 : 8 + size].tobytes())
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = (8 + size + offset for offset in entry["data_offsets"])
            tensors[name] = raw[start:end].view("<f4").reshape(entry["shape"])
    return tensors
