"""A real model in a real file, in this process and behind its own OpenAI-compatible address."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from qa.generating import Generating
from qa.models import load_model
from qa.settings import Settings
from qa.verify.statements import StatementVerifier
from tests.test_architecture import ROOT

FILE = ROOT / ".venv" / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
WHY = "Why were core assessments of poor quality?"

pytestmark = [
    pytest.mark.encoder,
    pytest.mark.skipif(
        not FILE.exists() and os.environ.get("CI") != "true", reason="fetch the model with: make model"
    ),
]


@pytest.fixture(scope="module")
def model():
    return load_model(Settings(generator=f"gguf:{FILE}"))


@pytest.fixture(scope="module")
def verifier(real_pipeline):
    return StatementVerifier(real_pipeline.source)


def supported(answer, verifier):
    """Whether every statement of an answer comes through the verifier by the paragraphs that it cites."""
    return all(
        verifier.support(s.text, [c.evidence.paragraph for c in s.citations]).citations
        or s.text.strip("“”") in "".join(c.evidence.quote for c in s.citations)
        for s in answer.statements
    )


def test_a_model_in_a_file_writes_the_same_twice(model):
    told = ["".join(model.stream("Be brief.", "Say hello.", seconds=60)) for _ in range(2)]
    assert told[0] == told[1]
    assert any(c.isalpha() for c in told[0])


def test_its_name_says_nothing_of_folders(model):
    assert model.name == "gguf:SmolLM2-135M-Instruct.Q4_1.gguf"


def test_closing_stops_it_and_the_next_question_is_answered(model):
    stream = model.stream("Tell stories.", "Tell a very long story.", seconds=60)
    assert next(stream)
    stream.close()
    began = time.monotonic()
    assert next(model.stream("Be brief.", "Say hello.", seconds=60))
    assert time.monotonic() - began < 30


def test_nothing_unsupported_that_it_writes_is_shown(model, real_pipeline, verifier):
    answer = Generating(real_pipeline, model, verifier, seconds=25).ask(WHY)
    assert answer.status in ("answered", "not_in_report")
    assert supported(answer, verifier)


def test_its_own_server_is_asked_by_address(model, real_pipeline, verifier):
    "".join(model.stream("Be brief.", "Say hello.", seconds=60))  # the server starts with the first use
    remote = load_model(Settings(generator="openai:smollm2", base_url=f"{model.address}/v1", timeout=25))
    answer = Generating(real_pipeline, remote, verifier, seconds=25).ask(WHY)
    assert "cannot be reached" not in answer.note
    assert supported(answer, verifier)


def test_a_program_that_ends_while_the_model_writes_ends_well():
    code = f"""if True:
        from qa.models import load_model
        from qa.settings import Settings
        stream = load_model(Settings(generator={f"gguf:{FILE}"!r})).stream("S", "A long story.", seconds=60)
        print(bool(next(stream)))
    """
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=25)
    assert (done.returncode, done.stdout) == (0, "True\n")
    assert "FATAL" not in done.stderr
