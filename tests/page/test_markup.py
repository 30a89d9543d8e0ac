from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from qa.page.markup import NOTHING, join, tag, text, visible


class Reader(HTMLParser):
    """Collects what a browser would make of a piece of HTML."""

    def __init__(self):
        super().__init__()
        self.tags, self.data = [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.data += data


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def test_text_is_shown_literally():
    assert text("<b>\"R&B\" 'x'</b>") == "&lt;b&gt;&quot;R&amp;B&quot; &#x27;x&#x27;&lt;/b&gt;"


def test_an_element_carries_its_children_and_attributes():
    made = tag(
        "a", text("12"), href="#para-12", class_="cite", data_at="3", hidden=True, title=None, open=False
    )
    assert made == '<a href="#para-12" class="cite" data-at="3" hidden>12</a>'


def test_an_attribute_cannot_be_broken_out_of():
    made = read(tag("a", text("x"), title='"><script>alert(1)</script>'))
    assert made.tags == [("a", {"title": '"><script>alert(1)</script>'})]


def test_elements_without_content_have_no_end_tag():
    assert tag("input", id="find") == '<input id="find">'


def test_parts_are_joined_with_escaped_text_between():
    assert join((text("a"), text("b")), " & ") == "a &amp; b"
    assert join(()) == NOTHING


def test_characters_that_turn_text_round_are_replaced_one_for_one():
    assert visible("a\u202eb\u2066c\x00d\x1be\u200f\n\t") == "a\ufffdb\ufffdc\ufffdd\ufffde\u200f\n\t"


@given(st.text())
def test_whatever_the_text_it_comes_back_as_one_text_and_no_tag(value):
    assert unescape(text(value)) == visible(value)
    assert "<" not in text(value)
    assert '"' not in text(value)
    assert len(visible(value)) == len(value)


@given(st.text())
def test_whatever_an_attribute_holds_the_element_stays_one_element(value):
    assert [name for name, _ in read(tag("p", text(value), title=value)).tags] == ["p"]
