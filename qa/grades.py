"""Answers about grades, read from the record of main findings, the headings and the grade scale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.sentences import sentence_spans
from corpus.values import FINDINGS, Judgement
from qa.compose import TEMPLATES, answer, does_not_say, quoted, refusal, words
from qa.gradewords import (
    ACROSS,
    ALL,
    AREA,
    BEST,
    COMPARE,
    COUNT,
    EXCEPT,
    INTENT,
    LATER,
    MEANING,
    MEANS,
    NOT_GRADES,
    NUMBER_OF_GRADE,
    OTHERS,
    PLURAL,
    SCALE,
    SIGN,
    SPLIT,
    TALLY,
    WHICH,
    WHY,
    Scale,
    find_scale,
    left_over,
    named_grades,
    named_judgements,
)
from qa.intent import GRADES, together
from qa.places import PLACES
from qa.question import Question
from qa.source import Source
from qa.text import plain
from qa.text import words as words_of
from qa.topic import halves
from qa.values import Answer, Citation, Statement

# Likelihood of the intents that ask for grades from which a question is taken to do so: where its words leave nothing
# over that is no area and no grade, and where they do.
WORDED = 0.05
CLEAR = 0.45
MOST_WORDS = 150  # of an answer that gives the grades of several areas

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WHICH = re.compile(
    r"\bwhich\b|\bwhat (?:areas|bits|parts|aspects|were|are|was|else|got|things|came|escaped)\b|\blist\b|"
    r"\bname (?:the|all|every|those)\b|\bevery\b|\ball (?:the|of)\b|\bwhere\b|\bother grades\b|\b(?:areas|headings)\b"
)


def grade_answer(question: Question, source: Source) -> Answer | None:
    """The answer to a question about grades, ``None`` if it is about something else."""
    lower = NOT_GRADES.sub(" ", plain(question.text))
    if not source.report.judgements or OTHERS.search(lower) or LATER.search(lower):
        return None
    if PLACES & set(words_of(lower)):
        return None
    if set(_YEAR.findall(lower)) - set(_YEAR.findall(source.report.metadata.inspected)):
        return None
    scale = find_scale(source)
    used = [j.grade for j in source.report.judgements]
    named = named_grades(lower, scale, used)
    if halves(question.text, source.part_terms):
        question = replace(question, part=None)
    asked = _asked(question, source, scale, named, lower)
    if asked is None or scale is None:
        return None
    if asked == MEANS:
        return _meaning(question, source, scale, named)
    if asked == AREA:
        return _by_area(question, source, scale, named, lower)
    return _by_grade(question, source, scale, named, lower)


def _asked(
    question: Question, source: Source, scale: Scale | None, named: Sequence[str], lower: str
) -> str | None:
    """Which of the intents about grades a question has, ``None`` for none of them."""
    spoken = bool(named or INTENT.search(lower)) or bool(
        COMPARE.search(lower) and (ACROSS.search(lower) or halves(question.text, source.part_terms))
    )
    wanted = "grade" in question.wants and bool(named_judgements(question, source))
    worded = wanted or (spoken and not left_over(question, source, scale))
    likely = together(question.intents, GRADES)
    if WHY.search(lower) and _false_premise(named_judgements(question, source), named):
        likely += question.intents.get("grade_why", 0.0)
    if question.intents and (not SIGN.search(lower) or likely < (WORDED if worded else CLEAR)):
        return None
    if not question.intents and not worded:
        return None
    return _by_words(question, source, named, lower) or max(
        GRADES, key=lambda intent: question.intents.get(intent, 0.0)
    )


def _by_words(question: Question, source: Source, named: Sequence[str], lower: str) -> str | None:
    """The intent that the words of the question settle, ``None`` if they settle none."""
    areas = named_judgements(question, source)
    if WHY.search(lower) and not _false_premise(areas, named):
        return None if question.intents else WHICH
    if (named and (MEANING.search(lower) or NUMBER_OF_GRADE.search(lower))) or (
        SCALE.search(lower) and not areas
    ):
        return MEANS
    if COUNT.search(lower) or PLURAL.search(lower) or SPLIT.search(lower):
        return AREA if areas else TALLY
    if not areas and not named and _WHICH.search(lower) and ACROSS.search(lower):
        return WHICH
    if areas and not (_WHICH.search(lower) and named):
        return AREA
    return WHICH if named and _WHICH.search(lower) else None


def _meaning(question: Question, source: Source, scale: Scale, named: Sequence[str]) -> Answer | None:
    """The rows of the grade scale that the question names, or the whole of it; ``None`` if the report has none."""
    if scale.paragraph is None:
        return None
    number = scale.paragraph.number
    rows = [(start, end) for name, start, end in scale.rows if name in named]
    if not rows:
        rows = [(0, len(scale.paragraph.text))]
    return answer(question, source, [quoted(source.cite(number, start, end)) for start, end in rows])


def _by_grade(
    question: Question, source: Source, scale: Scale, named: Sequence[str], lower: str
) -> Answer | None:
    """Which areas have a grade and how many, in the half that the question names, else in both."""
    if WHY.search(lower):
        return None
    if not named and ACROSS.search(lower):
        return _across(question, source)
    pool = [j for j in source.report.judgements if question.part in (None, j.part)]
    left_out = bool(EXCEPT.search(lower))
    chosen = [g for g in scale.names if (g in named) != left_out] if named else scale.names
    none_of = (chosen[:1] if BEST.search(lower) else named if len(named) == 1 else ()) if not left_out else ()
    where = f" on {_lower_first(question.part)}" if question.part else ""
    statements = [
        grade_list(grade, rows, len(pool), where, source)
        for grade in chosen
        if (rows := [j for j in pool if j.grade == grade]) or grade in none_of
    ]
    return answer(question, source, statements) if statements else None


def grade_list(grade: str, rows: Sequence[Judgement], total: int, where: str, source: Source) -> Statement:
    """How many of all judgements have a grade, and on which areas; none if ``rows`` is empty."""
    if not rows:
        record = source.paragraphs[FINDINGS]
        title = record.text.split("\n", 1)[0]
        said = f"“{grade.lower()}”" if grade.lower().startswith("requires ") else grade.lower()
        text = TEMPLATES["grade_none"].format(total=total, where=where, grade=said)
        return Statement(text, (source.cite(FINDINGS, 0, len(title)),))
    by_part: dict[str, list[str]] = {}
    for row in rows:
        by_part.setdefault(row.part, []).append(row.area)
    areas = "; ".join(in_part(part, ", ".join(names)) for part, names in by_part.items())
    verb, said = _verb(grade.lower(), one=len(rows) == 1)
    text = TEMPLATES["grade_count"].format(
        count=len(rows), total=total, where=where, verb=verb, grade=said, areas=f": {areas}"
    )
    return Statement(text, tuple(source.cite(FINDINGS, row.start, row.end) for row in rows))


def _verb(grade: str, *, one: bool) -> tuple[str, str]:
    """The verb of a sentence on a grade and the rest: ``are good``, ``require improvement``."""
    if grade.startswith("requires "):
        return ("requires" if one else "require"), grade.removeprefix("requires ")
    return ("is" if one else "are"), grade


def _across(question: Question, source: Source) -> Answer | None:
    """Every area that both halves share, with its grades: first those that differ."""
    statements = [
        (len({row.grade for row in rows}) == 1, _compared(rows, source))
        for area in dict.fromkeys(j.area for j in source.report.judgements)
        if len(rows := [j for j in source.report.judgements if j.area == area]) > 1
    ]
    ordered = [statement for _, statement in sorted(statements, key=lambda item: item[0])]
    return answer(question, source, ordered) if ordered else None


def _compared(rows: Sequence[Judgement], source: Source) -> Statement:
    """One area in both halves: the same grade, or different ones."""
    cited = tuple(source.cite(FINDINGS, row.start, row.end) for row in rows)
    grades = {row.grade for row in rows}
    if len(grades) == 1:
        return Statement(TEMPLATES["grade_same"].format(area=rows[0].area, grade=rows[0].grade), cited)
    listed = ", ".join(f"{row.grade} ({row.part})" for row in rows)
    return Statement(TEMPLATES["grade_apart"].format(area=rows[0].area, grades=listed), cited)


def _by_area(
    question: Question, source: Source, scale: Scale, named: Sequence[str], lower: str
) -> Answer | None:
    """The grade of each area that the question names, with the sentence of the report that says so."""
    judgements = named_judgements(question, source)
    if WHY.search(lower) and not _false_premise(judgements, named):
        return None
    if not judgements:
        if ALL.search(lower) or not _headline(source):
            return _by_grade(question, source, scale, (), lower)
        judgements = tuple(
            j
            for j in source.report.judgements
            if j is _first(source, j.part) and question.part in (None, j.part)
        )
    if question.part and all(j.part != question.part for j in judgements):
        return _no_such_heading(question, source, judgements[0])
    statements = [s for j in judgements for s in judgement_statements(j, source)]
    if sum(words(s.text) for s in statements) > MOST_WORDS:
        statements = [judgement_statements(j, source)[0] for j in judgements]
    same_area = len(judgements) > 1 and len({j.area for j in judgements}) == 1
    if same_area and COMPARE.search(lower) and len({j.grade for j in judgements}) == 1:
        statements = [_compared(judgements, source), *statements]
    return answer(question, source, statements)


def _headline(source: Source) -> bool:
    """Whether the first row of each part is the overall one."""
    parts = {j.part for j in source.report.judgements}
    return all("overall" in _first(source, part).area.lower() for part in parts)


def in_part(part: str, areas: str) -> str:
    """Areas after the part of the report that they stand in, if it is divided into parts."""
    return f"{part} – {areas}" if part else areas


def _false_premise(judgements: Sequence[Judgement], named: Sequence[str]) -> bool:
    """Whether a question says of an area that it has a grade that it does not have."""
    return bool(judgements and named) and not {j.grade for j in judgements} & set(named)


def _no_such_heading(question: Question, source: Source, other: Judgement) -> Answer:
    reason = (
        f"the record of main findings has no “{other.area}” under “{question.part}”, only under "
        f"“{other.part}”"
    )
    related = [FINDINGS, *([other.paragraph] if other.paragraph else [])]
    return refusal(question, source, does_not_say(reason), reason, related=related, confidence=1.0)


def _first(source: Source, part: str) -> Judgement:
    return next(j for j in source.report.judgements if j.part == part)


def judgement_statements(judgement: Judgement, source: Source) -> list[Statement]:
    """What the report says of one judgement: the row of the record, and the paragraph's own sentence if it has one."""
    row = source.cite(FINDINGS, judgement.start, judgement.end)
    text = TEMPLATES["grade"].format(area=in_part(judgement.part, judgement.area), grade=judgement.grade)
    sentence = judgement_sentence(judgement, source)
    statements = [Statement(text, (row,))]
    return [*statements, quoted(sentence)] if sentence else statements


def judgement_sentence(judgement: Judgement, source: Source) -> Citation | None:
    """The sentence under the heading that states the grade in words, ``None`` if the first two sentences do not."""
    if judgement.paragraph is None:
        return None
    text = source.paragraphs[judgement.paragraph].text
    for start, end in sentence_spans(text)[:2]:
        if re.search(rf"\b{judgement.grade.lower()}\b", text[start:end].lower()):
            return source.cite(judgement.paragraph, start, end)
    return None


def _lower_first(text: str | None) -> str:
    return text[0].lower() + text[1:] if text else ""
