"""Generators side by side: what each writes about the same questions, and how much of it could not be shown."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

from evals import metrics
from evals.cases import Case
from evals.errors import EvalsError
from evals.judge import judge
from evals.systems import Asks
from evals.values import Result, reply_of
from qa.errors import QAError
from qa.values import QUOTES, Answer
from qa.verify.values import Verdict

SEED = 2012

Check = Callable[[str, Sequence[str]], Verdict]


@dataclass(frozen=True, slots=True)
class Written:
    """A generator's answers to some cases. ``doubted`` are statements shown that the checker of claims doubts."""

    generator: str
    results: tuple[Result, ...]
    answers: tuple[Answer, ...]
    doubted: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)


def sample(cases: Sequence[Case], count: int | None) -> tuple[Case, ...]:
    """So many of the cases, always the same ones, in their order; all for ``None``."""
    if count is None or count >= len(cases):
        return tuple(cases)
    if count < 1:
        raise EvalsError(f"--sample must be 1 or more, not {count}.")
    chosen = sorted(random.Random(SEED).sample(range(len(cases)), count))
    return tuple(cases[place] for place in chosen)


def write(
    generator: str, asker: Asks, cases: Sequence[Case], texts: Mapping[str, str], check: Check
) -> Written:
    """Ask a generator every case; ``check`` is the checker of claims, made apart from what verifies statements."""
    results, answers, doubted = [], [], 0
    kinds: dict[str, int] = {}
    for case in cases:
        began = perf_counter()
        try:
            answer = asker.ask(case.question, case.history)
        except QAError:
            continue  # a question that cannot be asked tells nothing of a generator
        reply = reply_of(answer)
        results.append(Result(case, reply, judge(case, reply, texts), perf_counter() - began))
        answers.append(answer)
        if answer.generator != QUOTES:
            cited = [[c.evidence.paragraph for c in s.citations] for s in answer.statements]
            outcomes = [check(s.text, n).outcome for s, n in zip(answer.statements, cited, strict=True)]
            doubted += sum(outcome != "supported" for outcome in outcomes)
        for kind in (kind for removed in answer.removed for kind in removed.problems):
            kinds[kind] = kinds.get(kind, 0) + 1
    return Written(generator, tuple(results), tuple(answers), doubted, dict(sorted(kinds.items())))


def figures(written: Written) -> dict[str, float | int | str | Mapping[str, int] | None]:
    """The measures of one generator."""
    results, answers = written.results, written.answers
    own = [a for a in answers if a.generator != QUOTES]
    return {
        "generator": written.generator,
        "questions": len(results),
        "asked of the model": sum(bool(a.note) or a.generator != QUOTES for a in answers),
        "written by the model": sum(a.status == "answered" for a in own),
        "refused by the model": sum(a.status == "not_in_report" for a in own),
        "quotes instead, by reason": dict(
            sorted(Counter(_reason(a.note) for a in answers if a.note).items())
        ),
        "statements of the model shown": sum(len(a.statements) for a in own),
        "statements removed": sum(len(a.removed) for a in answers),
        "removed by kind": dict(written.kinds),
        "shown but doubted by the checker of claims": written.doubted,
        "right": _value(metrics.right(results)),
        "key facts": _value(metrics.key_fact_recall(results)),
        "citation recall": _value(metrics.gold_citation_recall(results)),
        "citation precision": _value(metrics.gold_citation_precision(results)),
        "caught": _value(metrics.refusal_recall(results)),
        "false refusals": _value(metrics.false_refusals(results)),
        "median words": metrics.median_words(results),
        "median seconds": round(median(r.seconds for r in results), 2) if results else None,
    }


def to_json(compared: Sequence[Written], about: Mapping[str, str]) -> str:
    """The measures of every generator as JSON."""
    content = {"about": dict(about), "generators": [figures(one) for one in compared]}
    return json.dumps(content, indent=1) + "\n"


def to_markdown(compared: Sequence[Written], about: Mapping[str, str]) -> str:
    """The measures side by side, a generator a column."""
    rows = [figures(one) for one in compared]
    lines = ["# Generators side by side", "", *(f"{key}: {value}  " for key, value in about.items()), ""]
    lines += ["| measure | " + " | ".join(f"`{row['generator']}`" for row in rows) + " |"]
    lines += ["|---" * (len(rows) + 1) + "|"]
    for name in [name for name in rows[0] if name != "generator"]:
        lines += [f"| {name} | " + " | ".join(_shown(row[name]) for row in rows) + " |"]
    return "\n".join(lines) + "\n"


def _reason(note: str) -> str:
    """Why the quotes answer was given, as a note tells it."""
    return note.partition("because ")[2].rpartition(": ")[2].rstrip(".")


def _value(found: metrics.Mean) -> float | None:
    return None if found.value is None else round(found.value, 4)


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{kind} {count}" for kind, count in value.items()) or "–"
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
