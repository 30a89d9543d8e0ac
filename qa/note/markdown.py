"""A note as Markdown: whatever the texts hold is shown as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from qa.note.note import APPENDIX, COLUMNS, HOW_TO_READ, Block, Note, Row, Run

_MEANS_SOMETHING = re.compile(r"[\\`#*_\[\]<>~&]|(?<=:)//|(?<=www)\.|@")
_OPENS_A_LINE = re.compile(r"^(\s*)([-+=#|]|\d+(?=[.)]))")
_SPACES = re.compile(r"\s+")


def to_markdown(note: Note) -> str:
    """The note as a Markdown document."""
    blocks = [f"# {escaped(note.heading)}", escaped(note.purpose)]
    if note.rows:
        blocks.append(escaped(HOW_TO_READ))
    blocks += [escaped(note.source), *_blocks(note.blocks)]
    if note.rows:
        blocks += [f"## {APPENDIX}", "\n".join(_table(note.rows))]
    return "\n\n".join(blocks) + "\n"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for kind, group in groupby(blocks, lambda block: block.kind):
        texts = [escaped(block.text) for block in group]
        if kind == "item":
            yield "\n".join(f"- {text}" for text in texts)
        elif kind == "quote":
            yield from (f"> {text}" for text in texts)
        else:
            mark = {"heading": "## ", "subheading": "### "}.get(kind, "")
            yield from (f"{mark}{text}" for text in texts)


def _table(rows: Iterable[Row]) -> Iterator[str]:
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"|{' --- |' * len(COLUMNS)}"
    for row in rows:
        words = "<br>".join("".join(map(_run, line)) for line in row.lines)
        yield f"| {_cell(row.number)} | {_cell(row.section)} | {words} |"


def _run(run: Run) -> str:
    """The words of a run; bold where they are quoted, with the spaces around them outside of the marks."""
    words = run.words.strip()
    if not words:
        return run.words
    before, after = run.words[: run.words.index(words)], run.words[run.words.index(words) + len(words) :]
    shown = f"**{_cell(words)}**" if run.quoted else _cell(words)
    return f"{before}{shown}{after}"


def _cell(words: str) -> str:
    return escaped(words).replace("|", "\\|")


def escaped(words: str) -> str:
    """The words on one line, with a backslash before what Markdown would not show as it is."""
    line = _SPACES.sub(" ", words).strip()
    line = _MEANS_SOMETHING.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), line)
    return _OPENS_A_LINE.sub(_closed, line)


def _closed(found: re.Match[str]) -> str:
    before, sign = found.groups()
    return f"{before}\\{sign}" if not sign.isdigit() else f"{before}{sign}\\"
