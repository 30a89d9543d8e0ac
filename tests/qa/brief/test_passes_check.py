"""What is written passes the check of drafts without a finding: topic pages and chosen answers, in both forms."""

from datetime import UTC, datetime

import pytest

from corpus.library import load
from qa.brief.written import as_file
from qa.draft.checking import check_sentences, summary
from qa.draft.reading import read_draft
from qa.page.conversation import Turn
from qa.page.export import to_docx, to_markdown

HEADINGS = tuple(dict.fromkeys(section.name for section in load().sections))
THEMES = (
    "supervision",
    "missing children",
    "domestic violence",
    "care leavers",
    "foster carers",
    "complaints",
    "health",
    "mental health",
    "adoption",
    "school attendance",
    "chronologies",
    "county lines",
    "safeguarding",
)
ROLES = (
    "independent reviewing officers",
    "NHS Kingston's actions",
    "the LSCB",
    "the council's actions",
    "LADO",
    "actions within three months",
)
QUESTIONS = (
    "How many children were subject to child protection plans?",
    "What grade was given for leadership and management?",
    "How many judgements are good?",
    "What must be done within three months?",
    "What must the LSCB do?",
    "Summarise what the report says about supervision, with paragraph references.",
    "What is wrong with how missing children are handled?",
    "Show me paragraph 97 in full.",
    "What does paragraph 25 say?",
    "Which areas were graded differently in the two halves?",
    "What does LADO stand for?",
    "When was the report published?",
    "How many children were missing in 2015?",
    "What does paragraph 171 say?",
    "Combien d'enfants étaient pris en charge ?",
    "asdfgh jkl qwertyuiop",
    "Should the director resign?",
    f"We are preparing for the panel. {'It meets soon and will want facts. ' * 8}How many care leavers were there?",
)


def findings(name, content, pipeline):
    found = check_sentences(read_draft(name, content, pipeline.report.numbers()), pipeline.checker())
    return found, [(f.sentence.text, f.remark) for f in found if f.remark]


@pytest.mark.encoder
@pytest.mark.parametrize("kind", [".md", ".docx"])
@pytest.mark.parametrize("topic", [*HEADINGS, *THEMES, *ROLES])
def test_a_briefing_on_a_topic_passes(real_pipeline, topic, kind):
    briefer = real_pipeline.briefer()
    brief = briefer.about(topic)
    checked, remarks = findings(f"note{kind}", as_file(brief, briefer.report, kind), real_pipeline)
    assert remarks == []
    points = [f for f in checked if f.sentence.paragraphs and not f.sentence.source and f.sentence.claim]
    supported = [f for f in points if f.verdict.outcome == "supported"]
    assert len(supported) >= len([*brief.strengths, *brief.weaknesses, *brief.others, *brief.tasks])
    appendix = [f for f in checked if f.sentence.source]
    assert {f.verdict.outcome for f in appendix} <= {"not_a_claim"}
    assert bool(appendix) == brief.says


def test_there_are_enough_topics():
    assert len({*HEADINGS, *THEMES, *ROLES}) >= 25


@pytest.mark.encoder
@pytest.mark.parametrize("kind", [".md", ".docx"])
def test_heading_purpose_and_source_of_a_briefing_claim_nothing(real_pipeline, kind):
    briefer = real_pipeline.briefer()
    content = as_file(briefer.about("supervision"), briefer.report, kind)
    checked, _ = findings(f"note{kind}", content, real_pipeline)
    head = [f for f in checked if f.sentence.block < 4]
    assert {f.verdict.outcome for f in head} == {"not_a_claim"}
    assert "Briefing: supervision" in head[0].sentence.text
    assert head[-1].sentence.text.startswith("Source: Inspection of safeguarding")


@pytest.mark.encoder
def test_chosen_answers_of_a_conversation_pass(real_pipeline):
    asked = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    turns = [Turn(question, real_pipeline.ask(question), asked=asked) for question in QUESTIONS]
    report = real_pipeline.report
    for name, content in (
        ("note.md", to_markdown(turns, report).encode()),
        ("note.docx", to_docx(turns, report)),
    ):
        checked, remarks = findings(name, content, real_pipeline)
        assert remarks == []
        assert summary(checked)["supported"] > 50


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("said", "instead", "kind"),
    [
        ("does not routinely address", "routinely addresses", "not_supported"),
        ("(para 50)", "(para 51)", "not_supported"),
        ("caseloads are at manageable levels", "caseloads are unmanageable", "not_supported"),
    ],
)
def test_a_briefing_that_somebody_changed_does_not_pass(real_pipeline, said, instead, kind):
    briefer = real_pipeline.briefer()
    text = as_file(briefer.about("supervision"), briefer.report, ".md").decode()
    assert said in text
    checked, remarks = findings("note.md", text.replace(said, instead).encode(), real_pipeline)
    assert remarks
    assert kind in {f.verdict.outcome for f in checked}
