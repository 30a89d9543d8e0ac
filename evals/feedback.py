"""What users said of answers: listed, exported, and turned into drafts of cases."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from corpus.values import Report
from evals.cases import Case, near_repeats
from evals.errors import EvalsError
from qa.note.dates import day
from qa.page.store import Store, StoredFeedback, store_file
from qa.render import to_json
from qa.values import Answer

_NUMBER = re.compile(r"\b\d+(?:\.\d+)*\b")
_SAID = {
    "right": "right",
    "wrong_answer": "wrong answer",
    "wrong_paragraph": "wrong paragraph",
    "should_refuse": "should have said that the report does not say",
}


def read(home: Path) -> tuple[StoredFeedback, ...]:
    """All feedback that was given on the page whose data directory this is; none if there was no page."""
    path = store_file(home)
    if not path.exists():
        return ()
    store = Store(path)
    try:
        return store.feedback()
    finally:
        store.close()


def delete(home: Path, chosen: Iterable[StoredFeedback]) -> int:
    """Remove feedback for good; how many were removed."""
    store = Store(store_file(home))
    try:
        return store.delete_feedback(*(item.id for item in chosen))
    finally:
        store.close()


def choose(
    given: Sequence[StoredFeedback], *, verdicts: Collection[str] = (), ids: Collection[int] = ()
) -> tuple[StoredFeedback, ...]:
    """The feedback with one of the verdicts and one of the numbers; all of it where none is named.

    Raises :class:`EvalsError` for a number that there is not.
    """
    known = {item.id for item in given}
    if unknown := [id for id in ids if id not in known]:
        raise EvalsError(f"There is no feedback {unknown[0]}. List it with: python -m evals feedback")
    return tuple(
        item
        for item in given
        if (not verdicts or item.feedback.verdict in verdicts) and (not ids or item.id in ids)
    )


def to_text(chosen: Iterable[StoredFeedback]) -> str:
    """The feedback for the terminal, a block each."""
    return "\n".join(_block(item) for item in chosen)


def to_jsonl(chosen: Iterable[StoredFeedback]) -> str:
    """The feedback as JSON lines: the answer as ``python -m qa ask --json`` prints it, and what was said of it."""
    return "".join(json.dumps(_exported(item), ensure_ascii=False) + "\n" for item in chosen)


def draft_cases(
    chosen: Iterable[StoredFeedback], report: Report, cases: Sequence[Case], *, tell: Callable[[str], None]
) -> str:
    """Drafts of cases as JSON lines, one for each question, by the latest that was said of it.

    What the right paragraphs are is guessed from the comment, else from the answer: each draft's note says what to
    check. One without a right paragraph is told of; it is read as a case once somebody has put one in.
    """
    latest = {_squeezed(item.feedback.answer.question): item for item in chosen}
    return "".join(_draft_line(item, report, cases, tell) for item in latest.values())


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet; raises :class:`EvalsError` if it is, or cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except FileExistsError as error:
        raise EvalsError(
            f"{str(path)!r} is there already and is not overwritten. Name another file."
        ) from error
    except OSError as error:
        raise EvalsError(f"Cannot write {str(path)!r}: {error.strerror}. Name another file.") from error


def _block(item: StoredFeedback) -> str:
    given = item.feedback
    said = [
        f"{item.id}  {day(item.added.date().isoformat())}  {_SAID[given.verdict]}",
        f"   question: {_squeezed(given.answer.question)}",
        f"   answer: {_squeezed(given.answer.text)}",
    ]
    if given.comment.strip():
        said.append(f"   comment: {_squeezed(given.comment)}")
    return "\n".join([*said, f"   index: {given.index_id}", ""])


def _exported(item: StoredFeedback) -> dict[str, Any]:
    given = item.feedback
    return to_json(given.answer, id=str(item.id)) | {
        "verdict": given.verdict,
        "comment": given.comment,
        "added": item.added.isoformat(),
        "index": given.index_id,
        "understood": given.answer.understood,
        "confidence": given.answer.confidence,
    }


def _draft_line(
    item: StoredFeedback, report: Report, cases: Sequence[Case], tell: Callable[[str], None]
) -> str:
    draft = _draft(item, report, cases)
    if draft["answerable"] and not draft["required"]:
        tell(f"Feedback {item.id} names no right paragraph: put one into 'required' of {draft['id']}.")
    return json.dumps(draft, ensure_ascii=False) + "\n"


def _draft(item: StoredFeedback, report: Report, cases: Sequence[Case]) -> dict[str, Any]:
    given = item.feedback
    answerable = _answerable(item)
    required = _right_paragraphs(item, report) if answerable else ()
    status = given.answer.status if given.verdict == "right" else "answered"
    return {
        "id": f"FEEDBACK-{item.id}",
        "question": given.answer.question,
        "history": [],
        "category": "fact" if answerable else "unanswerable",
        "style": "plain",
        "required": [[number] for number in required],
        "acceptable": [] if answerable else list(given.answer.related),
        "facts": [],
        "computed": [],
        "forbidden": [],
        "answerable": answerable,
        "status": status if answerable else "not_in_report",
        "twin": None,
        "split": "dev",
        "note": " ".join(_note(item, cases)),
    }


def _answerable(item: StoredFeedback) -> bool:
    given = item.feedback
    refused = given.answer.status == "not_in_report"
    return given.verdict != "should_refuse" and not (refused and given.verdict == "right")


def _right_paragraphs(item: StoredFeedback, report: Report) -> tuple[str, ...]:
    """The paragraphs that the comment names, else those that the answer cites and that were not called wrong."""
    given = item.feedback
    if given.verdict != "right":
        named = (number for number in _NUMBER.findall(given.comment) if report.get(number) is not None)
        if found := tuple(dict.fromkeys(named)):
            return found
    return () if given.verdict == "wrong_paragraph" else _cited(given.answer)


def _cited(answer: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.evidence.paragraph for s in answer.statements for c in s.citations))


def _note(item: StoredFeedback, cases: Sequence[Case]) -> Iterable[str]:
    given = item.feedback
    yield f"DRAFT from feedback {item.id} ({_SAID[given.verdict]}): check category, paragraphs, facts and status."
    if given.comment.strip():
        yield f"Comment: {_squeezed(given.comment)}"
    if _squeezed(given.answer.understood) not in ("", _squeezed(given.answer.question)):
        yield f"Understood as: {_squeezed(given.answer.understood)} Put the earlier questions into 'history'."
    for case, _, _ in near_repeats(cases, [given.answer.question]):
        yield f"Much like {case.id}."


def _squeezed(words: str) -> str:
    return " ".join(words.split())
