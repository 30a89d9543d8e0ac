import threading

import pytest

from index import folder as folders
from index.folder import building, replace_folder, steady

OLD = {"a.txt": b"old", "b.txt": b"old"}
NEW = {"a.txt": b"new"}


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "sub" / "thing"
    place.parent.mkdir()
    replace_folder(place, OLD)
    return place


def test_a_folder_is_replaced_as_a_whole(folder):
    replace_folder(folder, NEW)
    assert contents(folder) == NEW


def test_nothing_is_left_beside_it_but_locks(folder):
    replace_folder(folder, NEW)
    assert [p.name for p in folder.parent.iterdir() if not p.name.endswith("lock")] == ["thing"]


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("step", ["mkdir", "write", "sync", "first rename", "second rename", "remove"])
def test_whenever_a_replacement_is_killed_a_whole_folder_is_there_afterwards(folder, monkeypatch, step):
    with monkeypatch.context() as patch:
        kill_at(patch, step)
        with pytest.raises(Killed):
            replace_folder(folder, NEW)
    with steady(folder):
        assert contents(folder) == (NEW if step == "remove" else OLD)
    replace_folder(folder, NEW)
    assert contents(folder) == NEW
    assert [p.name for p in folder.parent.iterdir() if not p.name.endswith("lock")] == ["thing"]


def kill_at(patch, step):
    calls = {"first rename": 1, "second rename": 2}

    def killed(*_):
        raise Killed

    if step in calls:
        patch.setattr("pathlib.Path.rename", nth_call_killed(calls[step]))
    elif step == "mkdir":
        patch.setattr("pathlib.Path.mkdir", killed)
    elif step == "remove":
        patch.setattr(folders.shutil, "rmtree", killed)
    else:
        patch.setattr(folders, {"write": "_write_file", "sync": "_sync_folder"}[step], killed)


def nth_call_killed(number):
    from pathlib import Path

    rename, count = Path.rename, []

    def renamed(self, target):
        count.append(1)
        if len(count) == number:
            raise Killed
        return rename(self, target)

    return renamed


def test_a_file_in_the_place_of_the_folder_gives_way(tmp_path):
    (tmp_path / "thing").write_text("in the way")
    replace_folder(tmp_path / "thing", NEW)
    assert contents(tmp_path / "thing") == NEW


def test_a_link_in_the_place_of_the_folder_gives_way_and_its_target_stays(tmp_path):
    target = tmp_path / "target"
    target.mkdir()
    (target / "keep.txt").write_text("keep")
    (tmp_path / "thing").symlink_to(target)
    replace_folder(tmp_path / "thing", NEW)
    assert contents(tmp_path / "thing") == NEW
    assert (target / "keep.txt").read_text() == "keep"


def test_a_second_builder_says_that_it_waits_and_goes_on_when_the_first_is_done(tmp_path):
    order, waiting = [], threading.Event()

    def second():
        with building(tmp_path / "thing", waiting.set):
            order.append("second")

    with building(tmp_path / "thing", lambda: order.append("the first must not wait")):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(10)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_a_reader_does_not_wait_for_a_build(folder):
    with building(folder, pytest.fail), steady(folder):
        assert contents(folder) == OLD


def test_reading_where_nothing_was_ever_written_makes_nothing(tmp_path):
    with steady(tmp_path / "none" / "thing"):
        pass
    assert list(tmp_path.iterdir()) == []
