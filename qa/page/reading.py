"""The reading pane: a report as HTML, with its contents, grades and every paragraph under its own number."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.values import FINDINGS, FRONT, Paragraph, Report, Section
from qa.note.dates import day, period
from qa.note.places import full_name
from qa.page.layout import body
from qa.page.markup import NOTHING, Html, join, tag, text
from qa.page.sources import anchor
from qa.shelf import Shelf, Shown, on_shelf

_GRADES = {"Outstanding", "Good", "Adequate", "Inadequate"}
MOST_NAMED = 6  # reports named at the head of the page
_DEEPEST = 6  # HTML has no deeper heading than h6.
_NUMBERING = {
    "inferred": "The number was lost in the text conversion and is restored from its place.",
    "moved": "The number was displaced in the text conversion and is put back in its place.",
    "position": "The report prints no numbers; this one is the paragraph's place.",
}


def masthead(shown: Shown) -> Html:
    """The head of the page: title, authority, publisher and the dates at which the report was true.

    Of several reports, how many there are and what they are called.
    """
    shelf = on_shelf(shown)
    if shelf.several:
        return _masthead_of_several(shelf)
    about = shelf.main.metadata
    published = text(f"{about.publisher}, published {day(about.published)}")
    return tag(
        "header",
        tag("h1", text(about.title)),
        tag(
            "p",
            tag("span", text(about.authority), class_="authority"),
            tag("span", published),
            tag("span", text(f"as inspected {period(about.inspected)}"), class_="as-inspected"),
        ),
        class_="masthead",
    )


def _masthead_of_several(shelf: Shelf) -> Html:
    names = [shelf.name(report.id) for report in shelf]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return tag(
        "header",
        tag("h1", text(f"Ask {len(names)} reports")),
        tag("p", tag("span", text(", ".join(names[:MOST_NAMED]) + more), class_="authority")),
        class_="masthead",
    )


def pane(shown: Shown) -> Html:
    """The whole pane: its toolbar and the report; of several, the main one, with a choice of the others."""
    shelf = on_shelf(shown)
    return tag("section", _toolbar(shelf), document(shelf.main), class_="report", aria_label="The report")


def document(report: Report) -> Html:
    """The report itself: title page, contents, then headings and paragraphs in order."""
    return tag(
        "div",
        tag("article", *_parts(report), class_="document"),
        class_="scroller",
        id="report-text",
        data_report=report.id,
        tabindex="0",
        role="region",
        aria_label="Text of the report",
    )


def grade_badge(grade: str | None, source: str | None) -> Html:
    """A grade as a badge of that word; it says so when only the record of main findings gives the grade."""
    if grade is None:
        return NOTHING
    colour = f"grade-{grade.lower()}" if grade in _GRADES else "grade-other"
    if source != "findings":
        return tag("span", text(grade), class_=f"grade {colour}")
    words = "from the record of main findings"
    badge = tag("span", text(grade), class_=f"grade {colour} from-record", title=words)
    return join((badge, tag("span", text(f" ({words})"), class_="hidden")))


def contents(report: Report) -> Html:
    """The headings as links, each with its grade."""
    rows = (_contents_row(place, section) for place, section in enumerate(report.sections, start=1))
    note = tag("p", text("A dotted outline marks a grade that only the record of main findings gives."))
    heading = tag("h3", text("Contents and grades"), id="report-contents", tabindex="-1")
    return tag("nav", heading, tag("ul", *rows), note, class_="contents", aria_label="Contents of the report")


def _contents_row(place: int, section: Section) -> Html:
    link = tag("a", text(section.name), href=f"#section-{place}")
    badge = grade_badge(section.grade, section.grade_source)
    return tag("li", link, badge, class_=f"level-{len(section.path)}")


def _parts(report: Report) -> Iterator[Html]:
    front = report.get(FRONT)
    if front is not None:
        yield _paragraph(front)
    yield contents(report)
    headings = _headings_before(report)
    for paragraph in report.paragraphs:
        if paragraph.number != FRONT:
            yield from headings.get(paragraph.number, ())
            yield _paragraph(paragraph)


def _headings_before(report: Report) -> dict[str, list[Html]]:
    """Which headings stand before which paragraph: one without paragraphs of its own waits for the next."""
    found: dict[str, list[Html]] = {}
    waiting: list[Html] = []
    for place, section in enumerate(report.sections, start=1):
        waiting.append(_heading(place, section))
        if section.paragraphs:
            found[section.paragraphs[0]] = waiting
            waiting = []
    if waiting:
        found[FINDINGS] = waiting
    return found


def _heading(place: int, section: Section) -> Html:
    level = min(2 + len(section.path), _DEEPEST)
    badge = grade_badge(section.grade, section.grade_source)
    name = tag("span", text(section.name))
    return tag(f"h{level}", name, badge, id=f"section-{place}", tabindex="-1", class_="section")


def _paragraph(paragraph: Paragraph) -> Html:
    named = paragraph.numbering == "named"
    return tag(
        "div",
        _number(paragraph),
        tag("div", body(paragraph.text, placed=True), class_="text"),
        id=anchor(paragraph.report_id, paragraph.number),
        class_=f"para named {paragraph.number}" if named else "para",
        role="group",
        aria_label=full_name(paragraph.number),
        tabindex="-1",
    )


def _number(paragraph: Paragraph) -> Html:
    if paragraph.numbering == "named":
        return tag("h3", text(full_name(paragraph.number))) if paragraph.number != FRONT else NOTHING
    return tag(
        "a",
        text(paragraph.number),
        href=f"#{anchor(paragraph.report_id, paragraph.number)}",
        class_="number" if paragraph.numbering == "printed" else "number restored",
        title=_NUMBERING.get(paragraph.numbering, "Link to this paragraph"),
        aria_label=full_name(paragraph.number),
        tabindex="-1",  # 170 stops would be in the way; the search box opens a number by keyboard
    )


def _toolbar(shelf: Shelf) -> Html:
    return tag(
        "div",
        # The choice says which report it is, and takes the room of the heading.
        tag("h2", text("The report"), class_="hidden" if shelf.several else None),
        _choice(shelf) if shelf.several else NOTHING,
        tag("div", _find(), _button("Contents", "show-contents"), class_="tools"),
        _button("Back to the answer", "back-to-answer", hidden=True),
        _button("Close the report", "close-report"),
        class_="toolbar",
    )


def _choice(shelf: Shelf) -> Html:
    """Which of the reports is read; each is fetched when it is chosen or a citation of it is."""
    options = (
        tag("option", text(shelf.name(report.id)), value=report.id, selected=report.id == shelf.main.id)
        for report in shelf
    )
    return tag(
        "label", tag("span", text("Report"), class_="hidden"), tag("select", *options, id="report-shown")
    )


def _find() -> Html:
    label = "Find in the report: words or a paragraph number"
    return tag(
        "div",
        tag("label", text(label), class_="hidden", for_="find-words"),
        tag("input", type="search", id="find-words", placeholder="Find words or number", autocomplete="off"),
        tag("span", id="find-count", role="status"),
        class_="find",
    )


def _button(words: str, name: str, *, hidden: bool = False) -> Html:
    return tag("button", text(words), type="button", id=name, hidden=hidden)
