"""How a source of a report is addressed and called on the page."""

from __future__ import annotations

from corpus.library import DEFAULT_REPORT
from corpus.values import FINDINGS, FRONT, Report, is_place
from qa.note.places import full_name
from qa.page.markup import Html, join, tag, text

_NAMES = {FINDINGS: "main findings", FRONT: "title page"}


def anchor(report_id: str, number: str) -> str:
    """The id of a source on the page: ``para-12``, or ``para-<report>-12`` for any report but the default."""
    return f"para-{number}" if report_id == DEFAULT_REPORT else f"para-{report_id}-{number}"


def short_name(number: str) -> str:
    """What a link to the source says: ``12``, ``main findings``, ``title page``."""
    return _NAMES.get(number, number)


def link(
    report: Report | None, number: str, *, spans: tuple[tuple[int, int], ...] = (), quote: str = ""
) -> Html:
    """A link to a source and to places in its text; only the name when there is no such report or source.

    The places stand in the class (``at-0-57``): code points into the paragraph's text, end exclusive.
    """
    if report is None or report.get(number) is None:
        return text(short_name(number))
    return tag(
        "a",
        text(short_name(number)),
        href=f"#{anchor(report.id, number)}",
        class_=" ".join(("cite", *(f"at-{start}-{end}" for start, end in spans))),
        title=quote or None,
        aria_label=full_name(number),
    )


def prefix(numbers: tuple[str, ...]) -> str:
    """The word before links to these sources: ``para``, ``paras``, nothing when one without printed number is first."""
    if not numbers or numbers[0] in _NAMES or is_place(numbers[0]):
        return ""
    return "paras" if len(numbers) > 1 else "para"


def listed(links: tuple[Html, ...], numbers: tuple[str, ...], *, of: str = "") -> Html:
    """The links as they stand behind a sentence: ``para 12``, ``paras 13, 79``; ``of`` names their report before."""
    before = prefix(numbers)
    unit = f"{before}\N{NO-BREAK SPACE}" if before else ""
    return tag("span", text(f"{of}{unit}"), join(links, ", "), class_="refs")
