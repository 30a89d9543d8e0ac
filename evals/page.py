"""The evaluation as a web page: how good the answers are, which are wrong, and how that has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from corpus.library import DEFAULT_REPORT
from corpus.library import load as load_report
from corpus.values import Report
from evals.background import BackgroundRun
from evals.cases import Case
from evals.cases import load as load_cases
from evals.expected import expected_sentences
from evals.history import Past, Share, read
from evals.report import FORMAT, percent
from qa.note.dates import day
from qa.page.markup import NOTHING, Html, join, tag, text
from qa.page.signin_pages import small_page

Results = Mapping[str, Any]

RESULTS = Path(__file__).parent / "results"
"""The results that are shipped."""

_WIDTH, _HEIGHT = 560, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 16, 12, 36
_SPLITS = {"test": "test", "dev": "development"}
_STATUS = {"answered": "answered", "partial": "partly answered", "not_in_report": "not in the report"}
_HEAD = ("Category", "Questions", "Right", "95% interval", "Citation recall", "Citation precision", "Caught")
_NONE = "There are no results yet. Make them with: python -m evals run"
# While a run is under way the page is looked at again and the part that changes is replaced.
_FOLLOW = """
const follow = async () => {
  const state = document.getElementById('run');
  if (!state.dataset.running) return;
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
    const now = page.getElementById('run');
    if (!now) return;
    if (!now.dataset.running) { location.reload(); return; }
    document.getElementById('state').textContent = page.getElementById('state').textContent;
  } catch { }
  setTimeout(follow, 3000);
};
setTimeout(follow, 3000);
"""


def showing(home: Path, run: BackgroundRun | None) -> Callable[[], Html]:
    """What shows the page: the committed results, or those of a run on this machine if they are newer."""

    def show() -> Html:
        cases, report = _known()
        return evaluation_page(*latest(RESULTS, folder_of_runs(home)), cases, report, run)

    return show


def folder_of_runs(home: Path) -> Path:
    """Where runs that are started from the page write their results."""
    return home / "evaluation"


def latest(*folders: Path) -> tuple[Results | None, tuple[Past, ...]]:
    """The results of the folder whose history ends last, and the history of all of them."""
    ends = {folder: runs[-1].finished for folder in folders if (runs := read(folder))}
    newest_first = sorted(ends, key=lambda folder: ends[folder], reverse=True)
    rest = [folder for folder in folders if folder not in ends]
    found = (_results(folder / "results.json") for folder in (*newest_first, *rest))
    return next((results for results in found if results is not None), None), read(*folders)


def evaluation_page(
    results: Results | None,
    history: Sequence[Past],
    cases: Mapping[str, Case],
    report: Report,
    run: BackgroundRun | None = None,
) -> Html:
    """The whole page; without ``run`` nobody can start a run from it."""
    parts = [
        tag("p", tag("a", text("Back to the report"), href="/")),
        NOTHING if run is None else run_part(run),
    ]
    if results is None:
        parts.append(tag("p", text(_NONE)))
    else:
        parts += [*_summary(results), history_part(history), *failures_part(results, cases, report)]
    return small_page("Evaluation", *parts, code=_FOLLOW if run is not None else "")


def run_part(run: BackgroundRun) -> Html:
    """A button that starts a run, or how far the one under way is."""
    button = tag("button", text("Run the evaluation now"), type="submit", disabled=run.running)
    form = tag("form", button, method="post", action="/evaluation")
    state = tag("p", text(run.state), role="status", id="state")
    words = "All questions are asked once; that takes some minutes, and the page can be used meanwhile."
    soft = tag("p", text(words), class_="soft")
    return tag("section", form, state, soft, id="run", data_running="yes" if run.running else None)


def categories_table(results: Results, split: str) -> Html:
    """The measures of each category on one split, and of all together."""
    measured = results["splits"][split]
    rows = [(name.replace("_", " "), summary) for name, summary in measured["categories"].items()]
    rows.append(("all", measured["systems"][results["main"]]))
    head = tag("thead", tag("tr", *(tag("th", text(name), scope="col") for name in _HEAD)))
    body = tag("tbody", *(_row(name, summary) for name, summary in rows))
    table = tag("table", tag("caption", text(f"The {_SPLITS[split]} questions, in percent")), head, body)
    return tag(
        "div", table, class_="wide", role="region", tabindex="0", aria_label=f"The {_SPLITS[split]} questions"
    )


def history_part(history: Sequence[Past]) -> Html:
    """How the share of right answers has changed: a plot, and the same as a table."""
    if not history:
        return NOTHING
    return tag(
        "section",
        tag("h2", text("History of runs")),
        tag("figure", plot(history), tag("figcaption", text(_in_words(history)))),
        tag("details", tag("summary", text("The same as a table")), _history_table(history)),
    )


def plot(history: Sequence[Past], split: str = "test") -> Html:
    """The share of right answers by run, with its 95% interval, as an SVG picture."""
    shares = [line.right[split] for line in history if split in line.right]
    if not shares:
        return NOTHING
    places = [_across(number, len(shares)) for number in range(len(shares))]
    points = [(x, _down(share.value)) for x, share in zip(places, shares, strict=True)]
    intervals = (
        tag("line", x1=_n(x), x2=_n(x), y1=_n(_down(s.low)), y2=_n(_down(s.high)), class_="axis")
        for x, s in zip(places, shares, strict=True)
    )
    curve = tag("polyline", points=" ".join(f"{_n(x)},{_n(y)}" for x, y in points), class_="curve")
    dots = (tag("circle", cx=_n(x), cy=_n(y), r="4", class_="point") for x, y in points)
    return tag(
        "svg",
        tag("title", text(_in_words(history, split))),
        *_axes(len(shares)),
        *intervals,
        curve,
        *dots,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        width=str(_WIDTH),
        height=str(_HEIGHT),
        role="img",
    )


def failures_part(results: Results, cases: Mapping[str, Case], report: Report) -> Iterator[Html]:
    """The questions that were answered wrongly, the test questions first, each with what was expected."""
    main = results["main"]
    wrong = [item for item in results["questions"] if not item["systems"][main]["right"]]
    yield tag("h2", text(f"Wrong answers ({len(wrong)} of {len(results['questions'])})"))
    for split in sorted({item["split"] for item in wrong}, reverse=True):
        of_split = [item for item in wrong if item["split"] == split]
        yield tag("h3", text(f"Of the {_SPLITS[split]} questions ({len(of_split)})"))
        yield join(_failure(item, main, cases.get(item["id"]), report) for item in of_split)


def _summary(results: Results) -> Iterator[Html]:
    main = results["main"]
    for split in results["splits"]:
        summary = results["splits"][split]["systems"][main]
        right = summary["right"]
        words = (
            f"Of {summary['n']} {_SPLITS[split]} questions, {percent(right['value'])}% are answered rightly "
            f"(95% interval {percent(right['low'])}% to {percent(right['high'])}%)."
        )
        yield tag("p", text(words))
    yield tag(
        "p",
        text(
            "An answer is right when it has the expected status, holds every key fact, cites a paragraph of every "
            "required group and is short enough. Caught: the share of questions without an answer in the report that "
            "were refused."
        ),
        class_="soft",
    )
    yield tag("h2", text("Latest results"))
    yield from (categories_table(results, split) for split in results["splits"])
    pairs = ((tag("dt", text(name)), tag("dd", text(value))) for name, value in results["provenance"].items())
    yield tag(
        "details",
        tag("summary", text("What was asked, of what")),
        tag("dl", *(part for pair in pairs for part in pair)),
    )


def _row(name: str, summary: Mapping[str, Any]) -> Html:
    right = summary["right"]
    cells = (
        str(summary["n"]),
        percent(right["value"]),
        f"{percent(right['low'])} – {percent(right['high'])}",
        *(percent(summary[key]["value"]) for key in ("citation_recall", "citation_precision", "caught")),
    )
    return tag("tr", tag("th", text(name), scope="row"), *(tag("td", text(cell)) for cell in cells))


def _failure(item: Mapping[str, Any], main: str, case: Case | None, report: Report) -> Html:
    reply = item["systems"][main]
    question = item["question"] if len(item["question"]) <= 300 else item["question"][:300] + " …"
    asked = "\n".join(case.history) if case else ""
    pairs = (
        ("Asked before", asked),
        ("Expected", "\n".join(_expected(case, report)) if case else "This question is not asked any more."),
        ("Answer", item["answer"]),
        (
            "Status and paragraphs",
            f"{_STATUS.get(reply['status'], reply['status'])}; {_cited(reply['cited'])}",
        ),
        ("Why it is wrong", "\n".join(reply["reasons"])),
    )
    shown = (
        part for name, words in pairs if words for part in (tag("dt", text(name)), tag("dd", text(words)))
    )
    title = tag("summary", text(f"{item['id']} · {item['category'].replace('_', ' ')} · {question}"))
    return tag("details", title, tag("dl", *shown))


def _expected(case: Case, report: Report) -> Iterator[str]:
    yield f"{_STATUS[case.status]}; {_cited([' or '.join(group) for group in case.required])}"
    yield from (f"“{sentence}” ({number})" for number, sentence in expected_sentences(case, report))
    if case.note:
        yield case.note


def _cited(numbers: Sequence[str]) -> str:
    return f"paragraphs {', '.join(numbers)}" if numbers else "no paragraph"


def _in_words(history: Sequence[Past], split: str = "test") -> str:
    known = [line for line in history if split in line.right]
    if not known:
        return ""
    first, last = known[0], known[-1]
    if len(known) == 1:
        return f"One run, on {_day(first)}: {_said(first.right[split])} of the {split} questions right."
    return (
        f"Share of {split} questions answered rightly in {len(known)} runs, from {_said(first.right[split])} on "
        f"{_day(first)} to {_said(last.right[split])} on {_day(last)}; the lines are 95% intervals."
    )


def _said(share: Share) -> str:
    return f"{percent(share.value)}% of {share.n}"


def _day(line: Past) -> str:
    return day(line.finished.date().isoformat())


def _history_table(history: Sequence[Past]) -> Html:
    splits = sorted({split for line in history for split in line.right}, reverse=True)
    names = ("Run", "Questions", *(f"Right, {_SPLITS[split]}" for split in splits))
    head = tag("thead", tag("tr", *(tag("th", text(name), scope="col") for name in names)))
    rows = []
    for line in reversed(history):
        shares = (_said(line.right[split]) if split in line.right else "–" for split in splits)
        cells = (line.cases, *shares)
        when = f"{_day(line)}, {line.finished:%H:%M}"
        rows.append(tag("tr", tag("th", text(when), scope="row"), *(tag("td", text(cell)) for cell in cells)))
    table = tag("table", head, tag("tbody", *rows))
    return tag("div", table, class_="wide", role="region", tabindex="0", aria_label="History of runs")


def _axes(count: int) -> Iterator[Html]:
    bottom = _down(0)
    for level in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _down(level)
        yield tag(
            "line", x1=str(_LEFT), x2=str(_WIDTH - _RIGHT), y1=_n(y), y2=_n(y), class_="axis", opacity="0.4"
        )
        yield tag("text", text(f"{level:.0%}"), x=str(_LEFT - 6), y=_n(y + 4), text_anchor="end")
    for number in dict.fromkeys((0, count - 1)):
        yield tag(
            "text",
            text(str(number + 1)),
            x=_n(_across(number, count)),
            y=_n(bottom + 18),
            text_anchor="middle",
        )
    yield tag(
        "text", text("run"), x=_n((_WIDTH + _LEFT - _RIGHT) / 2), y=_n(bottom + 30), text_anchor="middle"
    )


def _across(number: int, count: int) -> float:
    inner = _WIDTH - _LEFT - _RIGHT - 24
    return _LEFT + 12 + (inner / 2 if count == 1 else inner * number / (count - 1))


def _down(share: float) -> float:
    return _TOP + (1 - share) * (_HEIGHT - _TOP - _BOTTOM)


def _n(number: float) -> str:
    return f"{number:.1f}"


@cache
def _known() -> tuple[Mapping[str, Case], Report]:
    return {case.id: case for case in load_cases()}, load_report(DEFAULT_REPORT)


def _results(path: Path) -> Results | None:
    """The results of a file; ``None`` if there are none of the form that is read here."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("format") == FORMAT else None
