"""Where paragraphs start: at printed numbers, and where the numbering shows that one was lost."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.body import Body
from corpus.lines import LONGEST_HEADING, Number, finished, split_grade
from corpus.numbering import Start, between, displaced, label, recover


def find_starts(body: Body) -> dict[int, Start]:
    """The start of every paragraph by the index of its line.

    A report without any printed number has its blocks of prose counted.
    """
    return _with_lost(body) if body.numbers else _by_position(body)


def _with_lost(body: Body) -> dict[int, Start]:
    """The printed starts and, for each gap in the numbering, the lines that lost their number."""
    found = {i: Start(label(number), "printed", skip) for i, (number, skip) in body.numbers.items()}
    before: Number = (0,)
    first = 0
    for i in sorted(body.numbers):
        number = body.numbers[i][0]
        lost = between(before, number)
        ranks = ((_rank(body, k, lost), k) for k in (range(first, i) if lost else ()))
        found.update(recover(lost, [(rank, k) for rank, k in ranks if rank is not None], body.lines))
        before, first = number, i + 1
    return found


def _by_position(body: Body) -> dict[int, Start]:
    ranks = {i: _rank(body, i, ()) for i in range(len(body.lines))}
    blocks = [i for i, rank in ranks.items() if rank in (1, 2, 5)]
    return {i: Start(str(n), "position") for n, i in enumerate(blocks, start=1)}


def _rank(body: Body, i: int, lost: Sequence[Number]) -> int | None:
    """How well a line without number would do as a start, 0 best; ``None`` if it cannot be one.

    Best is a line that holds a lost number, then one straight below a heading, where nothing can be
    continued. Next comes a dash without a page break before it, then one after a page break, which may as
    well mark a continuation, then a line without a dash.
    """
    line, before = body.lines[i], body.before(i)
    if i in body.headings or i in body.rows or not line.capital or split_grade(line.text)[1]:
        return None
    if any(displaced(line.text, number) for number in lost):
        return 0
    if line.text.endswith(":") and not line.marked and len(line.text) <= LONGEST_HEADING:
        return None
    if before is None or i - 1 in body.headings:
        return 2 if line.indented and not line.marked else 1
    if not finished(before.text) or before.text.endswith((":", ";")):
        return None
    if line.marked:
        return 4 if line.blank_before else 3
    return (6 if line.indented else 5) if line.blank_before else None
