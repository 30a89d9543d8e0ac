"""The record of main findings and the judgements that it holds."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.lines import Line, normal
from corpus.record import parts_of_rows, title_length
from corpus.sections import Heading
from corpus.values import FINDINGS, Judgement, Paragraph


def findings_source(
    record: Sequence[Line], headings: Sequence[Heading], report_id: str
) -> tuple[Paragraph | None, tuple[Judgement, ...]]:
    """The named source ``findings`` and its judgements, ``None`` and ``()`` when the report grades nothing.

    Its text is the record, one row a line with a tab before the grade, then a line for each heading that
    prints one.
    """
    rows = ["\t".join(line.cells) or line.text for line in record]
    graded = [f"{h.name}\t{h.grade_text}" for h in headings if h.grade_text]
    if not rows and not graded:
        return None, ()
    source = Paragraph(
        report_id=report_id,
        number=FINDINGS,
        text="\n".join([*rows, *graded]),
        numbering="named",
        lines=(record[0].number, record[-1].number) if record else (0, 0),
        rows=tuple(line.cells or (line.text,) for line in record[title_length(record) :]),
    )
    return source, _judgements(record, rows, headings)


def _judgements(
    record: Sequence[Line], rows: Sequence[str], headings: Sequence[Heading]
) -> tuple[Judgement, ...]:
    parts = parts_of_rows(record, {normal(heading.path[0]) for heading in headings})
    judgements: list[Judgement] = []
    position = 0
    for line, row, part in zip(record, rows, parts, strict=True):
        if len(line.cells) == 2:
            judgements.append(_judgement(part, line.cells, (position, position + len(row)), headings))
        position += len(row) + 1
    return tuple(judgements)


def _judgement(
    part: str, cells: tuple[str, ...], span: tuple[int, int], headings: Sequence[Heading]
) -> Judgement:
    area, grade = cells
    heading = next((h for h in headings if _is(h, part, area)), None)
    printed = heading is not None and heading.grade is not None
    return Judgement(
        part=part,
        area=area,
        grade=grade,
        source="heading" if printed else "findings",
        paragraph=heading.paragraphs[0] if heading is not None and heading.paragraphs else None,
        start=span[0],
        end=span[1],
    )


def _is(heading: Heading, part: str, area: str) -> bool:
    return normal(heading.name) == normal(area) and (not part or normal(heading.path[0]) == normal(part))
