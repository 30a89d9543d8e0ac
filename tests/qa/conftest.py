"""The shipped report over an encoder that is a function of the text, and answers made by hand."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
import pytest

from corpus.library import expansions, load
from qa.acronyms import find_acronyms
from qa.build import assemble
from qa.evidence import Ranker
from qa.question import understand
from qa.settings import Settings
from qa.vocabulary import build_vocabulary
from tests.index.conftest import taught_nothing

DIMENSION = 128


class BagEncoder:
    """A hashed bag of words: texts that share words are near each other, and nothing else is."""

    name = "bag of words"
    dimension = DIMENSION
    fingerprint = "bag-1"

    def encode(self, texts: Sequence[str]):
        return np.array([self._vector(text) for text in texts], dtype=np.float32).reshape(-1, DIMENSION)

    def _vector(self, text: str):
        vector = np.zeros(DIMENSION)
        for word in re.findall(r"\w+", text.lower()) or ["nothing"]:
            vector[zlib.crc32(word.encode()) % DIMENSION] += 1
        return vector / np.linalg.norm(vector)


@pytest.fixture(scope="session")
def report():
    return load()


@pytest.fixture(scope="session")
def bag_home(tmp_path_factory):
    return tmp_path_factory.mktemp("bag")


@pytest.fixture(scope="session")
def bag_pipeline(report, bag_home):
    """The whole of question answering over the shipped report, quick to make but poor in meaning."""
    settings = Settings(home=bag_home, council_contact="")
    with pytest.MonkeyPatch.context() as patch:
        taught_nothing(patch)
        return assemble(report, expansions(report), BagEncoder(), settings)


@pytest.fixture(scope="session")
def source(bag_pipeline):
    return bag_pipeline.source


@pytest.fixture(scope="session")
def vocabulary(report):
    """The words of the report, and a few others that are spelt right."""
    return build_vocabulary(
        [paragraph.text for paragraph in report.paragraphs],
        english=("weather", "football", "manger", "planet", "desert", "capital", "recipe"),
    )


@pytest.fixture(scope="session")
def acronyms(report):
    return find_acronyms(report.paragraphs)


@pytest.fixture(scope="session")
def ranker(source):
    return Ranker(source)


@pytest.fixture(scope="session")
def ask(source):
    """A question as the routes to an answer are given it."""
    return lambda text: understand(text, text, source.part_terms)


@pytest.fixture(scope="session")
def cited():
    """The numbers that an answer cites, in order."""

    def numbers(answer) -> list[str]:
        return list(dict.fromkeys(c.evidence.paragraph for s in answer.statements for c in s.citations))

    return numbers
