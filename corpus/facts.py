"""What a document says of itself: its title, who is reported on, who reports, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from corpus.readers.document import Document, Piece

_FRONT = 40  # pieces among which a title page's lines stand
_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{'|'.join(_MONTHS)}),?\s+(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"(?P<month>{'|'.join(_MONTHS)})\s+(?P<year>(?:19|20)\d\d)", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:publish|publication|report date|date of report|dated|ordered)", re.IGNORECASE)
_INSPECTED = re.compile(
    r"\b(?:inspection dates?|dates? of (?:the )?inspection|inspected|fieldwork)\b:?\s*", re.IGNORECASE
)
_INSPECTOR = re.compile(r"\b(?:reporting|lead) (?:inspector|investigator|auditor):?\s+(?P<name>[A-Z].*)")
_AUTHORITY = re.compile(
    r"\b(?:council|borough|authority|city of|county|trust|constabulary|police|department|ministry|agency|service|"
    r"hospital|university|prison|hmp)\b",
    re.IGNORECASE,
)
_SHORT = 10  # words; longer lines are prose
_TELLING = 3  # words at least in a title
_SUBJECT = re.compile(r"\b(?:inspection|report|review|audit|inquiry|investigation|into|of)\b", re.IGNORECASE)
_PUBLISHERS = (
    "Ofsted",
    "Local Government and Social Care Ombudsman",
    "Local Government Ombudsman",
    "Parliamentary and Health Service Ombudsman",
    "National Audit Office",
    "Audit Commission",
    "Care Quality Commission",
    "HMICFRS",
    "HM Inspectorate of Constabulary",
    "HM Inspectorate of Prisons",
    "HM Inspectorate of Probation",
    "Estyn",
    "Care Inspectorate",
    "Audit Scotland",
    "Audit Wales",
)
_FILE_TITLE = re.compile(
    r"^(?:microsoft word|untitled|document\d*|powerpoint)|\.(?:docx?|pdf|html?|indd|qxd)$", re.IGNORECASE
)


def guess(document: Document, file_name: str) -> dict[str, str]:
    """Title, authority, publisher, dates and inspector as far as the document gives them; empty texts otherwise."""
    front = [p for p in document.pieces if p.region == "body"][:_FRONT]
    lines = _lines(front)
    published = next((d for line in lines if _PUBLISHED.search(line) and (d := iso_date(line))), "")
    plain = (line for line in lines if not _INSPECTED.search(line) and len(line) < 120)
    return {
        "title": _title(document, front, lines, file_name),
        "authority": next((line for line in lines[:12] if _names_authority(line)), ""),
        "publisher": _publisher(document, front),
        "published": published or next((d for line in plain if (d := iso_date(line))), ""),
        "inspected": next((line[m.end() :].strip() for line in lines if (m := _INSPECTED.match(line))), ""),
        "inspector": next((m["name"].strip() for line in lines if (m := _INSPECTOR.search(line))), ""),
    }


def _lines(front: Sequence[Piece]) -> list[str]:
    """The lines of the title page, those that run on joined."""
    lines: list[str] = []
    for piece in front:
        text = _without_marks(piece)
        if piece.continues and lines:
            lines[-1] = f"{lines[-1]} {text}"
        elif text:
            lines.append(text)
    return lines


def _without_marks(piece: Piece) -> str:
    text = piece.text
    for first, last in reversed(piece.marks):
        text = text[:first] + text[last:]
    return text.replace("\t", " ").strip()


def _title(document: Document, front: Sequence[Piece], lines: Sequence[str], file_name: str) -> str:
    """The document's own title property, unless it is the name of a file, else its foremost heading."""
    named = document.facts.get("title", "").strip()
    headings = [piece for piece in front if piece.level]
    if headings:
        shown = [line for line in lines if any(line.startswith(_without_marks(piece)) for piece in headings)]
        about = [line for line in shown[:6] if _SUBJECT.search(line) and not _PUBLISHED.search(line)]
        foremost = _without_marks(min(headings, key=lambda piece: piece.level))
        best = next((line for line in shown if line.startswith(foremost)), foremost)
        chosen = about[0] if about and _names_authority(best) else best
        telling = len(named.split()) >= _TELLING and not _FILE_TITLE.search(named)
        return named if telling else chosen
    if named and not _FILE_TITLE.search(named):
        return named
    return lines[0][:200] if lines else file_name


def _names_authority(line: str) -> bool:
    words = line.split()
    return (
        1 < len(words) <= 9
        and line[:1].isupper()
        and not line.endswith(".")
        and _AUTHORITY.search(line) is not None
        and not re.match(
            r"(?:inspection|report|review|audit|inquiry|investigation|published|the report)\b",
            line,
            re.IGNORECASE,
        )
    )


def _publisher(document: Document, front: Sequence[Piece]) -> str:
    """The body that the title page, the running lines or the notes name first; a mention in the text is no sign."""
    lines = [piece for piece in front[:20] if len(piece.text.split()) <= _SHORT and not piece.continues]
    edges = [piece for piece in document.pieces if piece.region in ("running", "footnote")]
    text = " ".join(piece.text for piece in [*lines, *edges])[:60_000]
    found = [(text.find(name), name) for name in _PUBLISHERS if name in text]
    return min(found)[1] if found else ""


def iso_date(text: str) -> str:
    """The last date in a text as ``2012-07-10`` (``2012-07`` without day), an empty text if there is none."""
    days = list(_DATE.finditer(text))
    if days:
        match = days[-1]
        month = [m.lower() for m in _MONTHS].index(match["month"].lower()) + 1
        try:
            return date(int(match["year"]), month, int(match["day"])).isoformat()
        except ValueError:
            return ""
    months = _MONTH.search(text)
    if months is None:
        return ""
    return f"{months['year']}-{[m.lower() for m in _MONTHS].index(months['month'].lower()) + 1:02d}"
