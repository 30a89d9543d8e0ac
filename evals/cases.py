"""Questions with known answers: what is asked, what a right answer holds and cites, and when to refuse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from rapidfuzz import fuzz, process

from evals.errors import EvalsError
from qa.values import Status

CASES = Path(__file__).parent / "cases"
"""The folder of the shipped cases, one JSONL file a kind."""

Category = Literal[
    "fact",
    "why",
    "list",
    "multi",
    "grade",
    "acronym",
    "lookup",
    "briefing",
    "followup",
    "false_premise",
    "unanswerable",
    "near_miss",
    "hostile",
]
CATEGORIES: tuple[Category, ...] = get_args(Category)

Split = Literal["dev", "test"]
SPLITS: tuple[Split, ...] = get_args(Split)

LONG_CATEGORIES: frozenset[Category] = frozenset({"list", "why", "multi", "briefing", "lookup"})
"""Categories whose right answers may be long; a comparison of grades is not one of them."""

SHORT_LIMIT = 160
"""Words that a right answer may have."""

LONG_LIMIT = 350
"""Words that a right answer may have in one of :data:`LONG_CATEGORIES`."""

NEAR_REPEAT = 84.0
"""Similarity, 0 to 100, from which a case counts as a repeat of an expansion question."""


class Case(BaseModel):
    """One question with its known answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1, description="unique name of the case")
    question: str = Field(description="what the user types")
    history: tuple[str, ...] = Field(description="earlier questions, oldest first")
    category: Category
    style: Literal["plain", "typo", "keywords", "long", "casual"]
    required: tuple[tuple[str, ...], ...] = Field(
        description="groups of interchangeable paragraphs; a right answer cites one of each"
    )
    acceptable: tuple[str, ...] = Field(description="further paragraphs that may be cited")
    facts: tuple[str, ...] = Field(description="patterns that the answer matches, printed in the report")
    computed: tuple[str, ...] = Field(description="patterns that the answer matches, counted from the report")
    forbidden: tuple[str, ...] = Field(description="patterns that the answer must not match")
    answerable: bool
    status: Status = Field(description="what the right result is")
    twin: str | None = Field(description="the answerable case that this near miss is one word away from")
    split: Split
    note: str
    must_pass: bool = Field(default=False, description="a failure of this case fails the gate")

    @field_validator("facts", "computed", "forbidden")
    @classmethod
    def _compile(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"the pattern {pattern!r} does not compile: {error}") from error
        return patterns

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.answerable == (self.status == "not_in_report"):
            raise ValueError(f"answerable is {self.answerable} but status is {self.status!r}")
        if self.answerable != bool(self.required):
            raise ValueError("an answerable case, and no other, needs at least one required paragraph")
        return self

    @property
    def gold(self) -> frozenset[str]:
        """Every paragraph that may be cited without being wrong."""
        return frozenset(self.acceptable).union(*self.required)

    @property
    def word_limit(self) -> int:
        """How many words a right answer may have."""
        return LONG_LIMIT if self.category in LONG_CATEGORIES else SHORT_LIMIT


def load(folder: Path = CASES) -> tuple[Case, ...]:
    """Every case of a folder: files by name, lines in order.

    Raises :class:`EvalsError` when the folder holds no case or a line is not a case, and when two have one
    id.
    """
    cases = tuple(case for path in sorted(folder.glob("*.jsonl")) for case in _read(path))
    if not cases:
        raise EvalsError(
            f"There are no cases in {str(folder)!r}: expected .jsonl files with one case a line."
        )
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise EvalsError(f"Two cases have the id {case.id!r}: give one of them another.")
        seen.add(case.id)
    return cases


def select(cases: Iterable[Case], split: str) -> tuple[Case, ...]:
    """The cases of one split, in order; ``all`` gives every case."""
    return tuple(case for case in cases if split in ("all", case.split))


def near_repeats(
    cases: Sequence[Case], questions: Sequence[str], *, threshold: float = NEAR_REPEAT
) -> tuple[tuple[Case, str, float], ...]:
    """The cases that ask what one of ``questions`` asks in nearly the same words, with that question.

    Words are compared without case, punctuation and order, by the share of letters that need no change.
    """
    plain = [_words(question) for question in questions]
    found = []
    for case in cases:
        best = process.extractOne(_words(case.question), plain, scorer=fuzz.ratio, score_cutoff=threshold)
        if best is not None:
            found.append((case, questions[best[2]], best[1]))
    return tuple(found)


def _words(question: str) -> str:
    return " ".join(sorted(set(re.findall(r"[\w%£]+", question.casefold()))))


def _read(path: Path) -> Iterator[Case]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                yield Case.model_validate_json(line)
            except ValidationError as error:
                raise EvalsError(f"{path.name}, line {number} is not a case: {_explain(error)}") from error


def _explain(error: ValidationError) -> str:
    details = (
        (".".join(str(part) for part in item["loc"]), item["msg"])
        for item in error.errors(include_url=False, include_context=False)
    )
    return "; ".join(f"{place}: {message}" if place else message for place, message in details)
