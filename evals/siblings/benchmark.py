"""Questions over several reports: whether the right report and paragraph are cited and all else is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.adding import read_report
from corpus.values import Report
from evals.bootstrap import wilson
from evals.errors import EvalsError
from evals.judge import matches
from qa.values import Answer, Evidence

FOLDER = Path(__file__).parent
ALL = "all"

Kind = Literal["named", "only", "same", "compare", "absent", "other", "followup", "scope"]
KINDS: dict[Kind, str] = {
    "named": "the question names its report",
    "only": "one report has the fact",
    "same": "several reports have the fact",
    "compare": "reports are compared",
    "absent": "no report has it",
    "other": "about another council",
    "followup": "follow-up",
    "scope": "some reports are chosen",
}
SPLITS = ("dev", "test")


class SiblingCase(BaseModel):
    """A question over several reports with its known answer.

    ``required`` has for each report that must be cited the paragraphs of which one must be; it is empty where no
    report answers. ``may`` are further reports that may be cited. ``facts`` are patterns that the answer matches,
    ``forbidden`` such that it must not. ``scope`` are the reports that are asked, or ``all``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Kind
    question: str
    history: tuple[str, ...]
    scope: tuple[str, ...]
    required: dict[str, tuple[str, ...]]
    may: tuple[str, ...]
    facts: tuple[str, ...]
    forbidden: tuple[str, ...]
    split: Literal["dev", "test"]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found of one answer."""

    case: SiblingCase
    text: str
    cited: tuple[str, ...]
    status: bool
    reports: bool
    paragraphs: bool
    facts: bool
    broken: int

    @property
    def right(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.status and self.reports and self.paragraphs and self.facts and not self.broken


Ask = Callable[[SiblingCase], Answer]


def load_cases(path: Path = FOLDER / "cases.jsonl") -> tuple[SiblingCase, ...]:
    """The cases. Raises :class:`EvalsError` for a file that is missing or malformed."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(SiblingCase.model_validate_json(line) for line in lines if line.strip())
    except (OSError, ValidationError) as error:
        raise EvalsError(f"Cannot read the cases in {path.name}: {error}") from error


def siblings(folder: Path = FOLDER) -> tuple[Report, ...]:
    """The made-up reports, read as anybody's report is read."""
    return tuple(read_report(path, path.stem, {}).report for path in sorted(folder.glob("*.md")))


def measure(
    cases: Sequence[SiblingCase], ask: Ask, texts: Mapping[tuple[str, str], str]
) -> tuple[Judged, ...]:
    """Ask every case and judge the answers; ``texts`` has the text of each report and paragraph."""
    return tuple(judge(case, ask(case), texts) for case in cases)


def judge(case: SiblingCase, answer: Answer, texts: Mapping[tuple[str, str], str]) -> Judged:
    """Whether an answer cites the reports that have it, and no other, with words that stand where it says."""
    evidence = [c.evidence for s in answer.statements for c in s.citations]
    cited = dict.fromkeys((e.report, e.paragraph) for e in evidence)
    answered = answer.status != "not_in_report"
    reports = {report for report, _ in cited}
    return Judged(
        case=case,
        text=answer.text,
        cited=tuple(f"{report}:{paragraph}" for report, paragraph in cited),
        status=answered == bool(case.required),
        reports=set(case.required) <= reports <= {*case.required, *case.may},
        paragraphs=all(
            any((report, number) in cited for number in numbers) for report, numbers in case.required.items()
        ),
        facts=all(matches(pattern, answer.text) for pattern in case.facts)
        and not any(matches(pattern, answer.text) for pattern in case.forbidden),
        broken=sum(_broken(e, texts) for e in evidence),
    )


def _broken(evidence: Evidence, texts: Mapping[tuple[str, str], str]) -> bool:
    """Whether a quote does not stand where it is said to, in the report that it is said to be from."""
    text = texts.get((evidence.report, evidence.paragraph), "")
    return not evidence.quote or text[evidence.start : evidence.end] != evidence.quote


def texts_of(reports: Iterable[Report]) -> dict[tuple[str, str], str]:
    """The text of every source of these reports."""
    return {(report.id, p.number): p.text for report in reports for p in report.paragraphs}


# --- results


MEASURES: dict[str, Callable[[Judged], bool]] = {
    "right": lambda one: one.right,
    "right report": lambda one: one.status and one.reports,
    "right paragraph": lambda one: one.status and one.paragraphs,
    "answered or refused rightly": lambda one: one.status,
}


def to_json(judged: Sequence[Judged], about: Mapping[str, str]) -> str:
    """Every answer with its verdict, and the shares."""
    content = {
        "about": dict(about),
        "shares": {split: _shares([j for j in judged if j.case.split == split]) for split in SPLITS},
        "quotes that stand elsewhere": sum(one.broken for one in judged),
        "cases": [_as_dict(one) for one in judged],
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def to_markdown(judged: Sequence[Judged], about: Mapping[str, str]) -> str:
    """The shares as a table, by kind and by split, and what went wrong."""
    lines = ["# Questions over several reports\n", ", ".join(f"{k}: {v}" for k, v in about.items()), ""]
    lines += [
        f"| questions | of | {' | '.join(MEASURES)} |",
        f"|---|---|{'---|' * len(MEASURES)}",
    ]
    rows = [(told, [j for j in judged if j.case.kind == kind]) for kind, told in KINDS.items()]
    rows += [(f"all, {split}", [j for j in judged if j.case.split == split]) for split in SPLITS]
    for told, chosen in [row for row in (*rows, ("all", list(judged))) if row[1]]:
        cells = (_cell(sum(map(counts, chosen)), len(chosen)) for counts in MEASURES.values())
        lines.append(f"| {told} | {len(chosen)} | {' | '.join(cells)} |")
    lines += ["", f"Quotes that do not stand where they are said to: {sum(j.broken for j in judged)}", ""]
    wrong = [one for one in judged if not one.right]
    lines += ["## Wrong\n"] if wrong else []
    lines += [f"- {one.case.id}: {one.case.question} ({_fault(one)})" for one in wrong]
    return "\n".join(lines).rstrip() + "\n"


def _shares(judged: Sequence[Judged]) -> dict[str, float]:
    return {
        name: round(sum(map(counts, judged)) / max(len(judged), 1), 4) for name, counts in MEASURES.items()
    }


def _cell(right: int, of: int) -> str:
    share = wilson(right, of)
    return f"{share.value:.2f} ({share.low:.2f}–{share.high:.2f})"


def _fault(one: Judged) -> str:
    named = {
        "answered, but no report has it" if not one.case.required else "refused": one.status,
        "reports": one.reports,
        "paragraphs": one.paragraphs,
        "facts": one.facts,
        "quotes": not one.broken,
    }
    return ", ".join(name for name, good in named.items() if not good)


def _as_dict(one: Judged) -> dict[str, object]:
    return {
        "id": one.case.id,
        "question": one.case.question,
        "right": one.right,
        "fault": _fault(one),
        "cited": list(one.cited),
        "answer": one.text,
    }
