import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.library import load
from qa.note.characters import visible
from qa.note.lines import Line, lines
from qa.page.layout import body


@pytest.fixture(scope="module")
def report():
    return load()


def pieces(html):
    """Every placed piece of a body: where it starts and its text."""
    found = re.findall(r'<(?:p|li|th|td)[^>]* data-at="(\d+)"[^>]*>(.*?)</', html, re.DOTALL)
    return [(int(start), unescape(words)) for start, words in found]


def test_lines_items_and_rows_keep_their_places():
    assert lines("Do this:\n- first\n- second\n\nGrade\tGood") == (
        Line("line", ((0, "Do this:"),)),
        Line("item", ((11, "first"),)),
        Line("item", ((19, "second"),)),
        Line("row", ((27, "Grade"), (33, "Good"))),
    )


def test_items_become_a_list_and_rows_a_table():
    assert body("Do this:\n- first\n- second\nGrade\tGood") == (
        "<p>Do this:</p><ul><li>first</li><li>second</li></ul>"
        '<table><tbody><tr><th scope="row">Grade</th><td>Good</td></tr></tbody></table>'
    )


def test_each_piece_carries_its_place_when_asked():
    assert body("A:\n- b", placed=True) == '<p data-at="0">A:</p><ul><li data-at="5">b</li></ul>'


def test_hostile_text_is_escaped():
    assert body("<img src=x>\n- <b>") == "<p>&lt;img src=x&gt;</p><ul><li>&lt;b&gt;</li></ul>"


def test_every_paragraph_of_the_report_can_be_marked_by_offset(report):
    for paragraph in report.paragraphs:
        shown = pieces(body(paragraph.text, placed=True))
        assert all(paragraph.text[at : at + len(words)] == words for at, words in shown)
        assert "".join(words for _, words in shown) == re.sub(
            r"^- |[\n\t]", "", paragraph.text, flags=re.MULTILINE
        )


@given(st.lists(st.text(alphabet="ab <&-\t\U0001f600", max_size=8), max_size=6).map("\n".join))
def test_the_places_are_those_of_the_text_whatever_it_is(whole):
    assert all(
        whole[at : at + len(words)] == words for at, words in pieces(body(visible(whole), placed=True))
    )
