"""Answers about grades, read from the record of main findings, the headings and the grade scale."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.sentences import sentence_spans
from corpus.values import FINDINGS, Judgement
from qa.compose import TEMPLATES, answer, does_not_say, quoted, refusal
from qa.gradewords import (
    COMPARE,
    COUNT,
    EXCEPT,
    INTENT,
    LATER,
    LOWEST,
    MEANING,
    NUMBER_OF_GRADE,
    PLURAL,
    SCALE,
    SPLIT,
    TOP,
    WHY,
    Scale,
    find_scale,
    left_over,
    named_grades,
    named_judgements,
)
from qa.question import Question
from qa.source import Source
from qa.text import plain
from qa.values import Answer, Citation, Statement


def grade_answer(question: Question, source: Source) -> Answer | None:
    """The answer to a question about grades, ``None`` if it is about something else."""
    if not source.report.judgements:
        return None
    lower = plain(question.text)
    scale = find_scale(source)
    named = named_grades(lower, scale)
    intent = bool(INTENT.search(lower)) or bool(
        COMPARE.search(lower) and re.search(r"\bhal(?:f|ves)\b|\bboth\b", lower)
    )
    if (
        scale
        and not left_over(question, source, scale)
        and (meaning := _meaning_answer(question, source, scale, named, lower))
    ):
        return meaning
    if LATER.search(lower) or not (intent or named) or left_over(question, source, scale):
        return None
    return _by_grade(question, source, scale, named, lower) or _by_area(
        question, source, named, intent, lower
    )


def _meaning_answer(
    question: Question, source: Source, scale: Scale, named: tuple[str, ...], lower: str
) -> Answer | None:
    number = scale.paragraph.number
    if named and (MEANING.search(lower) or NUMBER_OF_GRADE.search(lower)):
        rows = [(start, end) for name, start, end in scale.rows if name in named]
        return answer(question, source, [quoted(source.cite(number, start, end)) for start, end in rows])
    if SCALE.search(lower) and not _named_areas(question, source):
        whole = quoted(source.cite(number, 0, len(scale.paragraph.text)))
        return answer(question, source, [whole])
    return None


def _named_areas(question: Question, source: Source) -> bool:
    return bool(named_judgements(question, source))


def _by_grade(
    question: Question, source: Source, scale: Scale | None, named: tuple[str, ...], lower: str
) -> Answer | None:
    """Which areas, or how many, have a grade; in the half that the question names, else in both."""
    counting = bool(COUNT.search(lower) or PLURAL.search(lower))
    which = bool(
        re.search(
            r"\bwhich\b|\bwhat (?:areas|bits|parts|aspects|were|are|was|else)\b|\blist\b|\bname (?:the|all|"
            r"every|those)\b|\bevery\b|\ball (?:the|of)\b|\bwhere\b|\bother grades\b",
            lower,
        )
    )
    if scale and not named and SPLIT.search(lower) and not named_judgements(question, source):
        named, counting = scale.names, True
    if scale and (TOP.search(lower) or LOWEST.search(lower)):
        named, counting = _given(named, scale, source, counting), True
    if not named or scale is None or not (counting or which) or WHY.search(lower):
        return None
    if not counting and named_judgements(question, source):
        return None
    pool = [j for j in source.report.judgements if question.part in (None, j.part)]
    chosen = tuple(g for g in scale.names if g not in named) if EXCEPT.search(lower) else named
    where = f" on {_lower_first(question.part)}" if question.part else ""
    statements = [
        _grade_list(grade, [j for j in pool if j.grade == grade], len(pool), where, source)
        for grade in chosen
    ]
    if EXCEPT.search(lower):
        statements = [s for s, g in zip(statements, chosen, strict=True) if any(j.grade == g for j in pool)]
    return answer(question, source, statements)


def _given(named: tuple[str, ...], scale: Scale, source: Source, counting: bool) -> tuple[str, ...]:
    """The best or the worst grade: of the scale if it is asked how many there are, else of those that were given."""
    used = [name for name in scale.names if any(j.grade == name for j in source.report.judgements)]
    if counting or set(named) & set(used) or not used:
        return named
    return (named[0], used[0]) if named and named[0] == scale.names[0] else (used[-1],)


def _grade_list(grade: str, rows: Sequence[Judgement], total: int, where: str, source: Source) -> Statement:
    if not rows:
        record = source.paragraphs[FINDINGS]
        title = record.text.split("\n", 1)[0]
        text = TEMPLATES["grade_none"].format(total=total, where=where, grade=grade.lower())
        return Statement(text, (source.cite(FINDINGS, 0, len(title)),))
    by_part: dict[str, list[str]] = {}
    for row in rows:
        by_part.setdefault(row.part, []).append(row.area)
    areas = "; ".join(f"{part} – {', '.join(names)}" for part, names in by_part.items())
    text = TEMPLATES["grade_count"].format(
        count=len(rows),
        total=total,
        where=where,
        verb="is" if len(rows) == 1 else "are",
        grade=grade.lower(),
        areas=f": {areas}",
    )
    return Statement(text, tuple(source.cite(FINDINGS, row.start, row.end) for row in rows))


def _by_area(
    question: Question, source: Source, named: tuple[str, ...], intent: bool, lower: str
) -> Answer | None:
    """The grade of the area that the question names, with the sentence of the report that says so."""
    judgements = named_judgements(question, source)
    if not judgements and re.search(r"\boverall\b|\bservices?\b", lower) and intent:
        judgements = tuple(
            j
            for j in source.report.judgements
            if j is _first(source, j.part) and question.part in (None, j.part)
        )
    if not judgements:
        return None
    if question.part and intent and all(j.part != question.part for j in judgements):
        return _no_such_heading(question, source, judgements[0])
    false_premise = bool(named) and not {j.grade for j in judgements} & set(named)
    if WHY.search(lower) and not false_premise:
        return None
    if not intent and not false_premise and not _asks_whether(lower):
        return None
    return answer(question, source, [s for j in judgements for s in judgement_statements(j, source)])


def _no_such_heading(question: Question, source: Source, other: Judgement) -> Answer:
    reason = (
        f"the record of main findings has no “{other.area}” under “{question.part}”, only under "
        f"“{other.part}”"
    )
    related = [FINDINGS, *([other.paragraph] if other.paragraph else [])]
    return refusal(question, source, does_not_say(reason), reason, related=related, confidence=1.0)


def _asks_whether(lower: str) -> bool:
    return bool(re.search(r"^\W*(?:is|are|was|were|did|does|do)\b|\bhow (?:good|well)\b", lower))


def _first(source: Source, part: str) -> Judgement:
    return next(j for j in source.report.judgements if j.part == part)


def judgement_statements(judgement: Judgement, source: Source) -> list[Statement]:
    """What the report says of one judgement: the row of the record, and the paragraph's own sentence if it has one."""
    row = source.cite(FINDINGS, judgement.start, judgement.end)
    text = TEMPLATES["grade"].format(part=judgement.part, area=judgement.area, grade=judgement.grade)
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
