import math

import numpy as np
import pytest

from index.forward import Norm, affine, gelu


def test_gelu_is_the_argument_times_the_share_of_the_normal_distribution_below_it():
    x = np.linspace(-12, 12, 4001, dtype=np.float32)
    exact = [float(value) * math.erfc(-float(value) / math.sqrt(2)) / 2 for value in x]
    assert gelu(x) == pytest.approx(np.array(exact), abs=2e-6)


def test_gelu_of_nothing_is_nothing():
    assert gelu(np.zeros((2, 3), dtype=np.float32)).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_a_normed_row_has_mean_nothing_and_variance_one():
    row = np.array([[1.0, 5.0, 9.0, 1.0]], dtype=np.float32)
    normed = Norm(np.ones(4, dtype=np.float32), np.zeros(4, dtype=np.float32), 1e-12)(row)
    assert float(normed.mean()) == pytest.approx(0, abs=1e-6)
    assert float(normed.var()) == pytest.approx(1, abs=1e-6)


def test_a_row_is_stretched_and_shifted_after_it_is_normed():
    gain, shift = np.full(2, 3, dtype=np.float32), np.full(2, 1, dtype=np.float32)
    assert Norm(gain, shift, 1e-12)(np.array([[0.0, 2.0]], dtype=np.float32)).tolist() == [[-2, 4]]


@pytest.mark.parametrize(
    ("inputs", "outputs"), [(384, 1152), (1536, 384), (1537, 64), (5, 3), (448, 64), (449, 64)]
)
@pytest.mark.parametrize("rows", [1, 2, 15, 70])
def test_a_product_in_blocks_is_the_whole_product(inputs, outputs, rows):
    numbers = np.random.default_rng(0)
    x, weights, bias = (
        numbers.normal(size=size).astype(np.float32)
        for size in ((rows, inputs), (inputs, outputs), (outputs,))
    )
    assert affine(weights, bias)(x) == pytest.approx(x @ weights + bias, abs=1e-3)
