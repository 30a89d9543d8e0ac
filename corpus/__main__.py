"""``python -m corpus``: list, show and export the reports."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence

from corpus.errors import CorpusError
from corpus.library import DEFAULT_REPORT, load, report_ids
from corpus.show import one_line, source_view
from corpus.values import Paragraph


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is 0 when it is done and 2 when it cannot be."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    try:
        _print(_lines(arguments))
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        _abandon_stdout()  # the reader has read enough
    except OSError as error:
        _abandon_stdout()
        print(f"Cannot write the result: {error.strerror}.", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m corpus", description="Look at the reports and their paragraphs."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("list", help="the reports, one a line")
    show = commands.add_parser("show", help="a paragraph with its section and grade")
    show.add_argument(
        "source",
        metavar="[REPORT:]NUMBER",
        help=f"a paragraph number, findings or front; of {DEFAULT_REPORT} unless a report is named",
    )
    export = commands.add_parser("export", help="every paragraph of a report, one JSON object a line")
    export.add_argument(
        "report", metavar="REPORT", nargs="?", default=DEFAULT_REPORT, help=f"default {DEFAULT_REPORT}"
    )
    return parser


def _lines(arguments: argparse.Namespace) -> Iterator[str]:
    if arguments.command == "list":
        return (one_line(load(report_id)) for report_id in report_ids())
    if arguments.command == "export":
        return (exported(paragraph) for paragraph in load(arguments.report).paragraphs)
    return iter([_shown(arguments.source)])


def _shown(source: str) -> str:
    report_id, _, number = source.rpartition(":")
    return source_view(load(report_id or DEFAULT_REPORT), number)


def exported(paragraph: Paragraph) -> str:
    """A paragraph as the JSON object of ``export``."""
    values = {
        "report": paragraph.report_id,
        "paragraph": paragraph.number,
        "text": paragraph.text,
        "section": list(paragraph.section),
        "numbering": paragraph.numbering,
    }
    return json.dumps(values, ensure_ascii=False)


def _print(lines: Iterator[str]) -> None:
    """Print as UTF-8, whatever the terminal says."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    for line in lines:
        print(line)
    sys.stdout.flush()


def _abandon_stdout() -> None:
    """Send what is left nowhere: the flush at exit would fail once more, with a traceback."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
