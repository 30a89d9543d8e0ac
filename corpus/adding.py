"""Reports that people add: read, kept as they were understood, and removed again."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from itertools import chain, count, pairwise
from pathlib import Path
from typing import Literal

from corpus.errors import CorpusError
from corpus.facts import guess
from corpus.home import data_home
from corpus.library import ALL_REPORTS
from corpus.lines import printed_number
from corpus.numbering import missing
from corpus.parse import parse
from corpus.readers.detect import read
from corpus.readers.document import ReadError
from corpus.readers.web import decoded
from corpus.understand import Understood, understand
from corpus.values import Metadata, Report

KEPT = "report.json"
"""The one file of an added report: everything that was understood."""

FORMAT = 1

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


def added_home() -> Path:
    """Where added reports are kept, a folder each."""
    return data_home() / "reports"


def suggested_id(path: Path) -> str:
    """An id made from the name of a file."""
    name = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:60].strip("-")
    return name or "report"


IdProblem = Literal["form", "reserved", "taken"]


def id_problem(report_id: str, taken: Collection[str]) -> IdProblem | None:
    """Why an id cannot be used: its form, that it stands for all reports, that it is taken; ``None`` if it can."""
    if _ID.fullmatch(report_id) is None:
        return "form"
    if report_id == ALL_REPORTS:
        return "reserved"
    return "taken" if report_id in taken else None


def free_id(report_id: str, taken: Collection[str]) -> str:
    """The id, or with the first number behind it that makes it one that no report has."""
    numbered = (f"{report_id[:58]}-{n}" for n in count(2))
    return next(one for one in chain([report_id], numbered) if one not in taken and one != ALL_REPORTS)


def check_id(report_id: str, taken: Collection[str]) -> None:
    """Raises :class:`CorpusError` for an id that cannot be used."""
    problem = id_problem(report_id, taken)
    if problem == "form":
        raise CorpusError(
            f"{report_id!r} cannot be the id of a report. Use small letters, figures and hyphens, such as "
            f"{suggested_id(Path(report_id))!r}."
        )
    if problem == "reserved":
        raise CorpusError(
            f"{report_id!r} stands for all reports and cannot be the id of one. Choose another --id."
        )
    if problem == "taken":
        raise CorpusError(
            f"There is a report {report_id!r} already. Choose another --id, or remove it first: "
            f"python -m corpus remove {report_id}"
        )


def read_report(path: Path, report_id: str, given: Mapping[str, str]) -> Understood:
    """What a file holds; ``given`` are facts that a person states, by name of :class:`Metadata`'s fields.

    Raises :class:`CorpusError` if it cannot be read or holds no text that could be cited.
    """
    document = read(path)
    facts = {**guess(document, path.stem), **given}
    metadata = Metadata(id=report_id, source=path.name, terms="", **facts)
    found = understand(document, metadata)
    if path.suffix.lower() == ".txt":
        found = _better(found, path, metadata)
    if not found.report.numbers():
        raise ReadError(
            f"{path.name} holds no paragraphs: there is no running text in it that could be cited."
        )
    return found


def _better(found: Understood, path: Path, metadata: Metadata) -> Understood:
    """The reading of a plain text as a conversion with its usual faults, if that finds more of the numbers."""
    other = parse(decoded(path.read_bytes()), metadata)
    printed = [p.number for p in other.paragraphs if p.numbering not in ("named", "position")]
    gaps = _gaps(printed)
    mine = [p for p in found.report.paragraphs if p.numbering not in ("named", "position")]
    if len(printed) < 3 or (len(printed), -len(gaps)) <= (len(mine), -len(found.gaps)):
        return found
    return Understood(other, gaps, (), len(other.sections), sum(1 for p in other.paragraphs if p.rows))


def _gaps(numbers: list[str]) -> tuple[str, ...]:
    """Where numbers are missing: ``between 12 and 15``."""
    found: list[str] = []
    for one, other in pairwise(numbers):
        before, after = printed_number(f"{one}."), printed_number(f"{other}.")
        if before and after and missing(before[0], after[0]):
            found.append(f"between {one} and {other}")
    return tuple(found)


# --- keeping


def keep(report: Report, home: Path | None = None) -> Path:
    """Keep a report: wholly or, if anything goes wrong on the way, not at all."""
    from pydantic import TypeAdapter

    folder = (home or added_home()) / report.id
    content = json.dumps(
        {"format": FORMAT, "report": TypeAdapter(Report).dump_python(report, mode="json")}, ensure_ascii=False
    )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{report.id}.", dir=folder.parent))
    except OSError as error:
        raise CorpusError(
            f"Reports cannot be kept in {str(folder.parent)!r}: {error.strerror}. Set QA_HOME."
        ) from error
    try:
        with (beside / KEPT).open("w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o755)
        beside.rename(folder)
    except OSError as error:
        raise CorpusError(f"The report cannot be kept in {str(folder)!r}: {error.strerror}.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder


def kept(folder: Path) -> Report:
    """The report that is kept in a folder; raises :class:`CorpusError` if it is not whole."""
    from pydantic import TypeAdapter, ValidationError

    try:
        content = json.loads((folder / KEPT).read_text(encoding="utf-8"))
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise CorpusError(
                f"{folder / KEPT} was written by another version. Remove the report and add it again: "
                f"python -m corpus remove {folder.name}"
            )
        report: Report = TypeAdapter(Report).validate_python(content.get("report"))
    except (OSError, ValueError, ValidationError) as error:
        raise CorpusError(
            f"{folder / KEPT} cannot be read: it was changed or cut short. Remove the report and add it again: "
            f"python -m corpus remove {folder.name}"
        ) from error
    if report.id != folder.name:
        raise CorpusError(
            f"{folder / KEPT} is the report {report.id!r}; the folder is named {folder.name!r}."
        )
    return report


def remove(report_id: str, home: Path | None = None) -> None:
    """Remove an added report and everything that was made from it at run time.

    Raises :class:`CorpusError` if there is none, or if it cannot be removed and so was left as it is.
    """
    data = home or data_home()
    folder = data / "reports" / report_id
    if not folder.is_dir():
        raise CorpusError(f"There is no added report {report_id!r}.")
    gone = None
    try:
        gone = Path(tempfile.mkdtemp(prefix=f".{report_id}.", dir=folder.parent))
        folder.rename(gone / "report")
    except OSError as error:
        raise CorpusError(f"The report in {str(folder)!r} cannot be removed: {error.strerror}.") from error
    finally:
        if gone is not None:
            shutil.rmtree(gone, ignore_errors=True)
    for path in _made_from(report_id, data):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _made_from(report_id: str, data: Path) -> Iterator[Path]:
    """Indexes of the report, with the files that lie beside each while it is made, and the one of all reports."""
    yield data / "indexes" / ".all-reports"  # made again from the others by `python -m index build`
    for indexes in [data / "indexes", *data.glob("*/indexes")]:
        yield indexes / report_id
        yield from indexes.glob(f".{report_id}.*")
