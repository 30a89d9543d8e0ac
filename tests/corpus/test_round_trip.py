"""The shipped report rendered into every format and read back is the same report."""

import pytest

from corpus.adding import read_report
from tests.corpus import rendered

RENDERERS = {
    "pdf": rendered.to_pdf,
    "docx": rendered.to_docx,
    "html": rendered.to_html,
    "md": rendered.to_markdown,
    "txt": lambda report, path: path.write_text(report.source, encoding="utf-8"),
}


def words(text):
    return " ".join(text.split())


@pytest.fixture(scope="module", params=RENDERERS)
def back(request, report, tmp_path_factory):
    path = tmp_path_factory.mktemp("rendered") / f"report.{request.param}"
    RENDERERS[request.param](report, path)
    return read_report(path, "kingston-again", {})


def test_the_same_170_paragraphs_come_back(back, report):
    assert back.report.numbers() == report.numbers()
    expected = {p.number: words(p.text) for p in report.paragraphs if p.numbering != "named"}
    assert {n: words(back.report.get(n).text) for n in expected} == expected


def test_their_list_items_and_sections_come_back(back, report):
    for paragraph in report.paragraphs:
        if paragraph.numbering != "named":
            again = back.report.get(paragraph.number)
            assert (again.number, again.items, again.section) == (
                paragraph.number,
                paragraph.items,
                paragraph.section,
            )


def test_nothing_is_missing_twice_or_left_over(back):
    assert (back.gaps, back.repeats, back.report.unplaced) == ((), (), ())


def test_judgements_and_recommendations_come_back(back, report):
    def judged(one):
        return [(j.part, j.area, j.grade, j.source, j.paragraph) for j in one.judgements]

    def recommended(one):
        return [(r.paragraph, r.deadline, r.addressee, r.text) for r in one.recommendations]

    assert judged(back.report) == judged(report)
    assert recommended(back.report) == recommended(report)


def test_the_title_page_and_the_facts_on_it_come_back(back, report):
    facts = back.report.metadata
    assert words(back.report.get("front").text) == words(report.get("front").text)
    assert (facts.title, facts.authority) == (report.metadata.title, report.metadata.authority)
    assert (facts.published, facts.publisher) == ("2012-07-10", "")  # no title page names the publisher


def test_every_character_of_what_was_read_belongs_to_one_unit(back):
    report = back.report
    assert "".join(report.source[span.start : span.end] for span in report.layout) == report.source
    assert [span for span in report.layout if span.kind == "unplaced"] == []
