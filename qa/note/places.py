"""How the sources of a report are called where they are cited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from corpus.values import FINDINGS, FRONT, Report, is_place
from qa.compose import marker
from qa.note.characters import writable
from qa.note.dates import day, period
from qa.shelf import Shown, on_shelf
from qa.values import Citation

_NAMED = {FINDINGS: "record of main findings", FRONT: "title page"}


def full_name(number: str) -> str:
    """What the source is called on its own: ``Paragraph 12``, ``Record of main findings``."""
    unit = "Block" if is_place(number) else "Paragraph"
    return {FINDINGS: "Record of main findings", FRONT: "Title page"}.get(number, f"{unit} {number}")


def reference(citations: Iterable[Citation], shown: Shown, *, where: str = "") -> str:
    """The paragraphs as a briefing cites them: ``(para 12)``, ``(paras 13, 79-81)``, ``(record of main findings)``.

    ``where`` is said behind them: ``(para 79, safeguarding services)``. Where there are several reports each is named:
    ``(Kingston 2012, para 12)``.
    """
    shelf = on_shelf(shown)
    evidence = [citation.evidence for citation in citations]
    parts = []
    for id in dict.fromkeys(one.report for one in evidence):
        numbers = tuple(dict.fromkeys(one.paragraph for one in evidence if one.report == id))
        named = "; ".join(groups(numbers))
        foreign = id != shelf.main.id and not shelf.several
        parts.append(f"{named} of {id}" if foreign else f"{shelf.before(id)}{named}")
    return f"({'; '.join(parts)}{f', {where}' if where else ''})" if parts else ""


def groups(numbers: tuple[str, ...]) -> Iterator[str]:
    """Sources as they are listed: ``paras 13, 79``, ``title page``."""
    for name, group in groupby(numbers, _unit):
        together = tuple(group)
        if name == "":
            yield from (_NAMED[number] for number in together)
        else:
            yield f"{name}{'s' if len(together) > 1 else ''} {marker(together)[1:-1]}"


def _unit(number: str) -> str:
    if number in _NAMED:
        return ""
    return "block" if is_place(number) else "para"


def title(shown: Shown) -> str:
    """The title of the report; of several, that there are several."""
    shelf = on_shelf(shown)
    return writable("Answers from several reports" if shelf.several else shelf.main.metadata.title)


def source(shown: Shown, cited: Collection[str] = ()) -> str:
    """The report as a line under an answer names it: title, authority, publisher, dates of publication, inspection.

    Of several reports, those that are ``cited`` (their ids), or all if none is.
    """
    shelf = on_shelf(shown)
    if not shelf.several:
        return writable(f"Source: {_in_full(shelf.main)}.")
    wanted = [report for report in shelf if report.id in cited] or list(shelf)
    named = "; ".join(f"{shelf.name(report.id)}: {_in_full(report)}" for report in wanted)
    return writable(f"Source{'s' if len(wanted) > 1 else ''}: {named}.")


def _in_full(report: Report) -> str:
    known = report.metadata
    inspected = f", as inspected {period(known.inspected)}" if known.inspected else ""
    published = ", ".join(filter(None, (known.publisher, day(known.published))))
    told = ", ".join(filter(None, (known.title, known.authority)))
    return f"{told}{f' ({published})' if published else ''}{inspected}"
