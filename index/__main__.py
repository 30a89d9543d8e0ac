"""Build and describe indexes, search all reports: ``python -m index build | info | find | remove``."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.errors import CorpusError
from corpus.home import data_home
from corpus.library import ALL_REPORTS, DEFAULT_REPORT, expansions, load, probes, report_ids
from corpus.values import Report
from index import store
from index.encoder import DEFAULT_ENCODER, encoder_fingerprint, load_encoder
from index.errors import IndexError_, IndexMissingError, IndexRefusedError
from index.index import Index
from index.manifest import Manifest
from index.passages import KINDS, passages

BAD_INPUT = 2
REFUSED = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit code."""
    options = _parser().parse_args(arguments)
    try:
        chosen = report_ids() if options.report == ALL_REPORTS else (options.report,)
        _COMMANDS[options.command](chosen, options)
    except IndexRefusedError as error:
        _say(str(error))
        return REFUSED
    except (CorpusError, IndexError_) as error:
        _say(str(error))
        return BAD_INPUT
    return 0


def build(chosen: Sequence[str], options: argparse.Namespace) -> None:
    """Build the indexes anew, put the reports into the store of all, and say how long it took."""
    from index import across

    started = time.perf_counter()
    home = options.home or data_home()
    _say(f"Loading the encoder {options.encoder}")
    encoder = load_encoder(options.encoder)

    def built() -> Iterator[Index]:
        for report in map(load, chosen):
            yield store.build(report, expansions(report), encoder, home, probes=probes(report), progress=_say)

    held = across.put(built(), home, encoder, **_milvus())
    count = len(held.reports())
    _say(f"The index of all reports ({held.kind}) holds {count} {'report' if count == 1 else 'reports'}.")
    _say(f"{time.perf_counter() - started:.1f} seconds{_peak_memory()}")


def find(chosen: Sequence[str], options: argparse.Namespace) -> None:
    """Print the paragraphs nearest to a question, whichever report they are in; best first, with their cosine."""
    from index import across

    home = options.home or data_home()
    encoder = load_encoder(options.encoder)
    held = across.across(across.open_store(home, encoder, **_milvus()), chosen, home)
    if held.lacking:
        _say(
            f"Not searched, because they are not indexed as they are now: {', '.join(held.lacking)}. "
            f"To index them, run: {store.build_command(held.lacking[0], home)}"
        )
    for near in held.search(encoder, options.question, top_k=options.top, reports=chosen):
        print(f"{near.report}:{near.paragraph}\t{near.score:.3f}")


def remove(chosen: Sequence[str], options: argparse.Namespace) -> None:
    """Take reports out of the store of all."""
    from index import across

    encoder = load_encoder(options.encoder)
    for report in chosen:
        there = across.take_out(report, options.home or data_home(), encoder, **_milvus())
        _say(f"{report} is taken out of" if there else f"{report} was not in", "the index of all reports.")


def info(chosen: Sequence[str], options: argparse.Namespace) -> None:
    """Print what is known of each report's index."""
    for report_id in chosen:
        _info(report_id, options.home or data_home(), options.encoder)


_COMMANDS = {"build": build, "info": info, "find": find, "remove": remove}


def _milvus() -> dict[str, str]:
    return {"uri": os.environ.get("QA_MILVUS_URI", ""), "token": os.environ.get("QA_MILVUS_TOKEN", "")}


def _info(report_id: str, home: Path, encoder_name: str) -> None:
    """Print what the manifest says and whether the index would be used as it is."""
    report = load(report_id)
    try:
        manifest = store.read_manifest(report_id, home)
    except IndexMissingError as missing:
        print(f"{missing} It is built at its first use, or by: {store.build_command(report_id, home)}")
        return
    corpus = store.corpus_hash(passages(report, expansions(report), probes(report)))
    stale = store.staleness(manifest, corpus, encoder_name, encoder_fingerprint(encoder_name))
    for name, value in [*_facts(manifest, store.index_folder(report_id, home), stale), *_lacking(report)]:
        print(f"{name:<16}{value}")


def _facts(manifest: Manifest, folder: Path, stale: str | None) -> list[tuple[str, str]]:
    counts = ", ".join(f"{kind} {manifest.counts[kind]:,}" for kind in KINDS if kind in manifest.counts)
    return [
        ("report", manifest.report),
        ("state", f"out of date: {stale}; it will be rebuilt at the next use" if stale else "ready"),
        ("id", manifest.id),
        ("folder", str(folder)),
        ("format", str(manifest.format_version)),
        ("encoder", manifest.encoder),
        ("fingerprint", manifest.fingerprint),
        ("dimension", str(manifest.dimension)),
        ("metric", manifest.metric),
        ("corpus", manifest.corpus),
        ("passages", f"{sum(manifest.counts.values()):,} ({counts})"),
        *((name, f"sha256 {digest}") for name, digest in sorted(manifest.files.items())),
    ]


def _lacking(report: Report) -> list[tuple[str, str]]:
    """What a report lacks that would make its answers better."""
    lacks = []
    if not expansions(report):
        lacks.append(
            "everyday questions (questions.jsonl): fewer questions are answered, and less surely; "
            f"python -m qa expand --report {report.id} writes them with a language model"
        )
    if not report.judgements:
        lacks.append("a table of grades: questions on grades are answered from the text")
    if not report.recommendations:
        lacks.append("recommendations under a deadline: questions on them are answered from the text")
    if report.unplaced:
        count = sum(len(text) for _, text in report.unplaced)
        lacks.append(f"numbers for {count:,} characters of text: they are not searched and not cited")
    return [("missing" if k == 0 else "", lack) for k, lack in enumerate(lacks)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m index", description="Build or describe a report's index."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    texts = {
        "build": "build the index anew, in place of whatever is there",
        "info": "say what the index is",
        "find": "print the paragraphs nearest to a question in all reports",
        "remove": "take a report out of the index of all reports",
    }
    for name, text in texts.items():
        command = commands.add_parser(name, help=text, description=text.capitalize() + ".")
        command.add_argument(
            "--report",
            default=ALL_REPORTS if name == "find" else DEFAULT_REPORT,
            metavar="ID",
            help=f"{ALL_REPORTS} for every one; default: %(default)s",
        )
        if name == "find":
            command.add_argument("question")
            command.add_argument("--top", type=int, default=10, metavar="N", help="default: %(default)s")
        command.add_argument(
            "--home", type=Path, metavar="DIR", help="default: QA_HOME, else the user data directory"
        )
        command.add_argument(
            "--encoder",
            default=os.environ.get("QA_ENCODER") or DEFAULT_ENCODER,
            metavar="NAME",
            help="default: QA_ENCODER, else the packaged model",
        )
    return parser


def _peak_memory() -> str:
    """The most memory that this process has held, as text; nothing where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return ""
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kibibytes
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return f", {peak / 1e6:,.0f} MB of memory at most"


def _say(*words: str) -> None:
    print(*words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
