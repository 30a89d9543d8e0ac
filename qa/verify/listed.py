"""Claims on how many judgements or actions there are, set beside the report's own lists instead of its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.values import FINDINGS, Judgement, Recommendation
from qa.lexicon import NUMBER_WORDS
from qa.question import named_part
from qa.source import Source
from qa.text import plain, terms
from qa.values import Evidence
from qa.verify.values import Problem, Verdict

LIKELY, UNLIKELY = 0.95, 0.02  # likelihoods that a list settles a claim one way or the other

_NUMBER = r"(\d+|none|no|" + "|".join(NUMBER_WORDS) + ")"
_JUDGEMENTS = re.compile(
    rf"^{_NUMBER} of the {_NUMBER} judgements?(?P<where> (?:on|of|in|under) [^:;]*?)? (?:is|are|was|were) "
    r"(?P<grade>[a-z ]{1,40}?)(?:: (?P<areas>.*))?\W*$"
)
_ACTIONS = re.compile(
    rf"^(?:(?:the report|it|this|which) )?(?:lists?|has|makes|sets out) {_NUMBER} (?:actions|recommendations)"
    r"(?:: (?P<counts>.*))?\W*$"
)


def listed(claim: str, cited: Sequence[str], source: Source) -> Verdict | None:
    """The verdict on a claim that counts judgements or actions; ``None`` for any other claim."""
    lower = plain(claim).strip()
    if found := _JUDGEMENTS.match(lower):
        return _judgements(found, source)
    if found := _ACTIONS.match(lower):
        return _actions(found, cited, source)
    return None


def _judgements(found: re.Match[str], source: Source) -> Verdict | None:
    where = found["where"] or ""
    part = named_part(terms(where), source.part_terms)
    if where and part is None:
        return None
    rows = [row for row in source.report.judgements if part in (None, row.part)]
    graded = [row for row in rows if row.grade.lower() == found["grade"]]
    if not rows:
        return None
    told = {term for row in graded for term in terms(f"{row.part} {row.area}")}
    strange = set(terms(found["areas"] or "")) - told
    evidence = tuple(_row(row, source) for row in graded or rows)
    if (_value(found[1]), _value(found[2])) == (len(graded), len(rows)) and not strange:
        return Verdict("supported", evidence, likelihood=LIKELY)
    detail = (
        f"the draft says {found[1]} of {found[2]}; the record of main findings has {len(graded)} of {len(rows)}"
        if not strange
        else f"the record of main findings gives {found['grade']} to others than the draft says"
    )
    return Verdict("not_supported", evidence, (Problem("number", detail),), (FINDINGS,), UNLIKELY)


def _actions(found: re.Match[str], cited: Sequence[str], source: Source) -> Verdict | None:
    actions = [r for r in source.report.recommendations if not cited or r.paragraph in cited]
    if not actions:
        return None
    deadlines = {r.deadline.lower(): r.deadline for r in actions}
    counted = re.findall(rf"{_NUMBER} ({'|'.join(map(re.escape, deadlines))})", found["counts"] or "")
    left = re.sub(rf"{_NUMBER} (?:{'|'.join(map(re.escape, deadlines))})", " ", found["counts"] or "")
    if terms(left):
        return None  # it counts by something else
    evidence = tuple(_heading(deadlines[d], actions, source) for _, d in counted) or (
        source.cite(actions[0].paragraph, actions[0].start, actions[0].end).evidence,
    )
    wrong = [
        (said, sum(r.deadline.lower() == deadline for r in actions), f" {deadline}")
        for said, deadline in counted
        if _value(said) != sum(r.deadline.lower() == deadline for r in actions)
    ]
    if _value(found[1]) != len(actions):
        wrong.insert(0, (found[1], len(actions), ""))
    if not wrong:
        return Verdict("supported", evidence, likelihood=LIKELY)
    said, has, when = wrong[0]
    detail = f"the draft says {said}{when}; the report lists {has}"
    places = tuple(dict.fromkeys(r.paragraph for r in actions))
    return Verdict("not_supported", evidence, (Problem("number", detail),), places, UNLIKELY)


def _row(row: Judgement, source: Source) -> Evidence:
    return source.cite(FINDINGS, row.start, row.end).evidence


def _heading(deadline: str, actions: Sequence[Recommendation], source: Source) -> Evidence:
    """The line of a deadline in the paragraph that lists its actions."""
    number = next(r.paragraph for r in actions if r.deadline == deadline)
    start = max(source.paragraphs[number].text.find(deadline), 0)
    return source.cite(number, start, start + len(deadline)).evidence


def _value(word: str) -> int:
    if word in ("none", "no"):
        return 0
    return int(NUMBER_WORDS.get(word, word))
