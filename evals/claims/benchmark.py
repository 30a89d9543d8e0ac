"""What checking finds among claims written from the report alone: detection and retention by kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from evals.bootstrap import SAMPLES, SEED, Interval, wilson
from evals.errors import EvalsError
from qa.verify.values import Verdict

SPLITS = ("dev", "test")
FOLDER = Path(__file__).parent
CAUGHT = ("not_supported", "partly")
CLAIMS, STATEMENTS = "Checking claims", "The same claims as statements of a language model"
CURVE = tuple(n / 10 for n in range(1, 10))  # thresholds of the trade-off curve

Check = Callable[[str, Sequence[str]], Verdict]


class Claim(BaseModel):
    """A statement with the paragraphs that it cites and what is right or wrong about it."""

    model_config = ConfigDict(frozen=True)

    id: str
    claim: str
    paragraphs: tuple[str, ...]
    verdict: str
    kind: str
    better: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the 95% interval."""

    right: int
    of: int

    @property
    def interval(self) -> Interval:
        """The share and its Wilson bounds."""
        return wilson(self.right, self.of)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on one split."""

    kinds: dict[str, Share]
    kept: Share
    caught: Share
    balanced: Interval
    better_first: Share
    curve: tuple[tuple[float, float, float], ...]


def load_claims(split: str, folder: Path = FOLDER) -> tuple[Claim, ...]:
    """The claims of a split. Raises :class:`EvalsError` for a file that is missing or malformed."""
    path = folder / f"{split}.jsonl"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(Claim.model_validate_json(line) for line in lines if line.strip())
    except (OSError, ValidationError) as error:
        raise EvalsError(f"Cannot read the claims in {path.name}: {error}") from error


def measure(claims: Sequence[Claim], check: Check) -> Figures:
    """Check every claim: a true one should be kept, a false one caught, a sentence that claims nothing left alone."""
    verdicts = [check(claim.claim, claim.paragraphs) for claim in claims]
    pairs = list(zip(claims, verdicts, strict=True))
    kinds = {
        kind: _share([_right(c, v) for c, v in pairs if c.kind == kind])
        for kind in sorted({claim.kind for claim in claims})
    }
    kept = [_right(c, v) for c, v in pairs if c.verdict == "supported"]
    caught = [_right(c, v) for c, v in pairs if c.verdict in CAUGHT]
    first = [v.better[:1] != () and v.better[0] in c.better for c, v in pairs if c.kind == "wrong_paragraph"]
    return Figures(
        kinds, _share(kept), _share(caught), balanced_accuracy(kept, caught), _share(first), _curve(pairs)
    )


def balanced_accuracy(kept: Sequence[bool], caught: Sequence[bool]) -> Interval:
    """The mean of the two shares with its bootstrap interval; 0 to 1 when either is empty."""
    if not kept or not caught:
        return Interval(0.0, 0.0, 1.0)
    random = np.random.default_rng(SEED)
    shares = [sum(values) / len(values) for values in (kept, caught)]
    drawn = [
        random.binomial(len(values), share, SAMPLES) / len(values)
        for values, share in zip((kept, caught), shares, strict=True)
    ]
    low, high = np.percentile((drawn[0] + drawn[1]) / 2, [2.5, 97.5])
    return Interval(sum(shares) / 2, float(low), float(high))


def to_json(measured: dict[str, Figures]) -> str:
    """The figures of each split as JSON."""
    content = {split: _as_dict(figures) for split, figures in measured.items()}
    return json.dumps(content, indent=1) + "\n"


def is_statement(claim: Claim) -> bool:
    """Whether a claim is like what a language model is to write: it claims something and cites."""
    return claim.verdict != "not_a_claim" and bool(claim.paragraphs)


def to_markdown(measured: dict[str, Figures], title: str = CLAIMS) -> str:
    """The figures of each split as tables."""
    parts = [f"# {title}\n"]
    for split, figures in measured.items():
        parts += [f"## {split}\n", "| | right | of | share | 95% interval |", "|---|---|---|---|---|"]
        rows = {**figures.kinds, "true claims kept": figures.kept, "false claims caught": figures.caught}
        if title == CLAIMS:  # a statement that is taken out names no other paragraph
            rows["right paragraph named first"] = figures.better_first
        parts += [
            f"| {name} | {s.right} | {s.of} | {s.interval.value:.3f} | {s.interval.low:.3f}–{s.interval.high:.3f} |"
            for name, s in rows.items()
        ]
        b = figures.balanced
        parts += [f"| balanced accuracy | | | {b.value:.3f} | {b.low:.3f}–{b.high:.3f} |", ""]
        parts += ["| threshold | true kept | false caught |", "|---|---|---|"]
        parts += [f"| {t} | {kept:.3f} | {caught:.3f} |" for t, kept, caught in figures.curve]
        parts += [""]
    return "\n".join(parts)


def _right(claim: Claim, verdict: Verdict) -> bool:
    if claim.verdict in CAUGHT:
        return verdict.outcome in CAUGHT
    return verdict.outcome == claim.verdict


def _share(values: Sequence[bool]) -> Share:
    return Share(sum(values), len(values))


def _curve(pairs: Sequence[tuple[Claim, Verdict]]) -> tuple[tuple[float, float, float], ...]:
    """At each threshold of the likelihood: the shares of true claims above it and of false claims below it."""
    true = [v.likelihood for c, v in pairs if c.verdict == "supported"]
    false = [v.likelihood for c, v in pairs if c.verdict in CAUGHT]
    if not true or not false:
        return ()
    return tuple(
        (t, sum(x >= t for x in true) / len(true), sum(x < t for x in false) / len(false)) for t in CURVE
    )


def _as_dict(figures: Figures) -> dict[str, object]:
    def shown(share: Share) -> dict[str, float]:
        i = share.interval
        return {
            "right": share.right, "of": share.of,
            "share": round(i.value, 4), "low": round(i.low, 4), "high": round(i.high, 4),
        }  # fmt: skip

    b = figures.balanced
    return {
        "kinds": {kind: shown(share) for kind, share in figures.kinds.items()},
        "kept": shown(figures.kept),
        "caught": shown(figures.caught),
        "better_first": shown(figures.better_first),
        "balanced_accuracy": {"value": round(b.value, 4), "low": round(b.low, 4), "high": round(b.high, 4)},
        "curve": [[t, round(k, 4), round(c, 4)] for t, k, c in figures.curve],
    }
