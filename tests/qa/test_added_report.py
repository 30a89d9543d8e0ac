"""A report that somebody added, without everyday questions, is asked like the shipped one."""

import pytest

from corpus import adding
from index.__main__ import main as index_main
from qa.__main__ import as_text
from qa.build import assemble
from qa.render import to_json
from qa.settings import Settings
from tests.corpus.made import prose
from tests.qa.conftest import BagEncoder

GRADES = {
    "Help and protection": "Good",
    "Children in care": "Requires improvement",
    "Leadership": "Requires improvement",
}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    place = tmp_path_factory.mktemp("added") / "anytown.html"
    rows = "".join(f"<tr><td>{area}</td><td>{grade}</td></tr>" for area, grade in GRADES.items())
    body = "".join(f"<p>{n}. {prose(n)}</p>" for n in range(1, 20))
    body += (
        "<p>20. At the end of March there were 47 foster carers in the town, two more than a year before.</p>"
    )
    annex = "".join(f"<p>{n}. {prose(n + 40)}</p>" for n in range(1, 5))
    place.write_text(
        f"<h1>Inspection of Anytown</h1><p>Published: 3 May 2019</p><table>{rows}</table><h2>Findings</h2>{body}"
        f"<h2>Annex A: how it was done</h2>{annex}",
        encoding="utf-8",
    )
    return place


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def pipeline(path, home):
    report = adding.read_report(path, "anytown-2019", {}).report
    return assemble(report, (), BagEncoder(), Settings(home=home))


def test_citations_name_the_report(pipeline):
    found = pipeline.ask("How many foster carers were there in the town?")
    assert (found.status, found.text.rpartition(" ")[2]) == ("answered", "[anytown-2019:20]")
    citation = to_json(found)["citations"][0]
    assert (citation["report"], citation["paragraph"], citation["section"]) == (
        "anytown-2019",
        "20",
        ["Findings"],
    )
    assert as_text(found).endswith("[anytown-2019:20] Findings")


def test_a_paragraph_of_an_annex_is_asked_for_by_its_number(pipeline):
    for question in ("What does paragraph A2 say?", "a2", "Show me para A2"):
        found = pipeline.ask(question)
        assert found.text == f"“{prose(42)}” [anytown-2019:A2]"


def test_a_number_by_chapter_is_asked_for_whole(tmp_path):
    path = tmp_path / "chapters.html"
    body = "".join(f"<p>{c}.{n} {prose(20 * c + n, 1)}</p>" for c in (1, 2, 3) for n in range(1, 12))
    path.write_text(body, encoding="utf-8")
    report = adding.read_report(path, "chapters", {}).report
    pipeline = assemble(report, (), BagEncoder(), Settings(home=tmp_path / "home"))
    for question in ("What does paragraph 3.10 say?", "para 3.10", "Please show me 3.10."):
        assert pipeline.ask(question).text == f"“{prose(70, 1)}” [chapters:3.10]"
    assert pipeline.ask("What does paragraph 3.1 say?").text == f"“{prose(61, 1)}” [chapters:3.1]"


def test_grades_are_answered_without_a_printed_scale(pipeline):
    found = pipeline.ask("Which areas require improvement?")
    assert found.text == (
        "2 of the 3 judgements require improvement: Children in care, Leadership. [anytown-2019:findings]"
    )
    assert pipeline.ask("Which areas were judged inadequate?").text == (
        "None of the 3 judgements is inadequate. [anytown-2019:findings]"
    )
    assert pipeline.ask("What grade did leadership get?").text == (
        "Leadership: Requires improvement. [anytown-2019:findings]"
    )


def test_without_an_overall_row_the_overall_grade_is_all_of_them(pipeline):
    text = pipeline.ask("What was the overall grade?").text
    assert "1 of the 3 judgements is good: Help and protection." in text
    assert "2 of the 3 judgements require improvement: Children in care, Leadership." in text


def test_what_it_does_not_say_is_refused(pipeline):
    for question in ("How many swimming pools does the moon have?", "What does paragraph 99 say?"):
        assert pipeline.ask(question).status == "not_in_report"


def test_its_index_lies_where_index_build_puts_it(pipeline, home):
    assert (home / "indexes" / "anytown-2019").is_dir()
    assert not (home / "without-questions").exists()


def test_index_info_says_what_is_missing(path, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QA_HOME", str(tmp_path))
    monkeypatch.setattr("index.__main__.load_encoder", lambda name: BagEncoder())
    monkeypatch.setattr("index.__main__.encoder_fingerprint", lambda name: BagEncoder.fingerprint)
    adding.keep(adding.read_report(path, "anytown-2019", {}).report)
    assert index_main(["build", "--report", "all", "--encoder", BagEncoder.name]) == 0
    assert sorted(p.name for p in (tmp_path / "indexes").iterdir() if p.name[0] != ".") == [
        "anytown-2019",
        "kingston-2012",
    ]
    assert "Fitting the map" not in capsys.readouterr().err.partition("'anytown-2019' is ready")[0]
    assert index_main(["info", "--report", "anytown-2019", "--encoder", BagEncoder.name]) == 0
    out = capsys.readouterr().out
    assert "state           ready" in out
    assert "missing         everyday questions (questions.jsonl)" in out
    assert "python -m qa expand --report anytown-2019 writes them with a language model" in out
    assert "recommendations under a deadline" in out


def test_blocks_without_numbers_are_never_called_paragraphs(tmp_path):
    path = tmp_path / "letter.html"
    path.write_text("".join(f"<p>{prose(n)}</p>" for n in range(1, 30)), encoding="utf-8")
    report = adding.read_report(path, "letter", {}).report
    pipeline = assemble(report, (), BagEncoder(), Settings(home=tmp_path / "home"))
    assert pipeline.ask("What does p1.3 say?").text == f"“{prose(3)}” [letter:p1.3]"
    refused = pipeline.ask("What does paragraph 3 say?")
    assert (
        refused.text == "The report prints no paragraph numbers: its blocks of text are called p1.1 to p1.29."
    )
    assert "aragraph" not in as_text(pipeline.ask("What does p1.7 say?"))
