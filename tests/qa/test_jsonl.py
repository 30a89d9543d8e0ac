"""Reading JSON lines so that a bad one spoils no other, and writing a file whole or not at all."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import InputError
from qa.jsonl import check_output, read_lines, to_line, whole_file


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "in.jsonl"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_lines_keep_their_numbers_and_blank_ones_are_left_out(written):
    lines = read_lines(written('\n{"a": 1}\n\n  \t\r\n{"b": 2}\r\n'))
    assert [(line.number, line.value) for line in lines] == [(2, {"a": 1}), (5, {"b": 2})]


def test_a_last_line_without_end_and_a_byte_order_mark_are_fine(written):
    assert [line.value for line in read_lines(written(b'\xef\xbb\xbf{"a": 1}'))] == [{"a": 1}]


def test_an_empty_file_has_no_lines(written):
    assert read_lines(written("")) == ()


def test_line_separators_of_unicode_do_not_end_a_line(written):
    assert [line.value for line in read_lines(written('{"a": "x\u2028y\u0085z"}\n'))] == [
        {"a": "x\u2028y\u0085z"}
    ]


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (b"not json", "not JSON"),
        (b'{"a": 1', "not JSON"),
        (b'{"a": 1} trailing', "not JSON"),
        (b"[1]", "expected a JSON object"),
        (b'"text"', "expected a JSON object"),
        (b"null", "expected a JSON object"),
        (b'{"a": NaN}', "cannot be read"),
        (b'{"a": 1e999}', "cannot be read"),
        (b'{"a": ' + b"9" * 5000 + b"}", "cannot be read"),
        (b'{"a": "\\ud800"}', "cannot be read"),
        (b"[" * 200_000, "cannot be read"),
        (b'{"a": "\xe9"}', "not UTF-8"),
        (b'{"a": "\x00"}', "not UTF-8"),
    ],
)
def test_a_bad_line_tells_its_problem_and_the_others_are_read(written, bad, problem):
    good = b'{"a": 1}\n'
    lines = read_lines(written(good + bad + b"\n" + good))
    assert [line.number for line in lines] == [1, 2, 3]
    assert [line.value for line in lines] == [{"a": 1}, None, {"a": 1}]
    assert problem in lines[1].problem


@pytest.mark.parametrize(
    "content",
    [bytes(range(256)) * 4, '{"a": 1}\n{"b": 2}\n'.encode("utf-16"), '{"a": "é"}'.encode("latin-1")],
)
def test_a_file_that_is_not_text_is_refused_as_a_whole(written, content):
    with pytest.raises(InputError, match="not UTF-8 text"):
        read_lines(written(content))


def test_a_missing_file_and_a_folder_are_refused_by_name(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_lines(tmp_path / "absent.jsonl")
    with pytest.raises(InputError, match="is a directory"):
        read_lines(tmp_path)


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"])), st.integers() | st.none() | st.booleans()
    )
)
def test_an_object_is_one_line_and_can_be_read_back(value):
    line = to_line(value)
    assert "\n" not in line
    assert json.loads(line) == value


def test_text_is_written_as_it_is_read():
    assert to_line({"a": "“91” – ¶12"}) == '{"a": "“91” – ¶12"}'


def test_a_whole_file_takes_the_place_of_the_old_one(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text("old")
    with whole_file(path) as file:
        file.write("new\n")
        assert path.read_text() == "old"
    assert path.read_bytes() == b"new\n"
    assert os.listdir(tmp_path) == ["out.jsonl"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_ends_halfway_leaves_the_old_file_and_no_trace(tmp_path, error):
    path = tmp_path / "out.jsonl"
    path.write_text("old")

    def write():
        with whole_file(path) as file:
            file.write("half")
            raise error

    with pytest.raises(error):
        write()
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.jsonl"]


def test_a_link_keeps_pointing_to_the_file_that_is_written(tmp_path):
    target, link = tmp_path / "target.jsonl", tmp_path / "link.jsonl"
    target.write_text("old")
    link.symlink_to(target)
    with whole_file(link) as file:
        file.write("new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_name_that_cannot_be_written_is_told(tmp_path):
    path = tmp_path / ("x" * 300)
    with pytest.raises(InputError, match="Cannot write"), whole_file(path):
        pass


def test_an_output_that_cannot_be_is_told_before_the_work(tmp_path, written):
    source = written("")
    for path, problem in (
        (tmp_path, "not an ordinary file"),
        (tmp_path / "absent" / "out.jsonl", "folder does not exist"),
        (source, "both input and output"),
        (tmp_path / "." / "in.jsonl", "both input and output"),
    ):
        with pytest.raises(InputError, match=problem):
            check_output(path, source)
    check_output(tmp_path / "out.jsonl", source)


@pytest.mark.parametrize("name", ["/dev/null", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_a_device_or_an_open_stream_is_no_place_for_an_output(written, name):
    with pytest.raises(InputError, match="not an ordinary file"):
        check_output(Path(name), written(""))
