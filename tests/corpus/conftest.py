import pytest

from corpus.library import load
from corpus.values import Metadata


@pytest.fixture(scope="session")
def report():
    return load()


@pytest.fixture(scope="session")
def metadata():
    return Metadata(
        id="anytown-2013",
        title="Inspection of children's services",
        authority="Anytown Council",
        publisher="Inspectorate",
        published="2013-05-01",
        inspected="1 – 12 April 2013",
        inspector="A Person",
        source="made for the tests",
        terms="none",
    )
