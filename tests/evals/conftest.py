"""Builders of small cases, replies and results, and fakes that are functions of the text."""

from collections.abc import Callable

import pytest

from corpus.values import Metadata, Paragraph, Report, Section, Span
from evals.cases import Case
from evals.judge import judge
from evals.values import Reply, Result

TEXTS = {
    "1": "There were 91 children on plans.",
    "2": "Visits were late. Eleven per cent were missed.",
    "3": "Supervision is regular.",
}


@pytest.fixture
def texts() -> dict[str, str]:
    return dict(TEXTS)


@pytest.fixture
def make_case() -> Callable[..., Case]:
    return build_case


@pytest.fixture
def make_result() -> Callable[..., Result]:
    def make(case: Case, reply: Reply, seconds: float = 0.0) -> Result:
        return Result(case, reply, judge(case, reply, TEXTS), seconds)

    return make


@pytest.fixture
def report() -> Report:
    return small_report()


def build_case(**changes: object) -> Case:
    values: dict[str, object] = {
        "id": "C-1",
        "question": "How many children had plans?",
        "history": [],
        "category": "fact",
        "style": "plain",
        "required": [["1"]],
        "acceptable": [],
        "facts": [r"\b91\b"],
        "computed": [],
        "forbidden": [],
        "answerable": True,
        "status": "answered",
        "twin": None,
        "split": "dev",
        "note": "",
    }
    if changes.get("answerable") is False:
        values |= {"required": [], "facts": [], "status": "not_in_report"}
    return Case.model_validate(values | changes)


def small_report() -> Report:
    source = "\n\n".join(f"{number}. {text}" for number, text in TEXTS.items()) + "\n"
    metadata = Metadata(
        id="small",
        title="A small <report>",
        authority="A council",
        publisher="An office",
        published="2012-07-10",
        inspected="2012-06-01",
        inspector="Nobody",
        source="written for a test",
        terms="none",
    )
    layout = []
    for number, text in TEXTS.items():
        start = source.index(f"{number}. {text}")
        layout.append(Span("paragraph", start, start + len(text) + 3, owner=number))
    return Report(
        metadata=metadata,
        source=source,
        paragraphs=tuple(
            Paragraph("small", number, text, section=("Part",)) for number, text in TEXTS.items()
        ),
        sections=(Section(("Part",), tuple(TEXTS)),),
        judgements=(),
        recommendations=(),
        layout=tuple(layout),
    )
