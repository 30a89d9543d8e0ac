"""Fits what decides on statements: models like the verifier's, over its signs, rules and sorts of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from evals.claims.benchmark import CAUGHT, Claim, is_statement
from evals.claims.fitting import Examples, Floats, fit, held_out, written
from qa.source import Source
from qa.verify.statements import StatementVerifier

STRENGTH = 0.01  # of the regression's fit: there are three hundred signs
LEAST: Mapping[str, float] = {
    "number": 0.95, "date": 0.95, "grade": 0.95, "wrong_paragraph": 0.95, "fabricated": 0.95,
    "name": 0.9, "negation": 0.9, "overclaim": 0.75,
}  # fmt: skip
"""The share of each kind of false statement that is to be caught."""


def fit_shown(claims: Sequence[Claim], source: Source) -> str:
    """The weights as JSON, with the lowest threshold that catches enough of every kind."""
    chosen = [claim for claim in claims if is_statement(claim)]
    examples, wrong = examples_of(chosen, source)
    likely = held_out(examples, STRENGTH)
    kinds = [claim.kind for claim in chosen]
    return written(fit(examples, STRENGTH), examples.names, threshold(np.where(wrong, 0.0, likely), kinds))


def threshold(likely: Floats, kinds: Sequence[str]) -> float:
    """The lowest threshold, in hundredths, below which enough of every kind lies; 1 if there is none."""
    of = np.array(kinds)
    by_kind = [(likely[of == kind], share) for kind, share in LEAST.items() if kind in kinds]
    enough = (n for n in range(1, 100) if all((one < n / 100).mean() >= share for one, share in by_kind))
    return next(enough, 100) / 100


def examples_of(claims: Sequence[Claim], source: Source) -> tuple[Examples, NDArray[np.bool_]]:
    """Each claim beside what it cites, grouped by its first paragraph; and whether a hard rule speaks against it."""
    verifier = StatementVerifier(source)
    index = source.index
    found = [verifier.grounds(c.claim, c.paragraphs, index.sentences(c.claim)) for c in claims]
    names = tuple(sorted(found[0].signs))
    places = {number: place for place, number in enumerate(dict.fromkeys(c.paragraphs[0] for c in claims))}
    examples = Examples(
        names,
        np.array([[one.signs[name] for name in names] for one in found]),
        np.array([claim.verdict not in CAUGHT for claim in claims]),
        np.ones(len(claims)),
        np.array([places[claim.paragraphs[0]] for claim in claims]),
    )
    return examples, np.array([bool(one.wrong) for one in found])
