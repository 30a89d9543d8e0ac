"""Text made for the tests, and what reading it should give back."""

from __future__ import annotations

from corpus.adding import read_report

SENTENCES = (
    "The council has improved the way in which it answers complaints from the public.",
    "Inspectors read forty case files and spoke to staff in every team of the service.",
    "Managers check the work of new staff each week and write down what they find.",
    "Most of the young people who were asked said that they feel safe where they live.",
    "Records were up to date in all but three of the files that were looked at in detail.",
    "Partners meet every quarter and agree on the few things that matter most this year.",
    "The budget was set late and two of the planned posts have not yet been filled.",
)


def prose(number, count=2):
    """A few sentences that differ from number to number; the first names it in words."""
    chosen = [SENTENCES[(number * 3 + k * 2) % len(SENTENCES)] for k in range(count)]
    return f"Finding {spelt(number)} is this. " + " ".join(chosen)


def spelt(number):
    """A number in letters, so that no figure stands in the text: 12 is ``one-two``."""
    return "-".join("zero one two three four five six seven eight nine".split()[int(d)] for d in str(number))


def numbered(first, last, count=2):
    """Paragraphs by number, each with its prose."""
    return {str(n): prose(n, count) for n in range(first, last + 1)}


def read(path):
    """What a file holds; nothing of its text may be lost on the way."""
    found = read_report(path, "made", {})
    report = found.report
    assert "".join(report.source[s.start : s.end] for s in report.layout) == report.source
    return found


def texts(found):
    """The text of every numbered paragraph."""
    return {p.number: p.text for p in found.report.paragraphs if p.numbering != "named"}
