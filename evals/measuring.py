"""The commands that measure speed and size: each gives the files to write, the Markdown one first."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

Say = Callable[[str], None]

Files = dict[str, str]
"""Names of files and their texts."""


def bench(options: argparse.Namespace, say: Say) -> Files:
    """The comparison with other tools."""
    from evals.bench.run import ROUNDS, compare
    from evals.bench.tables import to_json, to_markdown, to_svg

    result = compare(rounds=options.rounds or ROUNDS, progress=say)
    options.whole = not (options.rounds or result["left out"])
    return {"bench.md": to_markdown(result), "bench.json": to_json(result), "bench.svg": to_svg(result)}


def scale(options: argparse.Namespace, say: Say) -> Files:
    """The store of all reports' vectors from a thousand to a million paragraphs."""
    from evals.scale.run import SIZES, measure
    from evals.scale.tables import to_json, to_markdown, to_svg

    result = measure(options.sizes or SIZES, progress=say)
    options.whole = not options.sizes
    return {"scale.md": to_markdown(result), "scale.json": to_json(result), "scale.svg": to_svg(result)}


def load(options: argparse.Namespace, say: Say) -> Files:
    """Questions a second of the running app and the batch command, and memory."""
    from evals.load import LONG, measure, to_json, to_markdown

    result = measure(long=options.questions or LONG, progress=say)
    options.whole = not options.questions
    return {"load.md": to_markdown(result), "load.json": to_json(result)}


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Say], Files]] = MappingProxyType(
    {"bench": bench, "scale": scale, "load": load}
)


def add_parsers(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The options of each command."""
    compared = add(
        "bench",
        help="compare with LangChain, LlamaIndex, txtai and Haystack",
        description="Index the shipped report and ask the test questions, in this tool and in every other one "
        "that is installed. A comparison of all is written to evals/results, any other only where --output says. "
        "`make bench` installs the others first, into an environment of their own.",
    )
    compared.add_argument("--rounds", type=_count, metavar="N", help="times to ask everything; default: 2")
    grown = add(
        "scale",
        help="measure the store of all reports' vectors from a thousand to a million paragraphs",
        description="Fill stores of growing size and search them: seconds, bytes, memory, and how much of what "
        "an exact search finds is found. All sizes are written to evals/results, others only where --output says. "
        "A million take half an hour and more, 5 GB of memory and 6 GB of disk.",
    )
    grown.add_argument("--sizes", type=_thousands, nargs="+", metavar="N", help="paragraphs, whole thousands")
    busy = add(
        "load",
        help="measure questions a second with many clients, and memory over many questions",
        description="Start the app on QA_HOME, ask it with 1, 4, 16 and 64 clients, run the batch command, and watch "
        "memory over 10,000 questions. All of it is written to evals/results, less only where --output says.",
    )
    busy.add_argument("--questions", type=_count, metavar="N", help="to watch memory over; default: 10,000")
    for parser in (compared, grown, busy):
        parser.add_argument("--output", type=Path, metavar="DIR", help="folder to write to")


def _thousands(given: str) -> int:
    size = _count(given)
    if size % 1000:
        raise argparse.ArgumentTypeError(f"{given!r} is not a number of whole thousands, such as 10000")
    return size


def _count(given: str) -> int:
    if not given.isascii() or not given.isdigit() or int(given) < 1:
        raise argparse.ArgumentTypeError(f"{given!r} is not a count; give a whole number from 1")
    return int(given)
