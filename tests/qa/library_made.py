"""A library of the shipped report and the made-up ones, quick to make; and one of reports that are said to exist."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.values import Metadata, Paragraph, Report
from qa.build import assemble
from qa.library import Library
from qa.settings import Settings
from qa.values import Answer, Citation, Evidence, Statement
from tests.qa.conftest import BagEncoder


def made_library(reports: tuple[Report, ...], home) -> Library:
    """A library over an encoder that is a function of the text."""
    by_id = {report.id: report for report in reports}

    def make(report_id):
        # Without probes: what is learned from them means nothing with such an encoder.
        return assemble(by_id[report_id], (), BagEncoder(), Settings(home=home))

    return Library(reports, make)


def tiny(report_id: str, authority: str, published: str = "2012-01-01") -> Report:
    """A report of one paragraph."""
    about = Metadata(report_id, "Inspection", authority, "", published, "", "", "", "")
    return Report(about, "", (Paragraph(report_id, "1", f"There is a park in {authority}."),), (), (), ())


@dataclass
class Recording:
    """Answers with the first words of the question, and remembers what it was asked."""

    report: str
    source: object
    asked: list

    def ask(self, question, history=(), *, scope=None):
        self.asked.append((self.report, question, tuple(history), scope))
        cited = (Citation(Evidence(self.report, "1", "park", 11, 15), ()),)
        return Answer(question, "answered", "", self.report, (Statement("“park”", cited),), confidence=0.9)


def recording_library(source, *reports: Report) -> tuple[Library, list]:
    """A library that only records what each report is asked; ``source`` is that of any report."""
    asked: list = []

    def make(report_id):
        report = next(report for report in reports if report.id == report_id)
        own = replace(
            source, report=report, paragraphs={p.number: p for p in report.paragraphs}, expansions=()
        )
        return Recording(report_id, own, asked)

    return Library(reports, make), asked
