"""Ask the known-answer questions and measure the replies: ``python -m evals run | report | …``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import CorpusError
from evals import measuring
from evals.cases import SPLITS, Case, load, select
from evals.errors import EvalsError
from evals.names import NAMES
from evals.summary import MAIN, Evaluation
from index.errors import IndexError_, IndexRefusedError
from qa.errors import QAError
from qa.page.store import VERDICTS

if TYPE_CHECKING:
    from corpus.values import Report

RESULTS = Path(__file__).parent / "results"
"""Where a whole run is written and the latest is read."""

FAILED, BAD_INPUT, REFUSED = 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit code."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "fit":
            return fit(options)
        if options.command == "claims":
            return claims(options)
        if options.command == "feedback":
            return feedback(options)
        if options.command in measuring.COMMANDS:
            return measure(options)
        return run(options) if options.command == "run" else report(options.output or RESULTS)
    except IndexRefusedError as error:
        _say(str(error))
        return REFUSED
    except (EvalsError, CorpusError, IndexError_, QAError) as error:
        _say(str(error))
        return BAD_INPUT


def run(options: argparse.Namespace) -> int:
    """Ask, print the tables, write the results; with a gate, say whether the run passes it."""
    from evals import gate
    from evals.report import to_markdown

    if options.siblings:
        return over_siblings(options)
    _check(options)
    if options.generator:
        return generators(options)
    baseline = gate.load_baseline(gate.BASELINE) if options.gate else None
    cases = select(load(), options.split)
    evaluation, read = _evaluate(options, cases)
    print(to_markdown(evaluation, failures=False))
    folder = _folder(options)
    if folder:
        _write_results(folder, evaluation, read)
    if options.update_baseline:
        _write(gate.BASELINE, gate.baseline_json(evaluation.main))
    if baseline is None:
        return 0
    decision = gate.decide(evaluation.main, baseline)
    print(gate.to_text(decision), end="")
    return 0 if decision.passed else FAILED


def generators(options: argparse.Namespace) -> int:
    """Compare what writes the answers, quotes first; written to files only where ``--output`` says."""
    from evals import generators as compared
    from evals.wiring import Workshop
    from qa.build import check_generator, with_model
    from qa.settings import read_settings
    from qa.values import QUOTES
    from qa.verify.verifier import Verifier

    wanted = tuple(dict.fromkeys((QUOTES, *options.generator)))
    settings = {name: read_settings(generator=name) for name in wanted}
    for one in settings.values():
        check_generator(one)
    cases = compared.sample(select(load(), options.split), options.sample)
    workshop = Workshop(settings[QUOTES], progress=_say)
    texts = {paragraph.number: paragraph.text for paragraph in workshop.report.paragraphs}
    check = Verifier(workshop.pipeline.source).check
    written = []
    for name in wanted:
        asker = with_model(workshop.pipeline, settings[name])
        # A path says where the file is on one machine; the name of the file is what counts.
        shown = getattr(asker, "generator", name)
        written.append(compared.write(shown, asker, cases, texts, check))
        _say(f"{shown}: {len(cases)} questions")
    about = {
        "questions": f"{len(cases)} of {options.split}",
        "seconds allowed": f"{settings[QUOTES].timeout:g}",
    }
    if options.output:
        _write(options.output / "generators.json", compared.to_json(written, about))
        _write(options.output / "generators.md", compared.to_markdown(written, about))
    print(compared.to_markdown(written, about), end="")
    return 0


def over_siblings(options: argparse.Namespace) -> int:
    """Ask the questions over several reports, and write what was found."""
    from evals.siblings import benchmark
    from evals.wiring import sibling_library
    from qa.settings import read_settings

    if options.generator or options.system or options.gate or options.update_baseline:
        raise EvalsError("--siblings measures the tool as it is: leave the other options out.")
    cases = [case for case in benchmark.load_cases() if options.split in ("all", case.split)]
    with sibling_library(read_settings(), progress=_say) as library:
        judged = benchmark.measure(
            cases,
            lambda case: library.ask(
                case.question, case.history, reports=None if benchmark.ALL in case.scope else case.scope
            ),
            benchmark.texts_of(library.reports),
        )
    about = {"reports": ", ".join(library.ids), "questions": str(len(judged))}
    if options.output or options.split == "all":
        folder = options.output or RESULTS
        _write(folder / "siblings.json", benchmark.to_json(judged, about))
        _write(folder / "siblings.md", benchmark.to_markdown(judged, about))
    print(benchmark.to_markdown(judged, about), end="")
    return 0


def claims(options: argparse.Namespace) -> int:
    """Fit the verifier to the training and development claims, or check the claims and write what was found."""
    from evals.claims.benchmark import (
        CLAIMS,
        STATEMENTS,
        is_statement,
        load_claims,
        measure,
        to_json,
        to_markdown,
    )
    from evals.claims.benchmark import SPLITS as CLAIM_SPLITS
    from qa.build import build
    from qa.settings import read_settings
    from qa.verify.likelihood import WEIGHTS
    from qa.verify.sorts import SORTS
    from qa.verify.statements import WEIGHTS as SHOWN
    from qa.verify.statements import StatementVerifier
    from qa.verify.verifier import Verifier

    source = build(read_settings(), progress=_say).source
    if options.fit:
        from evals.claims.fitting import fit_weights
        from evals.claims.showing import fit_shown
        from evals.claims.sorting import fit_sorts

        folder = options.output or Path(__file__).parents[1] / "qa" / "verify"
        known = (*load_claims("dev"), *load_claims("training"))
        _write(folder / WEIGHTS, fit_weights(known, source))
        _write(folder / SORTS, fit_sorts((claim.claim for claim in known), source))
        _write(folder / SHOWN, fit_shown(known, source))
        return 0
    verifier, statements = Verifier(source), StatementVerifier(source)
    measured = {split: measure(load_claims(split), verifier.check) for split in CLAIM_SPLITS}
    # What a model writes always cites, and claims something or is not shown.
    written = {split: [c for c in load_claims(split) if is_statement(c)] for split in CLAIM_SPLITS}
    shown = {split: measure(chosen, statements.check) for split, chosen in written.items()}
    folder = options.output or RESULTS
    for name, title, figures in (("claims", CLAIMS, measured), ("statements", STATEMENTS, shown)):
        _write(folder / f"{name}.json", to_json(figures))
        _write(folder / f"{name}.md", to_markdown(figures, title))
        print(to_markdown(figures, title), end="")
    return 0


def report(folder: Path) -> int:
    """Print the latest results."""
    try:
        print((folder / "results.md").read_text(encoding="utf-8"), end="")
    except OSError as error:
        raise EvalsError(
            f"There are no results in {str(folder)!r}. Make them with: python -m evals run"
        ) from error
    return 0


def feedback(options: argparse.Namespace) -> int:
    """List what users said of answers; export it, make drafts of cases of it, or remove it."""
    from evals import feedback as given
    from qa.settings import read_settings

    home = read_settings().home
    if options.delete and not (options.verdict or options.id):
        raise EvalsError("Say which feedback to remove, with --id or --verdict.")
    chosen = given.choose(given.read(home), verdicts=options.verdict, ids=options.id)
    if not chosen:
        _say("No feedback has been given." if not (options.verdict or options.id) else "No such feedback.")
        return 0
    if options.draft_cases:
        from corpus.library import load as load_report

        given.write_new(options.draft_cases, given.draft_cases(chosen, load_report(), load(), tell=_say))
        _say(f"Written to {options.draft_cases}. Each draft's note says what to check.")
    if options.export:
        given.write_new(options.export, given.to_jsonl(chosen))
        _say(f"Written to {options.export}: {len(chosen)} items")
    if options.delete:
        _say(f"Removed for good: {given.delete(home, chosen)} items")
    if not (options.draft_cases or options.export or options.delete):
        print(given.to_text(chosen), end="")
    return 0


def fit(options: argparse.Namespace) -> int:
    """Fit what is learned to the training examples and write it beside the code that reads it."""
    from corpus.library import probes
    from evals import fit as fitting
    from evals.wiring import Workshop
    from qa.settings import read_settings

    workshop = Workshop(read_settings(), progress=_say)
    questions = probes(workshop.report)
    folder = options.output or fitting.FORESTS_FILE.parent
    weights = fitting.fit_intents(workshop.encoder, fitting.intents(), questions)
    _write(folder / fitting.WEIGHTS_FILE.name, weights)
    pipelines = {"with_questions": workshop.pipeline, "without_questions": workshop.plain_pipeline}
    forests = {}
    for name, pipeline in pipelines.items():
        _say(f"Fitting to {len(questions):,} training questions, {name.replace('_', ' ')}")
        forests[name] = fitting.fit(pipeline, questions)
    _write(folder / fitting.FORESTS_FILE.name, fitting.to_json(forests))
    return 0


def measure(options: argparse.Namespace) -> int:
    """Measure speed or size, print the figures and write them, a part of them only where ``--output`` says."""
    options.whole = True
    files = measuring.COMMANDS[options.command](options, _say)
    folder: Path | None = options.output or (RESULTS if options.whole else None)
    if folder:
        for name, text in files.items():
            _write(folder / name, text)
    print(next(iter(files.values())), end="")
    return 0


def _evaluate(options: argparse.Namespace, cases: Sequence[Case]) -> tuple[Evaluation, Report]:
    from evals.run import run_all
    from evals.timings import to_lines
    from evals.wiring import Workshop
    from qa.settings import read_settings

    workshop = Workshop(read_settings(), progress=_say)
    texts = {paragraph.number: paragraph.text for paragraph in workshop.report.paragraphs}
    runs = run_all(workshop.systems(_names(options), cases), cases, texts, progress=_say)
    _say(to_lines(runs))
    shown = tuple(sorted(runs, key=lambda run: NAMES.index(run.system)))
    return Evaluation(shown, workshop.provenance(cases)), workshop.report


def _names(options: argparse.Namespace) -> tuple[str, ...]:
    if options.system:
        return tuple(dict.fromkeys(options.system))
    return (MAIN,) if options.gate or options.update_baseline else NAMES


def _check(options: argparse.Namespace) -> None:
    compared = options.gate or options.update_baseline
    if compared and MAIN not in _names(options):
        raise EvalsError(f"The gate and the baseline are about the system {MAIN!r}: add --system {MAIN}.")
    if options.update_baseline and options.split != "all":
        raise EvalsError(f"A baseline is of all questions, not of {options.split!r}: leave --split out.")


def _folder(options: argparse.Namespace) -> Path | None:
    if options.output:
        return Path(options.output)
    whole = options.split == "all" and _names(options) == NAMES
    return RESULTS if whole else None


def _write_results(folder: Path, evaluation: Evaluation, report: Report) -> None:
    from evals import history, timings
    from evals import report as reports
    from evals.html import to_html

    _write(folder / "results.json", reports.to_json(evaluation))
    _write(folder / "results.md", reports.to_markdown(evaluation))
    _write(folder / "report.html", to_html(evaluation, report))
    _write(folder / "timings.json", timings.to_json(evaluation.runs))
    history.append(folder, history.past(evaluation))
    _say(f"Written to {folder}: results.json, results.md, report.html, timings.json; added to history.jsonl")


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(text)
        Path(file.name).chmod(0o644)
        os.replace(file.name, path)
    except OSError as error:
        raise EvalsError(f"Cannot write {str(path)!r}: {error.strerror}. Choose another --output.") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals", description="Ask the known-answer questions and measure the replies."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser(
        "run",
        help="ask, measure and compare",
        description="Ask every system every question. A whole run is written to evals/results, a narrower "
        "one (--split, --system, --gate, --update-baseline) only where --output says.",
    )
    run.add_argument("--split", choices=(*SPLITS, "all"), default="all", help="default: %(default)s")
    run.add_argument(
        "--generator",
        nargs="+",
        metavar="G",
        help="compare what writes the answers: these and quotes, beside each other, instead of systems",
    )
    run.add_argument(
        "--sample", type=int, metavar="N", help="with --generator: N of the questions, always the same"
    )
    run.add_argument("--system", choices=NAMES, nargs="+", metavar="NAME", help=f"of: {', '.join(NAMES)}")
    run.add_argument("--siblings", action="store_true", help="ask the questions over several reports instead")
    run.add_argument(
        "--gate",
        action="store_true",
        help="exit 1 if worse than the committed baseline or a must-pass fails",
    )
    run.add_argument(
        "--update-baseline", action="store_true", help="make this run what later ones are compared with"
    )
    run.add_argument("--output", type=Path, metavar="DIR", help="folder to write the results to")
    latest = commands.add_parser("report", help="print the latest results")
    latest.add_argument("--output", type=Path, metavar="DIR", help="folder to read; default: evals/results")
    checked = commands.add_parser(
        "claims",
        help="check the benchmark's claims",
        description="Check claims written from the report alone and write evals/results/claims.json and .md.",
    )
    checked.add_argument(
        "--fit", action="store_true", help="fit the verifier's weights to the development claims"
    )
    checked.add_argument("--output", type=Path, metavar="DIR", help="folder to write to")
    _add_feedback_parser(commands.add_parser)
    measuring.add_parsers(commands.add_parser)
    fitted = commands.add_parser(
        "fit",
        help="fit what is learned to the training examples",
        description="Fit what weighs whether the evidence is enough, and what somebody is after, to the "
        "training examples (the report's probes, evals/training), which are no cases.",
    )
    fitted.add_argument("--output", type=Path, metavar="DIR", help="folder to write to; default: qa")
    return parser


def _add_feedback_parser(add: Callable[..., argparse.ArgumentParser]) -> None:
    said = add(
        "feedback",
        help="list, export or use what users said of answers",
        description="List what users said of answers on the page of QA_HOME. With --export, --draft-cases or "
        "--delete, do that with what is chosen by --verdict and --id instead.",
    )
    said.add_argument(
        "--verdict", choices=VERDICTS, nargs="+", default=[], metavar="V", help=f"of: {', '.join(VERDICTS)}"
    )
    said.add_argument("--id", type=int, nargs="+", default=[], metavar="N", help="numbers, as listed")
    said.add_argument("--export", type=Path, metavar="FILE", help="new file of JSON lines to write to")
    said.add_argument(
        "--draft-cases",
        type=Path,
        metavar="FILE",
        help="new file to write drafts of cases to, for evals/cases",
    )
    said.add_argument("--delete", action="store_true", help="remove them for good")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
