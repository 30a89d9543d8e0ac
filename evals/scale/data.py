"""Vectors to measure with: real ones of real text, and as many more as are wanted made from those."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import numpy as np

from corpus.library import load
from index.vectorstore import Vectors

REAL = 10_000
"""Paragraphs of real text."""

PACKAGES = ("scipy", "sklearn", "numpy", "pandas", "torch", "networkx", "transformers", "sympy")
"""Installed packages whose documentation is plain English prose, in the order in which it is read."""

PER_REPORT = 1_000
"""Paragraphs of one made-up report; each has a random vector of its own to start the noise from."""

NOISE = 0.75
"""Length of what is added to a vector of length 1: the cosine of a made vector with its origin is 0.8."""

_PROSE = re.compile(r"[A-Z][^=<>{}|\\]{60,600}[.:]")


def real_texts(count: int = REAL) -> list[str]:
    """Paragraphs of the shipped report, then of the documentation in installed packages; each once."""
    seen: dict[str, None] = dict.fromkeys(paragraph.text for paragraph in load().paragraphs)
    for text in _documentation():
        if len(seen) >= count:
            break
        seen[text] = None
    return list(islice(seen, count))


def vectors(real: Vectors, start: int, end: int) -> Vectors:
    """The vectors from one place to another: the real ones first, then perturbed real ones.

    The vector at place i beyond the real ones is that of place ``i % len(real)`` with noise of length :data:`NOISE`
    added, scaled to length 1. ``start`` must be a multiple of :data:`PER_REPORT`: a place always holds the same.
    """
    made = [_block(real, first)[: end - first] for first in range(start, end, PER_REPORT)]
    return np.concatenate(made)


def perturbed(rows: Vectors, seed: int) -> Vectors:
    """Each row with noise added, of length 1; the same seed adds the same."""
    noise = np.random.default_rng(seed).standard_normal(rows.shape, dtype=np.float32)
    noise *= NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
    moved = rows + noise
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)


def _block(real: Vectors, first: int) -> Vectors:
    places = np.arange(first, first + PER_REPORT)
    rows = real[places % len(real)]
    made = perturbed(rows, seed=first)
    made[places < len(real)] = rows[places < len(real)]
    return made


def _documentation() -> Iterator[str]:
    for name in PACKAGES:
        found = find_spec(name)
        if found is None or found.origin is None:
            continue
        for path in sorted(Path(found.origin).parent.rglob("*.py")):
            yield from _prose(path)


def _prose(path: Path) -> Iterator[str]:
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    for node in (node for node in ast.walk(tree) if isinstance(node, kinds)):
        for part in re.split(r"\n\s*\n", ast.get_docstring(node) or ""):
            text = " ".join(part.split())
            if _PROSE.fullmatch(text):
                yield text
