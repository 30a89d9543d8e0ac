"""The command line tells why an answer is not the model's, and what was taken out, without its words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qa.__main__ import notes
from qa.values import Answer, Removed

ANSWER = Answer("q", "answered", "text", "r")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, []),
        ({"note": "Why."}, ["Why."]),
        (
            {"removed": (Removed("x", ("1",), ("wrong_paragraph",)),)},
            ["1 statement was taken out: wrong paragraph."],
        ),
        (
            {"removed": (Removed("a", (), ("number", "name")), Removed("b", (), ("name",)))},
            ["2 statements were taken out: name, number."],
        ),
    ],
)
def test_notes(changes, told):
    assert notes(replace(ANSWER, **changes)) == told
