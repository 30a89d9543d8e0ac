"""What is fitted to claims is written as it is, and its threshold keeps what is to be kept."""

from __future__ import annotations

import numpy as np
import pytest

from evals.claims.fitting import Examples, fit, held_out, threshold
from evals.fit import forest
from qa.sufficiency import as_forest
from qa.verify.likelihood import Weights


def made(count=200):
    """Supported where the first sign is high, unless the second one is too."""
    random = np.random.default_rng(0)
    signs = np.round(random.random((count, 4)), 3)
    signs[:, 2:] = 0
    supported = (signs[:, 0] > 0.5) & (signs[:, 1] < 0.8)
    return Examples(
        ("alike", "turned", "number_whole", "changed_copy"),
        signs,
        supported,
        np.ones(count),
        np.arange(count) % 20,
    )


def test_what_is_written_gives_the_likelihoods_of_the_models():
    examples = made()
    fitted = fit(examples)
    scaled = fitted.linear.coef_[0] / fitted.scale
    written = Weights(
        float(fitted.linear.intercept_[0]),
        dict(zip(examples.names, map(float, scaled), strict=True)),
        0.5,
        as_forest(forest(fitted.trees, examples.names)),
    )
    rows = [dict(zip(examples.names, row, strict=True)) for row in examples.signs]
    assert [written.likelihood(row) for row in rows] == pytest.approx(
        fitted.likelihoods(examples.signs).tolist(), abs=2e-3
    )


def test_examples_are_judged_by_models_that_did_not_see_them():
    examples = made()
    likely = held_out(examples)
    assert ((likely >= 0.5) == examples.supported).mean() > 0.9


def test_the_threshold_is_the_highest_that_keeps_what_is_to_be_kept():
    examples = made(100)
    true = np.arange(100) < 50
    asked = Examples(examples.names, examples.signs, true, np.ones(100), examples.groups)
    likely = np.where(true, 0.305 + np.arange(100) / 100, 0.95)
    assert threshold(likely, asked) == 0.36  # six of fifty lie below, which leaves 88 of 100
    assert threshold(np.zeros(100), asked) == 0.0
