"""From the text of a report to a :class:`~corpus.values.Report`."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.assemble import assemble
from corpus.body import read_body
from corpus.findings import findings_source
from corpus.layout import lay_out
from corpus.lines import Line, normal, read_lines
from corpus.numbering import skeleton
from corpus.recommendations import find_recommendations
from corpus.record import groups, row_name
from corpus.regions import find_contents, find_regions
from corpus.roles import Placed, place
from corpus.sections import contents_lines, paths, read_headings, to_sections
from corpus.starts import find_starts
from corpus.values import FRONT, Metadata, Paragraph, Report


def parse(text: str, metadata: Metadata) -> Report:
    """The report that a text holds; what no rule could place is in ``Report.unplaced``, never dropped."""
    lines = read_lines(text)
    listed = find_contents(lines)
    numbers = skeleton(lines, besides=frozenset(listed))
    regions = find_regions(lines, listed, sorted(numbers), metadata)
    contents = contents_lines([lines[i] for i in listed])
    record = [lines[i] for i in regions.record]
    where = {i: k for k, i in enumerate(regions.body)}
    names = frozenset(row_name(line) for line in record)
    starts = {where[i]: found for i, found in numbers.items() if i in where}
    body = read_body([lines[i] for i in regions.body], starts, names | _entries(contents))
    placed = place(body, find_starts(body))
    headings = read_headings(placed, contents, groups(record))
    paragraphs = assemble(placed, metadata.id, paths(headings))
    findings, judgements = findings_source(record, headings, metadata.id)
    front = _front([lines[i] for i in regions.front], metadata.id)
    named = tuple(source for source in (findings, front) if source is not None)
    return Report(
        metadata=metadata,
        source=text,
        paragraphs=paragraphs + named,
        sections=to_sections(headings, judgements),
        judgements=judgements,
        recommendations=find_recommendations(paragraphs),
        layout=lay_out(text, lines, regions, placed),
        unplaced=_unplaced(placed),
    )


def _entries(contents: Sequence[str]) -> frozenset[str]:
    """The entries of a contents page that hold a single heading."""
    return frozenset(normal(line.split("\t")[0]) for line in contents)


def _front(lines: Sequence[Line], report_id: str) -> Paragraph | None:
    if not lines:
        return None
    text = "\n".join(line.text for line in lines)
    return Paragraph(report_id, FRONT, text, numbering="named", lines=(lines[0].number, lines[-1].number))


def _unplaced(placed: Sequence[Placed]) -> tuple[tuple[int, str], ...]:
    return tuple((one.line.number, one.line.text) for one in placed if one.role == "unplaced")
