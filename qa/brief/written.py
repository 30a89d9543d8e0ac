"""A topic page written down: as a note, and as one JSON object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.values import Report
from qa.brief.brief import Brief, Task
from qa.brief.findings import Finding
from qa.compose import TEMPLATES, does_not_say
from qa.grades import in_part
from qa.note.characters import writable
from qa.note.markdown import to_markdown
from qa.note.note import Block, Note, quoted_rows
from qa.note.places import groups, reference, source, title
from qa.note.word import to_docx
from qa.values import Citation

PARTS = {
    "judgements": "Judgements",
    "strengths": "Strengths",
    "weaknesses": "Weaknesses",
    "others": "Other findings",
    "tasks": "Recommendations",
}
"""The parts of a page and their headings, in order."""

JUDGED_AROUND = "Judgements on the sections quoted"
"""The heading of judgements that are not on the topic itself."""


def note_of(brief: Brief, report: Report) -> Note:
    """The page as a note."""
    if brief.help:
        raise ValueError("a disclosure of harm is not written down")
    return Note(
        heading=writable(f"Briefing: {brief.topic}"),
        purpose=writable(f"This note gathers what the report says about “{_in_a_sentence(brief.topic)}”."),
        source=source(report),
        blocks=tuple(_blocks(brief, report)),
        rows=quoted_rows(brief.citations(), report),
        subject=title(report),
    )


def nothing_said(brief: Brief) -> str:
    """The sentence that the report says nothing on a topic."""
    return does_not_say(f"the report has nothing on “{_in_a_sentence(brief.topic)}”")


def _in_a_sentence(topic: str) -> str:
    """The topic without what would end a sentence in the middle of it."""
    return re.sub(r"[.!?]+(?=\s|$)", "", topic)


def _blocks(brief: Brief, report: Report) -> Iterator[Block]:
    if not brief.says:
        yield Block("text", writable(nothing_said(brief)))
        return
    if brief.judgements:
        yield Block("heading", PARTS["judgements"] if brief.named else JUDGED_AROUND)
        for one in brief.judgements:
            yield Block("item", f"{judged_words(one.judgement)} {reference(one.citations, report)}")
    for key in ("strengths", "weaknesses", "others"):
        found: Sequence[Finding] = getattr(brief, key)
        if found:
            yield Block("heading", PARTS[key])
            yield from (Block("item", _point(f.citations, f.half, report)) for f in found)
    if brief.tasks:
        yield Block("heading", PARTS["tasks"])
        yield from _tasks(brief.tasks, report)
        if brief.tasks_in_all > len(brief.tasks):
            yield Block("text", left_out(brief))
    if brief.further:
        yield Block("text", f"See also: {'; '.join(groups(brief.further))}.")


def left_out(brief: Brief) -> str:
    """How many recommendations on the topic are not quoted."""
    return (
        f"This note quotes {len(brief.tasks)} of the {brief.tasks_in_all} recommendations on the topic; the table of "
        "actions has them all."
    )


def judged_words(judgement: Any) -> str:  # noqa: ANN401
    """A judgement as a line says it."""
    shown = TEMPLATES["grade"].format(area=in_part(judgement.part, judgement.area), grade=judgement.grade)
    return writable(shown)


def due(task: Task) -> str:
    """When a recommendation is due and whose it is."""
    one = task.recommendation
    return writable(" – ".join(filter(None, (one.deadline, one.addressee))))


def grouped(tasks: Sequence[Task], report: Report) -> dict[str, list[Task]]:
    """The recommendations by deadline and owner, in the order in which the report sets its deadlines."""
    deadlines = list(dict.fromkeys(r.deadline for r in report.recommendations))
    ordered = sorted(tasks, key=lambda task: deadlines.index(task.recommendation.deadline))
    return {due(task): [t for t in ordered if due(t) == due(task)] for task in ordered}


def _tasks(tasks: Sequence[Task], report: Report) -> Iterator[Block]:
    for name, group in grouped(tasks, report).items():
        if name:
            yield Block("subheading", name)
        yield from (Block("item", _point(t.citations, t.half, report)) for t in group)


def _point(citations: Sequence[Citation], half: str, report: Report) -> str:
    words = on_one_line(citations[0].evidence.quote)
    return writable(f"“{words}” {reference(citations, report, where=half)}")


def on_one_line(words: str) -> str:
    """The words with the cells of a table's row and the lines of a list one behind the other."""
    return " ".join(words.replace("\t", " – ").split())


def to_json(brief: Brief, report: Report) -> dict[str, Any]:
    """The page as one JSON object: its points with their places in the report, and the paragraphs quoted."""
    note = note_of(brief, report)
    return {
        "report": report.id,
        "topic": brief.topic,
        "status": "answered" if brief.says else "not_in_report",
        "heading": note.heading,
        "purpose": note.purpose,
        "source": note.source,
        "text": "" if brief.says else nothing_said(brief),
        "judgements": [
            {
                "half": one.judgement.part,
                "area": one.judgement.area,
                "grade": one.judgement.grade,
                "citations": _cited(one.citations),
            }
            for one in brief.judgements
        ],
        **{
            key: [
                {"text": f"“{on_one_line(f.quote)}”", "citations": _cited(f.citations)}
                for f in getattr(brief, key)
            ]
            for key in ("strengths", "weaknesses", "others")
        },
        "recommendations": [
            {
                "deadline": task.recommendation.deadline,
                "owner": task.recommendation.addressee,
                "text": f"“{on_one_line(task.recommendation.text)}”",
                "citations": _cited(task.citations),
            }
            for task in brief.tasks
        ],
        "recommendations_in_all": brief.tasks_in_all,
        "see_also": list(brief.further),
        "appendix": [
            {
                "paragraph": row.number,
                "section": row.section,
                "words": "\n".join("".join(run.words for run in line) for line in row.lines),
            }
            for row in note.rows
        ],
    }


def as_file(brief: Brief, report: Report, kind: str) -> bytes:
    """The page as the content of a file of that kind: ``.docx``, ``.md`` or ``.json``."""
    if kind == ".json":
        return (json.dumps(to_json(brief, report), ensure_ascii=False, indent=2) + "\n").encode()
    note = note_of(brief, report)
    return to_docx(note) if kind == ".docx" else to_markdown(note).encode()


def _cited(citations: Sequence[Citation]) -> list[dict[str, Any]]:
    return [
        {
            "report": c.evidence.report,
            "paragraph": c.evidence.paragraph,
            "section": list(c.section),
            "quote": c.evidence.quote,
            "start": c.evidence.start,
            "end": c.evidence.end,
        }
        for c in citations
    ]
