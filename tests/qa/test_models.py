"""Models are made from settings, fail in plain words and in time, and no key is ever told."""

from __future__ import annotations

import logging
import socket
import time

import pytest

from qa.errors import InputError
from qa.generating import Generating
from qa.models import RETRIES, load_model, why, without
from qa.settings import Settings
from qa.verify.statements import StatementVerifier
from tests.qa.chat_server import breaks_off, drips, fails, goes_on, hangs, says, serving
from tests.qa.models_made import flipping, good, inventing

KEY = "sk-very-secret-4711"
WHY = "Why were core assessments of poor quality?"

# The client's connections are closed when it is collected, which may be after the test.
pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)


def settings(address=None, *, generator="openai:m", seconds=6.0):
    return Settings(generator=generator, base_url=address, api_key=KEY, timeout=seconds)


@pytest.fixture(scope="module")
def verifier(real_pipeline):
    return StatementVerifier(real_pipeline.source)


def ask(pipeline, verifier, address, *, seconds=6.0):
    model = load_model(settings(address, seconds=seconds))
    return Generating(pipeline, model, verifier, seconds=seconds).ask(WHY)


@pytest.mark.parametrize(
    ("generator", "address", "told"),
    [
        ("openai:m", None, "Set QA_BASE_URL"),
        ("openai:", "http://127.0.0.1:1/v1", "names no model"),
        ("openai:m", "127.0.0.1:1", "must begin with http://"),
        ("gguf:nowhere.gguf", None, "Cannot read the model 'nowhere.gguf': No such file or directory"),
        ("nonsense", None, "The generator 'nonsense' cannot be used"),
        ("anthropic:claude", None, "Run: pip install langchain-anthropic"),
    ],
)
def test_a_generator_that_cannot_be_used_is_told_with_what_to_do(generator, address, told):
    with pytest.raises(InputError) as caught:
        load_model(settings(address, generator=generator))
    assert told in str(caught.value)
    assert KEY not in str(caught.value)


def test_a_file_that_is_no_model_is_told(tmp_path):
    (tmp_path / "m.gguf").write_bytes(b"PK..")
    with pytest.raises(InputError, match="is not a GGUF file"):
        load_model(Settings(generator=f"gguf:{tmp_path / 'm.gguf'}"))


def test_making_a_model_asks_it_nothing():
    with serving(fails(500)) as (address, seen):
        assert load_model(settings(address)).name == "openai:m"
        assert seen == []


def test_no_form_of_a_model_shows_its_key():
    model = load_model(settings("http://127.0.0.1:1/v1"))
    assert KEY not in f"{model} {model!r} {model.chat!r} {settings()!r}"


@pytest.mark.encoder
def test_a_server_is_asked_with_name_and_key_and_its_answer_is_shown(real_pipeline, verifier):
    with serving(says(good)) as (address, seen):
        answer = ask(real_pipeline, verifier, address)
    (path, key, body) = seen[0]
    assert (path, key) == ("/v1/chat/completions", f"Bearer {KEY}")
    assert (body["model"], body["stream"], body["temperature"]) == ("m", True, 0.0)
    assert (answer.generator, answer.note, len(answer.statements)) == ("openai:m", "", 3)


@pytest.mark.encoder
@pytest.mark.parametrize("write", [inventing, flipping])
def test_a_server_that_lies_is_not_repeated(real_pipeline, verifier, write):
    with serving(says(write)) as (address, _):
        answer = ask(real_pipeline, verifier, address)
    assert answer.removed
    assert not any(one.text.strip(" .") in answer.text for one in answer.removed)


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (fails(401), "its server did not accept the key"),
        (fails(403), "its server did not accept the key"),
        (fails(404), "its server does not know the model"),
        (fails(429), "its server has too many requests"),
        (fails(500), "its server failed"),
        (hangs, "it took too long"),
        (drips, "it took too long"),
    ],
)
def test_every_failure_gives_the_quotes_answer_and_one_plain_reason(
    real_pipeline, verifier, behaviour, reason, caplog, capfd
):
    caplog.set_level(logging.INFO)
    began = time.monotonic()
    with serving(behaviour) as (address, seen):
        answer = ask(real_pipeline, verifier, address, seconds=4.0)
        assert 1 <= len(seen) <= 1 + RETRIES
    assert time.monotonic() - began < 8.0
    quotes = real_pipeline.ask(WHY)
    assert (answer.text, answer.statements, answer.generator) == (quotes.text, quotes.statements, "quotes")
    assert answer.note == f"Quotes from the report, because the language model gave no answer: {reason}."
    said = capfd.readouterr()
    assert KEY not in repr(answer) + caplog.text + said.out + said.err


@pytest.mark.encoder
@pytest.mark.parametrize("behaviour", [goes_on, breaks_off, says(lambda s, u: "")])
def test_endless_broken_and_empty_replies_give_the_quotes_answer(real_pipeline, verifier, behaviour):
    with serving(behaviour) as (address, _):
        answer = ask(real_pipeline, verifier, address)
    assert (answer.text, answer.generator) == (real_pipeline.ask(WHY).text, "quotes")
    assert answer.note.startswith("Quotes from the report, because ")


@pytest.mark.encoder
def test_a_refused_connection_gives_the_quotes_answer(real_pipeline, verifier):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    answer = ask(real_pipeline, verifier, f"http://127.0.0.1:{port}/v1")
    assert answer.generator == "quotes"
    assert answer.note.endswith("its server cannot be reached.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"bad key {KEY}", "bad key ***"),
        ("key sk-abcd1234 is wrong", "key *** is wrong"),
        ("Authorization: Bearer abc.def", "Authorization: ***"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_keys_are_taken_out_of_texts(text, shown):
    assert without(text, KEY) == shown


def test_an_error_of_an_unknown_kind_says_nothing_of_itself():
    assert why(RuntimeError("weird <b>stuff</b>"), KEY) == "it failed"
