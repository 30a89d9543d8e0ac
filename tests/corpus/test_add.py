"""``python -m corpus add`` and ``remove``: looked over, kept wholly or not at all, and removed without a trace."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import adding
from corpus.__main__ import main
from corpus.errors import CorpusError
from corpus.library import load, report_ids
from tests.corpus.made import prose

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path, monkeypatch):
    place = tmp_path / "home"
    monkeypatch.setenv("QA_HOME", str(place))
    return place


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "Anytown 2019.html"
    body = "".join(f"<p>{n}. {prose(n)}</p>" for n in range(1, 24) if n not in (7, 8))
    path.write_text(
        f"<h1>Inspection of services</h1><p>Anytown Council</p><h2>Findings</h2>{body}", encoding="utf-8"
    )
    return path


def run(capsys, monkeypatch, *arguments, answer=None):
    monkeypatch.setattr(sys, "stdin", io.StringIO("" if answer is None else answer + "\n"))
    code = main([str(a) for a in arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_what_was_understood_is_shown_before_it_is_kept(home, page, capsys, monkeypatch):
    code, out, err = run(capsys, monkeypatch, "add", page, answer="no")
    assert code == 0
    for line in [
        "Report:     anytown-2019",
        "Title:      Inspection of services",
        "Authority:  Anytown Council",
        "Published:  not found (state it with --published)",
        "Paragraphs: 21 (paragraphs 1 to 23 and front)",
        "Gaps:       7, 8",
        "Duplicates: none",
        "  Findings",
        f"  1      {' '.join(prose(1).split()[:10])}",
        f"  11     {' '.join(prose(12).split()[:10])}".replace("11    ", "12    "),
    ]:
        assert line in out.split("\n")
    assert err.endswith("Keep the report? [y/N] Nothing was changed.\n")
    assert not home.exists()


def test_a_yes_keeps_it_and_every_command_knows_it(home, page, capsys, monkeypatch):
    assert (
        run(capsys, monkeypatch, "add", page, "--id", "anytown", "--authority", "Anytown", answer="y")[0] == 0
    )
    assert sorted(p.name for p in (home / "reports").iterdir()) == ["anytown"]
    _, listed, _ = run(capsys, monkeypatch, "list")
    assert "anytown  Inspection of services, Anytown, 21 paragraphs" in listed.split("\n")
    _, shown, _ = run(capsys, monkeypatch, "show", "anytown:9")
    assert shown == f"anytown:9\nSection: Findings\nGrade of the section: none given\n\n{prose(9)}\n"
    _, exported, _ = run(capsys, monkeypatch, "export", "anytown")
    rows = [json.loads(line) for line in exported.splitlines()]
    assert rows[0] == {
        "report": "anytown",
        "paragraph": "1",
        "text": prose(1),
        "section": ["Findings"],
        "numbering": "printed",
    }
    assert [row["paragraph"] for row in rows][-1] == "front"


def test_what_is_kept_is_what_was_understood(home, page):
    found = adding.read_report(page, "anytown", {})
    adding.keep(found.report)
    assert load("anytown") == found.report


def test_without_anybody_to_answer_nothing_is_kept(home, page, capsys, monkeypatch):
    code, _, err = run(capsys, monkeypatch, "add", page)
    assert (code, home.exists()) == (2, False)
    assert "there was no answer. Add --yes" in err


def test_an_id_is_used_once(home, page, capsys, monkeypatch):
    assert run(capsys, monkeypatch, "add", page, "--yes")[0] == 0
    code, _, err = run(capsys, monkeypatch, "add", page, "--yes")
    assert code == 2
    assert "There is a report 'anytown-2019' already. Choose another --id, or remove it first" in err
    assert run(capsys, monkeypatch, "add", page, "--id", "kingston-2012", "--yes")[0] == 2


@pytest.mark.parametrize("name", ["../up", "Any Town", "a:b", "", ".hidden", "-x"])
def test_an_id_is_a_plain_name(home, page, capsys, monkeypatch, name):
    if name:
        code, _, err = run(capsys, monkeypatch, "add", page, f"--id={name}", "--yes")
        assert (code, "cannot be the id of a report" in err, home.exists()) == (2, True, False)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.pdf", None, "cannot be read: No such file"),
        ("empty.docx", b"", "is empty"),
        ("picture.png", b"\x89PNG", "no format that can be read"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word file"),
        ("report.zip", b"PK\x03\x04", "is an archive"),
        (
            "web.pdf",
            b"<!DOCTYPE html><p>1. x",
            "is no .pdf file, whatever its name says: it looks like a web page",
        ),
        ("heads.txt", b"***\n---\n", "holds no paragraphs"),
    ],
)
def test_files_that_cannot_be_read_say_why(home, tmp_path, capsys, monkeypatch, name, content, message):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    code, out, err = run(capsys, monkeypatch, "add", path, "--yes")
    assert (code, out, home.exists()) == (2, "", False)
    assert message in err
    assert "Traceback" not in err


def test_a_folder_is_no_report(home, tmp_path, capsys, monkeypatch):
    code, _, err = run(capsys, monkeypatch, "add", tmp_path, "--yes")
    assert (code, "is a folder" in err) == (2, True)


def test_a_huge_file_is_refused_before_it_is_read(home, tmp_path, capsys, monkeypatch):
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    code, _, err = run(capsys, monkeypatch, "add", path, "--yes")
    assert (code, "has 300 MB; at most 200 MB can be read" in err) == (2, True)


def test_an_interrupted_add_leaves_nothing(home, page, monkeypatch):
    found = adding.read_report(page, "anytown", {})

    def interrupted(handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        adding.keep(found.report)
    assert list((home / "reports").iterdir()) == []


def test_an_add_that_was_killed_is_not_seen(home, page):
    (home / "reports" / ".anytown.x").mkdir(parents=True)
    (home / "reports" / ".anytown.x" / "report.json").write_text("{", encoding="utf-8")
    assert report_ids() == ("kingston-2012",)


def test_a_full_disk_keeps_nothing(home, page, monkeypatch):
    found = adding.read_report(page, "anytown", {})
    monkeypatch.setattr(
        os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(CorpusError, match="No space left on device"):
        adding.keep(found.report)
    assert list((home / "reports").iterdir()) == []


def test_a_report_that_was_changed_on_disk_is_not_used(home, page, capsys, monkeypatch):
    adding.keep(adding.read_report(page, "anytown", {}).report)
    path = home / "reports" / "anytown" / "report.json"
    path.write_text(path.read_text(encoding="utf-8")[:500], encoding="utf-8")
    with pytest.raises(CorpusError, match=r"changed or cut short.*corpus remove anytown"):
        load("anytown")
    _, out, _ = run(capsys, monkeypatch, "list")
    assert "anytown  cannot be read" in out


def test_removing_leaves_no_trace(home, page, capsys, monkeypatch):
    adding.keep(adding.read_report(page, "anytown", {}).report)
    for place in (home / "indexes", home / "without-questions" / "indexes"):
        (place / "anytown").mkdir(parents=True)
        (place / "anytown" / "vectors").write_bytes(b"x")
        (place / ".anytown.lock").touch()
        (place / "anytown-2").mkdir()
    code, _, err = run(capsys, monkeypatch, "remove", "anytown", answer="y")
    assert (code, err.endswith("The report 'anytown' is removed.\n")) == (0, True)
    assert report_ids() == ("kingston-2012",)
    left = sorted(str(p.relative_to(home)) for p in home.rglob("*anytown*"))
    assert left == ["indexes/anytown-2", "without-questions/indexes/anytown-2"]


def test_only_added_reports_are_removed(home, capsys, monkeypatch):
    code, _, err = run(capsys, monkeypatch, "remove", "kingston-2012", "--yes")
    assert (code, "comes with the program" in err) == (2, True)
    code, _, err = run(capsys, monkeypatch, "remove", "nothing", "--yes")
    assert (code, "There is no report 'nothing'" in err) == (2, True)


def test_places_are_never_called_paragraphs(home, tmp_path, capsys, monkeypatch):
    path = tmp_path / "letter.html"
    path.write_text(
        "<h1>A letter</h1>" + "".join(f"<p>{prose(n)}</p>" for n in range(1, 30)), encoding="utf-8"
    )
    _, out, _ = run(capsys, monkeypatch, "add", path, "--yes")
    assert "No numbered paragraphs were found." in out
    assert "Blocks: 29, p1.1 to p1.29" in out
    _, listed, _ = run(capsys, monkeypatch, "list")
    assert "letter  A letter, 29 blocks" in listed.split("\n")
    _, shown, _ = run(capsys, monkeypatch, "show", "letter:p1.3")
    assert "Number: none printed; counted by position" in shown
    _, _, err = run(capsys, monkeypatch, "show", "letter:7")
    assert "It has blocks p1.1 to p1.29" in err


def test_the_command_works_from_a_shell(home, page):
    done = subprocess.run(
        [sys.executable, "-m", "corpus", "add", str(page), "--id", "any", "--yes"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "QA_HOME": str(home)},
    )
    assert (done.returncode, "The report 'any' is kept" in done.stderr) == (0, True)


@pytest.mark.parametrize(
    ("wanted", "free"), [("anytown", "anytown-3"), ("new", "new"), ("all", "all-2"), ("a" * 60, "a" * 60)]
)
def test_an_id_that_nobody_has_is_found(wanted, free):
    assert adding.free_id(wanted, {"anytown", "anytown-2"}) == free


def test_a_report_that_cannot_be_moved_away_is_left_as_it_is(home, page, monkeypatch):
    report = adding.read_report(page, "anytown", {}).report
    adding.keep(report)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(adding.tempfile, "mkdtemp", full)
    with pytest.raises(CorpusError, match="cannot be removed: No space left on device"):
        adding.remove("anytown")
    assert load("anytown") == report
