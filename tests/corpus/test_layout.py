"""Nothing lost: every character of the source belongs to one unit or to one listed kind of artefact."""

from collections import Counter
from itertools import pairwise

UNITS = {"paragraph", "number", "bullet", "heading", "grade", "table", "findings", "front", "gap"}
ARTEFACTS = {"page_break", "false_dash", "displaced_number", "emphasis", "contents", "unplaced"}


def squeezed(text):
    return "".join(text.split())


def rebuilt(report, number):
    kinds = {"paragraph", "table", "findings", "front"}
    return "".join(
        report.source[s.start : s.end] for s in report.layout if s.owner == number and s.kind in kinds
    )


def without_bullets(text):
    return "\n".join(line.removeprefix("- ") for line in text.split("\n"))


def test_the_layout_covers_the_source_once(report):
    assert report.layout[0].start == 0
    assert report.layout[-1].end == len(report.source)
    assert all(a.end == b.start for a, b in pairwise(report.layout))
    assert {s.kind for s in report.layout} <= UNITS | ARTEFACTS


def test_gaps_hold_only_blank_space(report):
    gaps = "".join(report.source[s.start : s.end] for s in report.layout if s.kind == "gap")
    assert gaps.strip() == ""


def test_every_paragraph_is_rebuilt_from_its_spans(report):
    for paragraph in report.paragraphs:
        if paragraph.number != "findings":
            assert squeezed(rebuilt(report, paragraph.number)) == squeezed(without_bullets(paragraph.text))


def test_the_findings_are_rebuilt_from_the_record_and_the_grades_of_headings(report):
    printed = [h.grade for h in report.sections if h.grade_source == "heading"]
    text = report.get("findings").text.split("\n")
    assert squeezed(rebuilt(report, "findings")) == squeezed("".join(text[: -len(printed)]))
    grades = [report.source[s.start : s.end] for s in report.layout if s.kind == "grade"]
    assert grades == [line.split("\t")[1] for line in text[-len(printed) :]]


def test_the_kinds_are_counted(report):
    counts = Counter(s.kind for s in report.layout if s.kind not in ("gap", "paragraph", "front", "contents"))
    assert counts == {
        "number": 167,
        "heading": 29,
        "grade": 11,
        "bullet": 39,
        "table": 4,
        "findings": 27,
        "page_break": 27,
        "false_dash": 20,
        "emphasis": 2,
        "displaced_number": 1,
    }


def test_the_artefacts_are_the_characters_that_no_text_holds(report):
    artefacts = {
        kind: [report.source[s.start : s.end] for s in report.layout if s.kind == kind]
        for kind in ("displaced_number", "false_dash", "page_break")
    }
    assert [piece.strip() for piece in artefacts["displaced_number"]] == ["99."]
    assert {piece.strip() for piece in artefacts["false_dash"]} == {"-"}
    assert {piece.strip() for piece in artefacts["page_break"]} == {""}
