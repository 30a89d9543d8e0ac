"""Reports are compared by the grades that their tables of findings give, each cited."""

import pytest

from corpus.library import DEFAULT_REPORT
from corpus.values import FINDINGS
from evals.siblings.benchmark import siblings
from qa.across import compared
from qa.naming import Naming
from qa.singular import of_one_report
from tests.qa.library_made import made_library, tiny

GRADED = (DEFAULT_REPORT, "anytown-2013", "marlbeck-2011", "marlbeck-2014")


@pytest.fixture(scope="session")
def library(report, bag_home):
    return made_library((report, *siblings()), bag_home)


@pytest.fixture(scope="session")
def sources(library):
    return [library.asker(report_id).source for report_id in GRADED]


@pytest.fixture
def compare(library, sources):
    return lambda question, chosen=sources: compared(question, question, chosen, library.naming)


def test_which_reports_have_a_grade_lists_those_and_no_others(compare):
    answer = compare("Which councils were inadequate on leadership?")
    assert answer.text.splitlines() == [
        "Kingston 2012: Safeguarding services – Leadership and management: Inadequate; Services for looked after "
        "children – Leadership and management: Inadequate. [findings]",
        "Marlbeck 2011: Safeguarding services – Leadership and management: Inadequate; Services for looked after "
        "children – Leadership and management: Adequate. [marlbeck-2011:findings]",
    ]
    assert answer.reason is None


def test_every_grade_is_cited_from_the_row_of_its_own_report(compare, sources):
    texts = {source.report.id: source.paragraphs[FINDINGS].text for source in sources}
    answer = compare("How did each council do on overall effectiveness?")
    assert len(answer.statements) == len(GRADED)
    for statement in answer.statements:
        for evidence in (c.evidence for c in statement.citations):
            assert texts[evidence.report][evidence.start : evidence.end] == evidence.quote
            assert evidence.quote.split("\t")[1] in statement.text


def test_the_best_comes_first_and_what_is_not_graded_is_told(compare):
    answer = compare("Which report has the best overall effectiveness for looked after children?")
    assert [s.text.partition(":")[0] for s in answer.statements] == [
        "Anytown 2013",
        "Kingston 2012",
        "Marlbeck 2011",
    ]
    assert answer.reason == "Marlbeck 2014 does not grade this"


def test_the_worst_comes_first_where_that_is_asked(compare):
    answer = compare("Which report has the worst overall effectiveness for looked after children?")
    assert answer.statements[-1].text.startswith("Anytown 2013")


def test_different_scales_are_told_of(compare):
    answer = compare("Rank the councils by leadership and management")
    assert "Marlbeck 2014: Leadership, management and governance: Requires improvement." in answer.text
    assert answer.reason == "the reports use different scales of grades"


def test_a_grade_without_an_area_lists_the_areas_of_each_report(compare):
    assert compare("Was any council outstanding?").text.splitlines() == [
        "Anytown 2013: 1 of the 17 judgements is outstanding: Services for looked after children – Making a positive "
        "contribution, including user engagement. [anytown-2013:findings]",
        "Marlbeck 2014: 1 of the 6 judgements is outstanding: Adoption performance. [marlbeck-2014:findings]",
    ]


def test_a_grade_that_no_report_gave_is_said_to_be_given_by_none(compare, sources):
    two = [s for s in sources if s.report.id in (DEFAULT_REPORT, "marlbeck-2011")]
    answer = compare("Was any council outstanding?", two)
    assert answer.reason == "no report grades this outstanding"
    assert (
        answer.text.splitlines()[0] == "Kingston 2012: None of the 22 judgements is outstanding. [findings]"
    )
    answer = compare("Which councils were outstanding on leadership and management?", two)
    assert answer.reason == "no report grades this outstanding"
    assert len(answer.statements) == 2


def test_reports_without_a_topic_are_compared_by_their_overall_grade(compare):
    for question in (
        "Compare the reports",
        "What is the difference between the councils?",
        "Which council is best?",
    ):
        assert all("Overall effectiveness" in s.text for s in compare(question).statements)


def test_a_report_without_a_table_of_grades_is_told_of(sources, bag_home):
    oak = made_library((tiny("oak-2015", "Oak Council", "2015-01-01"),), bag_home).asker("oak-2015").source
    chosen = [sources[0], sources[1], oak]
    naming = Naming([source.report.metadata for source in chosen])
    question = "Which councils were inadequate on leadership?"
    answer = compared(question, question, chosen, naming)
    assert [s.text.partition(":")[0] for s in answer.statements] == ["Kingston 2012"]
    assert answer.reason == "Oak 2015 has no table of grades"
    assert compared(question, question, [oak], naming) is None


@pytest.mark.parametrize(
    "question",
    [
        "How many foster carers are there?",
        "Who has more looked after children?",
        "What is the vacancy rate among social workers?",
        "Why was leadership inadequate?",
        "What does adequate mean?",
        "Compare the vacancy rates of social workers",
        "Which council has a good youth club for dinosaurs?",
        "What do the reports say about leadership?",
        "How good are the caseloads of social workers?",
    ],
)
def test_a_question_about_something_else_is_not_answered_by_grades(compare, question):
    assert compare(question) is None


@pytest.mark.parametrize(
    ("question", "single"),
    [
        ("Who has more looked after children?", "How many looked after children are there?"),
        ("Which of the councils has the most foster carers?", "How many foster carers are there?"),
        ("Which council has the highest vacancy rate?", "What is the vacancy rate?"),
        ("Compare the vacancy rates of social workers", "What is the vacancy rates of social workers?"),
        ("How does the council compare on supervision?", "What does the report say about supervision?"),
        ("Does any report mention bullying?", "What does the report say about bullying?"),
        ("What do the reports say about drift?", "What does the report say about drift?"),
        ("How many hubs does each council have?", "How many hubs does the council have?"),
        ("How many foster carers are there?", "How many foster carers are there?"),
        (
            "Are the reports of health visitors sent in time?",
            "Are the reports of health visitors sent in time?",
        ),
    ],
)
def test_what_compares_reports_is_asked_of_each_by_itself(question, single):
    assert of_one_report(question) == single


def test_names_tell_the_reports_apart(sources):
    labels = [names.label for names in Naming([s.report.metadata for s in sources]).all]
    assert labels == ["Kingston 2012", "Anytown 2013", "Marlbeck 2011", "Marlbeck 2014"]
