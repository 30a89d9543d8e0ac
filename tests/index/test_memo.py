import pytest

from index.memo import code_of, kept


@pytest.fixture
def path(tmp_path):
    return tmp_path / ".sample.words.json"


def fail():
    raise AssertionError("worked out again")


def test_what_was_worked_out_is_read_the_next_time(path):
    assert kept(path, "this", lambda: {"ä": [1, 2]}) == {"ä": [1, 2]}
    assert kept(path, "this", fail) == {"ä": [1, 2]}
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_what_was_made_of_something_else_is_worked_out_again(path):
    kept(path, "this", lambda: 1)
    assert kept(path, "that", lambda: 2) == 2
    assert kept(path, "that", fail) == 2


@pytest.mark.parametrize(
    "change", [lambda b: b[:-1], lambda b: b"", lambda b: b.replace(b"1", b"3"), lambda b: b"\xff" + b]
)
def test_a_file_that_was_changed_is_not_believed(path, change):
    kept(path, "this", lambda: [1])
    path.write_bytes(change(path.read_bytes()))
    assert kept(path, "this", lambda: [2]) == [2]


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path):
    path = tmp_path / "missing" / "file.json"
    assert kept(path, "this", lambda: 1) == 1
    assert not path.parent.exists()


def test_code_is_told_apart_by_its_text(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "made_up_module.py").write_text("A = 1\n")
    before = code_of(["index.words", "made_up_module"])
    assert before == code_of(["index.words", "made_up_module"])
    (tmp_path / "made_up_module.py").write_text("A = 2\n")
    assert before != code_of(["index.words", "made_up_module"])
