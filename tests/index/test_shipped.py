"""The shipped report with the real encoder."""

import pytest

from corpus.library import expansions, load, probes
from index import store
from index.encoder import load_encoder

pytestmark = pytest.mark.encoder


@pytest.fixture(scope="module")
def report():
    return load()


@pytest.fixture(scope="module")
def index(report, real_home):
    return store.load(report, expansions(report), load_encoder(), real_home, probes=probes(report))


def test_the_number_of_children_on_plans_is_found_in_paragraph_12(index):
    hit = index.search("How many children were subject to child protection plans?")[0]
    assert hit.paragraph == "12"
    assert [found.leg for found in hit.why] == ["paragraph", "sentence", "question", "words"]
    assert next(found.text for found in hit.why if found.leg == "sentence") == (
        "At the time of the inspection there were 91 children subject to child protection plans."
    )


@pytest.mark.parametrize(
    ("question", "paragraph"),
    [
        ("kids on protection plans numbers", "12"),
        ("how many foster carers does the council have", "12"),
        ("Who made up the inspection team?", "1"),
        ("What happens when a young person no longer needs a child protection plan?", "40"),
    ],
)
def test_everyday_questions_find_their_paragraph(index, question, paragraph):
    assert index.search(question)[0].paragraph == paragraph


def test_a_sentence_is_its_own_nearest_neighbour(index, report):
    for number in ("12", "79", "106", "170"):
        sentence = report.get(number).text.split(". ")[0].rstrip(".") + "."
        hit = max(index.sentences(sentence), key=lambda hit: hit.cosine)
        assert (hit.paragraph, hit.text) == (number, sentence)
        assert hit.cosine == pytest.approx(1, abs=1e-5)


def test_a_grade_is_found_in_its_own_half(index):
    best = max(
        index.sentences("Services for looked after children – Leadership and management"),
        key=lambda hit: hit.cosine,
    )
    row = "Leadership and management\tInadequate"
    assert (best.paragraph, best.text) == ("findings", row)
    assert best.start > index.sentences("x")[0].start


def test_every_paragraph_can_be_hit(index, report):
    hits = index.search("children", top_k=1000)
    assert sorted(hit.paragraph for hit in hits) == sorted(p.number for p in report.paragraphs)
