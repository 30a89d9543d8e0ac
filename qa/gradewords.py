"""What a question on grades says: which grades, which areas, and whether it is about grades at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.values import Judgement, Paragraph
from qa.evidence import GENERIC_TERMS
from qa.question import Question
from qa.source import Source
from qa.text import plain, terms

SURE = 0.6  # share of an area's name that a question must hold to name it
CLEARLY = 0.8  # likeness from which a second area is named beside the first
MOST_LEFT = (
    0.34  # share of a question's content, by idf, that may concern something else than grades and areas
)

# How people call the areas that inspections of children's services grade; the values are words of the areas' names.
CALLED: tuple[tuple[str, str], ...] = (
    (
        r"\b(?:nhs|health (?:agenc\w+|services|partners|bodies|side)|hospitals?)\b|\bhelth agenc\w+",
        "contribution of health agencies",
    ),
    (r"\bhealth(?:y)?\b", "being healthy"),
    (
        r"\bpartner\w*\b|\b(?:agencies|organisations|they) (?:all )?work(?:ing)? together\b|"
        r"\bpull\w* together\b|\bteam\w* up\b|\bjoined[- ]up\b|\bjoint(?:ly)? work\w*|\bmulti-agency\b|"
        r"\bdifferent agencies\b",
        "partnership working",
    ),
    (
        r"\bleader\w*\b|\bat the top\b|\btop team\b|\bsenior (?:team|managers|management)\b|"
        r"\bpeople running\b|\bthose running\b|\bmanagement and leadership\b|\bin charge\b|"
        r"\bbosses\b",
        "leadership and management",
    ),
    (
        r"\bcheck\w* (?:(?:on|up on) )?(?:its|their|the council's) own\b|\bmonitor\w*\b|\bquality assur\w*|"
        r"\bperformance\b|\bquality check\w*",
        "performance management and quality assurance",
    ),
    (
        r"\bpositive contribution\b|\bparticipation\b|\buser engagement\b|\bhav(?:e|ing) (?:a|"
        r"their) say\b|\bgiv\w+\b.*\ba say\b|\bvoice\b|\blisten\w+ to\b",
        "making a positive contribution",
    ),
    (r"\beconomic\b|\bemployment\b|\bjobs?\b|\bfinancial\b|\bmoney\b", "economic well-being"),
    (r"\bfeel(?:ing)? safe\b|\bkeep\w* (?:\w+ ){0,2}safe\b|\bsafety\b", "safe"),
    (r"\bstay(?:ing)? safe\b", "staying safe"),
    (
        r"\beducation\w*\b|\bschool(?:ing|s)?\b|\blearning\b|\bachiev\w+\b|\bexams?\b|\benjoy\w*\b",
        "enjoying and achieving",
    ),
    (r"\bequalit\w+\b|\bdiversity\b", "equality and diversity"),
    (r"\bambiti\w+\b|\bpriorit\w+\b", "ambition and prioritisation"),
    (
        r"\bcapacity\b|\bability to improve\b|\bpotential to improve\b|\babl[ey] to improve\b|"
        r"\bget(?:ting)? better\b|\bsort\w* (?:it |things |itself )?out\b|"
        r"\bturn\w* (?:it|things|itself) (?:a)?round\b|"
        r"\bprospects?\b|\b(?:chances?|likel\w+) (?:of|to) (?:\w+ ){0,3}(?:improv\w+|better)\b",
        "capacity for improvement",
    ),
    (r"\bquality of (?:the )?(?:provision|services?|work)\b|\bprovision\b", "quality of provision"),
    (
        r"\boverall\b|\bheadline\b|\beffective\w*\b|\bmain (?:verdict|grade|judg\w+)\b|\bgeneral(?:ly)?\b|"
        r"\bas a whole\b",
        "overall effectiveness",
    ),
)

INTENT = re.compile(
    r"\bgrad(?:e|ed|es|ing|ings)\b|\bjudg(?:e|ed|ement|ements|ment|ments)\b|\brat(?:e|ed|ing|ings)\b|"
    r"\bmark(?:s|ed|ing)?\b|\bscor(?:e|es|ed)\b|\bverdicts?\b|"
    r"\bassess(?:ed|ment) (?:as|of)\b|\b(?:what|which) (?:was|were|is|did) .* (?:get|given|awarded)\b|"
    r"\bfail(?:ed|ing)?\b|\b[1-4]s\b|\bcame out\b|\bpass(?:ed)?\b|\bcome out\b"
)
_GENERIC = frozenset(
    terms(
        "grade grades graded grading judgement judgements judged rating rated rate mark marks marked "
        "marking score scored verdict "
        "verdicts heading headings heading area areas half halves side sides part section awarded given "
        "got received overall aspect "
        "aspects categories category came out inspectors ofsted council services service outcome "
        "outcomes finding findings "
        "anything lower higher below above worst given gave split spread total tally mean meaning means meant "
        "define definition call something supposed ofsted speak word compare compared comparison better "
        "worse same different differ difference versus total number single top highest lowest best "
        "worst reach reached level steps scale point points bits well good adequate inadequate "
        "outstanding children people young "
        "provision work working go went against leaving aside each every rest other parts bit headline "
        "improvement kids failed fail pass failing"
    )
)
COUNT = re.compile(
    r"\bhow many\b|\bnumbers? of\b|\bcount\b|\btally\b|\b(?:a|not a|even a) single\b|"
    r"\bany\b.*\b(?:outstanding|top)\b|\bwere there (?:any|no)\b|\bnone\b|\banything\b|\bany of\b|"
    r"\bany grades\b|\bwere any\b"
)
PLURAL = re.compile(r"\b(?:adequates|inadequates|goods|outstandings)\b")
_HEADING = re.compile(
    r"\b(?:areas?|headings?|judg\w+|verdicts?|grades?|ratings?|aspects?|bits|parts|sides|categor\w+|"
    r"marks?|rows?|table)\b"
)
NUMBER_OF_GRADE = re.compile(r"\b(?:what|which) (?:number|grade number|figure)\b")
_FAIR = 0.6  # the same share where the question names a grade and speaks of headings or judgements
MEANING = re.compile(
    r"\bmean(?:s|ing|t)?\b|\bdefin\w+\b|\bdefinition\b|\bstands? for\b|"
    r"\bwhat is (?:an? )?[\"']?(?:outstanding|good|adequate|inadequate)\b|\bcall\w* (?:something|it|"
    r"a service)\b|\bmeen\b"
)
SCALE = re.compile(
    r"\bhow many (?:different )?(?:grades?|marks?|levels?|ratings?|steps) (?:are there|can|could|does|do)\b|"
    r"\b(?:could|can) (?:the )?(?:inspectors|they|ofsted) (?:give|hand out|award|use)\b|"
    r"\b(?:scale|steps?|point scale|what grades|which grades|possible grades|grades? (?:are|"
    r"were) (?:there|used|possible|available)|grading system|how (?:does|do|"
    r"did) (?:the )?grad\w+ work)\b"
)
WORST = re.compile(
    r"\bfail(?:ed|ing|s)?\b(?! to\b)|\bflunk\w*|\blets?\b.*\bdown\b|"
    r"\b(?:bottom|worst|weakest|lowest|poorest|red|worried|worry)\b|"
    r"\b(?:didn'?t|did not|doesn'?t|does not|not) (?:pass|meet)\b|\bbelow (?:the )?minimum\b|"
    r"\bmost improvement\b"
)
BEST = re.compile(r"\b(?:top(?! line)|best|highest|strongest|star|shone|shine|well in|do well)\b")
BARELY = re.compile(
    r"\bsatisfactory\b|\b(?:only|just|bare\w*)\b.*\b(?:minimum|met|meets?|pass\w*)\b|\bpass only\b"
)
BEYOND = re.compile(r"\bexceed\w*|\b(?:above|more than|beyond) (?:the )?minimum\b")
PASSED = re.compile(r"\bpass(?:ed|es)?\b")
_NAMES = "outstanding|good|adequate|inadequate|[1-4]"
_ABOVE = frozenset({"better", "higher", "above", "more"})
_RELATIVE = re.compile(rf"\b(lower|worse|less|below|better|higher|above|more)(?: than)? ({_NAMES})\b")
_OR_BEYOND = re.compile(rf"\b({_NAMES}) or (better|above|higher|worse|below|lower)\b")
SPLIT = re.compile(
    r"\b(?:split|spread|breakdown|break down|distribut\w+|how many (?:judg\w+|grades|verdicts|"
    r"ratings)|tally|profile)\b"
)
_GRADE_NUMBER = re.compile(
    r"\bgraded? ([1-4])\b|\b([1-4])s\b|\b(?:an?|got|scored?|rated|marked) ([1-4])\b(?! or)(?! of)"
)
EXCEPT = re.compile(
    r"\b(?:aside|other than|except|excluding|not (?!a single|one|meet|pass)|weren'?t|wasn'?t|escaped?|"
    r"avoided)\b|"
    r"\bapart from (?:the )?(?:outstanding|good|adequate|inadequate)"
)
WHY = re.compile(r"\bwhy\b|\breasons?\b|\bhow come\b|\bwhat (?:went|made)\b")
COMPARE = re.compile(
    r"\bcompar\w+|\bbetter\b|\bworse\b|\bboth\b|\bdiffer\w*\b|\bsame\b|\bversus\b|\bvs?\b|\bhalves\b"
)
# Words of which a graded thing is no area of this inspection: other authorities, other inspections, single cases.
OTHERS = re.compile(
    r"\b(?:which|what|any) (?:\w+ )?schools?\b|"
    r"\bgcses?\b|\benglish\b|\bmaths\b|\bexams?\b|\bkey stage\b|\bspecial schools?\b|\bchildminders?\b|"
    r"\byouth offending\b|\bneighbour\w*\b|\b(?:another|next) (?:borough|council|authority)\b|"
    r"\bother (?:\w+ ){0,2}(?:boroughs?|councils?|authorit)|"
    r"\b(?:fostering|adoption) (?:and adoption )?(?:service|inspection|agency|mark|grade)|"
    r"\b(?:19|20)(?:0\d|10|11)\b|\bcases?\b|\bplacements?\b"
)
LATER = re.compile(
    r"\b(?:current|latest|today|now|present|newest|most recent)\b.*\b(?:rating|grade|judg\w+)\b|"
    r"\brated (?:now|today)\b"
)


# Words without which no question is about grades, however much it is like one.
SIGN = re.compile(
    r"\bgrad\w+|\bjudg\w+|\brat(?:e|ed|ing|ings|es)\b|\bmark\w*|\bscor\w+|\bverdicts?\b|\bpass\w*|\bfail\w*|"
    r"\bflunk\w*|"
    r"\b(?:best|worst|top|bottom|highest|lowest|strongest|weakest|better|worse|minimum|result|results|"
    r"headings?|red|scale|"
    r"given|awarded|compare\w*|reckon|tally|outcome|came out|come out|"
    r"how (?:did|good|was|were|is|are|well))\b|\b[1-4]s?\b|"
    r"\b(?:outstandings?|goods?|adequates?|inadequates?|satisfactory)\b|\brequire[sd]? improvement\b"
)
NOT_GRADES = re.compile(r"\b(?:tiers?|key stages?|sections?|ages?|aged|years?)(?: (?:\d+|and|to|or))+\b")
"""Numbers that look like those of grades and are not."""
ALL = re.compile(r"\b(?:each|all|every|everything|full|whole|complete|five|list)\b")
ACROSS = re.compile(
    r"\b(?:differ\w*|same|identical|lower|higher|better|worse|match\w*)\b.*\b(?:halves|half|parts?|sides?|"
    r"both|safeguarding|"
    r"looked after|lac|care)\b|\b(?:but|halves|both)\b.*\b(?:differ\w*|same|lower|higher|better|worse)\b"
)
AREA, WHICH, TALLY, MEANS = "grade_area", "grade_which", "grade_count", "grade_meaning"


# The scales of inspections, best first, for reports that do not print theirs.
SCALES = (
    ("Outstanding", "Good", "Adequate", "Inadequate"),
    ("Outstanding", "Good", "Requires improvement", "Inadequate"),
    ("Outstanding", "Good", "Requires improvement to be good", "Inadequate"),
    ("Outstanding", "Good", "Satisfactory", "Inadequate"),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """The grades of a report, best first, and their rows in the grade table if the report prints one."""

    names: tuple[str, ...]
    paragraph: Paragraph | None = None
    rows: tuple[tuple[str, int, int], ...] = ()


def find_scale(source: Source) -> Scale | None:
    """The grade scale: a table of a paragraph whose first cells hold every grade that the findings use.

    Where the report prints none, a usual scale that holds them, in the report's own spelling.
    """
    used = {j.grade for j in source.report.judgements}
    for paragraph in source.report.paragraphs:
        rows, start = [], 0
        for row in paragraph.rows:
            line = "\t".join(row)
            start = paragraph.text.find(line, start)
            rows.append((row[0].split(" (")[0], start, start + len(line)))
        if used and used <= {name for name, _, _ in rows}:
            return Scale(tuple(name for name, _, _ in rows), paragraph, tuple(rows))
    spelt = {name.lower(): name for name in used}
    usual = next((names for names in SCALES if set(spelt) <= {name.lower() for name in names}), None)
    return Scale(tuple(spelt.get(name.lower(), name) for name in usual)) if used and usual else None


def named_grades(lower: str, scale: Scale | None, used: Sequence[str] = ()) -> tuple[str, ...]:
    """The grades that a question names, by word, by number, by what they mean or as the best or worst; best first.

    ``used`` are the grades that were given: the best of them is meant by the top one where the top one was not given.
    """
    if scale is None:
        return ()
    found = {name for name in scale.names if re.search(spoken(name), lower)}
    for match in _GRADE_NUMBER.finditer(lower):
        found |= set(scale.names[int(match[1] or match[2] or match[3]) - 1 :][:1])
    for match in _RELATIVE.finditer(lower):
        found = (found - {_name(match[2], scale)}) | set(_beyond(match[1], match[2], scale))
    for match in _OR_BEYOND.finditer(lower):
        found |= {_name(match[1], scale)} | set(_beyond(match[2], match[1], scale))
    if not found:
        found = _meant(lower, scale, used)
    return tuple(name for name in scale.names if name in found)


def spoken(name: str) -> str:
    """The pattern of a grade as people say it: ``requires improvement`` may be ``require`` or ``required`` it."""
    return rf"\b{re.sub(r'^requires', 'require[sd]?', name.lower())}s?\b"


def _meant(lower: str, scale: Scale, used: Sequence[str]) -> set[str]:
    """The grades that a question means without naming them: the worst, the best, those that pass."""
    given = [name for name in scale.names if name in used] or list(scale.names)
    if WORST.search(lower):
        return {given[-1]}
    if BEST.search(lower):
        return {scale.names[0]} if COUNT.search(lower) else {scale.names[0], given[0]}
    if BARELY.search(lower):
        return {scale.names[-2]}
    if BEYOND.search(lower):
        return set(scale.names[:-2])
    return set(scale.names[:-1]) if PASSED.search(lower) else set()


def _name(word: str, scale: Scale) -> str:
    """The grade behind its word or number."""
    return scale.names[int(word) - 1] if word.isdigit() else word.capitalize()


def _beyond(direction: str, word: str, scale: Scale) -> tuple[str, ...]:
    """The grades above or below one."""
    place = scale.names.index(_name(word, scale))
    return scale.names[:place] if direction in _ABOVE else scale.names[place + 1 :]


def named_judgements(question: Question, source: Source) -> tuple[Judgement, ...]:
    """The judgements on the one area that a question names, in one half or both."""
    lower = plain(question.text)
    asked = set(question.terms)
    best: dict[str, float] = {}
    for judgement in source.report.judgements:
        best[judgement.area] = max(
            best.get(judgement.area, 0.0), _likeness(judgement.area, asked, lower, source)
        )
    top = max(best.values(), default=0.0)
    if top < SURE:
        return _only_area(question, source)
    areas = [area for area, likeness in best.items() if likeness == top]
    if COMPARE.search(lower) or " and " in lower:
        areas += [
            area for area, likeness in best.items() if CLEARLY <= likeness < top and not _shares(area, areas)
        ]
    judgements = tuple(j for j in source.report.judgements if j.area in areas)
    if question.part and any(j.part == question.part for j in judgements):
        judgements = tuple(j for j in judgements if j.part == question.part)
    # More areas than two fit only if the words are too general; then none is meant.
    return judgements if len({j.area for j in judgements}) <= 2 else ()


def _only_area(question: Question, source: Source) -> tuple[Judgement, ...]:
    """The judgements on the one area whose name holds all that a question asks for besides grades.

    Only in a report without a scale of its own: the areas of others are called by names that are known here.
    """
    scale = find_scale(source)
    if scale is None or scale.paragraph is not None:
        return ()
    asked = {t for t in question.terms if t not in _GENERIC and t not in GENERIC_TERMS}
    fitting = [j for j in source.report.judgements if asked and asked <= set(terms(j.area))]
    return tuple(fitting) if len({j.area for j in fitting}) == 1 else ()


def _shares(area: str, others: Sequence[str]) -> bool:
    """Whether an area's name has a word in common with another's."""
    return any(set(terms(area)) & set(terms(other)) for other in others)


def _likeness(area: str, asked: set[str], lower: str, source: Source) -> float:
    """How surely a question names an area: the share of its telling words there, or nearly 1 for a usual name."""
    name = [t for t in terms(area) if t not in ("children", "peopl", "young")]
    weight = {t: source.vocabulary.idf(t) for t in name}
    share = sum(w for t, w in weight.items() if t in asked) / (sum(weight.values()) or 1.0)
    for place, (pattern, called) in enumerate(CALLED):
        if called in area.lower() and re.search(pattern, lower):
            return max(share, 0.95 - place / 100)
    return share


def left_over(question: Question, source: Source, scale: Scale | None) -> bool:
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
    if (
        sure
        and re.search(r"\bwhich\b|\blist\b|\bevery\b|\bname the\b|\bhow many\b", asked)
        and len(rest) <= 2
    ):
        return False
    return sum(map(weight, rest)) > (_FAIR if sure else MOST_LEFT) * sum(map(weight, question.terms))
