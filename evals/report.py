"""An evaluation as Markdown and as JSON: the same bytes for the same code and data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from evals.bootstrap import Interval
from evals.metrics import RETRIEVAL
from evals.refusal import COVERAGES, FALSE_REFUSAL_RATES, auroc, catch_rate, risk_coverage
from evals.summary import Evaluation, Summary, by_category, difference, of_split, summarise
from evals.values import Result, Run

FORMAT = 1
"""Version of the JSON form."""

DIGITS = 6  # of a number in the JSON: enough to compare, too few to show the last bits of a sum

_SYSTEM_HEAD = (
    "system",
    "n",
    "right, % [95% interval]",
    "key facts",
    "citation recall",
    "citation precision",
    "caught",
    "false refusals",
    "refusal precision",
    "words",
)
_RETRIEVAL_HEAD = ("system", "n", "success@1", "recall@5", "MRR@10", "nDCG@10")


def to_markdown(evaluation: Evaluation, *, failures: bool = True) -> str:
    """The whole evaluation as Markdown; without the list of wrong replies if ``failures`` is false."""
    blocks = ["# Evaluation", _provenance(evaluation)]
    for split in evaluation.splits:
        blocks += _split_blocks(evaluation, split)
    if doubtful := _doubtful(evaluation):
        blocks += ["## Refusal by confidence", _refusal_table(doubtful)]
    if failures:
        blocks += [f"## What {evaluation.main.system} gets wrong", _failures(evaluation.main)]
    blocks += ["## What the rows and columns are", _legend(evaluation)]
    return "\n\n".join(blocks) + "\n"


def to_json(evaluation: Evaluation) -> str:
    """The whole evaluation as JSON text, with every verdict; answers in full for the main system only."""
    main = evaluation.main
    splits = {split: _split_json(evaluation, split) for split in evaluation.splits}
    value = {
        "format": FORMAT,
        "provenance": evaluation.provenance,
        "main": main.system,
        "notes": {run.system: run.note for run in evaluation.runs},
        "splits": splits,
        "refusal": {run.system: _refusal_json(run) for run in _doubtful(evaluation)},
    }
    questions = [_question_json(evaluation, place) for place in range(len(main.results))]
    return with_lines(rounded(value), "questions", rounded(questions))


def with_lines(value: dict[str, Any], name: str, items: Sequence[Any]) -> str:
    """JSON text of an object with one more member, a list that has each item on a line of its own."""
    head = json.dumps(value, ensure_ascii=False, indent=1).removesuffix("\n}")
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    return f"{head},\n {json.dumps(name)}: [\n{lines}\n ]\n}}\n"


def rounded(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON value with its numbers rounded to :data:`DIGITS` decimals."""
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    return value


def percent(value: float | None) -> str:
    """A share as a percentage with one decimal, a dash for none."""
    return "–" if value is None else f"{100 * value:.1f}"


def with_interval(interval: Interval, *, signed: bool = False) -> str:
    """A share and its interval in percent."""
    sign = "+" if signed else ""
    low, high = (f"{100 * bound:{sign}.1f}" for bound in (interval.low, interval.high))
    return f"{100 * interval.value:{sign}.1f} [{low}, {high}]"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar in a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def summary_cells(summary: Summary) -> list[str]:
    """The measures of a summary, one a cell, in the order of the tables' columns after the first."""
    means = (
        summary.key_facts,
        summary.citation_recall,
        summary.citation_precision,
        summary.caught,
        summary.false_refusals,
        summary.refusal_precision,
    )
    words = "–" if summary.words is None else f"{summary.words:.0f}"
    return [str(summary.n), with_interval(summary.right), *(percent(mean.value) for mean in means), words]


def _provenance(evaluation: Evaluation) -> str:
    return "\n".join(f"- {name}: {value}" for name, value in evaluation.provenance.items())


def _split_blocks(evaluation: Evaluation, split: str) -> Iterator[str]:
    main = of_split(evaluation.main, split)
    summaries = {run.system: summarise(of_split(run, split)) for run in evaluation.runs}
    unanswerable = sum(not result.case.answerable for result in main)
    yield f"## The {split} split: {len(main)} questions, {unanswerable} of them not answered by the report"
    yield table(_SYSTEM_HEAD, ([name, *summary_cells(summary)] for name, summary in summaries.items()))
    yield "### Where the right paragraph is ranked"
    yield table(_RETRIEVAL_HEAD, ([name, *_retrieval_cells(summary)] for name, summary in summaries.items()))
    if len(evaluation.runs) > 1:
        yield f"### How much more often {evaluation.main.system} is right"
        yield table(("than", "points [95% interval]"), _difference_rows(evaluation, split))
    yield f"### {evaluation.main.system} by category"
    categories = by_category(main)
    yield table(
        ("category", *_SYSTEM_HEAD[1:]),
        ([name, *summary_cells(summary)] for name, summary in categories.items()),
    )


def _retrieval_cells(summary: Summary) -> list[str]:
    means = [summary.retrieval[name] for name in RETRIEVAL]
    return [str(means[0].n), *("–" if mean.value is None else f"{mean.value:.3f}" for mean in means)]


def _difference_rows(evaluation: Evaluation, split: str) -> Iterator[list[str]]:
    main = of_split(evaluation.main, split)
    for run in evaluation.runs:
        if run is not evaluation.main:
            yield [run.system, with_interval(difference(main, of_split(run, split)), signed=True)]


def _refusal_table(runs: Sequence[Run]) -> str:
    catches = [f"caught at {100 * rate:.0f}% false refusals" for rate in FALSE_REFUSAL_RATES]
    risks = [f"wrong among the surest {100 * coverage:.0f}%" for coverage in COVERAGES]
    return table(("system", "AUROC", *catches, *risks), ([run.system, *_refusal_cells(run)] for run in runs))


def _refusal_cells(run: Run) -> list[str]:
    area = auroc(run.results)
    caught = (catch_rate(run.results, false_refusals=rate) for rate in FALSE_REFUSAL_RATES)
    risks = (point.risk for point in risk_coverage(run.results))
    return ["–" if area is None else f"{area:.3f}", *(percent(share) for share in (*caught, *risks))]


def _doubtful(evaluation: Evaluation) -> list[Run]:
    """The runs that are surer of some replies than of others; for the rest the order says nothing."""
    return [run for run in evaluation.runs if len({result.reply.confidence for result in run.results}) > 1]


def _failures(run: Run) -> str:
    wrong = [result for result in run.results if not result.verdict.right]
    lines = (
        f"- {r.case.split} {r.case.id} ({r.case.category}): {'; '.join(r.verdict.reasons)}" for r in wrong
    )
    return "\n".join(lines) or "Nothing."


def _legend(evaluation: Evaluation) -> str:
    rows = [f"- {run.system}: {run.note}." for run in evaluation.runs]
    columns = [
        "- right: status, key facts, a cited paragraph of every required group and length are as asked; "
        "Wilson interval, differences between systems by paired bootstrap over the questions.",
        "- citation recall and precision: overlap of the cited paragraphs with the known ones, in percent.",
        "- caught: share of the questions without an answer in the report that were refused.",
        "- refusal precision: share of the refusals that were such questions.",
        "- words: median length of an answer.",
    ]
    integrity = summarise(evaluation.main.results)
    faults = (
        f"- Of {evaluation.main.system}, {integrity.unknown_citations} cited paragraphs do not exist and "
        f"{integrity.broken_quotes} quotes are not verbatim."
    )
    return "\n".join([*rows, *columns, faults])


def _split_json(evaluation: Evaluation, split: str) -> dict[str, Any]:
    main = of_split(evaluation.main, split)
    others = [run for run in evaluation.runs if run is not evaluation.main]
    return {
        "systems": {run.system: asdict(summarise(of_split(run, split))) for run in evaluation.runs},
        "categories": {name: asdict(summary) for name, summary in by_category(main).items()},
        "differences": {run.system: asdict(difference(main, of_split(run, split))) for run in others},
    }


def _refusal_json(run: Run) -> dict[str, Any]:
    rates = {f"{rate:.2f}": catch_rate(run.results, false_refusals=rate) for rate in FALSE_REFUSAL_RATES}
    curve = [asdict(point) for point in risk_coverage(run.results)]
    return {"auroc": auroc(run.results), "caught_at_false_refusals": rates, "risk_coverage": curve}


def _question_json(evaluation: Evaluation, place: int) -> dict[str, Any]:
    main = evaluation.main.results[place]
    return {
        "id": main.case.id,
        "question": main.case.question,
        "split": main.case.split,
        "category": main.case.category,
        "answer": main.reply.text,
        "systems": {run.system: _verdict_json(run.results[place]) for run in evaluation.runs},
    }


def _verdict_json(result: Result) -> dict[str, Any]:
    return {
        "right": result.verdict.right,
        "status": result.reply.status,
        "cited": list(result.reply.cited),
        "confidence": result.reply.confidence,
        "words": result.verdict.words,
        "reasons": list(result.verdict.reasons),
    }
