"""Vectors to measure with, and what is made of the measurements."""

import json
from xml.etree import ElementTree

import numpy as np
import pytest

from evals.measuring import add_parsers
from evals.scale import data, run, tables


@pytest.fixture
def real():
    rows = np.random.default_rng(0).normal(size=(1_500, 24))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_the_first_vectors_are_the_real_ones(real):
    np.testing.assert_array_equal(data.vectors(real, 0, 1_000), real[:1_000])
    np.testing.assert_array_equal(data.vectors(real, 1_000, 2_000)[:500], real[1_000:])


def test_a_made_vector_has_length_1_and_a_cosine_of_0_8_with_the_real_one_it_is_made_from(real):
    made = data.vectors(real, 3_000, 4_000)
    np.testing.assert_allclose(np.linalg.norm(made, axis=1), 1.0, atol=1e-5)
    cosines = (made * real[np.arange(3_000, 4_000) % 1_500]).sum(axis=1)
    assert float(cosines.mean()) == pytest.approx(0.8, abs=0.02)


def test_a_place_holds_the_same_vector_whatever_is_asked_for_with_it(real):
    np.testing.assert_array_equal(data.vectors(real, 2_000, 4_000)[1_000:], data.vectors(real, 3_000, 4_000))


def test_real_text_begins_with_the_report_and_goes_on_without_repeats():
    texts = data.real_texts(400)
    assert texts[0].startswith("The purpose of the inspection")
    assert len(texts) == len(set(texts)) == 400


def test_a_small_curve_is_measured_and_the_exact_store_finds_everything(real, monkeypatch):
    monkeypatch.setattr(run, "load_encoder", lambda: Questions())
    told = []
    result = run.measure([1_000], progress=told.append, real=real)
    exact, lists, graph = result["rows"][:3]
    assert (exact["kind"], lists["kind"], graph["kind"]) == ("exact", "lists", "graph")
    assert lists["recall@10_questions"] > 0.9
    assert exact["recall@10_questions"] == exact["recall@10_paragraphs"] == 1.0
    assert graph["recall@10_questions"] > 0.9
    assert exact["known_first"] > 0.9
    assert exact["disk_mb"] < graph["disk_mb"]
    assert len(told) == len(result["rows"])


class Questions:
    """An encoder that gives every question the vector of its length."""

    def encode(self, texts):
        rows = np.stack([np.random.default_rng(len(text)).normal(size=24) for text in texts])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


ROW = {
    "paragraphs": 1000,
    "kind": "exact",
    "build_s": 0.1,
    "build_mb": None,
    "disk_mb": 1.5,
    "load_s": 0.05,
    "resident_mb": 58,
    "p50_ms": 0.05,
    "p95_ms": 0.07,
    "recall@10_questions": 1.0,
    "recall@10_paragraphs": 1.0,
    "known_first": 0.997,
}
ABOUT = {
    "real": 10,
    "dimension": 384,
    "questions": 3,
    "known": 2,
    "encode_ms": 6.0,
    "cores": 2,
    "python": "3",
}


def test_the_curve_is_shown_as_a_table_and_a_picture():
    result = {"about": ABOUT, "rows": [ROW, {**ROW, "paragraphs": 10_000, "kind": "graph"}]}
    text = tables.to_markdown(result)
    assert "| HNSW graph | 10,000 | 0.1 | – | 1.5 | 0.05 | 58 | 0.05 | 0.07 | 1.000 | 1.000 | 0.997 |" in text
    assert json.loads(tables.to_json(result)) == result
    root = ElementTree.fromstring(tables.to_svg(result))
    assert len(list(root.iter("{http://www.w3.org/2000/svg}circle"))) == 8


@pytest.mark.parametrize("given", ["1500", "0", "-1000", "many"])
def test_sizes_are_whole_thousands(given, capsys):
    import argparse

    parser = argparse.ArgumentParser()
    add_parsers(parser.add_subparsers().add_parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["scale", "--sizes", given])
    assert given in capsys.readouterr().err
