import faiss
import numpy as np
import pytest

from index import flat


@pytest.fixture
def vectors():
    return np.random.default_rng(0).normal(size=(7, 12)).astype(np.float32)


def test_vectors_are_read_as_they_were_written(vectors):
    found = flat.from_bytes(flat.to_bytes(vectors))
    assert found.dtype == np.float32
    assert found.flags.aligned
    assert np.array_equal(found, vectors)


def test_the_file_is_one_that_faiss_reads(vectors):
    index = faiss.deserialize_index(np.frombuffer(flat.to_bytes(vectors), dtype=np.uint8))
    assert isinstance(index, faiss.IndexFlatIP)
    assert np.array_equal(index.reconstruct_n(0, 7), vectors)


def test_no_vectors_keep_their_dimension():
    assert flat.from_bytes(flat.to_bytes(np.zeros((0, 12), dtype=np.float32))).shape == (0, 12)


def test_an_index_of_another_kind_is_left_to_faiss(vectors):
    other = faiss.IndexFlatL2(12)
    other.add(vectors)
    assert np.array_equal(flat.from_bytes(bytes(faiss.serialize_index(other))), vectors)
