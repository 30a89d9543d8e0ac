"""An evaluation as one HTML page to read offline: every question, what was expected and what came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib import resources

from corpus.values import Report
from evals.expected import expected_sentences, known_paragraphs
from evals.refusal import auroc
from evals.report import summary_cells
from evals.summary import Evaluation, by_category, of_split, summarise
from evals.values import Result, Run

_HEAD = (
    "Questions",
    "Right, % [95% interval]",
    "Key facts",
    "Citation recall",
    "Citation precision",
    "Caught",
    "False refusals",
    "Refusal precision",
    "Words",
)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
"""What the browser may load for the page: nothing from anywhere."""

_STATUS_WORDS = {
    "answered": "answered",
    "partial": "answered in part",
    "not_in_report": "the report does not say",
    "error": "question not taken",
}


def to_html(evaluation: Evaluation, report: Report) -> str:
    """The whole page. It asks the network for nothing; all text in it is escaped."""
    title = f"Evaluation: {report.metadata.title}, {report.metadata.authority}"
    body = "\n".join(_body(evaluation, report, title))
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_asset('report.css')}</style>\n</head>\n"
        f"<body>\n{body}\n<script>\n{_asset('report.js')}</script>\n</body>\n</html>\n"
    )


def _body(evaluation: Evaluation, report: Report, title: str) -> Iterator[str]:
    yield f"<header><h1>{escape(title)}</h1>{_lead(evaluation.main)}{_provenance(evaluation)}</header>"
    yield "<main>"
    for split in evaluation.splits:
        yield f"<section><h2>Summary of the {escape(split)} split</h2>"
        yield _table(
            "System", ((r.system, summary_cells(summarise(of_split(r, split)))) for r in evaluation.runs)
        )
        yield f"<h3>{escape(evaluation.main.system)} by category</h3>"
        categories = by_category(of_split(evaluation.main, split))
        yield _table("Category", ((name, summary_cells(summary)) for name, summary in categories.items()))
        yield "</section>"
    yield _legend(evaluation)
    yield _questions(evaluation.main, report)
    yield "</main>"


def _lead(run: Run) -> str:
    wrong = sum(not result.verdict.right for result in run.results)
    must_pass = sum(result.case.must_pass and not result.verdict.right for result in run.results)
    area = auroc(run.results)
    ranked = "" if area is None else f" Answerable is told from unanswerable with an AUROC of {area:.3f}."
    return (
        f'<p class="lead">{len(run.results) - wrong} of {len(run.results)} replies are right; '
        f"of the {wrong} wrong ones, {must_pass} must pass.{ranked}</p>"
    )


def _provenance(evaluation: Evaluation) -> str:
    pairs = (
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in evaluation.provenance.items()
    )
    return f"<dl>{''.join(pairs)}</dl>"


def _table(first: str, rows: Iterable[tuple[str, Sequence[str]]]) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in (first, *_HEAD))
    lines = (
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for name, cells in rows
    )
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="Table by {escape(first.lower())}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def _legend(evaluation: Evaluation) -> str:
    items = "".join(f"<dt>{escape(run.system)}</dt><dd>{escape(run.note)}</dd>" for run in evaluation.runs)
    return (
        f"<details><summary>What the rows and columns are</summary><dl>{items}</dl>"
        "<p>A reply is right when it has the expected status, holds every key fact, cites a paragraph of "
        "every required group and is short enough. Citation recall: how many of the known paragraphs are "
        "cited; citation precision: how many of the cited ones are known. Caught: the share of the questions "
        "without an answer in the report that were refused. All shares are in percent.</p></details>"
    )


def _questions(run: Run, report: Report) -> str:
    articles = "\n".join(_article(result, report) for result in run.results)
    wrong = sum(not result.verdict.right for result in run.results)
    return (
        '<section id="questions"><h2>Every question</h2>'
        f'<p class="filter"><label><input type="checkbox" id="failed-only"> Failed only ({wrong})</label> '
        '<label>Search <input type="search" id="search"></label> '
        f'<output id="shown">{len(run.results)} shown</output></p>\n{articles}\n</section>'
    )


def _article(result: Result, report: Report) -> str:
    case, state = result.case, "right" if result.verdict.right else "wrong"
    tags = [case.id, case.category, case.style, case.split, *(["must pass"] if case.must_pass else [])]
    return (
        f'<article class="{state}" id="case-{escape(case.id)}"><h3>{escape(_shortened(case.question))}</h3>'
        f'<p class="tags"><strong class="verdict">{state}</strong> {escape(" · ".join(tags))}</p>'
        f"{_history(case.history)}{_reasons(result.verdict.reasons)}"
        f'<div class="pair"><div><h4>Expected</h4>{_expected(result, report)}</div>'
        f"<div><h4>Reply</h4>{_actual(result)}</div></div></article>"
    )


def _shortened(question: str, length: int = 600) -> str:
    return question if len(question) <= length else f"{question[:length]}… ({len(question)} characters)"


def _history(history: Sequence[str]) -> str:
    asked = "".join(f"<li>{escape(question)}</li>" for question in history)
    return f'<p class="small">Asked before:</p><ol class="small">{asked}</ol>' if asked else ""


def _reasons(reasons: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(reason)}</li>" for reason in reasons)
    return f'<ul class="reasons">{items}</ul>' if items else ""


def _expected(result: Result, report: Report) -> str:
    case = result.case
    quotes = "".join(
        f"<p>{escape(text)} <cite>[{escape(number)}]</cite></p>"
        for number, text in expected_sentences(case, report)
    )
    required = "; ".join(" or ".join(group) for group in case.required) or "none"
    lines = [f"Status: {_STATUS_WORDS[case.status]}", f"Paragraphs: {required}"]
    if case.acceptable:
        lines.append(f"May also cite: {', '.join(case.acceptable)}")
    lines += [f"Must say: {pattern}" for pattern in case.facts + case.computed]
    lines += [f"Must not say: {pattern}" for pattern in case.forbidden]
    lines += [case.note] if case.note else []
    texts = _paragraph_texts(known_paragraphs(case), report)
    return quotes + _small(lines) + texts


def _actual(result: Result) -> str:
    reply = result.reply
    status = _STATUS_WORDS.get(reply.status, reply.status)
    cited = ", ".join(reply.cited) or "none"
    lines = [f"Status: {status}", f"Paragraphs: {cited}", f"Words: {result.verdict.words}"]
    lines += [f"Confidence: {reply.confidence:.2f}"]
    lines += [f"Reason: {reply.reason}"] if reply.reason else []
    lines += [f"Worth a look: {', '.join(reply.related)}"] if reply.related else []
    return f'<p class="answer">{escape(reply.text)}</p>{_small(lines)}'


def _small(lines: Iterable[str]) -> str:
    return f'<ul class="small">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'


def _paragraph_texts(numbers: Sequence[str], report: Report) -> str:
    known = [paragraph for number in numbers if (paragraph := report.get(number))]
    texts = "".join(f"<p><cite>{escape(p.number)}</cite> {escape(p.text)}</p>" for p in known)
    return (
        f"<details><summary>Text of {escape(', '.join(numbers))}</summary>{texts}</details>" if texts else ""
    )


def _asset(name: str) -> str:
    return resources.files("evals").joinpath(name).read_text(encoding="utf-8")
