"""What a topic is taken for."""

import pytest

from corpus.values import LOCAL_ADDRESSEE
from qa.brief.topic import LONGEST, read_topic, sections_named, understand_topic
from qa.errors import QuestionError


@pytest.fixture
def understood(source, acronyms):
    return lambda text: understand_topic(text, source, acronyms)


def numbers(sections):
    return [number for section in sections for number in section.paragraphs]


def test_spaces_and_hidden_characters_are_left_out():
    assert read_topic("  missing\n children\u202e ") == "missing children"


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("", "Name a topic first"),
        (" \n\t ", "Name a topic first"),
        ("x" * 5000, f"The topic has 5,000 characters; at most {LONGEST} are looked for"),
        ("<b>supervision</b>", "holds markup"),
        ("<script>alert(1)</script>", "holds markup"),
        ("{{constructor}}", "holds markup"),
        ("???", "names no topic"),
        ("79", "names no topic"),
    ],
)
def test_what_is_no_topic_is_told_in_words(topic, said):
    with pytest.raises(QuestionError, match=said.replace("(", r"\(").replace("?", r"\?")):
        read_topic(topic)


def test_a_heading_names_its_sections_in_both_halves(source):
    assert numbers(sections_named("Leadership and management", source)) == [
        *("75", "76", "77", "78"),
        *("161", "162", "163", "164", "165", "166"),
    ]


def test_a_half_narrows_a_heading_down(source):
    named = sections_named("leadership and management of services for looked after children", source)
    assert numbers(named) == ["161", "162", "163", "164", "165", "166"]


def test_a_heading_that_only_holds_others_names_these(source):
    named = sections_named("Safeguarding outcomes for children and young people", source)
    assert numbers(named)[0], numbers(named)[-1] == ("26", "68")
    assert len(numbers(sections_named("safeguarding services", source))) == 77


def test_a_theme_names_no_section(source):
    assert sections_named("supervision", source) == ()


def test_a_short_form_and_its_long_form_are_one_topic(understood):
    short, long = understood("LADO"), understood("Local Authority Designated Officer")
    assert frozenset({"lado"}) in short.forms
    assert frozenset({"lado"}) in long.forms


def test_who_must_act_and_by_when_are_understood(understood):
    health = understood("NHS Kingston's actions")
    assert (health.addressees, health.actions) == (frozenset({"NHS Kingston", "NHS Kingston PCT"}), True)
    assert understood("the council's actions").addressees == {LOCAL_ADDRESSEE}
    soon = understood("immediate actions for looked after children")
    assert (soon.deadline, soon.part) == ("Immediately", "Services for looked after children")
