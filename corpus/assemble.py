"""Paragraphs put together from the placed lines of the body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.roles import Placed
from corpus.values import Numbering, Paragraph

_SPLIT_WORD = re.compile(r"\w-$")
_NOT_SECOND_HALF = ("and ", "or ", "to ")


@dataclass(slots=True)
class _Draft:
    """A paragraph in the making."""

    number: str
    numbering: Numbering
    texts: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    first: int = 0
    last: int = 0


def assemble(
    placed: Sequence[Placed], report_id: str, sections: dict[str, tuple[str, ...]]
) -> tuple[Paragraph, ...]:
    """The numbered paragraphs in order; ``sections`` gives each number its section path."""
    return tuple(_paragraph(draft, report_id, sections.get(draft.number, ())) for draft in _drafts(placed))


def own_text(one: Placed) -> str:
    """The words of a line without its number, tabs as spaces."""
    text = one.line.text
    if one.start is not None:
        text = text[one.start.skip :]
        if one.start.moved:
            text = text[: one.start.moved[0]] + text[one.start.moved[1] :]
    return re.sub(r"\s*\t\s*", " ", text).strip()


def _drafts(placed: Iterable[Placed]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for one in placed:
        if one.start is not None:
            drafts.append(_Draft(one.start.number, one.start.numbering, first=one.line.number))
        if one.owner is not None:
            _add(drafts[-1], one)
    return drafts


def _add(draft: _Draft, one: Placed) -> None:
    draft.last = one.line.number
    text = own_text(one)
    if one.role == "join" and draft.texts:
        draft.texts[-1] = joined(draft.texts[-1], text)
        return
    draft.kinds.append(one.role)
    draft.texts.append("\t".join(one.cells) if one.role == "row" else text)
    if one.role == "row":
        draft.rows.append(one.cells)


def joined(before: str, after: str) -> str:
    """Two pieces of running text as one; a word cut after its hyphen is put together again."""
    if not before or not after:
        return before or after
    cut = _SPLIT_WORD.search(before) and after[0].islower() and not after.startswith(_NOT_SECOND_HALF)
    return before + after if cut else f"{before} {after}"


def _paragraph(draft: _Draft, report_id: str, section: tuple[str, ...]) -> Paragraph:
    pairs = list(zip(draft.kinds, draft.texts, strict=True))
    return Paragraph(
        report_id=report_id,
        number=draft.number,
        text="\n".join(f"- {text}" if kind == "item" else text for kind, text in pairs if text),
        items=tuple(text for kind, text in pairs if kind == "item"),
        section=section,
        numbering=draft.numbering,
        lines=(draft.first, draft.last),
        rows=tuple(draft.rows),
    )
