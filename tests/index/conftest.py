"""A small report and an encoder that is a function of the text."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from corpus.values import Expansion, Judgement, Metadata, Paragraph, Report
from index import fitted, leaning, placing, store

DIMENSION = 256


@cache
def _place(word: str) -> int:
    return int(hashlib.sha256(word.encode()).hexdigest(), 16) % DIMENSION


class FakeEncoder:
    """A hashed bag of words: texts that share words are near each other, and nothing else is."""

    name = "bag of words"
    dimension = DIMENSION
    fingerprint = "bag-1"

    def encode(self, texts: Sequence[str]):
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, DIMENSION)

    def _vector(self, text: str):
        vector = np.zeros(DIMENSION)
        for word in re.findall(r"\w+", text.lower()) or ["nothing"]:
            vector[_place(word)] += 1
        return vector / np.linalg.norm(vector)


def taught_nothing(patch: pytest.MonkeyPatch) -> None:
    """Nothing is learned from questions: with a fake encoder it would mean nothing, and it takes a while."""
    patch.setattr(fitted, "fit", lambda questions, sentences, answers: fitted.identity(sentences.shape[1]))
    patch.setattr(leaning, "fit", lambda vectors, answered: np.zeros(len(vectors), dtype=np.float32))
    patch.setattr(
        placing, "fit", lambda vectors, answers, count: np.zeros((len(answers), count), dtype=np.float32)
    )


def sample_report(first: str = "The council looks after 133 children. It has 50 foster carers.") -> Report:
    """Two numbered paragraphs, a list, a table with a grade scale, and the findings."""
    findings = "Safeguarding\nStaying safe\tInadequate\nLooked after\nStaying safe\tGood"
    paragraphs = (
        Paragraph("sample", "1", first, section=("About", "Numbers")),
        Paragraph(
            "sample",
            "3.10",
            "Health is good:\n- dentists see 16/17 year olds\n- nurses visit A&E.",
            items=("dentists see 16/17 year olds", "nurses visit A&E."),
            section=("Health",),
        ),
        Paragraph(
            "sample",
            "4",
            "The scale is:\nGood\tExceeds what is required\nPoor\tFails",
            rows=(("Good", "Exceeds what is required"), ("Poor", "Fails")),
        ),
        Paragraph("sample", "findings", findings, numbering="named"),
    )
    judgements = (
        Judgement("Safeguarding", "Staying safe", "Inadequate", "findings", None, 13, 36),
        Judgement("Looked after", "Staying safe", "Good", "findings", None, 50, 67),
    )
    metadata = Metadata("sample", "T", "A", "P", "2012-07-10", "I", "C", "S", "terms")
    return Report(metadata, "source", paragraphs, (), judgements, ())


def sample_expansions() -> tuple[Expansion, ...]:
    """Everyday questions for a sentence of paragraph 1 and for both items of 3.10."""
    items = "dentists see 16/17 year olds\n- nurses visit A&E."
    return (
        Expansion(
            "1", "It has 50 foster carers.", 38, 62, ("How many fostering families?", "carer headcount")
        ),
        Expansion("3.10", items, 18, 18 + len(items), ("Who checks teeth?",)),
    )


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture
def report() -> Report:
    return sample_report()


@pytest.fixture
def expansions() -> tuple[Expansion, ...]:
    return sample_expansions()


@pytest.fixture
def other_report() -> Report:
    """The sample report after its first paragraph was edited."""
    return sample_report("The council looks after 134 children.")


@pytest.fixture
def index(report, expansions, encoder, tmp_path):
    return store.build(report, expansions, encoder, tmp_path)


@pytest.fixture
def sealed():
    """Writes a manifest of any content with a seal that fits, as another version of the program would."""

    def write(content: dict) -> str:
        bare = {key: value for key, value in content.items() if key != "seal"}
        seal = hashlib.sha256(_tidy(bare).encode()).hexdigest()
        return _tidy({**bare, "seal": seal})

    return write


def _tidy(content: dict) -> str:
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
