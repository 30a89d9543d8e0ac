"""Ask a report from the command line: ``python -m qa ask | answer | check | brief | …``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import CorpusError
from corpus.values import is_place
from index.errors import IndexError_, IndexRefusedError
from qa.errors import InputError, QAError

if TYPE_CHECKING:
    from qa.batch import Asks
    from qa.naming import Naming
    from qa.pipeline import Pipeline
    from qa.settings import Settings
    from qa.source import Source
    from qa.values import Answer

BAD_INPUT = 2
REFUSED = 3
INTERRUPTED = 130  # as shells report a program that Ctrl-C ended


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the result is the exit code."""
    options = _parser().parse_args(argv)
    try:
        commands = {run.__name__: run for run in (ask, answer, check, brief, tracker, expand, users)}
        commands[options.command](options)
    except IndexRefusedError as error:
        _say(str(error))
        return REFUSED
    except (QAError, CorpusError, IndexError_) as error:
        _say(str(error))
        return BAD_INPUT
    except BrokenPipeError:
        _abandon_stdout()  # the reader has read enough
    except OSError as error:
        _abandon_stdout()
        _say(f"Cannot go on: {error.strerror or error}.")
        return BAD_INPUT
    except KeyboardInterrupt:
        _say("Stopped.")
        return INTERRUPTED
    return 0


def ask(options: argparse.Namespace) -> None:
    """Answer one question on stdout, as text or as one JSON object."""
    from qa.jsonl import to_line
    from qa.render import to_json

    _check_characters([options.question, *options.history])
    asker = _pipeline(options)
    found = asker.ask(options.question, options.history)
    for line in notes(found):
        _say(line)
    _print(to_line(to_json(found)) if options.json else as_text(found, getattr(asker, "naming", None)))


def answer(options: argparse.Namespace) -> None:
    """Answer a file of questions into another file."""
    from qa.batch import answer_file

    answer_file(options.input, options.output, lambda: _pipeline(options), say=_say)


def check(options: argparse.Namespace) -> None:
    """Check a file of claims into a file of verdicts, or a draft into files beside it."""
    from qa.check import check_file
    from qa.verify.verifier import Verifier

    if options.draft is not None:
        _check_draft(options)
        return
    if options.input is None or options.output is None:
        raise InputError(
            "Give a draft (python -m qa check DRAFT.docx), or claims with --input FILE and --output FILE."
        )
    check_file(options.input, options.output, lambda: Verifier(_source(options)), say=_say)


def _check_draft(options: argparse.Namespace) -> None:
    from qa.draft.checking import check_draft
    from qa.verify.verifier import Verifier

    if options.input is not None:
        raise InputError("Give a draft or --input, not both.")
    source = _source(options)
    report, about = source.report, source.report.metadata
    name = f"{about.title}, {about.authority}"
    written = check_draft(options.draft, options.output, Verifier(source), report.numbers(), name, say=_say)
    for path in written:
        print(path)


def brief(options: argparse.Namespace) -> None:
    """Print what the report says on a topic as a note, or write it to a file."""
    from qa.brief.topic import read_topic
    from qa.brief.written import as_file, to_json
    from qa.jsonl import to_line, whole_bytes

    _check_characters([options.topic])
    topic = read_topic(options.topic)  # what cannot be looked for is told before an index is built
    kind = options.output.suffix.lower() if options.output is not None else ".md"
    if kind not in (".docx", ".md", ".json"):
        raise InputError(
            f"A briefing cannot be written as {kind!r}: give a file that ends in .docx, .md or .json."
        )
    briefer = _built(options).briefer()
    found = briefer.about(topic)
    if found.help:
        _print(found.help)  # and nothing of it is written down
        return
    if not found.says:
        _say(f"The report says nothing about “{topic}”.")
    if options.output is not None:
        whole_bytes(options.output, as_file(found, briefer.report, kind))
    elif options.json:
        _print(to_line(to_json(found, briefer.report)))
    else:
        _print(as_file(found, briefer.report, kind).decode().rstrip())


def tracker(options: argparse.Namespace) -> None:
    """Print the actions that the report asks for as a table, or write them to a file."""
    from qa.jsonl import whole_bytes
    from qa.tracker import actions, as_csv, as_markdown, as_xlsx

    kind = options.output.suffix.lower() if options.output is not None else ".md"
    if kind not in (".xlsx", ".csv", ".md"):
        raise InputError(
            f"A table cannot be written as {kind!r}: give a file that ends in .xlsx, .csv or .md."
        )
    source = _source(options)
    found = actions(source.report, source.index)
    if not found:
        raise InputError(f"The report {source.report.id!r} lists no recommendations.")
    if options.output is None:
        _print(as_markdown(found).rstrip())
        return
    if kind == ".xlsx":
        content = as_xlsx(found, f"Actions: {source.report.metadata.title}")
    else:
        content = (as_csv(found) if kind == ".csv" else as_markdown(found)).encode("utf-8-sig")
    whole_bytes(options.output, content)


def expand(options: argparse.Namespace) -> None:
    """Let the language model write everyday questions for an added report."""
    from qa.expand import expand as write

    settings = _settings(options)
    write(_one_report(options, settings), settings, say=_say, limit=options.limit)


def users(options: argparse.Namespace) -> None:
    """Say who may sign in to the page: add or remove somebody, or list them."""
    from qa.page.users import add_user, read_users, remove_user
    from qa.settings import read_settings

    if (options.do == "list") == (options.name is not None):
        raise InputError(f"Say: python -m qa users {options.do}{'' if options.do == 'list' else ' NAME'}")
    path = options.file or read_settings().users_file
    if path is None:
        raise InputError("There is no file of users. Name it with --file, or set QA_USERS_FILE.")
    if options.do == "list":
        _print("\n".join(sorted(read_users(path))))
    elif options.do == "remove":
        remove_user(path, options.name)
        _say(f"{options.name} can no longer sign in.")
    else:
        new = add_user(path, options.name, _password(options.name))
        _say(f"{options.name} can sign in now." if new else f"{options.name} has a new password.")


def _password(name: str) -> str:
    """A password typed twice, unseen; from a program, the one line that it sends."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass

    first = getpass(f"Password for {name}: ")
    if getpass("The same once more: ") != first:
        raise InputError("The two passwords are not the same. Nothing was changed.")
    return first


def as_text(found: Answer, naming: Naming | None = None) -> str:
    """An answer for the terminal: its text, then its sources, or the paragraphs worth a look.

    ``naming`` says what the reports are called where there is more than one.
    """
    from qa.compose import report_prefix

    if naming is not None:
        return _text_of_several(found, naming)
    sections = {c.evidence.paragraph: c.section for s in found.statements for c in s.citations}
    before = report_prefix(found.report)
    sources = [f"[{before}{number}] {' › '.join(path)}".rstrip() for number, path in sections.items()]
    if sources:
        return "\n".join([found.text, "", *sources])
    return "\n".join([found.text, *_worth_a_look(found.related)])


def _text_of_several(found: Answer, naming: Naming) -> str:
    """The same where every source says which report it stands in, and what some reports do not say is told."""
    from qa.compose import report_prefix

    sources = {
        (c.evidence.report, c.evidence.paragraph): c.section for s in found.statements for c in s.citations
    }
    lines = [
        f"[{report_prefix(report)}{number}] {' › '.join((naming.cited(report, number), *path))}"
        for (report, number), path in sources.items()
    ]
    if not lines:
        related = "; ".join(map(naming.pointed, found.related))
        return "\n".join([found.text, *([f"Worth a look: {related}"] if related else [])])
    note = [f"Note: {found.reason}.", ""] if found.reason else []
    return "\n".join([found.text, "", *note, *lines])


def notes(found: Answer) -> list[str]:
    """What a reader must know beside an answer of a language model: why it is not its own, and what was taken out."""
    lines = [found.note] if found.note else []
    if found.removed:
        kinds = ", ".join(sorted({kind.replace("_", " ") for one in found.removed for kind in one.problems}))
        count = len(found.removed)
        lines.append(f"{count} statement{'s were' if count > 1 else ' was'} taken out: {kinds}.")
    return lines


def _worth_a_look(related: Sequence[str]) -> list[str]:
    if not related:
        return []
    unit = "block" if is_place(related[0]) else "paragraph"
    return [f"Worth a look: {unit if len(related) == 1 else unit + 's'} {', '.join(related)}"]


def _pipeline(options: argparse.Namespace) -> Asks:
    from qa.build import build_asker

    return build_asker(_settings(options), report_id=options.report, progress=_say)


def _source(options: argparse.Namespace) -> Source:
    return _built(options).source


def _built(options: argparse.Namespace) -> Pipeline:
    from qa.build import build

    settings = _settings(options)
    return build(settings, report_id=_one_report(options, settings), progress=_say)


def _one_report(options: argparse.Namespace, settings: Settings) -> str:
    from qa.build import chosen_reports

    ids = chosen_reports(options.report or settings.report)
    if len(ids) > 1:
        raise InputError(f"This is done for one report at a time. Name it with --report: {', '.join(ids)}.")
    return ids[0]


def _settings(options: argparse.Namespace) -> Settings:
    from qa.settings import read_settings

    chosen = {"generator": options.generator} if options.generator else {}
    return read_settings(**chosen)


def _check_characters(texts: Sequence[str]) -> None:
    try:
        "".join(texts).encode()
    except UnicodeEncodeError as error:
        raise InputError("The question holds characters that are not valid UTF-8. Type it again.") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m qa", description="Ask a report; answers cite its paragraphs."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    one = commands.add_parser("ask", help="answer one question", description="Answer one question.")
    one.add_argument("question", help="in plain English")
    one.add_argument("--json", action="store_true", help="print one JSON object")
    one.add_argument(
        "--history",
        action="append",
        default=[],
        metavar="QUESTION",
        help="an earlier question; give it once for each, oldest first",
    )
    many = commands.add_parser(
        "answer",
        help="answer a file of questions",
        description='Answer JSON lines such as {"id": "q1", "question": "…", "history": ["…"]}.',
    )
    claims = commands.add_parser(
        "check",
        help="check a draft, or a file of claims",
        description="Check a draft (.docx, .md, .txt): what was found is written beside it, or into the folder "
        'given with --output. Or check JSON lines such as {"id": "c1", "claim": "…", "paragraphs": ["12"]}.',
    )
    claims.add_argument("draft", nargs="?", type=Path, metavar="DRAFT", help="the draft; it is never changed")
    for command, given, made in ((many, "questions", "answers"), (claims, "claims", "verdicts")):
        command.add_argument(
            "--input",
            required=command is many,
            type=Path,
            metavar="FILE",
            help=f"the {given}, one object a line",
        )
        command.add_argument(
            "--output",
            required=command is many,
            type=Path,
            metavar="FILE",
            help=f"the {made}, in the same order",
        )
    new = commands.add_parser(
        "expand",
        help="write everyday questions for an added report",
        description="Let the language model write questions that each sentence of an added report answers, and keep "
        "them beside it; a run goes on where the one before ended.",
    )
    new.add_argument("--limit", type=int, metavar="N", help="sentences to ask about; default: all")
    for command in (one, many, new):
        command.add_argument(
            "--generator", metavar="G", help="what writes; default: QA_GENERATOR, else quotes"
        )
    page = commands.add_parser(
        "brief",
        help="write a briefing on a topic",
        description="Gather what the report says on a section, a theme or a role: judgements, strengths, weaknesses "
        "and recommendations, each with its paragraph; as Markdown on stdout, or as .docx, .md or .json.",
    )
    page.add_argument("topic", help='such as "supervision", "missing children" or "the LSCB\'s actions"')
    page.add_argument("--output", type=Path, metavar="FILE", help="a file that ends in .docx, .md or .json")
    page.add_argument("--json", action="store_true", help="print one JSON object")
    table = commands.add_parser(
        "tracker",
        help="the recommended actions as a table",
        description="Print the actions that the report asks for, by deadline and owner, with the paragraphs that "
        "explain each; or write them as .xlsx, .csv or .md.",
    )
    table.add_argument("--output", type=Path, metavar="FILE", help="a file that ends in .xlsx, .csv or .md")
    default = "default: QA_REPORT, else the report that is shipped"
    for command in (one, many):
        command.add_argument("--report", metavar="ID[,ID]", help=f"several, or all, at once; {default}")
    for command in (claims, page, table):
        command.set_defaults(generator=None)  # they need none
    for command in (claims, page, table, new):
        command.add_argument("--report", metavar="ID", help=default)
    _add_users_parser(commands.add_parser)
    return parser


def _add_users_parser(add: Callable[..., argparse.ArgumentParser]) -> None:
    who = add(
        "users",
        help="say who may sign in to the page",
        description="Add somebody to the file of users (the password is asked for), remove them, or list all.",
    )
    who.add_argument("do", choices=("add", "remove", "list"), metavar="add | remove | list")
    who.add_argument("name", nargs="?", metavar="NAME")
    who.add_argument("--file", type=Path, metavar="FILE", help="default: QA_USERS_FILE")


def _print(text: str) -> None:
    """Print as UTF-8, whatever the terminal says."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    print(text, flush=True)


def _say(line: str) -> None:
    # A run must not end because nobody reads its progress any more.
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)


def _abandon_stdout() -> None:
    """Send what is left nowhere: the flush at exit would fail once more, with a traceback."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
