"""Answers about what must be done, by whom and by when, read from the lists of recommendations."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from corpus.values import LOCAL_ADDRESSEE, Recommendation
from qa.acronyms import Acronym
from qa.compose import TEMPLATES, answer, does_not_say, quoted, refusal, words
from qa.evidence import GENERIC_TERMS, Candidate, Ranker
from qa.lexicon import NUMBER_WORDS
from qa.question import Question
from qa.source import Source
from qa.text import fold, plain, terms
from qa.values import Answer, Statement

MOST_WORDS = 335  # of a list of actions, so that with its headings it stays below the limit of 350
NEAR = 0.8  # share of the best action's fit from which another action is on the same topic
TELLING = (
    0.97  # share of the best sentence's fit that an action needs where the question only hints at actions
)
ASKED = 0.65  # likelihood of the intent from which a question asks for actions whatever its words
OUTRIGHT = 0.7  # the same where points from all over the report may be wanted
SURELY = 0.5  # the same share where the question is surely about actions
SURE = 0.75  # the same where the question asks for actions, a deadline or an addressee
MATTERS = (
    0.6  # share of the matter named that an action must hold, where a deadline or addressee is named too
)
TOUCHED = 0.3  # share of the topic's content that the best action must have
MOST_ALIKE = 5  # actions on one topic, where the question does not ask for actions in so many words
HELD = 0.75  # share of the topic's content in the best action that another action must have too
VAGUE = 0.5  # share of a question's content below which what is left of it is no topic

_STRONG = re.compile(
    r"\brecommendations?\b|\brecommended\b|\bareas? for improvement\b|\bdead ?lines?\b|"
    r"\btime ?(?:limit|scale|frame)s?\b.*\b(?:for|to)\b|\b(?:what|which|list|all|the|other|"
    r"any) (?:\w+ ){0,2}actions\b|^\W*actions\b|\bactions? (?:points?|tracker|list)\b|"
    r"\bactions (?:for|within|by)\b|\bprotection actions\b|\bto-?do\b|"
    r"\b(?:told|asked|required|ordered|instructed) to\b|\bby when\b|\bhow long (?:have|has|had|did|do|"
    r"does|is|was|were) (?:\w+ ){0,3}(?:got|given|been given|have|get)\b|"
    r"\bhomework\b|\bassigned to\b|\bimprovements?\b.*\b(?:made|needed|required)\b|\bhanded to\b|"
    r"\bput right\b|\bsort(?:ed)? out\b"
)
_WEAK = re.compile(
    r"\bto do\b|\bdo(?:ne|ing)? (?:first|now)\b|\bmust\b|\bshould\b|\b(?:have|has|had|need|needs|"
    r"needed) to\b|\bneeds? (?:doing|fixing|to)\b|\bwant(?:ed)? do(?:ne|ing)\b|\bto be done\b|"
    r"\bwithin\b|\b(?:six|three|twelve|\d+)[- ]months?\b|\b(?:immediate|urgent|first|top) (?:jobs?|"
    r"tasks?|priorit\w+|ones?|things?|changes?|improvements?|steps?)\b"
)
# Beside other things, this asks for actions too.
_ALSO = re.compile(
    r"\bactions?\b|\brecommend\w*|\bdo(?:ne|ing)? about\b|\bremed\w+|\bnext steps?\b|\bchange\b|\bto fix\b"
)
_EACH = re.compile(r"\bboth\b|\beach\b|\bhalves\b|\bwhole report\b")
_HOW_MANY = re.compile(r"\bhow many\b|\bnumber of\b")
_HEALTH = re.compile(
    r"\bhealth (?:people|side|services?|partners?|bod(?:y|ies)|agenc(?:y|ies)|trusts?)\b|\bhospital\b"
)
_NOW = re.compile(
    r"\bimmedi?at\w*\b|\bdo now\b|\b(?:do|done|fix\w*|comes?) first\b|\bfirst on\b|"
    r"\bstr(?:aight|ait|ite) ?away\b|\bno (?:lead-in|delay)\b|\bat the outset\b|"
    r"\bright ?away\b|\burgent(?:ly)?\b|\bat once\b|\bwithout delay\b"
)
_WHEN = re.compile(
    r"\bhow long (?:have|has|had) (?:they|it|he|she|the council)\b|\bdead ?lines?\b|\btime ?(?:limit|"
    r"scale|frame)s?\b|\bby when\b|\bwhen (?:must|should|needs?)\b|"
    r"\bhow soon\b|\bhow many months\b"
)
# What a question names last as its matter.
_MATTER = re.compile(r"\b(?:about|on|regarding|concerning|to do with)\s+(?P<matter>[^?.,;:]{3,60})\W*$")
_HALF_YEAR = re.compile(r"\bhalf[- ](?:a )?year\b")
_MONTHS = re.compile(r"\b(\d+|" + "|".join(NUMBER_WORDS) + r")[ -]months?\b")
_PAST = re.compile(r"\b(?:past|last|previous|over the|during the|for)\b[^?]{0,12}\bmonths?\b")
_GENERIC = frozenset(
    terms(
        "recommendation recommendations action actions area areas improvement improvements deadline "
        "deadlines time limit timescale month months "
        "immediate immediately straight away right urgent urgently told ask asked required need needs do "
        "done doing must should list "
        "council partners authority local side half service services children people young safeguarding "
        "protection looked after care fix fixed put sort "
        "everything tracker ones whatever due inside homework sets set halves report both just first job "
        "jobs handed give given long order improve made make wanted within three six twelve one two "
        "expected supposed ofsted inspectors set today date have has kids point points different items "
        "item whole kingston hand work child protection change enumerate lead"
    )
)


def recommendation_answer(
    question: Question, source: Source, ranker: Ranker, acronyms: tuple[Acronym, ...]
) -> Answer | None:
    """The actions that a question asks for, ``None`` if it asks for something else."""
    lower = _HALF_YEAR.sub("six months", plain(question.text))
    actions = source.report.recommendations
    # A request for points from all over the report may be like one for actions, but wants more than these.
    likely = question.intents.get("actions", 0.0)
    if question.kind == "several" and (likely < OUTRIGHT or not asks_for_actions(question.text)):
        likely = 0.0
    strong = bool(_STRONG.search(lower) or _WHEN.search(lower)) or likely >= ASKED
    counting = likely >= ASKED and bool(_HOW_MANY.search(lower))
    if not actions or not (strong or _WEAK.search(lower)):
        return None
    if question.wants - {"date", "duration"} and not counting:
        return None
    deadline = asked_deadline(lower, actions)
    if deadline == "":
        return _no_such_deadline(question, source)
    addressee = asked_addressees(lower, actions, acronyms)
    pool = [
        r for r in actions if deadline in (None, r.deadline) and (not addressee or r.addressee in addressee)
    ]
    numbered = [r for r in pool if re.search(rf"(?<!\d){re.escape(r.paragraph)}(?!\d)", lower)]
    pool = numbered or _in_half(pool, question, source)
    if counting:
        return answer(question, source, counts(pool, source)) if pool else None
    topic = _topic(question, addressee, acronyms)
    named = deadline is not None or bool(addressee)
    sure = SURELY if likely >= ASKED else SURE if strong or named else TELLING
    lists = [[r for r in pool if r.paragraph == p] for p in dict.fromkeys(r.paragraph for r in pool)]
    asked_of = lists if _EACH.search(lower) else [pool]
    on_topic = [
        action
        for actions_ in asked_of
        for action in (_on_topic(question, source, ranker, actions_, topic, sure) if topic else ())
    ]
    if named and not _hold(on_topic, _matter(lower, topic), source):
        return _no_such_action(question, source, _MATTER.search(lower), deadline)
    if on_topic:
        return _listed(question, source, on_topic, actions)
    vague = sum(map(source.vocabulary.idf, topic)) <= VAGUE * sum(map(source.vocabulary.idf, question.terms))
    return (
        _listed(question, source, pool, actions)
        if (strong and (named or not topic)) or (named and vague)
        else None
    )


def asks_for_actions(text: str) -> bool:
    """Whether a question, as its words go, asks for what must be done."""
    lower = plain(text)
    return bool(_STRONG.search(lower) or _WHEN.search(lower) or _WEAK.search(lower) or _ALSO.search(lower))


def names_no_topic(text: str) -> bool:
    """Whether a question asks for actions or deadlines on nothing that it names: ``what must be done by when``."""
    return set(terms(text)) <= _GENERIC


def asks_for_a_deadline(text: str) -> bool:
    """Whether a question, as its words go, asks when something must be done."""
    return bool(_WHEN.search(plain(text)))


def asked_deadline(lower: str, actions: Sequence[Recommendation]) -> str | None:
    """The deadline that a question names, ``None`` for none, ``""`` for one that no action has."""
    deadlines = list(dict.fromkeys(r.deadline for r in actions))
    if _NOW.search(lower):
        return next((d for d in deadlines if _NOW.search(d.lower())), None)
    found = _MONTHS.search(lower)
    if not found or _PAST.search(lower):
        return None
    number = NUMBER_WORDS.get(found[1], found[1])
    for deadline in deadlines:
        months = _MONTHS.search(plain(deadline))
        if months and NUMBER_WORDS.get(months[1], months[1]) == number:
            return deadline
    return ""


def asked_addressees(
    lower: str, actions: Sequence[Recommendation], acronyms: Sequence[Acronym]
) -> frozenset[str]:
    """The named addressees that a question is about; empty for none, or for the council.

    An addressee is named by a capital short form in its name (``NHS``, ``PCT``, ``LSCB``) or by its long form.
    """
    long = {a.short: a.long for a in acronyms}
    words = set(re.findall(r"[^\W_]+", lower))
    asked = set(terms(fold(lower)))
    found = set()
    for name in dict.fromkeys(r.addressee for r in actions):
        for short in (word for word in name.split() if word.isupper() and name != LOCAL_ADDRESSEE):
            telling = [t for t in terms(long.get(short, "")) if t != "local"]
            spelt = len(telling) > 1 and {telling[0], telling[-1]} <= asked
            if short.lower() in words or spelt or (short == "NHS" and _HEALTH.search(lower)):
                found.add(name)
    return frozenset(found)


def _no_such_deadline(question: Question, source: Source) -> Answer:
    named = ", ".join(f"“{d}”" for d in dict.fromkeys(r.deadline for r in source.report.recommendations))
    reason = f"the report sets no such deadline; its recommendations stand under {named}"
    related = tuple(dict.fromkeys(r.paragraph for r in source.report.recommendations))
    return refusal(question, source, does_not_say(reason), reason, related=related, confidence=1.0)


def _matter(lower: str, topic: Collection[str]) -> list[str]:
    """The terms of the topic among those that the question ends by naming as its matter: ``… about adoption?``."""
    found = _MATTER.search(lower)
    return [t for t in dict.fromkeys(terms(found["matter"])) if t in topic] if found else []


def _hold(actions: Sequence[Recommendation], matter: Sequence[str], source: Source) -> bool:
    """Whether one of the actions holds most of the matter; of no matter at all there is nothing to hold."""
    total = sum(map(source.vocabulary.idf, matter))
    own = (_own_terms(action, source) for action in actions)
    return not matter or any(
        sum(source.vocabulary.idf(t) for t in matter if t in held) >= MATTERS * total for held in own
    )


def _no_such_action(
    question: Question, source: Source, matter: re.Match[str] | None, deadline: str | None
) -> Answer:
    when = f" under “{deadline}”" if deadline else ""
    reason = f"it sets no action{when} on {matter['matter'].strip() if matter else 'this'}"
    related = tuple(dict.fromkeys(r.paragraph for r in source.report.recommendations))
    return refusal(question, source, does_not_say(reason), reason, related=related, confidence=1.0)


def _in_half(pool: Sequence[Recommendation], question: Question, source: Source) -> list[Recommendation]:
    part = question.part
    if part is None and re.search(r"\bchild protection\b", fold(question.text)):
        part = next((p for p in source.parts if "safeguard" in p.lower()), None)
    chosen = [r for r in pool if part in (None, source.part_of(r.paragraph))]
    return chosen or list(pool)


def _topic(question: Question, addressee: frozenset[str], acronyms: Sequence[Acronym]) -> tuple[str, ...]:
    """The content of the question beyond asking for actions."""
    lower = _NOW.sub(" ", _MONTHS.sub(" ", plain(question.text)))
    named = {t for name in addressee for t in terms(name)}
    named |= {t for a in acronyms if a.short in addressee for t in terms(a.long)}
    own = _GENERIC | GENERIC_TERMS | named
    return tuple(t for t in dict.fromkeys(terms(lower)) if t not in own and not t.isdigit())


def _listed(
    question: Question, source: Source, pool: Sequence[Recommendation], actions: Sequence[Recommendation]
) -> Answer | None:
    """All actions of a deadline or addressee; if they are too many to show, how many there are by deadline."""
    if not pool:
        return None
    shown = statements(pool, actions, source)
    if sum(words(s.text) for s in shown) <= MOST_WORDS:
        return answer(question, source, shown)
    shortened = statements(pool, actions, source, short=True)
    if sum(words(s.text) for s in shortened) <= MOST_WORDS:
        return answer(question, source, shortened)
    return answer(question, source, counts(pool, source))


def _on_topic(
    question: Question,
    source: Source,
    ranker: Ranker,
    pool: Sequence[Recommendation],
    topic: Sequence[str],
    enough: float,
) -> list[Recommendation]:
    """The actions on the topic of the question; none unless they fit it nearly as well as the best of the report.

    ``enough`` is the share of the best sentence's fit that is near enough.
    """
    sure = enough < TELLING
    ranked = ranker.rank(question)
    listed = ranked.within({r.paragraph for r in pool}.__contains__)
    fits = {(r.paragraph, r.start): _fit(r, listed) for r in pool}
    known = [t for t in topic if source.vocabulary.has_term(t)]
    held = {
        (r.paragraph, r.start): sum(source.vocabulary.idf(t) for t in known if t in _own_terms(r, source))
        for r in pool
    }
    if not pool or not ranked:
        return []
    total = sum(map(source.vocabulary.idf, known)) or 1.0
    best = max(
        pool, key=lambda r: (fits[r.paragraph, r.start] + held[r.paragraph, r.start] / total, -r.start)
    )
    most = held[best.paragraph, best.start]
    top = fits[best.paragraph, best.start]
    asks_when = sure and bool(_WHEN.search(plain(question.text)))
    beaten = top < max(c.cosine + max(c.question_cosine, 0.0) + c.coverage for c in ranked[:8]) * enough
    if most < TOUCHED * total or (beaten and not asks_when):
        return []
    if asks_when:
        return [best]
    chosen = [
        r
        for r in pool
        if fits[r.paragraph, r.start] >= NEAR * top and held[r.paragraph, r.start] >= HELD * most
    ]
    # A topic that every action shares is no topic: the question is about something else.
    return chosen if sure or len(chosen) <= MOST_ALIKE else []


def _own_terms(action: Recommendation, source: Source) -> frozenset[str]:
    """The terms of an action and of the everyday questions on it alone: broad ones do not tell actions apart."""
    keyed = source.keyed(action.paragraph, action.start, action.end)
    return frozenset(terms(action.text)) | {t for q in keyed if q not in source.broad for t in terms(q)}


def _fit(action: Recommendation, ranked: Sequence[Candidate]) -> float:
    """How well the best sentence of an action fits the question, whatever its paragraph."""
    return max(
        (
            c.cosine + max(c.question_cosine, 0.0) + c.coverage
            for c in ranked
            if c.paragraph == action.paragraph and action.start <= c.start < action.end
        ),
        default=0.0,
    )


def statements(
    pool: Sequence[Recommendation], actions: Sequence[Recommendation], source: Source, *, short: bool = False
) -> list[Statement]:
    """The actions under a heading for each paragraph and deadline; ``short`` leaves out their purpose."""
    shown: list[Statement] = []
    for paragraph, deadline in dict.fromkeys((r.paragraph, r.deadline) for r in pool):
        group = [r for r in pool if (r.paragraph, r.deadline) == (paragraph, deadline)]
        total = sum((r.paragraph, r.deadline) == (paragraph, deadline) for r in actions)
        start = source.paragraphs[paragraph].text.find(deadline)
        text = TEMPLATES["deadline"].format(
            deadline=deadline, count=len(group), total=total, paragraph=paragraph
        )
        shown.append(Statement(text, (source.cite(paragraph, start, start + len(deadline)),)))
        shown += [quoted(source.cite(r.paragraph, r.start, _short_end(r) if short else r.end)) for r in group]
    return shown


def _short_end(action: Recommendation) -> int:
    """Where the purpose of an action begins: at the first ``to ensure``, ``so that`` and the like after some words."""
    found = re.search(
        r",? (?:to ensure|so that|so as to|in order to|ensuring|which include|combined with|to include)\b",
        action.text[20:],
    )
    return action.start + 20 + found.start() if found else action.end


def counts(pool: Sequence[Recommendation], source: Source) -> list[Statement]:
    """How many actions each paragraph lists, by deadline."""
    grouped: Mapping[str, list[Recommendation]] = {
        p: [r for r in pool if r.paragraph == p] for p in dict.fromkeys(r.paragraph for r in pool)
    }
    shown = []
    for paragraph, group in grouped.items():
        text = source.paragraphs[paragraph].text
        deadlines = list(dict.fromkeys(r.deadline for r in group))
        listed = ", ".join(f"{sum(r.deadline == d for r in group)} {d[0].lower()}{d[1:]}" for d in deadlines)
        cited = tuple(source.cite(paragraph, text.find(d), text.find(d) + len(d)) for d in deadlines)
        filled = TEMPLATES["deadline_counts"].format(paragraph=paragraph, total=len(group), counts=listed)
        shown.append(Statement(filled, cited))
    return shown
