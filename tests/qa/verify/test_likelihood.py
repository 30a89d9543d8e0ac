"""Weights and trees have half the say each, and the hard rules are never outweighed."""

from __future__ import annotations

import json
import math

import pytest

from qa.verify.likelihood import HARD, UNTOLD, read_weights

KEPT = dict.fromkeys(HARD, 0.0)

TEXT = json.dumps(
    {
        "base": 1.0,
        "signs": {"cosine": 2.0},
        "threshold": 0.4,
        "forest": {"base": 0.5, "trees": [[["cosine", 0.5, 1, 2], [-1.5], [2.5]]]},
    }
)


@pytest.mark.parametrize(("cosine", "log_odds"), [(0.5, (2 - 1) / 2), (1.0, (3 + 3) / 2)])
def test_the_log_odds_are_the_mean_of_both(cosine, log_odds):
    found = read_weights(TEXT).likelihood({"cosine": cosine, **KEPT})
    assert found == pytest.approx(1 / (1 + math.exp(-log_odds)), abs=1e-4)


@pytest.mark.parametrize("name", HARD)
def test_a_hard_rule_is_not_outweighed(name):
    assert read_weights(TEXT).likelihood({"cosine": 1.0, **KEPT, name: 1.0}) == UNTOLD


def test_a_sign_that_is_missing_is_told():
    with pytest.raises(KeyError):
        read_weights(TEXT).likelihood({"number_whole": 0.0})
