"""Answers about grades, read from the record of main findings, the headings and the grade scale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.sentences import sentence_spans
from corpus.values import FINDINGS, Judgement, Paragraph
from qa.evidence import GENERIC_TERMS
from qa.compose import TEMPLATES, answer, quoted, refusal
from qa.question import Question
from qa.source import Source
from qa.text import plain, terms
from qa.values import Answer, Citation, Statement

SURE = 0.6  # share of an area's name that a question must hold to name it
CLEARLY = 0.8  # likeness from which a second area is named beside the first
MOST_LEFT = 0.34  # share of a question's content, by idf, that may concern something else than grades and areas

# How people call the areas that inspections of children's services grade; the values are words of the areas' names.
CALLED: tuple[tuple[str, str], ...] = (
    (r"\beducation\w*\b|\bschool(?:ing|s)?\b|\blearning\b|\bachiev\w+\b|\bexams?\b|\benjoy\w*\b", "enjoying and achieving"),
    (r"\b(?:nhs|health (?:agenc\w+|services|partners|bodies|side)|hospitals?)\b|\bhelth agenc\w+", "contribution of health agencies"),
    (r"\bhealth(?:y)?\b", "being healthy"),
    (r"\bpartner\w*\b|\b(?:agencies|organisations|they) (?:all )?work(?:ing)? together\b|\bjoint(?:ly)? work\w*|\bmulti-agency\b|\bdifferent agencies\b", "partnership working"),
    (r"\bleader\w*\b|\bpeople running\b|\bthose running\b|\bmanagement and leadership\b|\bin charge\b|\bbosses\b", "leadership and management"),
    (r"\bquality assur\w*|\bperformance\b|\bquality check\w*", "performance management and quality assurance"),
    (r"\bpositive contribution\b|\bparticipation\b|\buser engagement\b|\bhav(?:e|ing) (?:a|their) say\b|\bgiv\w+\b.*\ba say\b|\bvoice\b|\blisten\w+ to\b", "making a positive contribution"),
    (r"\beconomic\b|\bemployment\b|\bjobs?\b|\bfinancial\b|\bmoney\b", "economic well-being"),
    (r"\bfeel(?:ing)? safe\b|\bkeep\w* (?:\w+ ){0,2}safe\b|\bsafety\b", "safe"),
    (r"\bstay(?:ing)? safe\b", "staying safe"),
    (r"\bequalit\w+\b|\bdiversity\b", "equality and diversity"),
    (r"\bambiti\w+\b|\bpriorit\w+\b", "ambition and prioritisation"),
    (r"\bcapacity\b|\bability to improve\b|\bpotential to improve\b|\babl[ey] to improve\b|\bget(?:ting)? better\b", "capacity for improvement"),
    (r"\bquality of (?:the )?(?:provision|services?|work)\b|\bprovision\b", "quality of provision"),
    (r"\boverall\b|\bheadline\b|\beffective\w*\b|\bmain (?:verdict|grade|judg\w+)\b|\bgeneral(?:ly)?\b|\bas a whole\b", "overall effectiveness"),
)  # fmt: skip

_INTENT = re.compile(
    r"\bgrad(?:e|ed|es|ing|ings)\b|\bjudg(?:e|ed|ement|ements|ment|ments)\b|\brat(?:e|ed|ing|ings)\b|\bmark(?:s|ed|ing)?\b|\bscor(?:e|es|ed)\b|\bverdicts?\b|"
    r"\bassess(?:ed|ment) (?:as|of)\b|\b(?:what|which) (?:was|were|is|did) .* (?:get|given|awarded)\b|\bfail(?:ed|ing)?\b|\b[1-4]s\b|\bcame out\b|\bpass(?:ed)?\b|\bcome out\b"
)
_GENERIC = frozenset(
    terms(
        "grade grades graded grading judgement judgements judged rating rated rate mark marks marked marking score scored verdict "
        "verdicts heading headings heading area areas half halves side sides part section awarded given got received overall aspect "
        "aspects categories category came out inspectors ofsted council services service outcome outcomes finding findings "
        "anything lower higher below above worst given gave split spread total tally mean meaning means define definition call something supposed ofsted speak word compare compared comparison better worse same different differ difference versus total number single top highest lowest best "
        "worst reach reached level steps scale point points bits well good adequate inadequate outstanding children people young "
        "provision work working go went against leaving aside each every rest other parts bit headline improvement kids failed fail pass failing"
    )
)
_COUNT = re.compile(r"\bhow many\b|\bnumbers? of\b|\bcount\b|\btally\b|\b(?:a|not a|even a) single\b|\bany\b.*\b(?:outstanding|top)\b|\bwere there (?:any|no)\b|\bnone\b|\banything\b|\bany of\b|\bany grades\b|\bwere any\b")
_PLURAL = re.compile(r"\b(?:adequates|inadequates|goods|outstandings)\b")
_HEADING = re.compile(r"\b(?:areas?|headings?|judg\w+|verdicts?|grades?|ratings?|aspects?|bits|parts|sides|categor\w+|marks?|rows?|table)\b")
_NUMBER_OF_GRADE = re.compile(r"\b(?:what|which) (?:number|grade number|figure)\b")
_FAIR = 0.6  # the same share where the question names a grade and speaks of headings or judgements
_MEANING = re.compile(r"\bmean(?:s|ing|t)?\b|\bdefin\w+\b|\bdefinition\b|\bstands? for\b|\bwhat is (?:an? )?[\"']?(?:outstanding|good|adequate|inadequate)\b|\bcall\w* (?:something|it|a service)\b|\bmeen\b")
_SCALE = re.compile(r"\b(?:scale|steps?|point scale|what grades|which grades|possible grades|grades? (?:are|were) (?:there|used|possible|available)|grading system|how (?:does|do|did) (?:the )?grad\w+ work)\b")
_TOP = re.compile(r"\b(?:top|highest|best) (?:grade|mark|rating|score|judg\w+)\b")
_LOWEST = re.compile(r"\b(?:bottom|lowest|worst) (?:grade|mark|rating|score|judg\w+)\b")
_NAMES = "outstanding|good|adequate|inadequate"
_ABOVE = frozenset({"better", "higher", "above", "more"})
_RELATIVE = re.compile(rf"\b(lower|worse|less|below|better|higher|above|more)(?: than)? ({_NAMES})\b")
_OR_BEYOND = re.compile(rf"\b({_NAMES}) or (better|above|higher|worse|below|lower)\b")
_SPLIT = re.compile(r"\b(?:split|spread|breakdown|break down|distribut\w+|how many (?:judg\w+|grades|verdicts|ratings)|tally|profile)\b")
_GRADE_NUMBER = re.compile(r"\bgrades? ([1-4])\b|\b([1-4])s\b")
_EXCEPT = re.compile(r"\b(?:aside|apart from|other than|except|excluding|not (?!a single|one)|besides)\b")
_WHY = re.compile(r"\bwhy\b|\breasons?\b|\bhow come\b|\bwhat (?:went|made)\b")
_COMPARE = re.compile(r"\bcompar\w+|\bbetter\b|\bworse\b|\bboth\b|\bdiffer\w*\b|\bsame\b|\bversus\b|\bvs?\b|\bhalves\b")
_LATER = re.compile(r"\b(?:current|latest|today|now|present|newest|most recent)\b.*\b(?:rating|grade|judg\w+)\b|\brated (?:now|today)\b")


@dataclass(frozen=True, slots=True)
class Scale:
    """The grades of a report, best first, each with its row of the grade table."""

    paragraph: Paragraph
    rows: tuple[tuple[str, int, int], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The grade words, best first."""
        return tuple(name for name, _, _ in self.rows)


def grade_answer(question: Question, source: Source) -> Answer | None:
    """The answer to a question about grades, ``None`` if it is about something else."""
    if not source.report.judgements:
        return None
    lower = plain(question.text)
    scale = find_scale(source)
    named = named_grades(lower, scale)
    intent = bool(_INTENT.search(lower)) or bool(_COMPARE.search(lower) and re.search(r"\bhal(?:f|ves)\b|\bboth\b", lower))
    if scale and not _left_over(question, source, scale) and (meaning := _meaning_answer(question, source, scale, named, lower)):
        return meaning
    if _LATER.search(lower) or not (intent or named) or _left_over(question, source, scale):
        return None
    return _by_grade(question, source, scale, named, lower) or _by_area(question, source, named, intent, lower)


def find_scale(source: Source) -> Scale | None:
    """The grade scale: a table of a paragraph whose first cells hold every grade that the findings use."""
    used = {j.grade for j in source.report.judgements}
    for paragraph in source.report.paragraphs:
        rows, start = [], 0
        for row in paragraph.rows:
            line = "\t".join(row)
            start = paragraph.text.find(line, start)
            rows.append((row[0].split(" (")[0], start, start + len(line)))
        if used and used <= {name for name, _, _ in rows}:
            return Scale(paragraph, tuple(rows))
    return None


def named_grades(lower: str, scale: Scale | None) -> tuple[str, ...]:
    """The grades that a question names, by word, by number, or as the top or lowest one; best first."""
    if scale is None:
        return ()
    found = {name for name in scale.names if re.search(rf"\b{name.lower()}s?\b", lower)}
    for match in _GRADE_NUMBER.finditer(lower):
        number = int(match[1] or match[2])
        found |= {scale.names[number - 1]} if number <= len(scale.names) else set()
    for match in _RELATIVE.finditer(lower):
        found = (found - {match[2].capitalize()}) | set(_beyond(match[1], match[2], scale))
    found |= {scale.names[0]} if _TOP.search(lower) else set()
    found |= {scale.names[-1]} if _LOWEST.search(lower) else set()
    for match in _OR_BEYOND.finditer(lower):
        found |= {match[1].capitalize()} | set(_beyond(match[2], match[1], scale))
    if re.search(r"\bfail(?:ed|ing|s)?\b", lower):
        found.add(scale.names[-1])
    return tuple(name for name in scale.names if name in found)


def _beyond(direction: str, name: str, scale: Scale) -> tuple[str, ...]:
    """The grades above or below one."""
    place = [n.lower() for n in scale.names].index(name)
    return scale.names[:place] if direction in _ABOVE else scale.names[place + 1 :]


def named_judgements(question: Question, source: Source) -> tuple[Judgement, ...]:
    """The judgements on the one area that a question names, in one half or both."""
    lower = plain(question.text)
    asked = set(question.terms)
    best: dict[str, float] = {}
    for judgement in source.report.judgements:
        best[judgement.area] = max(best.get(judgement.area, 0.0), _likeness(judgement.area, asked, lower, source))
    top = max(best.values(), default=0.0)
    if top < SURE:
        return ()
    areas = [area for area, likeness in best.items() if likeness == top]
    if _COMPARE.search(lower) or " and " in lower:
        areas += [area for area, likeness in best.items() if CLEARLY <= likeness < top and not _shares(area, areas)]
    judgements = tuple(j for j in source.report.judgements if j.area in areas)
    if question.part and any(j.part == question.part for j in judgements):
        judgements = tuple(j for j in judgements if j.part == question.part)
    # More areas than two fit only if the words are too general; then none is meant.
    return judgements if len({j.area for j in judgements}) <= 2 else ()


def _shares(area: str, others: Sequence[str]) -> bool:
    """Whether an area's name has a word in common with another's."""
    return any(set(terms(area)) & set(terms(other)) for other in others)


def _likeness(area: str, asked: set[str], lower: str, source: Source) -> float:
    """How surely a question names an area: the share of the area's telling words that it holds, or 1 for a usual name."""
    name = [t for t in terms(area) if t not in ("children", "peopl", "young")]
    weight = {t: source.vocabulary.idf(t) for t in name}
    share = sum(w for t, w in weight.items() if t in asked) / (sum(weight.values()) or 1.0)
    for place, (pattern, called) in enumerate(CALLED):
        if called in area.lower() and re.search(pattern, lower):
            return max(share, 0.95 - place / 100)
    return share


def _left_over(question: Question, source: Source, scale: Scale | None) -> bool:
    """Whether a good part of the question is about something that no area or grade is called by."""
    lower = plain(question.text)
    for pattern, _ in CALLED:
        lower = re.sub(pattern, " ", lower)
    areas = {t for j in source.report.judgements for t in terms(f"{j.area} {j.part}")}
    known = _GENERIC | GENERIC_TERMS | areas | {t for own in source.part_terms.values() for t in own}
    if scale:
        known |= {t for name in scale.names for t in terms(name)}
    rest = [t for t in dict.fromkeys(terms(lower)) if t not in known and not t.isdigit()]
    weight = source.vocabulary.idf
    asked = plain(question.text)
    sure = bool(_HEADING.search(asked)) and bool(named_grades(asked, scale))
    if sure and re.search(r"\bwhich\b|\blist\b|\bevery\b|\bname the\b|\bhow many\b", asked) and len(rest) <= 2:
        return False
    return sum(map(weight, rest)) > (_FAIR if sure else MOST_LEFT) * sum(map(weight, question.terms))


def _meaning_answer(
    question: Question, source: Source, scale: Scale, named: tuple[str, ...], lower: str
) -> Answer | None:
    number = scale.paragraph.number
    if named and (_MEANING.search(lower) or _NUMBER_OF_GRADE.search(lower)):
        rows = [(start, end) for name, start, end in scale.rows if name in named]
        return answer(question, source, [quoted(source.cite(number, start, end)) for start, end in rows])
    if _SCALE.search(lower) and not _named_areas(question, source):
        whole = quoted(source.cite(number, 0, len(scale.paragraph.text)))
        return answer(question, source, [whole])
    return None


def _named_areas(question: Question, source: Source) -> bool:
    return bool(named_judgements(question, source))


def _by_grade(
    question: Question, source: Source, scale: Scale | None, named: tuple[str, ...], lower: str
) -> Answer | None:
    """Which areas, or how many, have a grade; in the half that the question names, else in both."""
    counting = bool(_COUNT.search(lower) or _PLURAL.search(lower))
    which = bool(re.search(r"\bwhich\b|\bwhat (?:areas|bits|parts|aspects|were|are|was|else)\b|\blist\b|\bname (?:the|all|every|those)\b|\bevery\b|\ball (?:the|of)\b|\bwhere\b|\bother grades\b", lower))
    if scale and not named and _SPLIT.search(lower) and not named_judgements(question, source):
        named, counting = scale.names, True
    if scale and (_TOP.search(lower) or _LOWEST.search(lower)):
        named, counting = _given(named, scale, source, counting), True
    if not named or scale is None or not (counting or which) or _WHY.search(lower):
        return None
    if not counting and named_judgements(question, source):
        return None
    pool = [j for j in source.report.judgements if question.part in (None, j.part)]
    if _EXCEPT.search(lower):
        chosen = tuple(g for g in scale.names if g not in named)
    else:
        chosen = named
    where = f" on {_lower_first(question.part)}" if question.part else ""
    statements = [_grade_list(grade, [j for j in pool if j.grade == grade], len(pool), where, source) for grade in chosen]
    if _EXCEPT.search(lower):
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
        count=len(rows), total=total, where=where, verb="is" if len(rows) == 1 else "are", grade=grade.lower(), areas=f": {areas}"
    )
    return Statement(text, tuple(source.cite(FINDINGS, row.start, row.end) for row in rows))


def _by_area(question: Question, source: Source, named: tuple[str, ...], intent: bool, lower: str) -> Answer | None:
    """The grade of the area that the question names, with the sentence of the report that says so."""
    judgements = named_judgements(question, source)
    if not judgements and re.search(r"\boverall\b|\bservices?\b", lower) and intent:
        judgements = tuple(j for j in source.report.judgements if j is _first(source, j.part) and question.part in (None, j.part))
    if not judgements:
        return None
    if question.part and intent and all(j.part != question.part for j in judgements):
        return _no_such_heading(question, source, judgements[0])
    false_premise = bool(named) and not {j.grade for j in judgements} & set(named)
    if _WHY.search(lower) and not false_premise:
        return None
    if not intent and not false_premise and not _asks_whether(lower):
        return None
    return answer(question, source, [s for j in judgements for s in judgement_statements(j, source)])


def _no_such_heading(question: Question, source: Source, other: Judgement) -> Answer:
    reason = f"the record of main findings has no “{other.area}” under “{question.part}”, only under “{other.part}”"
    related = [FINDINGS, *([other.paragraph] if other.paragraph else [])]
    return refusal(question, source, f"The report does not say: {reason}.", reason, related=related, confidence=1.0)


def _asks_whether(lower: str) -> bool:
    return bool(re.search(r"^\W*(?:is|are|was|were|did|does|do)\b|\bhow (?:good|well)\b", lower))


def _first(source: Source, part: str) -> Judgement:
    return next(j for j in source.report.judgements if j.part == part)


def judgement_statements(judgement: Judgement, source: Source) -> list[Statement]:
    """What the report says of one judgement: the row of the record, with the paragraph's own sentence where it has one."""
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
