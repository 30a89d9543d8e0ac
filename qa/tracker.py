"""The actions that the report asks for, as a table to follow them up: deadline, owner, action, what explains it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.values import Recommendation, Report
from index.hits import SentenceHit

COLUMNS = (
    "Paragraph",
    "Half of the report",
    "Deadline",
    "Owner",
    "Action",
    "Explained in paragraphs",
    "Progress",
)
MOST_EXPLAINING = 3  # paragraphs named as the reason for an action
LIKE = 0.5  # likeness of sentence and action from which a paragraph explains it
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Sentences(Protocol):
    """What is asked of an index here."""

    def sentences(self, query: str) -> tuple[SentenceHit, ...]:
        """Every sentence with its likeness to the text."""
        ...


@dataclass(frozen=True, slots=True)
class Action:
    """One action with the half of the report that it stands in and the paragraphs that explain it, best first."""

    recommendation: Recommendation
    part: str
    explained: tuple[str, ...]

    def row(self) -> tuple[str, ...]:
        """The action as a row of the table; the last column is left for whoever follows it up."""
        one = self.recommendation
        return (
            one.paragraph,
            self.part,
            one.deadline,
            one.addressee,
            one.text,
            ", ".join(self.explained),
            "",
        )


def actions(report: Report, index: Sentences) -> tuple[Action, ...]:
    """Every action in the report's order."""
    lists = {one.paragraph for one in report.recommendations}
    numbered = set(report.numbers()) - lists
    found = []
    for one in report.recommendations:
        paragraph = report.get(one.paragraph)
        part = paragraph.section[0] if paragraph is not None and paragraph.section else ""
        found.append(Action(one, part, _explaining(one, index, numbered, part, report)))
    return tuple(found)


def _explaining(
    one: Recommendation, index: Sentences, numbered: set[str], part: str, report: Report
) -> tuple[str, ...]:
    """The paragraphs of the same half whose sentences are most like the action."""
    best: dict[str, float] = {}
    for hit in index.sentences(one.text):
        paragraph = report.get(hit.paragraph)
        if hit.paragraph in numbered and paragraph is not None and paragraph.section[:1] == (part,):
            best[hit.paragraph] = max(hit.cosine, best.get(hit.paragraph, 0.0))
    ranked = sorted(best, key=lambda number: -best[number])
    return tuple(number for number in ranked[:MOST_EXPLAINING] if best[number] >= LIKE)


def as_csv(found: Sequence[Action]) -> str:
    """The table as CSV; no cell is taken for a formula by a program for tables."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([tuple(map(_harmless, action.row())) for action in found])
    return made.getvalue()


def as_markdown(found: Sequence[Action]) -> str:
    """The table as Markdown."""
    rows = [COLUMNS, tuple("---" for _ in COLUMNS), *(action.row() for action in found)]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows) + "\n"


def as_xlsx(found: Sequence[Action], title: str) -> bytes:
    """The table as an Excel file: a head that stays in view, filters, wrapped text."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = "Actions"
    book.properties.title = title
    for row in (COLUMNS, *(tuple(map(_harmless, action.row())) for action in found)):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFG", (11, 28, 22, 22, 80, 24, 30), strict=True):
        sheet.column_dimensions[letter].width = width
    for line in sheet.iter_rows():
        for cell in line:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")
