"""Whether a sentence that was written, not quoted, may be shown: hard rules, and a fitted weighing of signs.

A sentence is held against those sentences of its paragraphs, three at most, that together say most of it. It is shown
if no hard rule is broken and the weighing finds it likely. Rules on figures, dates and grades are hard for every
sentence; those on names and denials only for one that is nearly a copy, where one word that is changed is a lie and
seldom a paraphrase. All others are signs beside those of the verifier of claims and of the sorts of its words, fitted
to training and development claims (``python -m evals claims --fit``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.hits import SentenceHit
from qa.acronyms import find_acronyms
from qa.evidence import covered_share
from qa.lexicon import STOP_WORDS
from qa.source import Source
from qa.text import plain, terms
from qa.values import Citation, Evidence
from qa.verify import strict
from qa.verify.judged import judged
from qa.verify.likelihood import DIGITS, HARD, Weights, read_weights
from qa.verify.listed import listed
from qa.verify.sorts import sorts
from qa.verify.values import Kind, Outcome, Problem, Verdict
from qa.verify.verifier import Verifier

WEIGHTS = "shown.json"
"""The fitted weights and trees, beside this module."""

_LOWER = re.compile(r"\b[a-z][a-z'-]*")

COPIED = 1.0  # likelihood of a sentence of the report itself
NEAR_COPY = 0.75  # share of a statement's content in one sentence from which it is nearly a copy
MOST_CITED = 2  # paragraphs that are all looked at; of more, only those that the evidence stands in

# Rules that nothing outweighs: beside all sentences, beside the one most like it, and beside that one for near copies.
_ALWAYS = frozenset(("number", "unit", "date", "grade"))
_FIRST = frozenset(("moved_number",))
_COPY = frozenset(
    ("number", "date", "grade", "moved_grade", "group", "denied", "more_denials", "opposite", strict.NAMES)
)


@dataclass(frozen=True, slots=True)
class Support:
    """The spans that support a statement; or, without any, the kinds of what is wrong with it."""

    citations: tuple[Citation, ...] = ()
    problems: tuple[Kind, ...] = ()
    likelihood: float = 0.0


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a statement is decided on: its evidence, the signs, and the kinds that hard rules find."""

    evidence: tuple[Evidence, ...]
    signs: Mapping[str, float]
    wrong: tuple[Kind, ...]
    doubted: tuple[Kind, ...]


class StatementVerifier:
    """Checks written statements against one report; needs no model.

    With another encoder than the sorts of words were fitted for, only the report's own sentences are shown.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._verifier = Verifier(source)
        self._forms = tuple((a.short, a.long) for a in find_acronyms(source.report.paragraphs))
        self._title = f"{source.report.metadata.authority} {source.report.metadata.title}"
        texts = (paragraph.text for paragraph in source.paragraphs.values())
        self._common = frozenset(word for text in texts for word in _LOWER.findall(text))
        self._deadlines = {(r.paragraph, r.start): r.deadline for r in source.report.recommendations}

    def support(self, text: str, paragraphs: Sequence[str]) -> Support:
        """What in these paragraphs supports a statement: a few sentences that together say it."""
        known = tuple(n for n in dict.fromkeys(paragraphs) if n in self._source.paragraphs)
        if not known or not terms(text) or text.rstrip().endswith("?"):
            return Support(problems=("fabricated",))
        hits = self._source.index.sentences(text)
        own = [hit for hit in hits if hit.paragraph in known and not hit.text.endswith(":")]
        copied = next((hit for hit in own if _same(hit.text) == _same(text)), None)
        if copied is not None:
            return Support((self._cite(copied.paragraph, copied.start, copied.end),), likelihood=COPIED)
        if sorts().fingerprint != self._source.index.encoder_fingerprint:
            return Support(problems=("fabricated",))
        found = self.grounds(text, known, hits)
        if found.wrong:
            return Support(problems=found.wrong)
        likely = weights().likelihood(found.signs)
        if likely < weights().threshold:
            return Support(problems=found.doubted or ("fabricated",), likelihood=likely)
        return Support(
            tuple(self._cite(e.paragraph, e.start, e.end) for e in found.evidence), likelihood=likely
        )

    def grounds(self, text: str, known: Sequence[str], hits: Sequence[SentenceHit]) -> Grounds:
        """What a statement is decided on, beside these paragraphs; ``hits`` are all sentences, near to its words."""
        told = self._verifier.evidence(text, known, hits)
        if len(known) > MOST_CITED:
            known = tuple(dict.fromkeys(e.paragraph for e in told))
        idf = {t: self._source.vocabulary.idf(t) for t in terms(text)}
        whole = [self._cite(n, 0, len(self._source.paragraphs[n].text)).evidence for n in known]
        signs = dict(self._verifier.signs(text, known, hits))
        broken = {}
        for name, evidence in (("first", told[:1]), ("near", told), ("paragraph", whole)):
            broken[name], found = self._rules(text, evidence, idf)
            signs |= {f"{name}_{sign}": value for sign, value in found.items()}
        read = self._source.index.word_vectors
        alike = sorts().compared(read(text), [read(e.quote) for e in told])
        signs |= {name: round(value, DIGITS) for name, value in alike.items()}
        wrong = (broken["near"] & _ALWAYS) | (broken["first"] & _FIRST)
        if signs["first"] >= NEAR_COPY:
            wrong |= broken["first"] & _COPY
        kinds = (*self._misjudged(text, known), *strict.kinds_of(wrong))
        if not kinds and any(signs[name] for name in HARD):
            kinds = strict.kinds_of(broken["first"]) or ("fabricated",)
        return Grounds(told, signs, tuple(dict.fromkeys(kinds)), strict.kinds_of(broken["near"]))

    def check(self, text: str, paragraphs: Sequence[str] = ()) -> Verdict:
        """The same in the form in which claims are checked."""
        found = self.support(text, paragraphs)
        evidence = tuple(citation.evidence for citation in found.citations)
        problems = tuple(Problem(kind, "not shown") for kind in found.problems)
        outcome: Outcome = "supported" if evidence else "not_supported"
        return Verdict(outcome, evidence, problems, likelihood=found.likelihood)

    def _rules(
        self, text: str, told: Sequence[Evidence], idf: Mapping[str, float]
    ) -> tuple[frozenset[str], dict[str, float]]:
        """The rules that a text breaks beside sentences, and as signs; an action with the deadline above it."""
        section = " ".join(self._source.paragraphs[told[0].paragraph].section) if told else ""
        near = " ".join(f"{e.quote} {self._deadlines.get((e.paragraph, e.start), '')}" for e in told)
        near = f"{near} {self._spelt(near)}".strip()
        held = frozenset(terms(near))
        broken = strict.broken(
            text, near, around=f"{section} {self._title}", held=held, ordinary=self._ordinary
        )
        signs = {f"rule_{name}": float(name in broken) for name in strict.RULES}
        untold = strict.unsaid(text, held | frozenset(terms(self._title)))
        signs["unsaid"] = round(covered_share(idf, untold), DIGITS)
        signs["absolute"] = float(strict.absolute(text, near))
        return broken, signs

    def _misjudged(self, text: str, known: Sequence[str]) -> tuple[Kind, ...]:
        """What the report's tables of judgements and actions say against a text."""
        found = judged(text, known, self._source) or listed(text, known, self._source)
        return () if found is None else tuple(problem.kind for problem in found.problems)

    def _ordinary(self, word: str) -> bool:
        return word in self._common or word in STOP_WORDS or bool(set(terms(word)) & strict.REPORTING)

    def _spelt(self, text: str) -> str:
        """The long forms of the acronyms of a text, and the acronyms of its long forms."""
        lower = plain(text)
        short = [short for short, long in self._forms if plain(long) in lower]
        return " ".join([*short, *(long for short, long in self._forms if short in text)])

    def _cite(self, paragraph: str, start: int, end: int) -> Citation:
        return self._source.cite(paragraph, start, end)


@cache
def weights() -> Weights:
    """The weights that are shipped."""
    return read_weights(files("qa.verify").joinpath(WEIGHTS).read_text(encoding="utf-8"))


def _same(text: str) -> str:
    """A text but for its white space, the kind of its quotation marks and the marks around it."""
    return " ".join(plain(text).split()).strip(" .;:,\"'")
