"""Whether cited paragraphs support a claim, and which paragraphs would.

The claim is set beside the sentences of the report that are most like it. What it says and they do not (figures, dates,
grades, names), where they contradict it (polarity, scope), how much of its content they hold, and which of its words is
like none of theirs, are signs that :mod:`qa.verify.likelihood` weighs, as fitted to training and development claims.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from index.hits import SentenceHit
from qa.acronyms import find_acronyms
from qa.evidence import covered_share
from qa.source import Source
from qa.text import plain, terms
from qa.values import Evidence
from qa.verify.aligned import aligned
from qa.verify.counted import counted_alike
from qa.verify.judged import judged
from qa.verify.likelihood import DIGITS, weights
from qa.verify.listed import listed
from qa.verify.signs import (
    Values,
    hedges,
    negative,
    opposites,
    quantities,
    strong_words,
    unsaid_numbers,
    values_of,
)
from qa.verify.strict import problems
from qa.verify.tone import clauses, denials, done, slots, tone, universal
from qa.verify.values import Problem, Verdict
from qa.verify.verbatim import Verbatim

MOST_EVIDENCE = 3  # sentences that are set beside a claim
ELSEWHERE = 4  # paragraphs that are tried besides those cited
MOST_BETTER = 3  # paragraphs named for a claim that none supports in full
WORTH_A_LOOK = 0.2  # likelihood from which a paragraph that does not support a claim in full is named
COPIED = 0.9  # share of a claim in one sentence from which it is a copy with little changed
CHANGED = 0.75  # the same where a name or a word for its opposite is changed, which counts for more
LITTLE = 0.08  # share of a claim that a further sentence must hold to be set beside it
UNLIKE = 0.38  # cosine below which a sentence without a citation is not about the report
PART = 3  # content words that a part of a claim needs to be weighed by itself
# Likelihoods from which a part of a claim is supported, or a claim called true of a paragraph that it does not cite,
# and up to which a part is not.
SURELY, HARDLY = 0.7, 0.3
SPELT = 5_000  # texts whose short and long forms are kept in mind

_NO_CLAIM = re.compile(
    r"\?\W*$|^(?:i|we) (?:should|would|am|are|hope|shall|want)\b|^members (?:will|are|may|should)\b|"
    r"\bthis (?:briefing|paper|note|draft|section|memo)\b|\bthank\b|\bplease\b|"
    r"\bnext (?:meeting|section)\b|\bappendix\b|\bthe committee is (?:asked|invited)\b"
)


_JOINTS = re.compile(r"(?:[,;]\s+)?\b(?:and|but|while|whereas|although|though)\b\s+|;\s+", re.IGNORECASE)


class Verifier:
    """Checks claims against one report."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._verbatim = Verbatim(source)
        found = {a.short: a.long for a in find_acronyms(source.report.paragraphs)}
        self._forms = tuple(
            (short, long, plain(long), re.compile(rf"\b{re.escape(short)}\b"))
            for short, long in found.items()
        )
        # The same sentences and paragraphs come up for one claim after the other.
        self._spelt = lru_cache(maxsize=SPELT)(self._spell)
        self._weight = lru_cache(maxsize=SPELT)(self._weigh)

    def check(self, claim: str, cited: Sequence[str] = ()) -> Verdict:
        """The verdict on a claim that cites these paragraphs, or none; unknown ones support nothing."""
        if not terms(claim) or _NO_CLAIM.search(plain(claim.strip())):
            return Verdict("not_a_claim")
        if copied := self._copied(claim, cited):
            return copied
        found = judged(claim, cited, self._source) or listed(claim, cited, self._source)
        if found is not None:
            return found
        hits = self._source.index.sentences(claim)
        ranked = self.nearest(claim, hits)
        if not cited and max((hit.cosine for hit in hits), default=0.0) < UNLIKE:
            return Verdict("not_a_claim")
        model, known = weights(), tuple(n for n in dict.fromkeys(cited) if n in self._source.paragraphs)
        likely = model.likelihood(self.signs(claim, known, hits)) if known else 0.0
        if known and likely >= model.threshold:
            return Verdict("supported", self.evidence(claim, known, hits), likelihood=likely)
        tried = {n: model.likelihood(self.signs(claim, (n,), hits)) for n in ranked[:ELSEWHERE]}
        better = tuple(sorted((n for n in tried if n not in known), key=lambda n: -tried[n]))
        fitting = tuple(n for n in better if tried[n] >= model.threshold)
        if not cited:
            return self._uncited(claim, hits, better, fitting, tried)
        if fitting and tried[fitting[0]] > max(likely, SURELY):
            problem = Problem("wrong_paragraph", _wrong(fitting[0], cited))
            return Verdict(
                "not_supported", self.evidence(claim, fitting[:1], hits), (problem,), fitting, likely
            )
        near = known or better[:1]
        return Verdict(
            "partly" if known and self._holds_in_part(claim, known) else "not_supported",
            self.evidence(claim, near, hits),
            self._problems(claim, near, hits),
            tuple(n for n in better if tried[n] > max(likely, WORTH_A_LOOK))[:MOST_BETTER],
            likely,
        )

    def _copied(self, claim: str, cited: Sequence[str]) -> Verdict | None:
        """The verdict on a claim that is nothing but whole sentences of the report; ``None`` for any other."""
        found = self._verbatim.found(claim, cited)
        places = tuple(dict.fromkeys(one.paragraph for one in found))
        if not found or (cited and not set(cited) & set(places) and len(places) > MOST_BETTER):
            return None
        if not cited or set(cited) & set(places):
            return Verdict("supported", found, likelihood=1.0)
        return Verdict(
            "not_supported", found, (Problem("wrong_paragraph", _wrong(places[0], cited)),), places
        )

    def _holds_in_part(self, claim: str, cited: Sequence[str]) -> bool:
        """Whether the paragraphs support one part of a claim of two, and not the other."""
        parts = [part for part in _JOINTS.split(claim) if len(terms(part)) >= PART]
        if len(parts) != 2:
            return False
        model = weights()
        likely = [
            model.likelihood(self.signs(part, cited, self._source.index.sentences(part))) for part in parts
        ]
        return max(likely) >= SURELY > HARDLY >= min(likely)

    def signs(self, claim: str, cited: Sequence[str], hits: Sequence[SentenceHit]) -> dict[str, float]:
        """The signs by name, for a claim against the union of some paragraphs."""
        chosen = self._align(claim, cited, hits)
        near = " ".join(hit.text for hit in chosen)
        whole = self._whole(cited)
        idf = {t: self._source.vocabulary.idf(t) for t in terms(claim)}
        said, told, around = values_of(claim), values_of(self._spelt(near)), values_of(whole)
        held = frozenset(terms(self._spelt(near)))
        best_elsewhere = max((hit.cosine for hit in hits if hit.paragraph not in cited), default=0.0)
        best = max((hit.cosine for hit in chosen), default=0.0)
        found = {
            "cosine": best,
            "fitted": max((hit.fitted for hit in chosen), default=0.0),
            "lead": best - best_elsewhere,
            "coverage": covered_share(idf, held),
            "coverage_whole": covered_share(idf, terms(whole)),
            "negation": float(negative(claim) != negative(near)),
            "opposites": float(bool(opposites(claim, near))),
            "strong": float(min(len(set(strong_words(claim)) - set(strong_words(near))), 2)),
            "hedges": float(min(len(set(hedges(near)) - set(hedges(claim))), 2)),
            "overclaim": float(
                bool(set(strong_words(claim)) - set(strong_words(near)))
                and bool(set(hedges(near)) - set(hedges(claim)))
            ),
        }
        found |= self._contents(claim, chosen, held, idf)
        found |= self._tones(claim, chosen, near, whole, idf)
        found |= self._words(claim, chosen)
        found |= _missing("near", claim, said, told) | _missing("whole", claim, said, around)
        found["changed_copy"] = float(_changed_copy(claim, chosen, found))
        return {name: round(value, DIGITS) for name, value in found.items()}

    def _contents(
        self, claim: str, chosen: Sequence[SentenceHit], held: frozenset[str], idf: Mapping[str, float]
    ) -> dict[str, float]:
        """Signs of what a claim speaks of: in everyday words, in words from elsewhere, by numbers and quantities."""
        near = " ".join(hit.text for hit in chosen)
        keyed = {
            term
            for hit in chosen
            for question in self._source.keyed(hit.paragraph, hit.start, hit.end)
            if question not in self._source.broad
            for term in terms(question)
        }
        total = sum(idf.values()) or 1.0
        untold = [term for term in idf if term not in held and term not in keyed]
        known = sum(idf[t] for t in untold if self._source.vocabulary.in_text(t))
        numbers = values_of(claim).numbers
        moved = [n for n in numbers if (alike := counted_alike(claim, n, near)) and n not in alike]
        mine, theirs = quantities(claim), quantities(near)
        return {
            "coverage_keyed": covered_share(idf, held | keyed),
            "from_elsewhere": known / total,
            "strange": (sum(idf[t] for t in untold) - known) / total,
            "moved": float(bool(moved)),
            "quantity": float(bool(mine and theirs and not mine & theirs)),
        }

    def _tones(
        self, claim: str, chosen: Sequence[SentenceHit], near: str, whole: str, idf: Mapping[str, float]
    ) -> dict[str, float]:
        """Signs of polarity and scope against the clause most like the claim, and of what is spoken of."""
        first = chosen[0].text if chosen else ""
        parts = clauses(first) or ("",)
        shares = [covered_share(idf, terms(part)) for part in parts]
        clause = parts[shares.index(max(shares))]
        mine, theirs = tone(claim), tone(clause)
        untold = sorted((w for t, w in idf.items() if t not in terms(self._spelt(near))), reverse=True)
        found = {
            "tone_against": float(mine * theirs < 0),
            "tone_apart": float(min(abs(mine - theirs), 4)),
            "denials_apart": float(min(abs(denials(claim) - denials(clause)), 3)),
            "turned": float((denials(claim) > 0) != (denials(clause) > 0)),
            "turned_alike": float((denials(claim) > 0) != (denials(clause) > 0)) * max(shares),
            "universal": float(universal(claim, first)),
            "done": float(done(claim, first)),
            "untold": untold[0] if untold else 0.0,
            "untold_words": float(min(len(untold), 8)) / 8,
            "first": covered_share(idf, terms(self._spelt(first))),
        }
        for name in ("group", "body", "measure"):
            found[f"slot_{name}"] = float(min(len(slots(claim, name) - slots(self._spelt(near), name)), 2))
        return found

    def _words(self, claim: str, chosen: Sequence[SentenceHit]) -> dict[str, float]:
        """Signs of how alike the words of a claim and of the sentence most like it are where they stand."""
        read = self._source.index.word_vectors
        return aligned(read(claim), read(chosen[0].text if chosen else ""), self._weight)

    def _weigh(self, word: str) -> float:
        """The idf of the rarest term of a word; 0 for a word without content."""
        return max((self._source.vocabulary.idf(term) for term in terms(word)), default=0.0)

    def nearest(self, claim: str, hits: Sequence[SentenceHit]) -> tuple[str, ...]:
        """The paragraphs, that with the sentence most like the claim first."""
        idf = {t: self._source.vocabulary.idf(t) for t in terms(claim)}
        best: dict[str, float] = {}
        for hit in hits:
            score = hit.cosine + covered_share(idf, held_terms(hit.text))
            best[hit.paragraph] = max(score, best.get(hit.paragraph, 0.0))
        return tuple(sorted(best, key=lambda n: -best[n]))

    def _align(
        self, claim: str, cited: Sequence[str], hits: Sequence[SentenceHit]
    ) -> tuple[SentenceHit, ...]:
        """The sentence of the cited paragraphs most like the claim, then those that hold what is left of it."""
        left = {t: self._source.vocabulary.idf(t) for t in terms(claim)}
        total = sum(left.values()) or 1.0
        pool = [hit for hit in hits if hit.paragraph in cited]
        chosen: list[SentenceHit] = []
        while pool and len(chosen) < MOST_EVIDENCE:
            like = 0.2 if chosen else 1.0
            gains = [_held(hit, left) / total + like * hit.cosine for hit in pool]
            best = pool[gains.index(max(gains))]
            held = set(terms(best.text))
            if chosen and _held(best, left) / total < LITTLE:
                break
            chosen.append(best)
            pool.remove(best)
            left = {t: w for t, w in left.items() if t not in held}
        return tuple(chosen)

    def _whole(self, cited: Sequence[str]) -> str:
        parts = [self._source.paragraphs[n] for n in cited]
        return self._spelt(" ".join(" ".join((*p.section, p.text)) for p in parts))

    def _spell(self, text: str) -> str:
        """The text with short and long forms both in it."""
        lower = plain(text)
        added = [short for short, _, told, _ in self._forms if told in lower]
        added += [long for _, long, _, form in self._forms if form.search(text)]
        return " ".join((text, "of", *added)) if added else text

    def evidence(self, claim: str, cited: Sequence[str], hits: Sequence[SentenceHit]) -> tuple[Evidence, ...]:
        """The sentences of some paragraphs that are set beside a claim, the one most like it first."""
        return tuple(
            self._source.cite(hit.paragraph, hit.start, hit.end).evidence
            for hit in self._align(claim, cited, hits)
        )

    def _uncited(
        self,
        claim: str,
        hits: Sequence[SentenceHit],
        better: tuple[str, ...],
        fitting: tuple[str, ...],
        tried: Mapping[str, float],
    ) -> Verdict:
        likely = max(tried.values(), default=0.0)
        if fitting:
            return Verdict("supported", self.evidence(claim, fitting[:1], hits), likelihood=likely)
        problems = self._problems(claim, better[:1], hits)
        return Verdict(
            "not_supported", self.evidence(claim, better[:1], hits), problems, better[:MOST_BETTER], likely
        )

    def _problems(self, claim: str, cited: Sequence[str], hits: Sequence[SentenceHit]) -> tuple[Problem, ...]:
        """What is wrong with a claim that these paragraphs come nearest to."""
        chosen = self._align(claim, cited, hits)
        near = " ".join(hit.text for hit in chosen)
        said, told, whole = values_of(claim), values_of(self._spelt(near)), values_of(self._whole(cited))
        where = f"paragraph {chosen[0].paragraph}" if chosen else "the report"
        found: list[Problem] = []
        if (wrong := said.grades - told.grades) and told.grades:
            found.append(Problem("grade", _differs(wrong, told.grades, where)))
        if wrong := (said.periods - told.periods):
            found.append(Problem("date", _differs(wrong, told.periods - said.periods, where)))
        if wrong := unsaid_numbers(claim, told.numbers):
            alike = frozenset(n for one in wrong for n in counted_alike(claim, one, near)) - said.numbers
            found.append(Problem("number", _differs(wrong, alike or told.numbers - said.numbers, where)))
        if pairs := opposites(claim, near):
            found.append(Problem("negation", f"the draft says “{pairs[0][0]}”; {where} says “{pairs[0][1]}”"))
        elif negative(claim) != negative(near):
            found.append(Problem("negation", f"one of the draft and {where} denies what the other says"))
        strong, limits = (
            set(strong_words(claim)) - set(strong_words(near)),
            set(hedges(near)) - set(hedges(claim)),
        )
        if strong and limits:
            limit, word = min(limits), min(strong)
            found.append(Problem("overclaim", f"the report says “{limit}”, the draft says “{word}”"))
        if wrong := (said.names - whole.names - frozenset(terms(self._whole(cited)))):
            found.append(Problem("name", f"{where} does not mention {', '.join(sorted(wrong))}"))
        return tuple(found) or (Problem("fabricated", "no paragraph supports this"),)


@lru_cache(maxsize=SPELT)
def held_terms(text: str) -> frozenset[str]:
    """The terms of a text, each once."""
    return frozenset(terms(text))


def _held(hit: SentenceHit, left: Mapping[str, float]) -> float:
    return sum(left[term] for term in left if term in held_terms(hit.text))


def _missing(name: str, claim: str, said: Values, told: Values) -> dict[str, float]:
    """How many values of each kind a claim has and a text has not."""
    return {
        f"number_{name}": float(min(len(unsaid_numbers(claim, told.numbers)), 2)),
        f"date_{name}": float(min(len(said.periods - told.periods), 2)),
        f"grade_{name}": float(min(len(said.grades - told.grades), 2)),
        f"name_{name}": float(min(len(said.names - told.names), 3)),
    }


def _changed_copy(claim: str, chosen: Sequence[SentenceHit], found: Mapping[str, float]) -> bool:
    """Whether a claim is a sentence of the report but for a denial, an opposite, or a name from elsewhere."""
    if found["first"] < CHANGED:
        return False
    wrong = problems(claim, chosen[0].text)
    turned = "negation" in wrong and (found["first"] >= COPIED or found["opposites"] > 0)
    return turned or ("name" in wrong and found["name_whole"] > 0)


def _differs(said: frozenset[str], told: frozenset[str], where: str) -> str:
    says = f"{where} says {' and '.join(sorted(told))}" if told else f"{where} does not say so"
    return f"the draft says {' and '.join(sorted(said))}; {says}"


def _wrong(right: str, cited: Sequence[str]) -> str:
    return f"true, but it is paragraph {right}, not {' and '.join(cited)}"
