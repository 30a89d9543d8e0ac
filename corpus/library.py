"""The reports that ship with the project and those that were added: texts, metadata and question expansions."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from functools import lru_cache
from itertools import chain
from pathlib import Path

from corpus.errors import CorpusError
from corpus.home import data_home
from corpus.lines import without_emphasis
from corpus.parse import parse
from corpus.values import Expansion, Metadata, Paragraph, Probe, Report

DEFAULT_REPORT = "kingston-2012"

ALL_REPORTS = "all"
"""What stands for every report where one can be named; no report may be called so."""

QUESTIONS = "questions.jsonl"
"""The file of everyday questions beside a report."""

REPORTS = Path(__file__).parent / "reports"

_GAP = re.compile(r"\s+(?:-\s+)?")


class UnknownReportError(CorpusError):
    """No report has the id that was asked for."""


def report_ids(home: Path | None = None) -> tuple[str, ...]:
    """The ids of all reports, in alphabetical order: the shipped and the added ones, or those in one folder."""
    found = [path.parent.name for folder in _homes(home) for path in _texts(folder)]
    return tuple(sorted(set(found)))


def shipped_ids() -> tuple[str, ...]:
    """The ids of the reports that come with the program."""
    return report_ids(REPORTS)


def _homes(home: Path | None) -> tuple[Path, ...]:
    return (REPORTS, data_home() / "reports") if home is None else (home,)


def _texts(folder: Path) -> list[Path]:
    """The files that make a folder a report; folders with a dot before their name are not finished."""
    if not folder.is_dir():
        return []
    found = [*folder.glob("*/report.txt"), *folder.glob("*/report.json")]
    return [path for path in found if not path.parent.name.startswith(".")]


def load(report_id: str = DEFAULT_REPORT, home: Path | None = None) -> Report:
    """The parsed report with this id.

    Raises :class:`UnknownReportError` for an id that does not exist, :class:`~corpus.errors.CorpusError` for
    files that cannot be read.
    """
    ids = report_ids(home)
    if report_id not in ids:
        raise UnknownReportError(f"There is no report {report_id!r}. Reports: {', '.join(ids) or 'none'}.")
    folder = _folder(report_id, home)
    if (folder / "report.json").is_file():
        from corpus.adding import kept

        return kept(folder)
    return parse(_read(folder / "report.txt"), _metadata(folder / "metadata.json", report_id))


def _folder(report_id: str, home: Path | None) -> Path:
    """The folder of a report; one that is shipped comes before one that was added."""
    places = [place / report_id for place in _homes(home)]
    return next((folder for folder in places if folder.is_dir()), places[0])


def _read(path: Path, *, growing: bool = False) -> str:
    try:
        if growing:
            content = path.read_bytes()
            return content[: whole_length(content)].decode("utf-8")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"Cannot read {path}: {error}. It must be a text file in UTF-8.") from error


def _metadata(path: Path, report_id: str) -> Metadata:
    try:
        values = json.loads(_read(path))
    except json.JSONDecodeError as error:
        raise CorpusError(f"{path} is not valid JSON: {error}.") from error
    names = [field.name for field in fields(Metadata)]
    complete = isinstance(values, dict) and all(isinstance(values.get(name), str) for name in names)
    if not complete or set(values) != set(names):
        raise CorpusError(f"{path} must be an object of texts with exactly these keys: {', '.join(names)}.")
    if values["id"] != report_id:
        raise CorpusError(f"{path} has the id {values['id']!r}; the folder is named {report_id!r}.")
    return Metadata(**values)


def expansions(report: Report, home: Path | None = None) -> tuple[Expansion, ...]:
    """The questions that lie beside a report, in file order; ``()`` if it has none.

    First the everyday ones, then the broad ones of ``themes.jsonl``, each keyed to all the sentences that an answer
    needs. Raises :class:`~corpus.errors.CorpusError`, naming the line, if one does not fit the report's text.
    """
    broad = [_theme(report, line, where) for line, where in _lines(_folder(report.id, home) / "themes.jsonl")]
    return (*everyday(report, home), *chain.from_iterable(broad))


def everyday(report: Report, home: Path | None = None) -> tuple[Expansion, ...]:
    """The questions of ``questions.jsonl``, each line's keyed to the sentence that answers them.

    A last line that was cut short is left out: the file may be growing. Raises
    :class:`~corpus.errors.CorpusError`, naming the line, if one does not fit the report's text.
    """
    path = _folder(report.id, home) / QUESTIONS
    return tuple(_expansion(report, line, where) for line, where in _lines(path, growing=True))


def whole_length(content: bytes) -> int:
    """How much of a file of JSON lines is whole: all of it, or what comes before a last line that was cut short."""
    start = content.rfind(b"\n") + 1
    try:
        json.loads(content[start:].strip() or b"{}")
    except ValueError:  # no JSON, or a character that was cut
        return start
    return len(content)


def probes(report: Report, home: Path | None = None) -> tuple[Probe, ...]:
    """The questions of ``probes.jsonl`` beside a report, which it answers or does not; ``()`` if it has none.

    Raises :class:`~corpus.errors.CorpusError`, naming the line, for one that is not such a question.
    """
    existing = frozenset(paragraph.number for paragraph in report.paragraphs)
    lines = _lines(_folder(report.id, home) / "probes.jsonl")
    return tuple(_probe(report.id, existing, line, where) for line, where in lines)


def _probe(report_id: str, existing: frozenset[str], line: str, where: str) -> Probe:
    try:
        values = json.loads(line)
        values |= {name: tuple(values.get(name, ())) for name in ("paragraphs", "also")}
        made = Probe(**values)
    except (json.JSONDecodeError, AttributeError, TypeError) as error:
        raise CorpusError(
            f'{where}: expected {{"id", "question", "answerable", "paragraphs", "also", "twin", "change"}}, got '
            f"{line[:80]!r}."
        ) from error
    if not isinstance(made.question, str) or not made.question.strip():
        raise CorpusError(f"{where}: the question must be text and not empty.")
    if not isinstance(made.answerable, bool) or made.answerable != bool(made.paragraphs):
        raise CorpusError(f"{where}: what is answerable, and nothing else, names paragraphs.")
    unknown = [number for number in (*made.paragraphs, *made.also) if number not in existing]
    if unknown:
        raise CorpusError(f"{where}: report {report_id!r} has no paragraph {unknown[0]!r}.")
    return made


def _lines(path: Path, *, growing: bool = False) -> list[tuple[str, str]]:
    """The lines of a file that are not blank, each with its place; none if there is no such file."""
    lines = _read(path, growing=growing).split("\n") if path.is_file() else []
    return [(line, f"{path}, line {n}") for n, line in enumerate(lines, 1) if line.strip()]


def _theme(report: Report, line: str, where: str) -> tuple[Expansion, ...]:
    try:
        values = json.loads(line)
        question = values["question"]
        answers = [(answer["paragraph"], answer["text"]) for answer in values["answers"]]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise CorpusError(
            f'{where}: expected {{"question", "answers": [{{"paragraph", "text"}}]}}, got {line[:80]!r}.'
        ) from error
    if (
        not all(isinstance(text, str) and text.strip() for text in (question, *chain(*answers)))
        or not answers
    ):
        raise CorpusError(f"{where}: question, paragraphs and texts must be texts, none empty.")
    return tuple(_keyed(report, number, text, (question,), where) for number, text in answers)


def _expansion(report: Report, line: str, where: str) -> Expansion:
    return _keyed(report, *_fields(line, where), where)


def _keyed(report: Report, number: str, text: str, questions: tuple[str, ...], where: str) -> Expansion:
    """Questions keyed to the place of a text in its paragraph."""
    paragraph = report.get(number)
    if paragraph is None:
        raise CorpusError(f"{where}: report {report.id!r} has no paragraph {number!r}.")
    span = _locate(paragraph, text)
    if span is None:
        raise CorpusError(f"{where}: these words are not in paragraph {number}: {text[:80]!r}.")
    return Expansion(number, paragraph.text[span[0] : span[1]], *span, questions)


def _fields(line: str, where: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        values = json.loads(line)
        number, text, questions = values["paragraph"], values["text"], values["questions"]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise CorpusError(
            f'{where}: expected {{"paragraph", "text", "questions"}}, got {line[:80]!r}.'
        ) from error
    texts = isinstance(questions, list) and all(isinstance(q, str) and q.strip() for q in questions)
    if not (isinstance(number, str) and isinstance(text, str) and text.strip() and texts and questions):
        raise CorpusError(
            f"{where}: paragraph and text must be texts, questions a list of texts, none empty."
        )
    return number, text, tuple(questions)


def _locate(paragraph: Paragraph, text: str) -> tuple[int, int] | None:
    """Where words stand in a paragraph; line ends, dashes of list items and emphasis marks may differ."""
    exact = paragraph.text.find(text)
    if exact >= 0:
        return exact, exact + len(text)
    words = [word for word in without_emphasis(text).split() if word != "-"]
    joined, places = _single_spaced(paragraph.text)
    found = joined.find(" ".join(words))
    return (places[found], places[found + len(" ".join(words))]) if words and found >= 0 else None


@lru_cache(maxsize=256)  # paragraphs
def _single_spaced(text: str) -> tuple[str, tuple[int, ...]]:
    """A text with one space for every gap and dash of a list item, and where each letter, and the end, stood."""
    letters, places, last = [], [], 0
    for gap in _GAP.finditer(text):
        letters += [text[last : gap.start()], " "]
        places += [*range(last, gap.start()), gap.start()]
        last = gap.end()
    return "".join([*letters, text[last:]]), (*places, *range(last, len(text) + 1))
