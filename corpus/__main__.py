"""``python -m corpus``: list, show and export the reports, add and remove some."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import CorpusError
from corpus.library import DEFAULT_REPORT, load, report_ids, shipped_ids
from corpus.show import one_line, source_view
from corpus.values import Paragraph

INTERRUPTED = 130  # as shells report a program that Ctrl-C ended

FACTS = ("title", "authority", "publisher", "published", "inspected", "inspector")
"""What is read from a document where it can be, and can be stated instead."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is 0 when it is done and 2 when it cannot be."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    try:
        if arguments.command in ("add", "remove"):
            return add(arguments) if arguments.command == "add" else remove(arguments)
        _print(_lines(arguments))
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        _abandon_stdout()  # the reader has read enough
    except KeyboardInterrupt:
        print("Stopped. Nothing was changed.", file=sys.stderr)
        return INTERRUPTED
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
    _add_changes(commands)
    return parser


def _add_changes(commands: Any) -> None:  # noqa: ANN401 - argparse does not name the type
    adding = commands.add_parser("add", help="read a report from a file, look it over, keep it")
    adding.add_argument("file", type=Path, metavar="FILE", help=".pdf, .docx, .html, .md or .txt")
    adding.add_argument(
        "--id", metavar="ID", help="what the report is called; default: after the file's name"
    )
    adding.add_argument("--yes", action="store_true", help="keep it without asking")
    for name in FACTS:
        adding.add_argument(f"--{name}", metavar="TEXT", help="in place of what the document says")
    removing = commands.add_parser("remove", help="remove a report that was added, and its index")
    removing.add_argument("report", metavar="REPORT")
    removing.add_argument("--yes", action="store_true", help="remove it without asking")


def add(arguments: argparse.Namespace) -> int:
    """Read a file, show what was understood and keep it if the answer is yes."""
    from corpus.adding import check_id, keep, read_report, suggested_id
    from corpus.review import review

    report_id = arguments.id or suggested_id(arguments.file)
    check_id(report_id, report_ids())
    print(f"Reading {arguments.file.name}", file=sys.stderr)
    given = {name: value for name in FACTS if (value := getattr(arguments, name)) is not None}
    found = read_report(arguments.file, report_id, given)
    _print(iter([review(found)]))
    if not _agreed("Keep the report?", arguments):
        return 0
    keep(found.report)
    ask = f'python -m qa ask --report {report_id} "…"'
    print(f"The report {report_id!r} is kept. Ask it with: {ask}", file=sys.stderr)
    return 0


def remove(arguments: argparse.Namespace) -> int:
    """Remove an added report."""
    from corpus.adding import remove as remove_added

    if arguments.report in shipped_ids():
        raise CorpusError(f"The report {arguments.report!r} comes with the program and cannot be removed.")
    if arguments.report not in report_ids():
        load(arguments.report)  # says which there are
    if not _agreed(f"Remove the report {arguments.report!r} and its index?", arguments):
        return 0
    remove_added(arguments.report)
    print(f"The report {arguments.report!r} is removed.", file=sys.stderr)
    return 0


def _agreed(question: str, arguments: argparse.Namespace) -> bool:
    """Whether the answer is yes; raises :class:`CorpusError` where nobody is there to answer."""
    if arguments.yes:
        return True
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    if not answer:
        raise CorpusError("Nothing was changed: there was no answer. Add --yes where nobody can answer.")
    agreed = answer.strip().lower() in ("y", "yes")
    if not agreed:
        print("Nothing was changed.", file=sys.stderr)
    return agreed


def _lines(arguments: argparse.Namespace) -> Iterator[str]:
    if arguments.command == "list":
        return (_listed(report_id) for report_id in report_ids())
    if arguments.command == "export":
        return (exported(paragraph) for paragraph in load(arguments.report).paragraphs)
    return iter([_shown(arguments.source)])


def _listed(report_id: str) -> str:
    """A report's line; that of one which cannot be read says so."""
    try:
        return one_line(load(report_id))
    except CorpusError as error:
        return f"{report_id}  cannot be read: {error}"


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
