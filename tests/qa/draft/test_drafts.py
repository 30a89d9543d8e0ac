"""Drafts checked as a whole: read, judged, and given back with what was found."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree

from qa.__main__ import main
from qa.draft.checking import check_draft, check_sentences
from qa.draft.page import as_html
from qa.draft.reading import LARGEST, read_draft
from qa.errors import InputError
from qa.verify.values import Problem, Verdict

EXISTING = tuple(str(number) for number in range(1, 171))


class Fake:
    """Supports a claim that has no figure but 91, and every uncited one by paragraph 12."""

    def __init__(self):
        self.seen = []

    def check(self, claim, cited=()):
        from qa.values import Evidence

        self.seen.append((claim, tuple(cited)))
        evidence = (Evidence("kingston-2012", "12", "There were 91 children.", 0, 23),)
        if "19" in claim:
            problem = Problem("number", "the draft says 19; paragraph 12 says 91")
            return Verdict("not_supported", evidence, (problem,), ("12",))
        return Verdict("supported", evidence)


@pytest.fixture
def word(tmp_path):
    """A Word draft: a heading, a claim in several runs, a wrong one, one without reference, one in a table."""
    document = Document()
    document.add_heading("Briefing", 1)
    first = document.add_paragraph("There were ")
    first.add_run("91 children").bold = True
    first.add_run(" on plans (para 12). There were 19 of them (para 12).")
    document.add_paragraph("Most of them are young.")
    document.add_table(1, 1).cell(0, 0).text = "Plans were weak [39]."
    path = tmp_path / "draft.docx"
    document.save(path)
    return path


def checked(path, folder=None):
    return check_draft(path, folder, Fake(), EXISTING, "The report", say=lambda _: None)


def test_every_sentence_has_its_claim_and_its_paragraphs(word):
    found = [(s.claim, s.paragraphs) for s in read_draft(word.name, word.read_bytes(), EXISTING)]
    assert found == [
        ("Briefing", ()),
        ("There were 91 children on plans.", ("12",)),
        ("There were 19 of them.", ("12",)),
        ("Most of them are young.", ()),
        ("Plans were weak.", ("39",)),
    ]


def test_the_result_stands_beside_the_draft_which_is_not_changed(word):
    before = word.read_bytes()
    written = checked(word)
    assert [path.name for path in written] == ["draft.check.json", "draft.check.html", "draft.checked.docx"]
    assert word.read_bytes() == before
    result = json.loads(written[0].read_text(encoding="utf-8"))
    assert result["counts"] == {"supported": 3, "partly": 0, "not_supported": 1, "not_a_claim": 1}
    assert [s["remark"] for s in result["sentences"]] == [
        "",
        "",
        "the draft says 19; paragraph 12 says 91",
        "no reference; paragraph 12 supports it",
        "",
    ]


def test_the_word_file_has_a_comment_at_each_finding_and_is_else_the_same(word):
    def without_comments(data):
        root = etree.fromstring(ZipFile(BytesIO(data)).read("word/document.xml"))
        ns = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        for name in ("commentRangeStart", "commentRangeEnd"):
            for one in list(root.iter(ns + name)):
                one.getparent().remove(one)
        for one in list(root.iter(ns + "commentReference")):
            run = one.getparent()
            run.getparent().remove(run)
        return etree.tostring(root, method="c14n")

    made = checked(word)[2]
    assert without_comments(made.read_bytes()) == without_comments(word.read_bytes())
    told = [(comment.author, comment.text) for comment in Document(made).comments]
    assert told == [
        ("Citation check", "“There were 19 of them (para 12).”: the draft says 19; paragraph 12 says 91"),
        ("Citation check", "“Most of them are young.”: no reference; paragraph 12 supports it"),
    ]


def test_a_reference_behind_a_sentence_belongs_to_it(tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text("There were 91 children. (see paras 11 and 12)\n\nThey are young.", encoding="utf-8")
    found = read_draft(path.name, path.read_bytes(), EXISTING)
    assert [(s.claim, s.paragraphs) for s in found] == [
        ("There were 91 children.", ("11", "12")),
        ("They are young.", ()),
    ]


def test_markdown_is_read_without_its_marks_and_code(tmp_path):
    path = tmp_path / "draft.md"
    path.write_text(
        "# Plans\n\n- There were **91** children [12].\n- *Most* are young.\n\n```\npara 99\n```\n"
        "> Quoted (para 13).\n",
        encoding="utf-8",
    )
    assert [(s.claim, s.paragraphs) for s in read_draft(path.name, path.read_bytes(), EXISTING)] == [
        ("Plans", ()),
        ("There were 91 children.", ("12",)),
        ("Most are young.", ()),
        ("Quoted.", ("13",)),
    ]


def test_footnotes_and_comments_of_a_word_file_cite(tmp_path):
    document = Document()
    paragraph = document.add_paragraph("There were 91 children.")
    document.add_comment(paragraph.runs, text="para 12", author="Ann", initials="A")
    path = tmp_path / "draft.docx"
    document.save(path)
    assert [(s.claim, s.paragraphs) for s in read_draft(path.name, path.read_bytes(), EXISTING)] == [
        ("There were 91 children.", ("12",))
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("draft.pdf", b"%PDF-1.4", "cannot be checked: give a draft as .docx, .md, .txt"),
        ("draft.docm", b"PK", "may hold macros"),
        ("draft.docx", b"", "is empty"),
        ("draft.docx", b"\xd0\xcf\x11\xe0 locked", "has a password"),
        ("draft.docx", b"plain words", "is no Word file"),
        ("draft.docx", b"PK\x05\x06" + b"\0" * 18, "is damaged"),
        ("draft.txt", b"\xff\xfe\xff words", "is not UTF-8 text"),
        ("draft.txt", b"a\0b", "is no text"),
        ("draft.txt", b"  \n ", "is empty"),
        ("draft.txt", b"x" * (LARGEST + 1), "is larger than 20 MB"),
    ],
)
def test_a_file_that_cannot_be_checked_is_told_why_and_leaves_nothing(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        checked(path)
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_folder_that_cannot_be_written_leaves_nothing(word, tmp_path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(InputError, match="Cannot write into"):
        checked(word, tmp_path / "taken")


def test_the_page_escapes_the_draft_and_needs_nothing_else():
    from qa.draft.reading import Sentence

    findings = check_sentences([Sentence(0, "<script>19</script>.", "<script>19</script>.", ("12",))], Fake())
    page = as_html("<b>.txt", "The report", findings)
    assert "<script>" not in page
    assert "<b>" not in page
    assert "the draft says 19; paragraph 12 says 91" in page
    assert "http" not in page


def test_a_heading_is_no_claim_and_is_not_checked():
    from qa.draft.reading import Sentence

    fake = Fake()
    found = check_sentences([Sentence(0, "Child protection plans", "Child protection plans", ())], fake)
    assert (found[0].verdict.outcome, fake.seen) == ("not_a_claim", [])


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "--input", "claims.jsonl"], ["check", "a.md", "--input", "b"]]
)
def test_what_to_give_is_told(arguments, capsys):
    assert main(arguments) == 2
    assert "Give a draft" in capsys.readouterr().err


@pytest.mark.encoder
def test_a_real_draft_is_checked_beside_the_report(real_home, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QA_HOME", str(real_home))
    path = tmp_path / "brief.md"
    path.write_text(
        "There were 91 children subject to child protection plans (para 12). There were 19 care leavers (para 12). "
        "Safeguarding outcomes for children and young people are inadequate (para 27). "
        "Leadership and management of safeguarding were judged good (para 75).",
        encoding="utf-8",
    )
    assert main(["check", str(path), "--output", str(tmp_path / "out")]) == 0
    assert [line.rpartition("/")[2] for line in capsys.readouterr().out.split()] == [
        "brief.check.json",
        "brief.check.html",
    ]
    result = json.loads((tmp_path / "out" / "brief.check.json").read_text(encoding="utf-8"))
    assert [(s["verdict"], s["remark"]) for s in result["sentences"]] == [
        ("supported", ""),
        ("not_supported", "the draft says 19; paragraph 12 says 79"),
        ("not_supported", "true, but it is paragraph 26, not 27"),
        (
            "not_supported",
            "the draft says good; the record of main findings says inadequate; compare the record of main findings",
        ),
    ]


def read_text(name, text):
    return [(s.claim, s.paragraphs) for s in read_draft(name, text.encode(), EXISTING)]


def test_the_sentences_of_one_quotation_share_the_reference_behind_it():
    text = "“There were 91 children. Most are young.” (para 12) They live here."
    assert read_text("draft.txt", text) == [
        ("“There were 91 children.", ("12",)),
        ("Most are young.”", ("12",)),
        ("They live here.", ()),
    ]


def test_a_quotation_over_several_paragraphs_shares_it_too_and_a_new_one_does_not():
    text = "“Do this:\n\n- first\n\n- second” (para 25)\n\n“Never closed.\n\n“Another one.” (para 12)"
    assert read_text("draft.txt", text) == [
        ("“Do this:", ("25",)),
        ("first", ("25",)),
        ("second”", ("25",)),
        ("“Never closed.", ()),
        ("“Another one.”", ("12",)),
    ]


TABLE = "| Finding | Para |\n| --- | --- |\n| There were 91 children. | 12 |\n| Plans were weak. | 39, 40 |\n"


def test_the_row_of_a_table_names_the_paragraphs_of_its_cells():
    assert read_text("draft.md", TABLE)[2:] == [
        ("There were 91 children.", ("12",)),
        ("12", ("12",)),
        ("Plans were weak.", ("39", "40")),
        ("39, 40", ("39", "40")),
    ]


def test_a_figure_in_a_table_is_no_reference():
    table = "| Group | Number |\n| --- | --- |\n| Care leavers. | 79 |\n"
    assert read_text("draft.md", table)[2:] == [("Care leavers.", ()), ("79", ())]


def test_a_table_in_word_is_read_the_same_way(tmp_path):
    document = Document()
    table = document.add_table(2, 2)
    for cell, text in zip(
        table._cells, ("Paragraph", "Finding", "12", "There were 91 children."), strict=True
    ):
        cell.text = text
    made = BytesIO()
    document.save(made)
    found = read_draft("draft.docx", made.getvalue(), EXISTING)
    assert [(s.claim, s.paragraphs) for s in found][2:] == [
        ("12", ("12",)),
        ("There were 91 children.", ("12",)),
    ]


def test_the_reports_own_words_in_an_appendix_claim_nothing_and_wrong_ones_are_found():
    draft = f"# Appendix: paragraphs\n\n{TABLE.replace('weak', '19 in number')}"
    found = check_sentences(read_draft("draft.md", draft.encode(), EXISTING), Fake())
    told = {f.sentence.text: f.verdict.outcome for f in found}
    assert told["There were 91 children."] == "not_a_claim"
    assert told["Plans were 19 in number."] == "not_supported"


def test_outside_an_appendix_they_are_claims():
    found = check_sentences(read_draft("draft.md", TABLE.encode(), EXISTING), Fake())
    assert {f.sentence.text: f.verdict.outcome for f in found}["There were 91 children."] == "supported"


@pytest.mark.parametrize(
    "text",
    [
        "See also: paras 9 and 12.",
        "Worth a look: record of main findings; para 9.",
        "Source: Inspection of safeguarding services, Ofsted, 10 July 2012.",
        "What is missing: the report gives no costs.",
        "The report does not say: it gives no figure for 2015.",
        "The report has no paragraph 183: its paragraphs run from 1 to 170.",
        "Please summarise the findings for the panel.",
        "Question: My neighbour says 19 children are missing. Is that so?",
    ],
)
def test_pointers_sources_questions_and_silence_are_no_claims(text):
    found = check_sentences(read_draft("draft.txt", text.encode(), EXISTING), Fake())
    assert {f.verdict.outcome for f in found} == {"not_a_claim"}


def test_what_is_marked_as_a_heading_is_none_however_long():
    long = "A heading that goes on about nineteen things of which the panel may wish to hear more this autumn"
    found = check_sentences(read_draft("draft.md", f"## {long}.\n\n19 it is.".encode(), EXISTING), Fake())
    assert [f.verdict.outcome for f in found] == ["not_a_claim", "not_supported"]


def test_what_a_backslash_makes_plain_in_markdown_is_read_as_it_is():
    assert read_text("draft.md", "There were 91 \\*children\\* \\[sic\\] (para 12).") == [
        ("There were 91 *children* [sic].", ("12",))
    ]
