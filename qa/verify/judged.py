"""Claims about grades, set beside the report's own table of judgements instead of beside its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.values import FINDINGS, Judgement
from qa.gradewords import find_scale, left_over, named_judgements
from qa.question import understand
from qa.source import Source
from qa.text import plain
from qa.verify.signs import values_of
from qa.verify.values import Problem, Verdict

LIKELY, UNLIKELY = 0.95, 0.02  # likelihoods that the table settles a claim one way or the other

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NAMES_GRADE = re.compile(
    r"\b(?:judged|judgements?|graded?|grades|rated|ratings?|marked)\b|"
    r"\b(?:is|are|was|were|as) (?:outstanding|good|adequate|inadequate)(?: overall)?\W*$"
)


def judged(claim: str, cited: Sequence[str], source: Source) -> Verdict | None:
    """The verdict on a claim that gives one grade to a graded area; ``None`` for any other claim."""
    said = values_of(claim).grades
    # Of another inspection the text may tell; the table does not.
    if set(_YEAR.findall(claim)) - set(_YEAR.findall(source.report.metadata.inspected)):
        return None
    if len(said) != 1 or not _NAMES_GRADE.search(plain(claim)):
        return None
    question = understand(claim, claim, source.part_terms)
    if left_over(question, source, find_scale(source)):
        return None
    rows = named_judgements(question, source)
    if not rows or len({row.area for row in rows}) > 1:
        return None
    (grade,) = said
    told = {row.grade.lower() for row in rows}
    evidence = tuple(source.cite(FINDINGS, row.start, row.end).evidence for row in rows)
    places = tuple(dict.fromkeys((*(row.paragraph for row in rows if row.paragraph), FINDINGS)))
    if told != {grade}:
        problem = Problem("grade", f"the draft says {grade}; the record of main findings says {_told(rows)}")
        return Verdict("not_supported", evidence, (problem,), places, UNLIKELY)
    if cited and not set(cited) & set(places):
        problem = Problem(
            "wrong_paragraph", f"true, but it is paragraph {places[0]}, not {' and '.join(cited)}"
        )
        return Verdict("not_supported", evidence, (problem,), places, UNLIKELY)
    return Verdict("supported", evidence, likelihood=LIKELY)


def _told(rows: Sequence[Judgement]) -> str:
    grades = list(dict.fromkeys(row.grade.lower() for row in rows))
    if len(grades) == 1:
        return grades[0]
    return " and ".join(f"{row.grade.lower()} ({row.part})" for row in rows)
