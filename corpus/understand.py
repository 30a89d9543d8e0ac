"""From a document as read to a :class:`~corpus.values.Report`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.candidates import is_heading
from corpus.chains import Numbers, find_numbers
from corpus.drafting import Part, by_position, own_text, place, write
from corpus.findings import findings_source
from corpus.grades import GRADES
from corpus.hyphens import Hyphens
from corpus.lines import split_grade
from corpus.lost import with_lost
from corpus.readers.document import Document, Piece
from corpus.recommendations import find_recommendations
from corpus.record_pieces import find_record, record_lines
from corpus.regroup import regrouped
from corpus.sections import Heading, paths, to_sections
from corpus.values import FRONT, Metadata, Numbering, Paragraph, Report

_REPORT = re.compile(r"\b(?:report|inspection|review|audit|inquiry|investigation|letter)\b", re.IGNORECASE)
_SENTENCE = 12  # words; a longer line with a stop is prose and ends a title page


@dataclass(frozen=True, slots=True)
class Understood:
    """A report and what was odd about its numbers: ``gaps`` are not there, ``repeats`` are printed twice."""

    report: Report
    gaps: tuple[str, ...] = ()
    repeats: tuple[str, ...] = ()
    headings: int = 0
    tables: int = 0


def understand(document: Document, metadata: Metadata) -> Understood:
    """The report that a document holds."""
    pieces = regrouped(document.pieces)
    numbers, lost = with_lost(find_numbers(pieces), pieces)
    printed = bool(numbers.starts)
    record = find_record(pieces, [start.index for start in numbers.starts])
    front = _front(pieces, numbers, record)
    if not printed:
        numbers = by_position(pieces, frozenset({*record, *front}))
        if not numbers.starts:  # what looks like a title page is all there is
            front = frozenset()
            numbers = by_position(pieces, frozenset(record))
    parts = place(pieces, numbers, front, frozenset(record))
    headings = _headings(parts)
    numberings: dict[str, Numbering] = {s.id: _numbering(s.id, lost, printed=printed) for s in numbers.starts}
    written = write(parts, metadata.id, paths(headings), numberings)
    findings, judgements = findings_source(record_lines(pieces, record), headings, metadata.id)
    if findings is not None and record:
        findings = replace(findings, lines=(written.lines[record[0]], written.lines[record[-1]]))
    named = [
        source
        for source in (findings, _front_source(parts, metadata.id, written.lines))
        if source is not None
    ]
    report = Report(
        metadata=metadata,
        source=written.source,
        paragraphs=(*written.paragraphs, *named),
        sections=to_sections(headings, judgements),
        judgements=judgements,
        recommendations=find_recommendations(written.paragraphs),
        layout=written.layout,
        unplaced=written.unplaced,
    )
    repeats = tuple(start.id for start in numbers.repeats.values())
    return Understood(report, numbers.gaps, repeats, len(headings), _tables(pieces))


def _numbering(number: str, lost: frozenset[str], *, printed: bool) -> Numbering:
    if not printed:
        return "position"
    return "inferred" if number in lost else "printed"


def _tables(pieces: Sequence[Piece]) -> int:
    rows = [bool(piece.cells) and piece.region == "body" for piece in pieces]
    return sum(row and not before for before, row in zip([False, *rows], rows, strict=False))


# --- title page


def _front(pieces: Sequence[Piece], numbers: Numbers, record: Sequence[int]) -> frozenset[int]:
    """The pieces of the title page: what stands before the contents page, the text, and the headings above it."""
    first = numbers.starts[0].index if numbers.starts else len(pieces)
    listed = next((k for k, piece in enumerate(pieces) if piece.region == "contents"), None)
    if listed is not None and listed < first:
        return frozenset(k for k in range(listed) if k not in record)
    body = [k for k, piece in enumerate(pieces[:first]) if piece.region == "body" and k not in record]
    prose = next((n for n, k in enumerate(body) if _prose(pieces, k)), len(body))
    head = body[:prose]
    above = len(head)
    while len(head) > 1 and is_heading(pieces[head[-1]]) and not pieces[head[-1]].continues:
        if len(head) < above and _only_title(pieces, head):
            break
        head.pop()
    lone = len(head) == 1 and is_heading(pieces[head[0]]) and not _titles(pieces, head[0])
    return frozenset(() if lone else head)


def _prose(pieces: Sequence[Piece], k: int) -> bool:
    piece = pieces[k]
    if piece.item:
        return True
    after = pieces[k + 1] if k + 1 < len(pieces) else None
    long = len(piece.text.split()) >= _SENTENCE and not piece.level
    return long and (piece.text.endswith(".") or (after is not None and after.continues and not after.level))


def _only_title(pieces: Sequence[Piece], head: Sequence[int]) -> bool:
    """Whether the headings that are left all rank alike: they are the lines of a title page."""
    return all(pieces[k].level == pieces[head[0]].level for k in head)


def _titles(pieces: Sequence[Piece], k: int) -> bool:
    """Whether a heading is the document's title: it begins it, and no other ranks as high."""
    others = (p for i, p in enumerate(pieces) if i != k and is_heading(p) and not p.continues)
    ranks = [p.level for p in others if p.region == "body"]
    foremost = pieces[k].level < min(ranks) if ranks else _REPORT.search(pieces[k].text) is not None
    return foremost and not any(p.region == "body" for p in pieces[:k])


def _front_source(parts: Sequence[Part], report_id: str, lines: object) -> Paragraph | None:
    at = [k for k, part in enumerate(parts) if part.role == "front"]
    hyphens = Hyphens(parts[k].piece.text for k in at)
    texts: list[str] = []
    for k in at:
        text = own_text(parts[k])
        if parts[k].piece.continues and texts:
            texts[-1] = hyphens.joined(texts[-1], text)
        elif text:
            texts.append(text)
    if not texts:
        return None
    where = (lines[at[0]], lines[at[-1]]) if isinstance(lines, dict) else (0, 0)
    return Paragraph(report_id, FRONT, "\n".join(texts), numbering="named", lines=where)


# --- headings


def _headings(parts: Sequence[Part]) -> tuple[Heading, ...]:
    """The headings in order with their grades, their paragraphs and their paths."""
    hyphens = Hyphens(part.piece.text for part in parts if part.role == "heading")
    found: list[Heading] = []
    levels: list[int] = []
    last: Part | None = None
    for part in parts:
        if part.role == "heading":
            if last is not None and last.role == "heading" and _same_heading(last.piece, part.piece):
                _extend(found[-1], own_text(part), hyphens)
            else:
                found.append(_heading(own_text(part)))
                levels.append(part.piece.level)
        elif part.start is not None and found and part.role == "start":
            found[-1].paragraphs.append(part.start.id)
        elif part.role == "unplaced" and found:
            found[-1].other_text = True
        last = part if part.role not in ("artefact", "number") else last
    for k, heading in enumerate(found):
        heading.path = _path(found, levels, k)
    return tuple(found)


def _same_heading(one: Piece, other: Piece) -> bool:
    alone = other.text.lower() in GRADES
    return (other.continues or alone or one.text.endswith((" of", " and", " the"))) and one.page == other.page


def _heading(text: str) -> Heading:
    name, *rest = text.split("\t")
    if rest and rest[-1].lower() in GRADES:
        return Heading(name.strip(), rest[-1], rest[-1])
    plain = text.replace("\t", " ")
    name, grade = split_grade(plain)
    if grade is None or not name:
        return Heading(plain)
    return Heading(name, grade, plain[len(name) :].strip())


def _extend(heading: Heading, text: str, hyphens: Hyphens) -> None:
    """Add the next line of a heading: more of its name, or its grade."""
    if text.lower() in GRADES:
        heading.grade, heading.grade_text = text, text
        return
    more = _heading(text)
    whole = hyphens.joined(heading.name, more.name)
    heading.name, grade = split_grade(whole)
    heading.grade = grade or more.grade or heading.grade
    heading.grade_text = whole[len(heading.name) :].strip() or more.grade_text or heading.grade_text


def _path(found: Sequence[Heading], levels: Sequence[int], k: int) -> tuple[str, ...]:
    names, rank = [found[k].name], levels[k]
    for i in range(k - 1, -1, -1):
        if levels[i] < rank:
            names.append(found[i].name)
            rank = levels[i]
    return tuple(re.sub(r"\s+", " ", name) for name in reversed(names))
