"""Uploaded files on their way to being reports."""

import threading
from io import BytesIO

import pytest

from corpus.errors import CorpusError
from corpus.library import report_ids
from qa.errors import InputError
from qa.page import desk as desks
from qa.page.desk import BUSY, FULL, GONE, HELD, MOST, TOO_LARGE, UNEXPECTED, Desk, check_id, file_name
from tests.corpus.made import prose

TEXT = "\n\n".join(["Inspection of Anytown", *(f"{n}. {prose(n)}" for n in range(1, 13))]).encode()


class Made:
    """A desk, what was kept and noted, and a clock."""

    def __init__(self, folder):
        self.kept, self.noted, self.time = [], [], 0.0
        self.error = None
        self.go = threading.Event()
        self.go.set()
        self.folder = folder
        self.desk = Desk(self.keep, folder, noted=self.noted.append, now=lambda: self.time)

    def keep(self, report, progress):
        progress("Encoding texts: 512 of 2,048")
        assert self.go.wait(20)
        if self.error is not None:
            raise self.error
        self.kept.append(report)

    def upload(self, content=TEXT, name="anytown.txt", owner="ann", report_id="anytown"):
        return self.desk.upload(owner, name, BytesIO(content), report_id)

    def done(self, work):
        """The work once it does not change by itself any more."""
        ticking = threading.Event()
        for _ in range(2000):
            now = self.desk.work(work.owner, work.token)
            if not now.busy:
                return now
            ticking.wait(0.01)
        raise AssertionError(now)


@pytest.fixture
def made(tmp_path):
    return Made(tmp_path / "uploads")


def test_a_file_is_read_shown_and_kept_only_when_told(made):
    read = made.done(made.upload())
    assert (read.phase, len(read.found.report.numbers()), made.kept) == ("read", 12, [])
    assert list(made.folder.iterdir()) == []
    made.desk.keep("ann", read.token, {"title": "Another title", "published": "2019"})
    done = made.done(read)
    assert (done.phase, done.found) == ("kept", None)
    assert (made.kept[0].metadata.title, made.kept[0].metadata.published) == ("Another title", "2019")
    assert made.kept[0].paragraphs == read.found.report.paragraphs
    assert made.noted == ["The report 'anytown' was added by 'ann'."]


def test_what_is_discarded_is_gone(made):
    read = made.done(made.upload(owner="~token"))
    assert [work.token for work in made.desk.undecided("~token")] == [read.token]
    made.desk.discard("~token", read.token)
    assert made.desk.work("~token", read.token) is None
    assert made.desk.undecided("~token") == ()
    with pytest.raises(InputError, match="There is no such upload any more"):
        made.desk.keep("~token", read.token, {})
    assert made.kept == []


def test_an_upload_is_its_owners_alone(made):
    read = made.done(made.upload())
    assert made.desk.work("bob", read.token) is None
    assert made.desk.undecided("bob") == ()
    for act in (lambda: made.desk.discard("bob", read.token), lambda: made.desk.keep("bob", read.token, {})):
        with pytest.raises(InputError) as refused:
            act()
        assert str(refused.value) == GONE
    assert made.desk.work("ann", read.token) == read


def test_progress_is_told_and_nothing_is_kept_twice(made):
    read = made.done(made.upload())
    made.go.clear()
    made.desk.keep("ann", read.token, {})
    with pytest.raises(InputError, match=BUSY):
        made.desk.keep("ann", read.token, {})
    with pytest.raises(InputError, match=BUSY):
        made.desk.discard("ann", read.token)
    for _ in range(2000):
        if made.desk.work("ann", read.token).share is not None:
            break
        threading.Event().wait(0.01)
    assert made.desk.work("ann", read.token).share == 0.25
    made.go.set()
    made.done(read)
    assert len(made.kept) == 1


def test_two_files_at_once_are_worked_on_one_after_the_other(made):
    first = made.done(made.upload())
    made.go.clear()
    made.desk.keep("ann", first.token, {})
    second = made.upload(owner="bob", report_id="other")
    threading.Event().wait(0.1)
    assert made.desk.work("bob", second.token).phase == "waiting"
    made.go.set()
    assert made.done(first).phase == "kept"
    assert made.done(second).phase == "read"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "empty.txt", "empty.txt is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 50, "old.doc", "old.doc is an old Word file"),
        (b"%PDF-1.4 broken", "cut.pdf", "cut.pdf is not a readable PDF"),
        (b"PNG", "picture.png", "picture.png: .png is no format that can be read"),
        (b"a\0b", "binary.txt", "binary.txt is not a text file"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_and_the_file_removed(made, content, name, said):
    failed = made.done(made.upload(content, name))
    assert (failed.phase, failed.said[: len(said)]) == ("failed", said)
    assert list(made.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "said"),
    [(CorpusError("The disk is full."), "The disk is full."), (OSError(5, "secret"), UNEXPECTED)],
)
def test_why_a_report_could_not_be_kept_is_told(made, error, said, caplog):
    made.error = error
    read = made.done(made.upload())
    made.desk.keep("ann", read.token, {})
    assert made.done(read).said == said
    assert "secret" not in caplog.text
    assert made.noted == []


def test_a_file_that_is_too_large_is_not_taken(made, monkeypatch):
    monkeypatch.setattr(desks, "LARGEST", 0.00001)
    with pytest.raises(InputError) as refused:
        made.upload(b"x" * 11)
    assert str(refused.value) == TOO_LARGE
    assert list(made.folder.iterdir()) == []
    assert made.desk.undecided("ann") == ()


def test_only_so_many_wait_for_a_decision_and_none_for_ever(made):
    for number in range(MOST):
        made.done(made.upload(report_id=f"r{number}"))
    with pytest.raises(InputError) as refused:
        made.upload()
    assert str(refused.value) == FULL
    made.time = HELD + 1
    assert made.desk.undecided("ann") == ()
    made.upload()


def test_what_a_killed_program_left_is_removed(made):
    left = made.folder / "abc"
    left.mkdir(parents=True)
    (left / "secret.pdf").write_bytes(b"x")
    Desk(made.keep, made.folder)
    assert not made.folder.exists()


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\ann\Report 2019.docx", "Report 2019.docx"),
        ("", "report"),
        ("/", "report"),
        ("a\0b\n.txt", "a_b_.txt"),
        ("..", "report"),
        (".hidden", "hidden"),
        ("x" * 300 + ".html", "x" * 60 + ".html"),
    ],
)
def test_a_file_lies_under_a_name_that_can_do_no_harm(given, name):
    assert file_name(given) == name


@pytest.mark.parametrize(
    ("report_id", "said"),
    [
        ("Any Town", "cannot be a short name"),
        ("../up", "cannot be a short name"),
        ("all", "stands for all reports"),
        (report_ids()[0], "There is a report called"),
    ],
)
def test_a_short_name_that_cannot_be_is_told_in_words_for_the_page(report_id, said):
    with pytest.raises(InputError, match=said) as refused:
        check_id(report_id)
    assert "--id" not in str(refused.value)
