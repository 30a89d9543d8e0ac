"""What every store of the vectors of many reports does, whatever is behind it."""

import itertools
import socket
import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import IndexMissingError, IndexRefusedError, StoreError
from index.faissstore import FaissStore
from index.milvusstore import MilvusStore, is_address

DIMENSION = 16

KINDS = ("exact", "lists", "graph", "milvus-file", "milvus-server")

_fresh = itertools.count()


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def vectors_of(report, count):
    """Vectors that follow from the name of the report alone."""
    return unit(np.random.default_rng(sum(report.encode())).normal(size=(count, DIMENSION)))


def numbers(count):
    return [str(number) for number in range(1, count + 1)]


@pytest.fixture(scope="session")
def milvus_server(tmp_path_factory):
    """The address of a Milvus Lite server on this machine, with nothing in it."""
    pytest.importorskip("milvus_lite", reason="the optional extra 'milvus' is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("milvus")
    with (folder / "log").open("w") as log:
        place = ["--data-dir", str(folder / "data"), "--host", "127.0.0.1", "--port", str(port)]
        server = subprocess.Popen(
            [sys.executable, "-m", "milvus_lite", "server", *place], stdout=log, stderr=log
        )
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port, server):
    for _ in range(300):
        assert server.poll() is None, "the server ended by itself"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start within a minute")


@pytest.fixture
def opened(kind, request, tmp_path):
    """Opens the store that lies in this test's place; a second time, what was saved there."""
    if kind.startswith("milvus"):
        yield from _milvus(kind, request, tmp_path)
    else:
        yield _faiss(kind, tmp_path)


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


def _milvus(kind, request, tmp_path):
    pytest.importorskip("pymilvus", reason="the optional extra 'milvus' is not installed")
    server = kind == "milvus-server"
    uri = request.getfixturevalue("milvus_server") if server else str(tmp_path / "library.db")
    encoder = f"test{next(_fresh)}"  # a collection of its own in the server that all tests share
    stores = []

    def open_again():
        stores.append(MilvusStore(uri, DIMENSION, encoder=encoder))
        return stores[-1]

    yield open_again
    for store in stores:
        store.close()


def _faiss(kind, tmp_path):
    def open_again():
        exact_up_to, large = (1_000_000, "lists") if kind == "exact" else (60, kind)
        place = {"dimension": DIMENSION, "encoder": "e", "exact_up_to": exact_up_to, "large": large}
        try:
            return FaissStore.load(tmp_path / "library", **place)
        except IndexMissingError:
            return FaissStore(tmp_path / "library", **place)

    return open_again


@pytest.fixture
def store(opened):
    filled = opened()
    for report, count in (("anytown-2013", 40), ("bigton-2014", 30), ("kingston-2012", 50)):
        filled.add(report, numbers(count), vectors_of(report, count))
    return filled


def names(found):
    return [(near.report, near.paragraph) for near in found]


def test_an_empty_store_finds_nothing(opened):
    assert opened().search(vectors_of("a", 1)[0]) == ()
    assert opened().reports() == {}


def test_the_reports_are_told_in_alphabetical_order_with_their_paragraphs(store):
    assert list(store.reports().items()) == [("anytown-2013", 40), ("bigton-2014", 30), ("kingston-2012", 50)]


def test_the_nearest_paragraph_of_a_paragraph_is_itself_with_a_cosine_of_1(store):
    for place, row in enumerate(vectors_of("bigton-2014", 30), start=1):
        best = store.search(row, top_k=1)[0]
        assert (best.report, best.paragraph) == ("bigton-2014", str(place))
        assert best.score == pytest.approx(1.0, abs=1e-5)


def test_what_is_found_is_what_comparing_everything_finds_best_first(store):
    rows = {r: vectors_of(r, n) for r, n in store.reports().items()}
    keys = [(r, str(i)) for r, found in rows.items() for i in range(1, len(found) + 1)]
    query = vectors_of("query", 1)[0]
    cosines = np.concatenate(list(rows.values())) @ query
    best = [keys[i] for i in np.argsort(-cosines, kind="stable")[:10]]
    found = store.search(query, top_k=10)
    assert len(set(names(found)) & set(best)) >= 9
    assert [near.score for near in found] == sorted((near.score for near in found), reverse=True)
    assert found[0].score == pytest.approx(float(cosines.max()), abs=1e-5)


def test_no_more_is_found_than_asked_for_and_no_more_than_there_is(store):
    query = vectors_of("query", 1)[0]
    assert len(store.search(query, top_k=3)) == 3
    assert len(set(names(store.search(query, top_k=500)))) == 120
    assert store.search(query, top_k=0) == ()


def test_a_search_in_some_reports_finds_paragraphs_of_those_only(store):
    query = vectors_of("kingston-2012", 50)[0]
    found = store.search(query, top_k=70, reports=["anytown-2013", "bigton-2014"])
    assert {near.report for near in found} == {"anytown-2013", "bigton-2014"}
    assert len(found) == 70
    assert store.search(query, reports=[]) == ()
    assert store.search(query, reports=["nowhere-1999"]) == ()


def test_a_search_in_one_report_is_the_search_of_a_store_with_nothing_else(store, tmp_path):
    alone = FaissStore(tmp_path / "alone", DIMENSION)
    alone.add("bigton-2014", numbers(30), vectors_of("bigton-2014", 30))
    query = vectors_of("query", 1)[0]
    assert names(store.search(query, top_k=5, reports=["bigton-2014"])) == names(alone.search(query, top_k=5))


def test_a_report_that_is_put_in_again_takes_the_place_of_what_was_there(store):
    store.add("bigton-2014", ["7"], vectors_of("new", 1))
    assert store.reports()["bigton-2014"] == 1
    assert names(store.search(vectors_of("new", 1)[0], top_k=1)) == [("bigton-2014", "7")]
    assert len(store.search(vectors_of("new", 1)[0], top_k=500)) == 91


def test_a_report_that_is_taken_out_leaves_no_trace(store):
    store.remove("kingston-2012")
    assert list(store.reports()) == ["anytown-2013", "bigton-2014"]
    found = store.search(vectors_of("kingston-2012", 50)[0], top_k=500)
    assert {near.report for near in found} == {"anytown-2013", "bigton-2014"}
    assert len(found) == 70


def test_taking_out_a_report_that_is_not_there_changes_nothing(store):
    before = store.reports()
    store.remove("nowhere-1999")
    assert store.reports() == before


def test_a_report_without_paragraphs_is_no_report(opened):
    empty = opened()
    empty.add("empty-2020", [], np.zeros((0, DIMENSION), dtype=np.float32))
    assert empty.reports() == {}


def test_paragraph_numbers_stay_text(opened):
    fresh = opened()
    fresh.add("a-2000", ["3.1", "3.10", "findings"], vectors_of("a-2000", 3))
    found = [fresh.search(row, top_k=1)[0].paragraph for row in vectors_of("a-2000", 3)]
    assert found == ["3.1", "3.10", "findings"]


def test_vectors_of_another_length_are_refused(opened):
    with pytest.raises(ValueError, match="expected 2 vectors of 16 numbers"):
        opened().add("a-2000", ["1", "2"], np.ones((2, 3), dtype=np.float32))


def test_what_was_saved_is_found_again(store, opened):
    store.save()
    query = vectors_of("query", 1)[0]
    again = opened()
    assert again.reports() == store.reports()
    assert names(again.search(query)) == names(store.search(query))
    assert again.kind == store.kind


def test_the_same_search_finds_the_same(store):
    query = vectors_of("query", 1)[0]
    assert store.search(query) == store.search(query)


def test_every_store_finds_what_faiss_finds_with_the_same_scores(store, tmp_path):
    exact = FaissStore(tmp_path / "exact", DIMENSION)
    for report, size in store.reports().items():
        exact.add(report, numbers(size), vectors_of(report, size))
    for query in vectors_of("some queries", 20):
        found, wanted = store.search(query, top_k=5), exact.search(query, top_k=5)
        assert names(found) == names(wanted)
        assert [near.score for near in found] == pytest.approx([near.score for near in wanted], abs=1e-4)


@pytest.mark.parametrize(
    ("uri", "told"),
    [
        ("library.txt", "expected http://HOST:PORT, or the path of a file that ends in .db"),
        ("http://127.0.0.1:9", "Check that it runs and can be reached"),
    ],
)
def test_a_milvus_that_is_not_there_is_told_in_words(uri, told):
    pytest.importorskip("pymilvus", reason="the optional extra 'milvus' is not installed")
    with pytest.raises(StoreError, match=told):
        MilvusStore(uri, DIMENSION)


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("http://milvus.example:19530", True),
        ("https://x", True),
        ("library.db", False),
        ("~/a/library.db", False),
    ],
)
def test_an_address_is_told_from_a_file(uri, address):
    assert is_address(uri) is address


# What follows is about FAISS alone.


def test_a_store_that_grows_beyond_the_limit_becomes_lists_and_exact_again_when_it_shrinks(tmp_path):
    store = FaissStore(tmp_path / "library", DIMENSION, exact_up_to=50)
    store.add("a-2000", numbers(50), vectors_of("a-2000", 50))
    assert store.kind == "FAISS, exact"
    store.add("b-2000", numbers(1), vectors_of("b-2000", 1))
    assert store.kind == "FAISS, lists"
    store.remove("b-2000")
    assert store.kind == "FAISS, exact"


@pytest.mark.parametrize("large", ["lists", "graph"])
def test_a_search_in_many_reports_of_a_large_store_finds_those_only(tmp_path, large):
    store = FaissStore(tmp_path / "library", DIMENSION, exact_up_to=20, large=large)
    for report in ("a-2000", "b-2000", "c-2000"):
        store.add(report, numbers(30), vectors_of(report, 30))
    found = store.search(vectors_of("c-2000", 30)[0], top_k=10, reports=["a-2000", "b-2000"])
    assert len(found) == 10
    assert "c-2000" not in {near.report for near in found}


def test_a_store_that_outgrows_its_lists_gets_more_of_them_and_finds_what_it_found(tmp_path):
    store = FaissStore(tmp_path / "library", DIMENSION, exact_up_to=50)
    for number in range(12):
        store.add(f"r{number:02}-2000", numbers(60), vectors_of(f"r{number:02}-2000", 60))
    assert store._index.nlist > 5
    for place, row in enumerate(vectors_of("r00-2000", 60), start=1):
        assert names(store.search(row, top_k=1)) == [("r00-2000", str(place))]


@pytest.fixture
def saved(tmp_path):
    folder = tmp_path / "library"
    store = FaissStore(folder, DIMENSION, encoder="e")
    store.add("a-2000", numbers(5), vectors_of("a-2000", 5))
    store.save()
    return folder


@pytest.mark.parametrize("name", ["vectors.faiss", "keys.json", "manifest.json"])
def test_a_changed_file_is_refused(saved, name):
    content = bytearray((saved / name).read_bytes())
    content[len(content) // 2] ^= 1
    (saved / name).write_bytes(content)
    with pytest.raises(IndexRefusedError, match="python -m index build --report all"):
        FaissStore.load(saved, DIMENSION, encoder="e")


@pytest.mark.parametrize("name", ["vectors.faiss", "keys.json", "manifest.json"])
def test_a_missing_file_is_refused(saved, name):
    (saved / name).unlink()
    with pytest.raises(IndexRefusedError):
        FaissStore.load(saved, DIMENSION, encoder="e")


def test_vectors_of_another_encoder_are_not_used(saved):
    with pytest.raises(IndexMissingError, match="another encoder"):
        FaissStore.load(saved, DIMENSION, encoder="f")


steps = st.lists(
    st.tuples(st.sampled_from(("add", "remove")), st.sampled_from("abcd"), st.integers(1, 12)), max_size=12
)


@settings(max_examples=40, deadline=None)
@given(steps=steps)
def test_after_any_additions_and_removals_exactly_what_is_left_is_found(steps, tmp_path_factory):
    store = FaissStore(tmp_path_factory.mktemp("library"), DIMENSION, exact_up_to=10)
    left = {}
    for what, report, count in steps:
        if what == "add":
            store.add(report, numbers(count), vectors_of(report, count))
            left[report] = count
        else:
            store.remove(report)
            left.pop(report, None)
    assert dict(store.reports()) == left
    found = store.search(vectors_of("query", 1)[0], top_k=1000)
    assert sorted(names(found)) == sorted((r, n) for r, count in left.items() for n in numbers(count))
