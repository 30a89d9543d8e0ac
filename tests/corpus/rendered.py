"""Reports rendered into the formats that people add, for the readers to be tried on."""

from __future__ import annotations

import html
from itertools import pairwise

from docx import Document
from docx.shared import Pt
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table

from corpus.values import FINDINGS

GRADES = {"Outstanding": 1, "Good": 2, "Adequate": 3, "Inadequate": 4}


def lines_of(report):
    """The report in reading order: ``(kind, text)`` or ``(kind, text, number)``."""
    front = report.get("front")
    yield from (("front", line) for line in front.text.split("\n"))
    headings = {s.paragraphs[0]: s for s in report.sections if s.paragraphs}
    shown = set()
    for paragraph in report.paragraphs:
        if paragraph.numbering == "named":
            continue
        section = headings.get(paragraph.number)
        path = section.path if section else ()
        for depth, name in enumerate(path):
            if path[: depth + 1] not in shown or depth == len(path) - 1:
                shown.add(path[: depth + 1])
                last = depth == len(path) - 1
                grade = (
                    f" Grade {GRADES[section.grade]} ({section.grade})"
                    if last and section.grade_source == "heading"
                    else ""
                )
                yield "heading", name, depth, grade
        first, *rest = paragraph.text.split("\n")
        yield "start", first, paragraph.number
        for line in rest:
            if line.startswith("- "):
                yield "item", line[2:]
            else:
                yield ("row" if "\t" in line else "line"), line
    findings = report.get(FINDINGS)
    if findings:
        yield "line", findings.text.split("\n")[0]
        yield from (("row", "\t".join(row)) for row in findings.rows)


# --- PDF


def _style(name, **values):
    return ParagraphStyle(name, fontName="Helvetica", fontSize=11, leading=14, spaceAfter=8, **values)


STYLES = {
    "front": ParagraphStyle("front", fontName="Helvetica-Bold", fontSize=20, leading=26),
    "heading0": ParagraphStyle(
        "h0", fontName="Helvetica-Bold", fontSize=18, leading=22, spaceBefore=12, spaceAfter=8
    ),
    "heading1": ParagraphStyle(
        "h1", fontName="Helvetica-Bold", fontSize=14, leading=18, spaceBefore=12, spaceAfter=8
    ),
    "heading2": ParagraphStyle(
        "h2", fontName="Helvetica-Bold", fontSize=12, leading=16, spaceBefore=12, spaceAfter=8
    ),
    "item": _style("item", leftIndent=54, bulletIndent=40, bulletFontName="Helvetica"),
    "line": _style("line", leftIndent=36),
    "cell": ParagraphStyle("cell", fontName="Helvetica", fontSize=11, leading=14),
}


def to_pdf(report, path, *, justified=True):
    """The report as a PDF with page headers, footers, hanging numbers and hyphenated lines."""
    start = ParagraphStyle(
        "start",
        parent=STYLES["line"],
        bulletIndent=0,
        hyphenationLang="en_GB",
        alignment=TA_JUSTIFY if justified else 0,
    )
    item = ParagraphStyle("item2", parent=STYLES["item"], hyphenationLang="en_GB")
    story = []
    for kind, text, *more in lines_of(report):
        shown = html.escape(text)
        if kind == "heading":
            story.append(Paragraph(shown + more[1], STYLES[f"heading{min(more[0], 2)}"]))
        elif kind == "start":
            story.append(Paragraph(shown, start, bulletText=f"{more[0]}."))
        elif kind == "item":
            story.append(Paragraph(shown, item, bulletText="•"))
        elif kind == "row":
            cells = text.split("\t")
            shown = [[Paragraph(html.escape(cell), STYLES["cell"]) for cell in cells]]
            widths = [150, *[280] * (len(cells) - 1)]
            story.append(Table(shown, colWidths=widths, style=[("VALIGN", (0, 0), (-1, -1), "TOP")]))
        else:
            story.append(Paragraph(shown, STYLES[kind]))
        if kind == "front":
            story.append(Spacer(1, 6))
    head, foot = report.metadata.title, report.metadata.authority

    def furniture(canvas, document):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(72, A4[1] - 40, head)
        canvas.drawString(72, 40, foot)
        canvas.drawRightString(A4[0] - 72, 40, f"Page {canvas.getPageNumber()}")

    template = BaseDocTemplate(str(path), pagesize=A4, invariant=1)
    frame = Frame(72, 72, A4[0] - 144, A4[1] - 144)
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=furniture))
    template.build(story)


# --- Word


def to_docx(report, path):
    """The report as a Word file, its paragraph numbers typed with a tab."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = report.metadata.title
    document.sections[0].footer.paragraphs[0].text = report.metadata.authority
    rows = []
    for kind, text, *more in [*lines_of(report), ("end", "")]:
        if kind != "row" and rows:
            _table(document, rows)
            rows = []
        if kind == "row":
            rows.append(text.split("\t"))
        elif kind == "heading":
            document.add_heading(text + more[1], level=more[0] + 1)
        elif kind == "start":
            document.add_paragraph(f"{more[0]}.\t{text}")
        elif kind == "item":
            document.add_paragraph(text, style="List Bullet")
        elif kind == "front":
            document.add_paragraph(text, style="Title")
        elif kind == "line":
            document.add_paragraph(text).paragraph_format.left_indent = Pt(36)
    document.save(str(path))


def _table(document, rows):
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=False):
            cell.text = text


# --- HTML


def to_html(report, path):
    """The report as a web page."""
    parts = [
        "<!DOCTYPE html><html><head><title>A report</title></head><body>",
        "<nav><a href='/'>Home</a></nav><main>",
    ]
    for before, (kind, text, *more) in pairwise([("begin", ""), *lines_of(report), ("end", "")]):
        shown = html.escape(text)
        closing = {"item": "</ul>", "row": "</table>"}.get(before[0], "") if before[0] != kind else ""
        opening = {"item": "<ul>", "row": "<table>"}.get(kind, "") if before[0] != kind else ""
        parts.append(closing + opening)
        if kind == "heading":
            parts.append(f"<h{more[0] + 2}>{shown}{more[1]}</h{more[0] + 2}>")
        elif kind == "start":
            parts.append(f"<p>{more[0]}. {shown}</p>")
        elif kind == "item":
            parts.append(f"<li>{shown}</li>")
        elif kind == "row":
            parts.append("<tr>" + "".join(f"<td>{c}</td>" for c in shown.split("\t")) + "</tr>")
        elif kind == "front":
            parts.append(f"<h1>{shown}</h1>")
        elif kind == "line":
            parts.append(f"<p>{shown}</p>")
    path.write_text(
        "\n".join([*parts, "</main><footer>Crown copyright</footer></body></html>"]), encoding="utf-8"
    )


def to_markdown(report, path):
    """The report in Markdown."""
    parts = []
    for (before, *_), (kind, text, *more) in pairwise([("begin", ""), *lines_of(report)]):
        if kind == "row" and before != "row":
            parts.append("\n| | |\n|---|---|")
        if kind == "heading":
            parts.append(f"\n{'#' * (more[0] + 2)} {text}{more[1]}\n")
        elif kind == "start":
            parts.append(f"\n{more[0]}. {text}\n")
        elif kind == "item":
            parts.append(f"   - {text}")
        elif kind == "row":
            parts.append("| " + " | ".join(text.split("\t")) + " |")
        elif kind == "front":
            parts.append(f"# {text}")
        elif kind == "line":
            parts.append(f"\n   {text}\n")
    path.write_text("\n".join(parts), encoding="utf-8")
