"""The actions of the report as a table."""

import csv
import io

import pytest
from openpyxl import load_workbook

from qa.__main__ import main
from qa.tracker import COLUMNS, Action, actions, as_csv, as_markdown, as_xlsx

pytestmark = pytest.mark.encoder


@pytest.fixture(scope="module")
def found(real_pipeline):
    return actions(real_pipeline.report, real_pipeline.index)


def test_every_action_of_both_lists_is_there_with_deadline_and_owner(found):
    assert len(found) == 36
    assert [sum(a.recommendation.paragraph == n for a in found) for n in ("25", "97")] == [21, 15]
    assert {a.recommendation.deadline for a in found} == {
        "Immediately",
        "Within three months",
        "Within six months",
    }
    assert found[0].part == "Safeguarding services"
    assert found[-1].part == "Services for looked after children"


def test_an_action_is_explained_by_paragraphs_of_its_half_and_never_by_the_lists(found, report):
    assert not {"25", "97"} & {number for action in found for number in action.explained}
    assert all(report.get(n).section[0] == action.part for action in found for n in action.explained)
    supervision = next(a for a in found if a.recommendation.text.startswith("introduce supervision"))
    assert {"17", "80", "81"} & set(supervision.explained)


def test_the_formats_hold_the_same_rows(found):
    rows = list(csv.reader(io.StringIO(as_csv(found))))
    sheet = load_workbook(io.BytesIO(as_xlsx(found, "Actions"))).active
    assert rows[0] == list(COLUMNS) == [cell.value for cell in sheet[1]]
    assert len(rows) == sheet.max_row == 37
    assert [row[4] for row in rows[1:]] == [sheet.cell(n, 5).value for n in range(2, 38)]
    assert as_markdown(found).count("\n") == 38


def test_no_cell_becomes_a_formula(found):
    from dataclasses import replace

    hostile = Action(replace(found[0].recommendation, text="=HYPERLINK(1)"), "", ())
    assert '"=' not in as_csv([hostile])
    assert "'=HYPERLINK(1)" in as_csv([hostile])
    assert load_workbook(io.BytesIO(as_xlsx([hostile], "A"))).active.cell(2, 5).value == "'=HYPERLINK(1)"


def test_the_command_writes_what_the_name_says(real_home, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("QA_HOME", str(real_home))
    assert main(["tracker", "--output", str(tmp_path / "actions.csv")]) == 0
    assert (tmp_path / "actions.csv").read_bytes().startswith(b"\xef\xbb\xbfParagraph,")
    assert main(["tracker"]) == 0
    assert capsys.readouterr().out.startswith("| Paragraph | Half of the report |")
    assert main(["tracker", "--output", str(tmp_path / "actions.pdf")]) == 2
    assert "ends in .xlsx, .csv or .md" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["actions.csv"]
