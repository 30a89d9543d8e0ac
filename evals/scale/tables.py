"""The curve as JSON, as Markdown and as a picture."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from evals import svg
from evals.scale.data import NOISE

COMMAND = "python -m evals scale"

NAMES = {"exact": "exact", "lists": "lists", "graph": "HNSW graph", "milvus": "Milvus Lite file"}

_COLUMNS = (
    ("paragraphs", "paragraphs", "{:,}"),
    ("build_s", "build, s", "{:,.1f}"),
    ("build_mb", "memory to build, MB", "{:,}"),
    ("disk_mb", "on disk, MB", "{:,.1f}"),
    ("load_s", "load, s", "{:.2f}"),
    ("resident_mb", "memory, MB", "{:,}"),
    ("p50_ms", "p50, ms", "{:.2f}"),
    ("p95_ms", "p95, ms", "{:.2f}"),
    ("recall@10_questions", "recall@10, questions", "{:.3f}"),
    ("recall@10_paragraphs", "recall@10, paragraphs", "{:.3f}"),
    ("known_first", "known neighbour first", "{:.3f}"),
)

_PANELS = (
    ("p95_ms", "a search, 95th percentile, milliseconds"),
    ("resident_mb", "resident memory, MB"),
    ("build_s", "build, seconds"),
    ("disk_mb", "on disk, MB"),
)


def to_json(result: Mapping[str, Any]) -> str:
    """The curve as JSON text."""
    return json.dumps(result, indent=1) + "\n"


def to_markdown(result: Mapping[str, Any]) -> str:
    """The curve as Markdown: the table and how it was measured."""
    about = result["about"]
    head = ["store", *(title for _, title, _ in _COLUMNS)]
    rows = [
        [
            NAMES[row["kind"]],
            *("–" if row[key] is None else form.format(row[key]) for key, _, form in _COLUMNS),
        ]
        for row in result["rows"]
    ]
    table = [head, ["---", *("---:" for _ in _COLUMNS)], *rows]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in table)
    return (
        f"# Many paragraphs\n\nMade by `{COMMAND}` on {about['cores']} cores, Python {about['python']}: one vector of "
        f"{about['dimension']} numbers a paragraph.\n\n{lines}\n\n"
        f"- The first {about['real']:,} vectors are of real text: the shipped report, then paragraphs of the "
        "documentation in installed packages. All beyond are made: each is a real one with random noise of length "
        f"{NOISE} added, scaled to length 1 (cosine with its origin 0.8).\n"
        "- **build** is putting all vectors in and saving them, without encoding text; **load** is reading them in a "
        "new process and checking their hash.\n"
        f"- **p50, p95** are of one search after another, {about['questions']} questions of the evaluation and "
        f"{about['known']} made paragraphs; encoding a question takes {about['encode_ms']:.1f} ms more.\n"
        "- **recall@10** is the share of the ten nearest by exact search that is found; for **known neighbour first**, "
        "each made paragraph is a stored one with noise added, and told is the share of which that is found first.\n"
    )


def to_svg(result: Mapping[str, Any]) -> str:
    """The curve as a picture."""
    panels = []
    for key, title in _PANELS:
        points: dict[str, list[tuple[float, float]]] = {}
        for row in result["rows"]:
            if row[key]:
                points.setdefault(NAMES[row["kind"]], []).append((row["paragraphs"], row[key]))
        if points:
            panels.append(svg.Lines(title, points))
    return svg.lines(panels)
