"""What is known of questions like the one that is asked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.values import Probe
from index import store
from index.hits import Known
from index.leaning import SHARPNESS
from index.passages import passages
from index.probes import known

PROBES = (
    Probe("1", "How many foster carers?", answerable=True, paragraphs=("1",)),
    Probe("2", "What do foster carers earn?", answerable=False, also=("1",), twin="1", change="money"),
    Probe("3", "Who is the mayor?", answerable=False),
)


def near(*pairs):
    cosines, unanswered = zip(*pairs, strict=True)
    return known(np.array(cosines), np.array(unanswered), np.zeros(len(cosines), dtype=np.float32))


def test_nothing_is_known_without_probes():
    nothing = np.array([])
    assert known(nothing, nothing.astype(bool), nothing.astype(np.float32)) == Known()


def test_the_nearest_of_both_sorts_and_the_mean_of_three():
    found = near((0.9, True), (0.8, False), (0.6, True), (0.3, True), (0.1, True))
    assert (found.answered, found.unanswered, found.three_unanswered) == (0.8, 0.9, 0.6)


def test_the_share_counts_near_probes_more():
    assert near((0.9, True), (0.2, True)).share == 1.0
    assert near((0.9, False), (0.8, False)).share == 0.0
    assert near((0.9, True), (0.9, False)).share == 0.5
    assert near((0.9, True), (0.85, False)).share == pytest.approx(1 / (1 + np.exp(-1)), abs=1e-6)


def test_only_the_nearest_twelve_have_a_say_in_the_share():
    assert near(*[(0.9, False)] * 12, *[(0.89, True)] * 50).share == 0.0


def test_a_question_leans_by_the_weights_of_the_probes_and_how_close_they_are():
    weights = np.array([0.5, -2.0], dtype=np.float32)
    found = known(np.array([1.0, 0.5]), np.array([False, True]), weights)
    assert found.leaning == pytest.approx(0.5 - 2.0 * np.exp(-SHARPNESS / 2), abs=1e-6)


def test_probes_are_embedded_but_nothing_is_found_by_them(report, expansions, encoder, tmp_path):
    without = store.build(report, expansions, encoder, tmp_path / "without")
    index = store.build(report, expansions, encoder, tmp_path / "with", probes=PROBES)
    for query in ("What do foster carers earn?", "Who is the mayor?"):
        assert index.search(query) == without.search(query)
        assert index.sentences(query) == without.sentences(query)
    assert without.known("Who is the mayor?") == Known()


def test_a_question_that_is_a_probe_is_known_and_can_be_left_out(report, encoder, tmp_path):
    index = store.build(report, (), encoder, tmp_path, probes=PROBES)
    asked = PROBES[1].question
    assert index.known(asked).unanswered == 1.0
    left_out = index.known(asked, without=frozenset({asked, PROBES[0].question}))
    assert left_out.unanswered < 1.0
    assert left_out.answered == 0.0
    assert left_out.share == 1.0
    assert index.known(asked).leaning < -0.5 < 0.5 < index.known(PROBES[0].question).leaning


def test_an_index_goes_out_of_date_with_the_probes(report, encoder, tmp_path):
    store.build(report, (), encoder, tmp_path, probes=PROBES)
    assert store.load(report, (), encoder, tmp_path, probes=PROBES).known("mayor").unanswered > 0
    with pytest.raises(store.IndexStaleError):
        store.load(report, (), encoder, tmp_path, probes=PROBES[:2])


def test_a_probe_is_kept_with_the_paragraph_that_it_is_near_to(report):
    made = passages(report, (), PROBES)[-3:]
    assert [(p.kind, p.paragraph, p.start, p.end) for p in made] == [
        ("answered", "1", 0, 0),
        ("unanswered", "1", 0, 0),
        ("unanswered", "1", 0, 0),
    ]


@given(
    st.lists(st.tuples(st.integers(-3, 3), st.booleans()), min_size=1, max_size=60),
)
def test_the_nearest_are_those_of_a_stable_sorting(probes):
    cosines = np.array([value / 4 for value, _ in probes])
    unanswered = np.array([missing for _, missing in probes])
    near = np.argsort(-cosines, kind="stable")[:12]
    weights = np.exp((cosines[near] - cosines[near[0]]) / 0.05)
    found = known(cosines, unanswered, np.zeros(len(cosines), dtype=np.float32))
    assert found.share == round(float(weights[unanswered[near]].sum() / weights.sum()), 6)
    three = np.sort(cosines[unanswered])[::-1][:3]
    assert found.three_unanswered == (round(float(three.mean()), 6) if len(three) else 0.0)
