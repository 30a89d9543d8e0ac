"""Reports compared by their grades, read from the record of main findings of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.values import FINDINGS, Judgement
from qa.compose import TEMPLATES, text_of
from qa.grades import grade_list, in_part
from qa.gradewords import (
    BEST,
    COMPARE,
    INTENT,
    LATER,
    MEANING,
    OTHERS,
    SCALE,
    WHY,
    WORST,
    Scale,
    find_scale,
    left_over,
    named_judgements,
    spoken,
)
from qa.merging import more_answer, named_report
from qa.naming import Naming, listed
from qa.question import Question, understand
from qa.source import Source
from qa.text import plain, terms
from qa.values import Answer, Statement

MOST_LINES = 12  # reports listed in one answer

_REPORTS = re.compile(
    r"\b(?:(?:all|any|each|every|both|other|these|those|the|of|which|two|three|four) )*"
    r"(?:councils?(?:'s|')?|reports?|authorit(?:y|ies)|boroughs?|counties|county|places?)\b"
)
_CHANGE = re.compile(
    r"\b(?:chang\w+|improved?|develop\w*|since|between|from (?:19|20)\d\d to (?:19|20)\d\d)\b"
)
_HOW_DONE = re.compile(
    r"\bhow (?:well )?(?:did|do|does|has|have)\b.*\b(?:do|did|done|fare[ds]?|perform\w*|come out)\b"
)
_BY_GRADE = re.compile(r"\b(?:which|what|who|was|were|is|are|any|list|name)\b")
_HOW_GOOD = re.compile(r"\bhow (?:good|bad|well)\b")
_ORDER = re.compile(r"\b(?:best|highest|strongest|top|worst|weakest|lowest|poorest)\b")
_WORDS_OF_ORDER = re.compile(
    r"\b(?:ranks?|ranked|ranking|order|better|worse|than|compar\w+|differ\w*|across|among|between)\b"
)
_YEARS = re.compile(r"\b(?:in|from|to|and|between|of)? ?(?:19|20)\d\d\b")
OVERALL = "overall effectiveness"
_COMPARING = frozenset(
    terms(
        "compare compared comparison difference differ differences better worse best worst change changed improve "
        "improved improvement development overall grade grades graded judgement judged rating rated result results "
        "rank council report well strongest weakest highest lowest"
    )
)


@dataclass(frozen=True, slots=True)
class Graded:
    """The judgements of one report on the area that is asked about."""

    source: Source
    label: str
    scale: Scale
    question: Question
    rows: tuple[Judgement, ...]

    @property
    def grades(self) -> frozenset[str]:
        """The grades given, in lower case."""
        return frozenset(row.grade.lower() for row in self.rows)

    @property
    def rank(self) -> float:
        """The mean place of the grades on the report's own scale, 0 the best."""
        places = {name.lower(): place for place, name in enumerate(self.scale.names)}
        return sum(places.get(row.grade.lower(), len(places)) for row in self.rows) / (len(self.rows) or 1)


def compared(asked: str, text: str, sources: Sequence[Source], naming: Naming) -> Answer | None:
    """The grades of the reports beside each other, ``None`` for a question about something else.

    ``text`` is the question without the names of reports.
    """
    lower = " ".join(_REPORTS.sub(" ", _YEARS.sub(" ", plain(text))).split())
    if any(pattern.search(lower) for pattern in (WHY, LATER, OTHERS, MEANING, SCALE)):
        return None
    graded = [one for source in sources if (one := _graded(lower, source, naming.label(source.report.id)))]
    if any(one.question.part for one in graded):
        graded = [one if one.question.part else replace(one, rows=()) for one in graded]
    wanted = _wanted_grades(plain(text), graded)
    if not graded or not _asks_for_grades(lower, graded, wanted):
        return None
    without = [
        naming.label(s.report.id) for s in sources if s.report.id not in {g.source.report.id for g in graded}
    ]
    rated = [one for one in graded if one.rows]
    if not rated and wanted:
        return _by_grade(asked, text, graded, wanted, without)
    if not rated:
        return None
    lacking = [one.label for one in graded if not one.rows]
    return _by_area(asked, text, rated, wanted, lower, _missing(lacking, without))


def _graded(lower: str, source: Source, label: str) -> Graded | None:
    """What a report says on the area that a question names; ``None`` for one without a table of grades."""
    scale = find_scale(source)
    if scale is None:
        return None
    question = understand(lower, lower, source.part_terms)
    rows = named_judgements(question, source)
    if not rows and _without_topic(lower):
        rows = tuple(j for j in source.report.judgements if j.area.lower() == OVERALL)
    return Graded(source, label, scale, question, rows)


def _without_topic(lower: str) -> bool:
    """Whether a question only asks how reports compare (``compare Kingston and Anytown``)."""
    return bool(_signs(lower)) and not set(terms(lower)) - _COMPARING


def _signs(lower: str) -> bool:
    """Whether a question has a word that compares or grades."""
    return any(p.search(lower) for p in (INTENT, COMPARE, _ORDER, _CHANGE, _HOW_DONE, _WORDS_OF_ORDER))


def _wanted_grades(lower: str, graded: Sequence[Graded]) -> tuple[str, ...]:
    """The grades that a question names, in lower case."""
    if _HOW_GOOD.search(lower) or not _BY_GRADE.search(lower):
        return ()
    names = dict.fromkeys(name.lower() for one in graded for name in one.scale.names)
    return tuple(name for name in names if re.search(spoken(name), lower))


def _asks_for_grades(lower: str, graded: Sequence[Graded], wanted: Sequence[str]) -> bool:
    """Whether the reports' grades are asked for, and hardly anything besides them."""
    area = any(one.rows for one in graded)
    if not wanted and not (area and _signs(lower)):
        return False
    rest = " ".join(_CHANGE.sub(" ", _HOW_DONE.sub(" ", _WORDS_OF_ORDER.sub(" ", lower))).split())
    return not all(
        left_over(understand(rest, rest, one.source.part_terms), one.source, one.scale) for one in graded
    )


def _by_area(
    asked: str, text: str, rated: Sequence[Graded], wanted: Sequence[str], lower: str, missing: list[str]
) -> Answer:
    """The grade of each report on one area; only those with a grade that is asked for, where there are any."""
    if wanted:
        chosen = [one for one in rated if one.grades & set(wanted)]
        if not chosen:
            missing = [TEMPLATES["no_report_graded"].format(grade=_or(wanted)), *missing]
        rated = chosen or rated
    elif _ORDER.search(lower):
        worst = WORST.search(lower) is not None and BEST.search(lower) is None
        rated = sorted(rated, key=lambda one: -one.rank if worst else one.rank)
    if len({tuple(name.lower() for name in one.scale.names) for one in rated}) > 1:
        missing = [*missing, TEMPLATES["other_scale"]]
    return _answer(asked, text, [(one, _line(one)) for one in rated], missing)


def _by_grade(
    asked: str, text: str, graded: Sequence[Graded], wanted: Sequence[str], without: Sequence[str]
) -> Answer:
    """Which areas have a grade that is asked for, report by report."""
    lines = []
    for one in graded:
        part = one.question.part
        pool = [j for j in one.source.report.judgements if part in (None, j.part)]
        for name in one.scale.names:
            rows = [j for j in pool if j.grade.lower() == name.lower()]
            if name.lower() in wanted and rows:
                where = f" on {part[0].lower()}{part[1:]}" if part else ""
                said = grade_list(name, rows, len(pool), where, one.source)
                lines.append((one, named_report(one.label, said)))
    missing = _missing([], without)
    if not lines:
        missing = [TEMPLATES["no_report_graded"].format(grade=_or(wanted)), *missing]
        lines = [
            (
                one,
                named_report(
                    one.label, grade_list(name, [], len(one.source.report.judgements), "", one.source)
                ),
            )
            for one in graded
            for name in one.scale.names
            if name.lower() in wanted
        ]
    return _answer(asked, text, lines, missing)


def _line(one: Graded) -> Statement:
    """The grades of a report on the area, one after the other, each with its half."""
    told = "; ".join(
        TEMPLATES["graded"].format(area=in_part(row.part, row.area), grade=row.grade) for row in one.rows
    )
    cited = tuple(one.source.cite(FINDINGS, row.start, row.end) for row in one.rows)
    return Statement(TEMPLATES["in_report"].format(report=one.label, text=f"{told}."), cited)


def _answer(
    asked: str, text: str, lines: Sequence[tuple[Graded, Statement]], missing: Sequence[str]
) -> Answer:
    shown = lines[:MOST_LINES]
    told = list(missing)
    if len(lines) > len(shown):
        told.insert(0, more_answer(list(dict.fromkeys(one.label for one, _ in lines[MOST_LINES:]))))
    statements = tuple(statement for _, statement in shown)
    return Answer(
        question=asked,
        status="answered",
        text=text_of(statements),
        report=shown[0][0].source.report.id if shown else "",
        statements=statements,
        reason="; ".join(told) or None,
        understood=text,
    )


def _missing(lacking: Sequence[str], without: Sequence[str]) -> list[str]:
    """What some reports do not grade, in words."""
    told = []
    if lacking:
        verb = "does" if len(lacking) == 1 else "do"
        told.append(TEMPLATES["not_graded"].format(reports=listed(lacking), verb=verb))
    if without:
        verb = "has" if len(without) == 1 else "have"
        told.append(TEMPLATES["no_table"].format(reports=listed(without), verb=verb))
    return told


def _or(grades: Sequence[str]) -> str:
    return " or ".join(grades)
