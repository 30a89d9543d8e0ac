"""Whether a sentence holds the type of value that a question wants."""

import pytest

from qa.valuetypes import missing_value


@pytest.mark.parametrize(
    ("want", "text"),
    [
        ("count", "There were 91 children subject to plans."),
        ("count", "Seven were referred back to the council."),
        ("share", "60% are placed outside the area."),
        ("share", "Seven were referred back to the council."),
        ("percentage", "60% are placed outside the area."),
        ("percentage", "Some 12 per cent of the young people left."),
        ("money", "The council spent £1.2 million on it."),
        ("date", "It has been in place since 2005."),
        ("date", "It was published in July."),
        ("person", "The inspection was led by Chris Sands HMI."),
        ("person", "It was chaired by Mrs Jones."),
        ("duration", "This must be done within three months."),
        ("duration", "Children aged 5-16 attend."),
        ("contact", "Ring 020 8547 5004 for help."),
    ],
)
def test_a_sentence_with_the_value_lacks_nothing(want, text):
    assert missing_value([want], text) is None


@pytest.mark.parametrize(
    ("want", "text", "word"),
    [
        ("count", "Supervision is regular and recorded well.", "number"),
        ("share", "Supervision is regular and recorded well in 2011.", "number or share"),
        ("percentage", "There were 91 children subject to plans.", "percentage"),
        ("money", "There were 91 children subject to plans.", "money"),
        ("date", "Supervision is regular and recorded well.", "date"),
        ("person", "The LSCB has been chaired by an independent person.", "name the person"),
        ("contact", "Young people know how to contact their reviewing officer.", "telephone"),
        ("duration", "Supervision is regular and recorded well.", "length of time"),
    ],
)
def test_a_sentence_without_the_value_says_what_is_missing(want, text, word):
    assert word in missing_value([want], text)


def test_nothing_is_missing_when_nothing_is_wanted():
    assert missing_value([], "Supervision is regular.") is None
    assert missing_value(["place"], "Supervision is regular.") is None


def test_the_first_missing_type_is_told_whatever_the_order():
    text = "Supervision is regular and recorded well."
    assert missing_value(["money", "count"], text) == missing_value({"count", "money"}, text)
