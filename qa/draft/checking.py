"""A whole draft checked: every sentence with its verdict, and the files that tell of it."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.values import FINDINGS, FRONT
from qa.check import Checks, to_json
from qa.draft.asides import is_aside, is_label, is_sentence
from qa.draft.page import as_html
from qa.draft.reading import Sentence, read_draft, read_file
from qa.draft.word import with_comments
from qa.errors import InputError
from qa.verify.values import Verdict

Say = Callable[[str], None]
_NO_CLAIM = Verdict("not_a_claim")
EVERY = 5.0  # seconds between words on how far it is


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence of a draft with the verdict on it; ``suggested`` are paragraphs that it could cite and does not."""

    sentence: Sentence
    verdict: Verdict
    suggested: tuple[str, ...] = ()

    @property
    def remark(self) -> str:
        """What is to be said of it in plain words; empty when nothing is."""
        return remark(self)


def check_draft(
    path: Path, folder: Path | None, verifier: Checks, existing: tuple[str, ...], report: str, *, say: Say
) -> tuple[Path, ...]:
    """Check a draft and write what was found beside it, or into ``folder``; returns the files written.

    Raises :class:`InputError` for a draft that cannot be read or files that cannot be written; nothing is left then.
    """
    given = read_file(path)
    findings = check_sentences(read_draft(path.name, given, existing), verifier, say=say)
    content = {
        f"{path.stem}.check.json": _json(path.name, report, findings).encode(),
        f"{path.stem}.check.html": as_html(path.name, report, findings).encode(),
    }
    if path.suffix.lower() == ".docx":
        content[f"{path.stem}.checked.docx"] = commented(path.name, given, findings)
    return _written(folder or path.parent, content)


def commented(name: str, content: bytes, findings: Sequence[Finding]) -> bytes:
    """A Word draft with a comment at each finding."""
    remarks: dict[int, list[str]] = {}
    for finding in findings:
        if finding.remark:
            words = f"“{_short(finding.sentence.text)}”: {finding.remark}"
            remarks.setdefault(finding.sentence.block, []).append(words)
    return with_comments(name, content, remarks)


def check_sentences(
    sentences: Sequence[Sentence], verifier: Checks, *, say: Say = lambda _: None
) -> tuple[Finding, ...]:
    """The verdict on each sentence, in order."""
    found, told = [], time.monotonic()
    for done, sentence in enumerate(sentences, start=1):
        verdict = _checked(sentence, verifier)
        suggested: tuple[str, ...] = ()
        if not sentence.paragraphs and verdict.outcome == "supported":
            suggested = tuple(dict.fromkeys(e.paragraph for e in verdict.evidence))[:1]
        found.append(Finding(sentence, verdict, suggested))
        if time.monotonic() - told > EVERY:
            told = time.monotonic()
            say(f"Checked {done:,} of {len(sentences):,} sentences …")
    return tuple(found)


def _checked(sentence: Sentence, verifier: Checks) -> Verdict:
    """The verdict on a sentence; headings, pointers and the report's own words in an appendix claim nothing."""
    label = is_label(sentence.text) and (sentence.heading or not sentence.paragraphs)
    heading = sentence.heading and not sentence.paragraphs
    if label or heading or is_aside(sentence.claim) or (sentence.source and not is_sentence(sentence.text)):
        return _NO_CLAIM
    verdict = verifier.check(sentence.claim, sentence.paragraphs)
    return _NO_CLAIM if sentence.source and verdict.outcome == "supported" else verdict


def remark(finding: Finding) -> str:
    """What a reader of the draft must know of a sentence, in plain words."""
    verdict = finding.verdict
    if verdict.outcome == "not_a_claim":
        return ""
    if verdict.outcome == "supported":
        return f"no reference; paragraph {finding.suggested[0]} supports it" if finding.suggested else ""
    said = "; ".join(problem.detail for problem in verdict.problems)
    better = [n for n in verdict.better if n not in finding.sentence.paragraphs][:2]
    wrong_place = any(problem.kind == "wrong_paragraph" for problem in verdict.problems)
    hint = f"; compare {' or '.join(map(_called, better))}" if better and not wrong_place else ""
    return f"{said}{hint}"


def _called(number: str) -> str:
    return {FINDINGS: "the record of main findings", FRONT: "the title page"}.get(
        number, f"paragraph {number}"
    )


def summary(findings: Sequence[Finding]) -> dict[str, int]:
    """How many sentences have each verdict."""
    counted = Counter(finding.verdict.outcome for finding in findings)
    return {name: counted[name] for name in ("supported", "partly", "not_supported", "not_a_claim")}


def as_json(name: str, report: str, findings: Sequence[Finding]) -> dict[str, Any]:
    """The result as one JSON object."""
    return {
        "draft": name,
        "report": report,
        "counts": summary(findings),
        "sentences": [
            {
                "text": finding.sentence.text,
                "claim": finding.sentence.claim,
                "paragraphs": list(finding.sentence.paragraphs),
                **to_json(finding.verdict),
                "suggested": list(finding.suggested),
                "remark": finding.remark,
            }
            for finding in findings
        ],
    }


def _json(name: str, report: str, findings: Sequence[Finding]) -> str:
    return json.dumps(as_json(name, report, findings), ensure_ascii=False, indent=2) + "\n"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 90 else words[:88].rsplit(" ", 1)[0] + " …"


def _written(folder: Path, content: dict[str, bytes]) -> tuple[Path, ...]:
    """The files, all of them or none."""
    parts: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in content.items():
            part = folder / f".{name}.part"
            parts.append((part, folder / name))
            part.write_bytes(data)
        for part, final in parts:
            part.replace(final)
    except OSError as error:
        raise InputError(
            f"Cannot write into {str(folder)!r}: {(error.strerror or str(error)).lower()}."
        ) from error
    finally:
        for part, _ in parts:
            part.unlink(missing_ok=True)
    return tuple(final for _, final in parts)
