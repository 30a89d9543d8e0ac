"""The numbers and bullets that Word generates from ``numbering.xml`` and the styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from corpus.readers.marks import ordinal

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it is counted, how the number is written, where it stands (points)."""

    kind: str
    text: str
    start: int
    indent: float | None
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class _List:
    """An abstract list with what is counted so far; ``started`` are the overrides that have had their effect."""

    levels: dict[int, Level]
    of_style: dict[str, int] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)


class WordNumbers:
    """Counts paragraphs as Word does, in the order of the document."""

    def __init__(self, numbering: Any, styles: Any) -> None:  # noqa: ANN401 - elements of python-docx
        self._styles = (
            {s.get(qn("w:styleId")): s for s in styles.findall(qn("w:style"))} if styles is not None else {}
        )
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, tuple[str, Any]] = {}
        if numbering is None:
            return
        for abstract in numbering.findall(qn("w:abstractNum")):
            self._lists[abstract.get(qn("w:abstractNumId"))] = _List(
                dict(_levels(abstract)), dict(_of_style(abstract))
            )
        for num in numbering.findall(qn("w:num")):
            of = num.find(qn("w:abstractNumId"))
            if of is not None:
                self._nums[num.get(qn("w:numId"))] = (of.get(qn("w:val")), num)

    def style_chain(self, style: str | None) -> Iterator[Any]:
        """A style and those that it is based on."""
        seen: set[str] = set()
        while style is not None and style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            yield element
            based = element.find(qn("w:basedOn"))
            style = based.get(qn("w:val")) if based is not None else None

    def label(self, properties: Any, style: str | None) -> tuple[str, int, float | None]:  # noqa: ANN401
        """The label of the next paragraph (empty without one), its level from 0, and where its list stands."""
        found = self._numbered(properties, style)
        if found is None:
            return "", 0, None
        num, depth = found
        listed = self._lists.get(self._nums[num][0])
        level = listed.levels.get(depth) if listed else None
        if listed is None or level is None:
            return "", 0, None
        self._count(listed, num, depth, level)
        return self._written(listed, level, depth), depth, level.indent

    def _numbered(self, properties: Any, style: str | None) -> tuple[str, int] | None:  # noqa: ANN401
        """The list and the level of a paragraph, from its own properties or its style's."""
        own = properties.find(qn("w:numPr")) if properties is not None else None
        num, depth = _pair(own)
        if num is None:
            for element in self.style_chain(style):
                inner = element.find(qn("w:pPr"))
                given, at = _pair(inner.find(qn("w:numPr")) if inner is not None else None)
                depth = at if depth is None else depth
                if given is not None:
                    num = given
                    break
        if num is None or num not in self._nums:
            return None
        if depth is None:
            depth = (
                self._lists[self._nums[num][0]].of_style.get(style or "", 0)
                if self._nums[num][0] in self._lists
                else 0
            )
        return num, depth

    def _count(self, listed: _List, num: str, depth: int, level: Level) -> None:
        override = _override(self._nums[num][1], depth)
        if override is not None and (num, depth) not in listed.started:
            listed.started.add((num, depth))
            listed.counts[depth] = override
        else:
            listed.counts[depth] = listed.counts.get(depth, level.start - 1) + 1
        for above in range(depth):
            if above not in listed.counts and above in listed.levels:
                listed.counts[above] = listed.levels[above].start
        for below in [d for d in listed.counts if d > depth]:
            restart = listed.levels[below].restart if below in listed.levels else None
            if restart is None or (restart != 0 and depth < restart):
                del listed.counts[below]

    def _written(self, listed: _List, level: Level, depth: int) -> str:
        if level.kind == "none":
            return ""
        if level.kind == "bullet":
            return "•"

        def value(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of = listed.levels.get(at)
            count = listed.counts.get(at, of.start if of else 1)
            kind = "decimal" if of is None or (level.legal and at < depth) else of.kind
            return ordinal(count, kind)

        return _PLACE.sub(value, level.text).strip()


def _levels(abstract: Any) -> Iterator[tuple[int, Level]]:  # noqa: ANN401
    for element in abstract.findall(qn("w:lvl")):
        restart = _value(element, "w:lvlRestart")
        yield (
            int(element.get(qn("w:ilvl"))),
            Level(
                kind=_value(element, "w:numFmt") or "decimal",
                text=_value(element, "w:lvlText") or "",
                start=int(_value(element, "w:start") or 1),
                indent=indent(element.find(qn("w:pPr"))),
                legal=element.find(qn("w:isLgl")) is not None,
                restart=int(restart) if restart is not None else None,
            ),
        )


def _of_style(abstract: Any) -> Iterator[tuple[str, int]]:  # noqa: ANN401
    for element in abstract.findall(qn("w:lvl")):
        style = _value(element, "w:pStyle")
        if style is not None:
            yield style, int(element.get(qn("w:ilvl")))


def _value(element: Any, name: str) -> str | None:  # noqa: ANN401
    child = element.find(qn(name))
    return None if child is None else child.get(qn("w:val"))


def _pair(properties: Any) -> tuple[str | None, int | None]:  # noqa: ANN401
    if properties is None:
        return None, None
    num, depth = _value(properties, "w:numId"), _value(properties, "w:ilvl")
    return num, int(depth) if depth is not None else None


def _override(num: Any, depth: int) -> int | None:  # noqa: ANN401
    for element in num.findall(qn("w:lvlOverride")):
        if int(element.get(qn("w:ilvl"))) == depth:
            start = _value(element, "w:startOverride")
            return int(start) if start is not None else None
    return None


def indent(properties: Any) -> float | None:  # noqa: ANN401
    """Where the first line of a paragraph begins, in points; ``None`` where its properties do not say."""
    found = properties.find(qn("w:ind")) if properties is not None else None
    if found is None:
        return None
    left = found.get(qn("w:left")) or found.get(qn("w:start"))
    hanging, first = found.get(qn("w:hanging")), found.get(qn("w:firstLine"))
    if left is None and hanging is None and first is None:
        return None
    return (float(left or 0) - float(hanging or 0) + float(first or 0)) / 20
