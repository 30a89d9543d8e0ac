"""Whether a sentence that was written, not quoted, may be shown: hard rules and the fitted verifier, both.

A sentence is held against single sentences of its paragraphs; one of several clauses also clause by clause. It is shown
if every rule of :mod:`qa.verify.strict` is kept, little of it is unsaid, and the fitted verifier finds it likely. A
free paraphrase is shown if the fitted verifier is sure of it, and it keeps every rule on figures, dates, grades, names
and denials beside all sentences together that it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.hits import SentenceHit
from qa.acronyms import find_acronyms
from qa.evidence import covered_share
from qa.lexicon import STOP_WORDS
from qa.source import Source
from qa.text import plain, terms
from qa.values import Citation, Evidence
from qa.verify import strict
from qa.verify.likelihood import weights
from qa.verify.values import Kind, Outcome, Problem, Verdict
from qa.verify.verifier import Verifier

TRIED = 5  # sentences that a statement is held against, each by itself
LIKELY = 0.5  # lowest likelihood, by the fitted verifier, of a sentence that is shown
UNSAID = 0.3  # highest share of a sentence's content, by weight, that its evidence may leave unsaid
COPIED = 1.0  # likelihood of a sentence of the report itself
SURE = 0.75  # likelihood at which the fitted verifier outweighs a rule about scope or how much is unsaid, and no other
OUTWEIGHED: frozenset[Kind] = frozenset(("fabricated", "overclaim"))
CLAUSE = 3  # content words that a clause must have to be held against sentences of its own

_JOINTS = re.compile(
    r";\s+|,?\s+(?:but|while|whilst|whereas|although|though|however)\s+|,\s+(?:and|yet|with)\s+|(?<=[a-z0-9%][.!?])\s+"
)
_LOWER = re.compile(r"\b[a-z][a-z'-]*")
_LEADS = re.compile(r"^(?:although|though|while|whilst|whereas)\s+(.*?),\s+(.*)$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Support:
    """The spans that support a statement; or, without any, the kinds of what is wrong with it."""

    citations: tuple[Citation, ...] = ()
    problems: tuple[Kind, ...] = ()
    likelihood: float = 0.0


class StatementVerifier:
    """Checks written statements against one report; needs no model."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._verifier = Verifier(source)
        self._forms = tuple((a.short, a.long) for a in find_acronyms(source.report.paragraphs))
        self._title = f"{source.report.metadata.authority} {source.report.metadata.title}"
        texts = (paragraph.text for paragraph in source.paragraphs.values())
        self._common = frozenset(word for text in texts for word in _LOWER.findall(text))
        self._deadlines = {(r.paragraph, r.start): r.deadline for r in source.report.recommendations}

    def support(self, text: str, paragraphs: Sequence[str]) -> Support:
        """What in these paragraphs supports a statement: one sentence, or one for each of its clauses."""
        known = frozenset(paragraphs) & self._source.paragraphs.keys()
        if not known or not terms(text) or text.rstrip().endswith("?"):
            return Support(problems=("fabricated",))
        whole = self._by_one(text, known)
        parts = _parts(text)
        if whole.citations:
            return whole
        each = [self._by_one(part, known) for part in parts] if len(parts) > 1 else [whole]
        cited = tuple(dict.fromkeys(c for support in each for c in support.citations))
        # Clauses that one sentence supports each, but not together, turn its words about.
        if len(cited) < len(parts):
            return self._sure(text, sorted(known)) or whole
        return Support(cited, likelihood=min(support.likelihood for support in each))

    def check(self, text: str, paragraphs: Sequence[str] = ()) -> Verdict:
        """The same in the form in which claims are checked."""
        found = self.support(text, paragraphs)
        evidence = tuple(citation.evidence for citation in found.citations)
        problems = tuple(Problem(kind, "not shown") for kind in found.problems)
        outcome: Outcome = "supported" if evidence else "not_supported"
        return Verdict(outcome, evidence, problems, likelihood=found.likelihood)

    def _by_one(self, text: str, known: frozenset[str]) -> Support:
        """The single sentence that supports a text."""
        hits = self._source.index.sentences(text)
        own = [hit for hit in hits if hit.paragraph in known and not hit.text.endswith(":")]
        copied = next((hit for hit in own if _same(hit.text) == _same(text)), None)
        if copied is not None:
            return Support((self._cite(copied),), likelihood=COPIED)
        idf = {t: self._source.vocabulary.idf(t) for t in terms(text)}
        ranked = sorted(own, key=lambda hit: -(covered_share(idf, terms(hit.text)) + hit.cosine))
        nearest: tuple[Kind, ...] = ()
        for hit in ranked[:TRIED]:
            wrong = self._wrong(text, (self._cite(hit).evidence,), idf)
            if not wrong:
                likely = weights().likelihood(self._verifier.signs(text, (hit.paragraph,), hits))
                if likely >= LIKELY and not self._misjudges(text, hit.paragraph):
                    return Support((self._cite(hit),), likelihood=likely)
                wrong = ("fabricated",)
            # The sentence most like the statement tells best what is wrong with it.
            nearest = nearest or wrong
        return Support(problems=nearest or ("fabricated",))

    def _sure(self, text: str, known: Sequence[str]) -> Support | None:
        """What the fitted verifier is sure of."""
        verdict = self._verifier.check(text, known)
        if verdict.outcome != "supported" or verdict.likelihood < SURE:
            return None
        if strict.absolute(text, " ".join(e.quote for e in verdict.evidence)):
            return None
        if not set(self._wrong(text, verdict.evidence, {})) <= OUTWEIGHED:
            return None
        spans = ((e.paragraph, e.start, e.end) for e in verdict.evidence)
        return Support(tuple(self._source.cite(*span) for span in spans), likelihood=verdict.likelihood)

    def _wrong(self, text: str, told: Sequence[Evidence], idf: Mapping[str, float]) -> tuple[Kind, ...]:
        """What a text says that these sentences do not; with the deadline of an action, which stands above it."""
        section = " ".join(self._source.paragraphs[told[0].paragraph].section)
        near = " ".join(f"{e.quote} {self._deadlines.get((e.paragraph, e.start), '')}" for e in told)
        near = f"{near} {self._spelt(near)}".strip()
        held = frozenset(terms(near))
        found = strict.problems(
            text, near, around=f"{section} {self._title}", held=held, ordinary=self._ordinary
        )
        if found:
            return found
        untold = strict.unsaid(text, held | frozenset(terms(self._title)))
        return ("fabricated",) if covered_share(idf, untold) > UNSAID else ()

    def _misjudges(self, text: str, paragraph: str) -> bool:
        """Whether a text gives an area another grade than the report's table of judgements does."""
        return any(problem.kind == "grade" for problem in self._verifier.check(text, (paragraph,)).problems)

    def _ordinary(self, word: str) -> bool:
        return word in self._common or word in STOP_WORDS or bool(set(terms(word)) & strict.REPORTING)

    def _spelt(self, text: str) -> str:
        """The long forms of the acronyms of a text, and the acronyms of its long forms."""
        lower = plain(text)
        short = [short for short, long in self._forms if plain(long) in lower]
        return " ".join([*short, *(long for short, long in self._forms if short in text)])

    def _cite(self, hit: SentenceHit) -> Citation:
        return self._source.cite(hit.paragraph, hit.start, hit.end)


def _parts(text: str) -> tuple[str, ...]:
    """The clauses of a statement that can each be held against a sentence; the whole if one is too short."""
    led = _LEADS.match(text)
    pieces = [piece for part in (led.groups() if led else (text,)) for piece in _JOINTS.split(part)]
    pieces = [piece.strip() for piece in pieces if piece.strip()]
    return tuple(pieces) if all(len(terms(piece)) >= CLAUSE for piece in pieces) else (text,)


def _same(text: str) -> str:
    """A text but for its white space, the kind of its quotation marks and the marks around it."""
    return " ".join(plain(text).split()).strip(" .;:,\"'")
