import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.__main__ import main

ROOT = Path(__file__).parents[2]


def run(capsys, *arguments):
    code = main(arguments)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_list_prints_one_report_a_line(capsys):
    assert run(capsys, "list") == (
        0,
        "kingston-2012  Inspection of safeguarding and looked after children services, "
        "Royal Borough of Kingston upon Thames, 2012-07-10, 170 paragraphs\n",
        "",
    )


def test_show_prints_number_section_grade_and_text(capsys, report):
    code, out, err = run(capsys, "show", "79")
    assert (code, err) == (0, "")
    assert out == (
        "kingston-2012:79\n"
        "Section: Safeguarding services > Performance management and quality assurance\n"
        "Grade of the section: Inadequate (printed at the heading)\n"
        "\n"
        f"{report.get('79').text}\n"
    )


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("98", "Grade of the section: Adequate (from the record of main findings)"),
        ("12", "Grade of the section: none given"),
        ("90", "Number: lost in conversion; inferred from the gap in the numbering"),
        ("99", "Number: displaced inside the text in conversion; put back"),
        ("front", "Published: 10 July 2012"),
    ],
)
def test_show_says_what_is_known_of_a_source(capsys, source, line):
    code, out, _ = run(capsys, "show", source)
    assert code == 0
    assert line in out.split("\n")


def test_show_takes_the_name_of_a_report(capsys):
    assert run(capsys, "show", "kingston-2012:79") == run(capsys, "show", "79")


def test_show_groups_recommendations_by_deadline(capsys, report):
    _, out, _ = run(capsys, "show", "25")
    blocks = out.rstrip("\n").split("\n\n")
    assert blocks[1] == report.get("25").text.split("\n")[0]
    assert [block.split("\n")[0] for block in blocks[2:]] == [
        "Immediately (6)",
        "Within three months (11)",
        "Within six months (4)",
    ]
    assert blocks[4].split("\n")[3] == (
        "- [NHS Kingston] NHS Kingston should review and develop the arrangements for risk assessment of "
        "children and young people and their families to ensure that there is adequate preventative working "
        "across health services"
    )


def test_show_lays_out_the_findings_by_half(capsys):
    _, out, _ = run(capsys, "show", "findings")
    lines = out.rstrip("\n").split("\n")
    assert lines[0] == "kingston-2012:findings"
    assert [line for line in lines[1:] if line and not line.startswith("  ")] == [
        "Safeguarding services",
        "Services for looked after children",
    ]
    rows = [" ".join(line.split()) for line in lines if line.startswith("  ")]
    assert len(rows) == 22
    assert rows[0] == "Overall effectiveness Inadequate [13] printed at the heading"
    assert rows[-1] == "Equality and diversity Adequate from the record of main findings"


def test_show_lays_out_the_grade_scale(capsys):
    _, out, _ = run(capsys, "show", "3")
    assert out.split("\n")[-5:-1] == [
        "Outstanding (Grade 1)  A service that significantly exceeds minimum requirements",
        "Good (Grade 2)         A service that exceeds minimum requirements",
        "Adequate (Grade 3)     A service that only meets minimum requirements",
        "Inadequate (Grade 4)   A service that does not meet minimum requirements",
    ]


@pytest.mark.parametrize("source", ["171", "0", "12.1", "", "kingston-2012:", "appendix"])
def test_an_unknown_number_says_which_exist(capsys, source):
    code, out, err = run(capsys, "show", source)
    number = source.removeprefix("kingston-2012:")
    assert (code, out) == (2, "")
    assert err == (
        f"Report 'kingston-2012' has no paragraph {number!r}. "
        "It has paragraphs 1 to 170, findings and front.\n"
    )


@pytest.mark.parametrize("arguments", [("show", "sutton:1"), ("export", "sutton")])
def test_an_unknown_report_says_which_exist(capsys, arguments):
    assert run(capsys, *arguments) == (2, "", "There is no report 'sutton'. Reports: kingston-2012.\n")


def test_export_gives_every_source_in_order(capsys, report):
    code, out, err = run(capsys, "export")
    rows = [json.loads(line) for line in out.split("\n")[:-1]]
    assert (code, err) == (0, "")
    assert [row["paragraph"] for row in rows] == [*map(str, range(1, 171)), "findings", "front"]
    assert all(list(row) == ["report", "paragraph", "text", "section", "numbering"] for row in rows)
    assert {row["report"] for row in rows} == {"kingston-2012"}
    assert [row["text"] for row in rows] == [p.text for p in report.paragraphs]
    assert rows[78]["section"] == ["Safeguarding services", "Performance management and quality assurance"]
    assert (rows[0]["numbering"], rows[98]["numbering"], rows[170]["numbering"]) == (
        "inferred",
        "moved",
        "named",
    )
    assert (rows[170]["section"], rows[171]["section"]) == ([], [])


def test_export_names_a_report(capsys):
    assert run(capsys, "export", "kingston-2012") == run(capsys, "export")


def command(*arguments, **options):
    return [sys.executable, "-m", "corpus", *arguments], {"cwd": ROOT, "stderr": subprocess.PIPE, **options}


def test_a_closed_pipe_gives_no_traceback():
    words, options = command("export", stdout=subprocess.PIPE)
    with subprocess.Popen(words, **options) as process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_export_is_utf_8_whatever_the_terminal_says():
    words, options = command("export", stdout=subprocess.PIPE, env={"PYTHONIOENCODING": "ascii"})
    done = subprocess.run(words, **options, check=True)
    assert "21 May – 1 June 2012" in done.stdout.decode("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_gives_a_message():
    with open("/dev/full", "w") as full:
        words, options = command("export", stdout=full)
        done = subprocess.run(words, **options, check=False)
    assert (done.returncode, done.stderr) == (2, b"Cannot write the result: No space left on device.\n")


@pytest.mark.parametrize("arguments", [[], ["shew"], ["show"], ["show", "1", "2"]])
def test_bad_usage_exits_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
    assert capsys.readouterr().out == ""
