import json
import shutil

import pytest

from corpus.errors import CorpusError
from corpus.library import DEFAULT_REPORT, REPORTS, UnknownReportError, expansions, load, probes, report_ids
from corpus.sentences import sentence_spans


@pytest.fixture
def home(tmp_path):
    shutil.copytree(REPORTS / DEFAULT_REPORT, tmp_path / DEFAULT_REPORT)
    return tmp_path


def test_the_default_report_ships_with_the_project():
    assert report_ids() == ("kingston-2012",)


def test_the_metadata_say_what_is_known(report):
    facts = report.metadata
    assert facts.title == "Inspection of safeguarding and looked after children services"
    assert facts.authority == "Royal Borough of Kingston upon Thames"
    assert (facts.publisher, facts.published) == ("Ofsted", "2012-07-10")
    assert (facts.inspected, facts.inspector) == ("21 May – 1 June 2012", "Chris Sands HMI")
    assert facts.source == "text conversion supplied with the project"
    assert facts.terms == "Crown copyright 2012; terms not stated in this copy; check before redistribution"


def test_loading_twice_gives_equal_reports(report):
    assert load() == report


def test_an_unknown_report_is_told_which_exist():
    with pytest.raises(
        UnknownReportError, match=r"There is no report 'sutton-2012'\. Reports: kingston-2012\."
    ):
        load("sutton-2012")


def test_a_report_id_is_never_a_path(tmp_path):
    with pytest.raises(UnknownReportError):
        load("../kingston-2012", tmp_path)
    assert report_ids(tmp_path / "nothing") == ()


PROBES = 20873  # lines of probes.jsonl
EVERYDAY = 696  # lines of questions.jsonl, which come first


def test_all_expansions_resolve_to_their_words(report):
    found = expansions(report)
    assert sum(len(e.questions) for e in found[:EVERYDAY]) == 5340
    for expansion in found:
        assert report.get(expansion.paragraph).text[expansion.start : expansion.end] == expansion.text


def test_a_near_miss_among_the_probes_is_that_of_one_that_is_answered(report):
    found = probes(report)
    answered = {one.id for one in found if one.answerable}
    assert len({one.id for one in found}) == len(found) == PROBES
    assert [one.id for one in found if one.twin and (one.answerable or one.twin not in answered)] == []
    assert {one.pair for one in found if one.answerable or one.twin} == answered


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("[]", "expected"),
        ('{"id": "1", "question": "a?"}', "expected"),
        ('{"id": "1", "question": "a?", "answerable": true, "more": 1}', "expected"),
        ('{"id": "1", "question": " ", "answerable": false}', "must be text and not empty"),
        ('{"id": "1", "question": "a?", "answerable": true}', "names paragraphs"),
        ('{"id": "1", "question": "a?", "answerable": false, "paragraphs": ["1"]}', "names paragraphs"),
        ('{"id": "1", "question": "a?", "answerable": false, "also": ["171"]}', "no paragraph '171'"),
    ],
)
def test_a_line_that_is_no_probe_is_named(report, tmp_path, line, complaint):
    folder = tmp_path / report.id
    folder.mkdir()
    (folder / "probes.jsonl").write_text(f"\n{line}\n")
    with pytest.raises(CorpusError, match=rf"probes.jsonl, line 2.*{complaint}"):
        probes(report, tmp_path)


def test_a_broad_question_is_keyed_to_every_sentence_that_an_answer_needs(report):
    broad = expansions(report)[EVERYDAY:]
    assert len({e.questions for e in broad}) == 1601
    assert len(broad) == 8375
    assert {len(e.questions) for e in broad} == {1}
    assert len({e.paragraph for e in broad if e.questions == broad[0].questions}) > 1


def test_expansions_are_sentences_but_for_whole_lists_and_tables(report):
    whole = [
        e.paragraph
        for e in expansions(report)[:EVERYDAY]
        if (e.start, e.end) not in sentence_spans(report.get(e.paragraph).text)
    ]
    assert whole == ["2", "2", "3", "25", "97", "97", "97"]


def test_expansions_are_located_across_list_items_and_emphasis_marks(report):
    found = {e.questions[0]: e for e in expansions(report) if e.paragraph in ("2", "128")}
    texts = [e.text for e in found.values()]
    assert any("\n- discussions with children" in text for text in texts)
    assert any("Magical, Mythical & Monstrous Creatures, and" in text for text in texts)


def test_a_report_without_expansions_has_none(home):
    (home / DEFAULT_REPORT / "questions.jsonl").unlink()
    (home / DEFAULT_REPORT / "themes.jsonl").unlink(missing_ok=True)
    assert expansions(load(DEFAULT_REPORT, home), home) == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"questions.jsonl, line 2: expected"),
        ("[1]", r"line 2: expected"),
        ('{"paragraph": "1", "text": "x"}', r"line 2: expected"),
        ('{"paragraph": "171", "text": "x", "questions": ["y"]}', r"line 2: .* no paragraph '171'"),
        (
            '{"paragraph": "1", "text": "purple", "questions": ["y"]}',
            r"line 2: .* not in paragraph 1: 'purple'",
        ),
        ('{"paragraph": "1", "text": "purpose", "questions": []}', r"line 2: .* none empty"),
        ('{"paragraph": "1", "text": "purpose", "questions": [" "]}', r"line 2: .* none empty"),
        ('{"paragraph": 1, "text": "purpose", "questions": ["y"]}', r"line 2: .* none empty"),
        ('{"paragraph": "1", "text": " ", "questions": ["y"]}', r"line 2: .* none empty"),
    ],
)
def test_a_bad_expansion_names_its_line(home, line, message):
    good = '{"paragraph": "1", "text": "purpose", "questions": ["why"]}\n'
    (home / DEFAULT_REPORT / "questions.jsonl").write_text(good + line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        expansions(load(DEFAULT_REPORT, home), home)


@pytest.mark.parametrize("cut", [b'{"paragraph": "1", "te', b'{"text": "\xe2\x80', b"\0\0"])
def test_a_last_line_of_questions_that_was_cut_short_is_left_out(home, cut):
    (home / DEFAULT_REPORT / "themes.jsonl").unlink()
    path = home / DEFAULT_REPORT / "questions.jsonl"
    good = b'{"paragraph": "1", "text": "purpose", "questions": ["why"]}\n'
    path.write_bytes(good + cut)
    assert [e.questions for e in expansions(load(DEFAULT_REPORT, home), home)] == [("why",)]
    path.write_bytes(good.replace(b"\n", b"\r\n") + good.strip())  # only its line end is missing
    assert [e.questions for e in expansions(load(DEFAULT_REPORT, home), home)] == [("why",), ("why",)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"themes.jsonl, line 1: expected"),
        ('{"question": "y"}', r"line 1: expected"),
        ('{"question": "y", "answers": []}', r"line 1: .* none empty"),
        ('{"question": " ", "answers": [{"paragraph": "1", "text": "purpose"}]}', r"line 1: .* none empty"),
        ('{"question": "y", "answers": [{"paragraph": "171", "text": "x"}]}', r"no paragraph '171'"),
        (
            '{"question": "y", "answers": [{"paragraph": "1", "text": "purple"}]}',
            r"not in paragraph 1: 'purple'",
        ),
    ],
)
def test_a_bad_broad_question_names_its_line(home, line, message):
    (home / DEFAULT_REPORT / "themes.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        expansions(load(DEFAULT_REPORT, home), home)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "Cannot read"),
        ("{", "not valid JSON"),
        ("[]", "exactly these keys: id, title, authority"),
        ('{"id": "kingston-2012"}', "exactly these keys"),
    ],
)
def test_bad_metadata_say_what_is_expected(home, content, message):
    path = home / DEFAULT_REPORT / "metadata.json"
    path.unlink()
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        load(DEFAULT_REPORT, home)


def test_metadata_of_another_report_are_refused(home):
    path = home / DEFAULT_REPORT / "metadata.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**values, "id": "sutton-2012"}), encoding="utf-8")
    with pytest.raises(CorpusError, match="has the id 'sutton-2012'; the folder is named 'kingston-2012'"):
        load(DEFAULT_REPORT, home)


def test_a_text_that_is_not_utf_8_is_refused(home):
    (home / DEFAULT_REPORT / "report.txt").write_bytes(b"\xff\xfe1\x00.\x00")
    with pytest.raises(CorpusError, match="must be a text file in UTF-8"):
        load(DEFAULT_REPORT, home)
