"""What in a sentence is not said by its evidence, word for word: rules, each of which says yes or no.

Every rule compares a sentence with the words of a report that are to support it. Which of them nothing outweighs, and
where, is decided in :mod:`qa.verify.statements`; the others are signs among many.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Set

from qa.lexicon import NUMBER_WORDS, STOP_WORDS
from qa.text import plain, stem, terms, words
from qa.verify.counted import counted_alike
from qa.verify.signs import GRADES, MONTHS, opposites, values_of
from qa.verify.tone import clauses, done, slots
from qa.verify.values import Kind

REACH = 3  # content words behind a negator or a limit that it is about
BESIDE = (
    3  # content words on each side of a figure or grade of which the evidence must have one beside it too
)
REPORTING = frozenset(
    terms(
        "report reports reported inspection inspectors inspector found find finding findings says said say states "
        "stated state noted notes note according describes described identifies identified highlights mentions "
        "mentioned paragraph also however additionally furthermore overall concluded judged"
    )
)
"""Terms with which a sentence says where it has something from; they claim nothing."""

_NUMBER = re.compile(r"(?:£\s?)?\d+(?:[.,]\d+)*")
_ONE = re.compile(r"\b(?:one|1|single|once|first)\b")
_ORDINAL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|once|twice|thrice|half|halves|"
    r"thirds?|quarters?|dozen\w*|hundreds?|thousands?|millions?|billions?|double[ds]?|triple[ds]?|doubling|\w+fold)\b"
)
_DAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b")
_UNIT = re.compile(r"(?:£|%|\bper ?cent\b|\bpounds?\b|\bpercentage points?\b)")
_MAY = re.compile(r"\bMay\b")
_NEGATOR = re.compile(
    r"not|no|never|none|neither|nor|without|cannot|nobody|nothing|\w+n't|lack\w*|absence|fail|fails|failed|failing|"
    r"few|little|seldom|rarely|hardly|scarcely|barely|yet|unable|refus\w+|declin\w+|stopp\w+|ceas\w+|rather|instead"
)
_UNIVERSAL = re.compile(
    r"\b(?:all|every|each|always|never|only|entirely|fully|completely|wholly|whole|everyone|everybody|invariably|"
    r"solely|sole|totally|any|none|nobody|universal\w*|without exception|no longer|permanent\w*|guarantee\w*|"
    r"consistently|throughout|everywhere|perfect\w*|exclusively|absolutely|definitely|certainly|proven|best|worst|"
    r"largest|highest|lowest|extremely|significantly|dramatically|substantially|"
    r"exceptional\w*|immediately|unanimous\w*|must|will|already)\b"
)
_ABSOLUTE = re.compile(
    r"\b(?:all|every|each|always|never|everyone|everybody|only|fully|entirely|completely|none|nobody|"
    r"no longer|guaranteed?s?)\b"
)
_LIMITS = {
    "most": "most majority mostly largely generally usually mainly predominantly",
    "some": "some several certain",
    "few": "few minority little",
    "many": "many",
    "almost": "almost nearly",
    "often": "often frequently regularly",
    "sometimes": "sometimes occasionally",
    "partly": "partly partial partially",
    "may": "may might could possibly potentially perhaps",
    "planned": "plan plans planned planning intend intends intended proposed aim aims aimed hope hopes due",
    "starting": "beginning becoming starting emerging developing underway progress",
    "should": "should ought",
    "until": "until recently previously formerly once",
    "exception": "except exception exceptions unless",
}
_CLASS = {word: name for name, row in _LIMITS.items() for word in row.split()}
_STRENGTH = {"few": 1, "some": 2, "sometimes": 2, "partly": 2, "many": 3, "often": 3, "most": 4, "almost": 5}
_CAPITAL = re.compile(r"\b[A-Z][\w&'’-]*")
_CAUSE = re.compile(
    r"\b(?:because|due to|as a result|resulting|caused?|causes|leads? to|led to|therefore|thanks to|owing to|"
    r"consequently|thereby)\b"
)

Rule = Callable[[str, str], bool]


def problems(
    claim: str,
    evidence: str,
    *,
    around: str = "",
    held: Set[str] = frozenset(),
    ordinary: Callable[[str], bool] = bool,
) -> tuple[Kind, ...]:
    """The kinds of what a claim says and its evidence does not, each once; empty when every rule is kept."""
    return kinds_of(broken(claim, evidence, around=around, held=held, ordinary=ordinary))


def broken(
    claim: str,
    evidence: str,
    *,
    around: str = "",
    held: Set[str] = frozenset(),
    ordinary: Callable[[str], bool] = bool,
) -> frozenset[str]:
    """The names of the rules that a claim breaks beside its evidence.

    ``around`` are further words that may name things (headings, the report's title), ``held`` are terms that count as
    said (long and short forms), and ``ordinary`` tells of a lower-case word whether it is a common one.
    """
    found = {name for name, (_, rule) in _BY_NAME.items() if rule(claim, evidence)}
    named = Counter(_names(claim, ordinary))
    more = named - Counter(_name_stems(evidence))
    if set(more) - set(_name_stems(around)) - held or any(named[name] > 1 for name in set(more) & held):
        found.add(NAMES)
    return frozenset(found)


def kinds_of(rules: Set[str]) -> tuple[Kind, ...]:
    """The kinds of what rules are about, each once, in a fixed order."""
    found: list[Kind] = [kind for name, (kind, _) in _BY_NAME.items() if name in rules]
    if NAMES in rules:
        found.append("name")
    return tuple(dict.fromkeys(found))


def unsaid(claim: str, held: Set[str]) -> tuple[str, ...]:
    """The content terms of a claim that its evidence does not hold, those that only tell of the report left out."""
    return tuple(term for term in dict.fromkeys(terms(claim)) if term not in held and term not in REPORTING)


def absolute(claim: str, evidence: str) -> bool:
    """Whether a claim leaves no exception with a word that its evidence lacks."""
    return bool(set(_ABSOLUTE.findall(plain(claim))) - set(_ABSOLUTE.findall(plain(evidence))))


def _number(claim: str, evidence: str) -> bool:
    told = values_of(evidence).numbers | set(_digits(evidence))
    said = values_of(claim).numbers | set(_digits(claim))
    return bool(said - told) or bool(Counter(_digits(claim)) - Counter(_digits(evidence)))


def _one(claim: str, evidence: str) -> bool:
    return bool(_ONE.search(plain(claim))) and not _ONE.search(plain(evidence))


def _ordinal(claim: str, evidence: str) -> bool:
    return bool(set(_ORDINAL.findall(plain(claim))) - set(_ORDINAL.findall(plain(evidence))))


def _unit(claim: str, evidence: str) -> bool:
    def units(text: str) -> set[str]:
        return {"£" if u in "£pounds" else "%" for u in _UNIT.findall(plain(text))}

    return bool(units(claim) - units(evidence))


def _moved_number(claim: str, evidence: str) -> bool:
    """Whether a figure stands beside other words than in the evidence."""
    numbers = values_of(claim).numbers
    if any((alike := counted_alike(claim, n, evidence)) and n not in alike for n in numbers):
        return True
    return _moved(claim, evidence, lambda word: _as_digits(word) is not None)


def _moved_grade(claim: str, evidence: str) -> bool:
    several = len(values_of(evidence).grades) > 1
    return several and _moved(claim, evidence, lambda word: word in GRADES)


def _moved(claim: str, evidence: str, chosen: Callable[[str], bool]) -> bool:
    for reach in (1, BESIDE):
        told = list(_beside(evidence, chosen, reach))
        for value, near in _beside(claim, chosen, reach):
            own = [len(near & other) for said, other in told if said == value]
            rivals = [len(near & other) for said, other in told if said != value]
            if own and near and (max(rivals, default=0) > max(own) or (reach == BESIDE and not max(own))):
                return True
    return False


def _beside(text: str, chosen: Callable[[str], bool], reach: int) -> Iterator[tuple[str, frozenset[str]]]:
    """Each chosen word in normal form, with the terms of the content words on both sides of it."""
    said = [word for word in words(text) if word not in STOP_WORDS or chosen(word)]
    for place, word in enumerate(said):
        if chosen(word):
            near = said[max(place - reach, 0) : place] + said[place + 1 : place + 1 + reach]
            others = [w for w in near if not chosen(w)]
            yield _as_digits(word) or word, frozenset(terms(" ".join(others)))


def _digits(text: str) -> list[str]:
    return [match.strip("£ ").replace(",", "").rstrip(".") for match in _NUMBER.findall(text)]


def _as_digits(word: str) -> str | None:
    bare = word.rstrip("%")
    if re.fullmatch(r"\d+(?:[.,]\d+)*", bare):
        return bare.replace(",", "")
    return NUMBER_WORDS.get(word) if word != "one" else None


def _date(claim: str, evidence: str) -> bool:
    if values_of(claim).periods - values_of(evidence).periods:
        return True
    months = set(MONTHS) - {"may", "march"}
    said = set(words(claim)) & months
    if said - set(words(evidence)) or set(_DAY.findall(plain(claim))) - set(_DAY.findall(plain(evidence))):
        return True
    return bool(_MAY.search(claim)) and not _MAY.search(evidence)


def _grade(claim: str, evidence: str) -> bool:
    said, told = (Counter(w for w in words(text) if w in GRADES) for text in (claim, evidence))
    return bool(values_of(claim).grades - values_of(evidence).grades or said - told)


def _group(claim: str, evidence: str) -> bool:
    return any(slots(claim, name) - slots(evidence, name) for name in ("group", "body"))


def _denied(claim: str, evidence: str) -> bool:
    """Whether one text denies of a word what the other does not."""
    mine, theirs = set(terms(claim)), set(terms(evidence))
    said, told = _scopes(claim), _scopes(evidence)
    for scope in said:
        if not any(scope & other for other in told) and (scope & theirs or not told):
            return True
    return any(
        2 * len(scope & mine) > len(scope) and not any(scope & other for other in said) for scope in told
    )


def _scopes(text: str) -> list[frozenset[str]]:
    """For each negator of a text the terms of the few content words behind it in its clause."""
    found = []
    for clause in clauses(text):
        said = re.findall(r"[\w'-]+", clause)
        for place, word in enumerate(said):
            if _NEGATOR.fullmatch(word) and " ".join(said[place : place + 2]) != "not only":
                behind = [t for t in terms(" ".join(said[place + 1 :])) if t not in REPORTING]
                found.append(frozenset(behind[:REACH]))
    return found


def _more_denials(claim: str, evidence: str) -> bool:
    """Whether a claim denies more often than its evidence does, or never where the clause it is from does."""
    own = len(_scopes(claim))
    if own > len(_scopes(evidence)):
        return True
    mine = set(terms(claim))
    parts = [(part, set(terms(part))) for part in clauses(evidence)]
    needed = [p for p, held in parts if len(held & mine) >= max(2, 0.6 * len(held))]
    return bool(needed) and own < sum(len(_scopes(part)) for part in needed)


def _opposite(claim: str, evidence: str) -> bool:
    return bool(opposites(claim, evidence))


def _universal(claim: str, evidence: str) -> bool:
    told = {stem(w) for w in words(evidence)}
    return any(stem(w.split()[0]) not in told for w in _UNIVERSAL.findall(plain(claim)))


def _limit_dropped(claim: str, evidence: str) -> bool:
    """Whether the evidence limits words of the claim that the claim does not limit as much."""
    mine = set(terms(claim))
    own = {_CLASS[w] for w in words(claim) if w in _CLASS}
    strongest = max((_STRENGTH.get(name, 0) for name in own), default=0)
    for clause in clauses(evidence):
        said = re.findall(r"[\w'-]+", clause)
        for place, word in enumerate(said):
            name = _CLASS.get(word)
            if name is None or name in own:
                continue
            behind = frozenset(terms(" ".join(said[place + 1 :]))[:REACH])
            weaker = 0 < strongest <= _STRENGTH.get(name, 0)
            if behind and len(behind & mine) * 2 > len(behind) and not weaker:
                return True
    return False


def _limit_added(claim: str, evidence: str) -> bool:
    """Whether a claim says of how many or how often what the evidence does not."""
    told = {_CLASS[w] for w in words(evidence) if w in _CLASS}
    reach = max((_STRENGTH.get(name, 0) for name in told), default=0)
    named = {_CLASS[w] for w in words(claim) if w in _CLASS} - told
    return any(not 0 < _STRENGTH.get(name, 0) <= reach for name in named)


def _done(claim: str, evidence: str) -> bool:
    return done(claim, evidence)


def _cause(claim: str, evidence: str) -> bool:
    return bool(_CAUSE.search(plain(claim))) and not _CAUSE.search(plain(evidence))


_RULES: dict[Kind, tuple[Rule, ...]] = {
    "number": (_number, _one, _ordinal, _unit, _moved_number),
    "date": (_date,),
    "grade": (_grade, _moved_grade),
    "name": (_group,),
    "negation": (_denied, _more_denials, _opposite),
    "overclaim": (_universal, _limit_dropped, _limit_added, _done, _cause),
}
NAMES = "names"
"""The rule on names, which needs to know more than two texts."""
_BY_NAME: dict[str, tuple[Kind, Rule]] = {
    rule.__name__.removeprefix("_"): (kind, rule) for kind, rules in _RULES.items() for rule in rules
}
RULES = (*_BY_NAME, NAMES)
"""The names of all rules."""


def _names(claim: str, ordinary: Callable[[str], bool]) -> Iterator[str]:
    """The names of a text in normal form; a word that only begins the sentence is none if it is a common one."""
    for match in _CAPITAL.finditer(claim):
        word = match[0]
        before = claim[: match.start()].rstrip(" “\"'‘(")
        leads = not before or before.endswith((".", ":", ";", "!", "?"))
        if leads and word[1:].islower() and ordinary(plain(word)):
            continue
        yield from _parts(word)


def _name_stems(text: str) -> list[str]:
    return [part for word in re.findall(r"[\w&'’-]+", text) for part in _parts(word)]


def _parts(word: str) -> Iterable[str]:
    for part in re.split(r"[-/]", plain(word).removesuffix("'s").removesuffix("'")):
        if part and part not in STOP_WORDS:
            yield stem(part.removesuffix("s"))
