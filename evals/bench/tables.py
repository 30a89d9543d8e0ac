"""The comparison as JSON, as Markdown and as a picture."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from evals import svg
from evals.bench.quality import READ

COMMAND = "make bench"

_COLUMNS = (
    ("recall@1", "recall@1", "{:.3f}"),
    ("recall@5", "recall@5", "{:.3f}"),
    ("nDCG@10", "nDCG@10", "{:.3f}"),
    ("held@1", "held@1", "{:.3f}"),
    (f"held@{READ}", f"held@{READ}", "{:.3f}"),
    (f"words@{READ}", f"words@{READ}", "{:,.0f}"),
    ("index_s", "index, s", "{:.1f}"),
    ("index_cpu_s", "index, CPU s", "{:.1f}"),
    ("index_mb", "on disk, MB", "{:.1f}"),
    ("cold_s", "cold start, s", "{:.2f}"),
    ("median_ms", "median, ms", "{:.1f}"),
    ("p95_ms", "p95, ms", "{:.1f}"),
    ("cpu_ms", "CPU, ms", "{:.1f}"),
    ("resident_mb", "memory, MB", "{:,.0f}"),
)

_PANELS = (
    ("recall@1", "recall@1 (longer is better)", "{:.2f}"),
    (f"held@{READ}", f"held@{READ} (longer is better)", "{:.2f}"),
    ("cold_s", "cold start, seconds (shorter is better)", "{:.1f}"),
    ("index_cpu_s", "index, CPU seconds (shorter is better)", "{:.0f}"),
    ("median_ms", "a question, median milliseconds (shorter is better)", "{:.1f}"),
    ("resident_mb", "memory, MB (shorter is better)", "{:.0f}"),
)

_LEGEND = f"""\
- **recall@1, recall@5, nDCG@10**: of the paragraphs that a question needs, the share ranked first or among the first
  five; gain by rank, required paragraphs counting twice as much as acceptable ones. Others find stretches of text: each
  stands for all paragraphs of which it holds something, those it holds most of first, and the next stretch follows.
- **held@1, held@{READ}**: kinder to long stretches. The share of the needed paragraphs of which the first stretch, or
  one of the first {READ}, holds something, however much else it holds.
- **words@{READ}**: how many words the first {READ} have together, in the median: what a reader, or a language model, is
  given to read.
- **index**: from the start of a process to an index on disk, imports and loading of the encoder included.
- **cold start**: from the start of a process to the first answer, from an index on disk.
- **median, p95**: of the questions, asked one after the other, warm; each counts with the best of {{rounds}} rounds, as
  does cold start. **CPU**: processor time in place of time on the clock, which other work on the machine hardly
  changes. **memory**: resident after all questions, the median of the rounds.

Every system runs in processes of its own, one after the other on the same machine, with one thread, the same weights of
the encoder and no network. Shares are over {{questions}} questions: differences below 0.05 are noise.
"""


def to_json(result: Mapping[str, Any]) -> str:
    """The comparison as JSON text."""
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def to_markdown(result: Mapping[str, Any]) -> str:
    """The comparison as Markdown: what was done, the table, what the columns mean."""
    about, systems = result["about"], result["systems"]
    head = ["system", *(title for _, title, _ in _COLUMNS)]
    rows = [[s["system"], *(_cell(s[key], form) for key, _, form in _COLUMNS)] for s in systems]
    table = [head, ["---", *("---:" for _ in _COLUMNS)], *rows]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in table)
    notes = "\n".join(f"- **{s['system']}**: {s['what']}{_versions(s)}." for s in systems)
    absent = "".join(f"- **{name}** is left out: {why}\n" for name, why in result["left out"].items())
    return (
        f"# Beside other tools\n\nMade by `{COMMAND}` on {about['cores']} cores, Python {about['python']}, over the "
        f"report {about['report']}, with the encoder {about['encoder']}.\n\n{lines}\n\n"
        f"{_LEGEND.format(**about)}\n{notes}\n{absent}"
    )


def to_svg(result: Mapping[str, Any]) -> str:
    """The comparison as a picture."""
    systems = result["systems"]
    panels = [
        svg.Bars(title, {s["system"]: s[key] for s in systems if s[key] is not None}, form)
        for key, title, form in _PANELS
    ]
    marked = frozenset(s["system"] for s in systems if s["ours"])
    return svg.bars([panel for panel in panels if panel.values], marked)


def _cell(value: float | None, form: str) -> str:
    return "–" if value is None else form.format(value)


def _versions(system: Mapping[str, Any]) -> str:
    return f" ({system['versions']})" if system["versions"] else ""
