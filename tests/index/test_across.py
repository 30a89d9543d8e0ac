"""One search over all reports: what is put in, what is found, and what is told to be lacking."""

import numpy as np
import pytest

from corpus.values import Metadata, Paragraph, Report
from index import across, store
from index.__main__ import main
from index.errors import IndexRefusedError
from index.faissstore import FaissStore
from index.passages import passages

REPORTS = {
    "anytown-2013": ["The council runs a library.", "Buses are late."],
    "bigton-2014": ["Visits to children were late.", "Foster carers feel supported."],
}


def make_report(texts, *, report_id):
    numbered = tuple(Paragraph(report_id, str(n), text) for n, text in enumerate(texts, start=1))
    metadata = Metadata(report_id, "T", "A", "P", "2012-07-10", "I", "C", "S", "terms")
    return Report(metadata, "source", numbered, (), (), ())


def reports():
    return {name: make_report(texts, report_id=name) for name, texts in REPORTS.items()}


def built(home, encoder, names=tuple(REPORTS)):
    return [store.build(reports()[name], (), encoder, home) for name in names]


def test_the_nearest_paragraph_is_found_whichever_report_it_is_in(tmp_path, encoder):
    held = across.put(built(tmp_path, encoder), tmp_path, encoder)
    everything = across.across(held, REPORTS, tmp_path)
    best = everything.search(encoder, "Do foster carers feel supported?", top_k=1)
    assert [(near.report, near.paragraph) for near in best] == [("bigton-2014", "2")]
    assert everything.lacking == ()


def test_only_the_reports_that_are_named_are_searched(tmp_path, encoder):
    held = across.across(across.put(built(tmp_path, encoder), tmp_path, encoder), REPORTS, tmp_path)
    found = held.search(encoder, "Do foster carers feel supported?", reports=["anytown-2013"])
    assert {near.report for near in found} == {"anytown-2013"}


def test_a_blank_question_finds_nothing(tmp_path, encoder):
    held = across.across(across.put(built(tmp_path, encoder), tmp_path, encoder), REPORTS, tmp_path)
    assert held.search(encoder, "  ") == ()


def test_the_vectors_are_those_of_the_reports_own_index(tmp_path, encoder):
    (index,) = built(tmp_path, encoder, ["bigton-2014"])
    numbers, vectors = index.paragraph_vectors()
    assert numbers == ("1", "2")
    texts = [unit.text for unit in passages(reports()["bigton-2014"]) if unit.kind == "paragraph"]
    np.testing.assert_array_equal(vectors, encoder.encode(texts))


def test_a_report_that_was_not_put_in_is_lacking(tmp_path, encoder):
    held = across.put(built(tmp_path, encoder, ["bigton-2014"]), tmp_path, encoder)
    assert across.across(held, REPORTS, tmp_path).lacking == ("anytown-2013",)


def test_a_report_whose_index_has_changed_since_is_lacking_and_not_found(tmp_path, encoder):
    held = across.put(built(tmp_path, encoder), tmp_path, encoder)
    changed = make_report(["Quite other words."], report_id="bigton-2014")
    store.build(changed, (), encoder, tmp_path)
    everything = across.across(held, REPORTS, tmp_path)
    assert everything.lacking == ("bigton-2014",)
    assert {near.report for near in everything.search(encoder, "foster carers")} == {"anytown-2013"}


def test_a_report_put_in_again_is_there_once(tmp_path, encoder):
    across.put(built(tmp_path, encoder), tmp_path, encoder)
    changed = store.build(make_report(["New."], report_id="bigton-2014"), (), encoder, tmp_path)
    held = across.put([changed], tmp_path, encoder)
    assert sorted(map(across.report_of, held.reports())) == ["anytown-2013", "bigton-2014"]


def test_a_store_that_was_altered_is_refused_until_it_is_built_anew(tmp_path, encoder):
    indexes = built(tmp_path, encoder)
    across.put(indexes, tmp_path, encoder)
    (tmp_path / "indexes" / across.FOLDER / "keys.json").write_text("{}", encoding="utf-8")
    with pytest.raises(IndexRefusedError, match="python -m index build --report all"):
        across.open_store(tmp_path, encoder)
    assert len(across.put(indexes, tmp_path, encoder).reports()) == 2


def test_a_report_that_is_taken_out_is_gone_for_the_next_who_opens_the_store(tmp_path, encoder):
    across.put(built(tmp_path, encoder), tmp_path, encoder)
    assert across.take_out("bigton-2014", tmp_path, encoder)
    assert not across.take_out("bigton-2014", tmp_path, encoder)
    left = across.open_store(tmp_path, encoder).reports()
    assert [across.report_of(name) for name in left] == ["anytown-2013"]


@pytest.mark.encoder
def test_a_store_in_milvus_finds_in_the_shipped_report_what_faiss_finds(real_home, tmp_path):
    pytest.importorskip("pymilvus", reason="the optional extra 'milvus' is not installed")
    from corpus.library import expansions, load, probes
    from index.encoder import load_encoder
    from index.milvusstore import MilvusStore

    encoder, report = load_encoder(), load()
    numbers, vectors = store.load(
        report, expansions(report), encoder, real_home, probes=probes(report)
    ).paragraph_vectors()
    exact = FaissStore(tmp_path / "exact", encoder.dimension)
    milvus = MilvusStore(str(tmp_path / "library.db"), encoder.dimension)
    for held in (exact, milvus):
        held.add(report.id, numbers, vectors)
    questions = (
        "How many children are on plans?",
        "Who chairs the safeguarding board?",
        "health of children",
    )
    for question in questions:
        query = encoder.encode([question])[0]
        wanted, found = exact.search(query), milvus.search(query)
        assert [near.paragraph for near in found] == [near.paragraph for near in wanted]
        assert [near.score for near in found] == pytest.approx([near.score for near in wanted], abs=1e-4)
    milvus.close()


def test_finding_says_which_reports_are_not_searched(tmp_path, capsys):
    assert main(["find", "late visits", "--home", str(tmp_path)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "Not searched, because they are not indexed as they are now: kingston-2012" in said.err
    assert "python -m index build --report kingston-2012" in said.err
