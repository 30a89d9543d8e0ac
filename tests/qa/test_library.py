"""A question over several reports goes where it belongs, and no report is quoted for another."""

import pytest

from corpus.library import DEFAULT_REPORT
from evals.siblings.benchmark import load_cases, siblings, texts_of
from qa.__main__ import as_text
from qa.errors import InputError, QuestionError
from qa.library import Library
from qa.render import to_json
from tests.qa.library_made import made_library, recording_library, tiny


@pytest.fixture(scope="session")
def library(report, bag_home):
    return made_library((report, *siblings()), bag_home)


@pytest.fixture
def recording(source):
    return recording_library(
        source,
        tiny("alder", "Alder Council"),
        tiny("birch-2011", "Birch Council", "2011-01-01"),
        tiny("birch-2014", "Birch Council", "2014-01-01"),
    )


def reports_of(answer):
    return {c.evidence.report for s in answer.statements for c in s.citations}


# --- which report is asked, and what


def test_a_question_that_names_a_report_goes_to_that_one_only_without_its_name(recording):
    library, asked = recording
    answer = library.ask("How many parks are there in Alder?")
    assert asked == [("alder", "How many parks are there?", (), None)]
    assert (answer.reports, answer.report, answer.question) == (
        ("alder",),
        "alder",
        "How many parks are there in Alder?",
    )


def test_a_question_that_names_none_goes_to_all_in_scope(recording):
    library, asked = recording
    library.ask("How many parks are there?")
    assert [report for report, *_ in asked] == ["alder", "birch-2011", "birch-2014"]
    asked.clear()
    library.ask("How many parks are there?", reports=["birch-2014", "alder"])
    assert [report for report, *_ in asked] == ["alder", "birch-2014"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Does Alder have more parks than the other councils?", "How many parks are there?"),
        ("How does Alder compare with other reports on parks?", "What does the report say about parks?"),
    ],
)
def test_one_report_beside_all_others_asks_all(recording, question, text):
    library, asked = recording
    library.ask(question)
    assert [(report, put) for report, put, _, _ in asked] == [
        ("alder", text),
        ("birch-2011", text),
        ("birch-2014", text),
    ]


def test_a_half_is_asked_for_where_the_report_has_it(recording):
    library, asked = recording  # their halves are those of the shipped report
    library.ask("How many parks are there?", scope="Safeguarding services", reports=["alder", "birch-2011"])
    library.ask("How many parks are there in Alder?", scope="Parks")
    assert [(report, scope) for report, _, _, scope in asked] == [
        ("alder", "Safeguarding services"),
        ("birch-2011", "Safeguarding services"),
        ("alder", None),
    ]


def test_a_language_model_writes_the_answers_of_one_report_only(source):
    reports = [tiny("alder", "Alder Council"), tiny("birch", "Birch Council")]
    inner, _ = recording_library(source, *reports)
    asked = []

    class Writing:
        def __init__(self, asker):
            self.asker, self.source = asker, asker.source

        def ask_stream(self, question, history=(), *, scope=None, generator=None, stop=None):
            asked.append((self.asker.report, generator))
            answer = self.asker.ask(question, history, scope=scope)
            yield answer.statements[0]
            yield answer

    library = Library(reports, lambda report_id: Writing(inner.asker(report_id)))
    assert library.ask("How many parks are there in Birch?").status == "answered"
    assert library.ask("How many parks are there in Birch?", generator="quotes").status == "answered"
    assert library.ask("How many parks are there?").status == "answered"
    assert asked == [("birch", None), ("birch", "quotes"), ("alder", "quotes"), ("birch", "quotes")]


def test_the_year_tells_two_reports_on_one_authority_apart(recording):
    library, asked = recording
    library.ask("How many parks did Birch have in 2014?")
    library.ask("How many parks did Birch have?")
    assert [report for report, *_ in asked] == ["birch-2014", "birch-2011", "birch-2014"]


def test_a_report_that_is_named_but_not_chosen_is_not_answered_from_another(recording):
    library, asked = recording
    answer = library.ask("How many parks are there in Alder?", reports=["birch-2011"])
    assert (answer.status, answer.text) == (
        "not_in_report",
        "The report Alder 2012 is not among those that are asked.",
    )
    assert asked == []


def test_a_place_that_no_report_is_about_is_refused_without_asking(recording):
    library, asked = recording
    answer = library.ask("How many parks are there in Rochdale?")
    assert (answer.status, answer.text) == ("not_in_report", "No report here is about Rochdale.")
    assert asked == []


def test_reports_are_made_when_they_are_first_asked_and_once_only(source):
    made = []
    reports = [tiny("alder", "Alder Council"), tiny("birch", "Birch Council")]
    inner, _ = recording_library(source, *reports)

    def make(report_id):
        made.append(report_id)
        return inner.asker(report_id)

    library = Library(reports, make)
    library.ask("How many parks are there in Birch?", reports=["birch"])
    library.ask("How many benches are there in Birch?", reports=["birch"])
    assert made == ["birch"]


def test_a_scope_without_reports_or_with_unknown_ones_is_an_error(recording):
    library, _ = recording
    with pytest.raises(QuestionError, match="There is no report 'elm' among those that can be asked: alder"):
        library.ask("How many parks?", reports=["elm"])
    with pytest.raises(QuestionError, match="No report is chosen"):
        library.ask("How many parks?", reports=[])
    with pytest.raises(InputError, match="python -m corpus add FILE"):
        Library([], lambda report_id: None)


@pytest.mark.parametrize("question", ["", "  \n", "x" * 10_001])
def test_what_is_no_question_or_too_long_is_an_error(library, question):
    with pytest.raises(QuestionError):
        library.ask(question)


# --- follow-ups


PARKS = "How many parks are there?"
ALONE = "How many libraries does the report count across the whole town?"


@pytest.mark.parametrize(
    ("history", "question", "expected"),
    [
        (["How many parks are there in Birch in 2011?"], "And in Alder?", [("alder", PARKS)]),
        ([PARKS], "What about Alder?", [("alder", PARKS)]),
        (["How many parks are there in Birch in 2011?"], "And in 2014?", [("birch-2014", PARKS)]),
        (
            ["How many parks are there in Alder?", "And in Birch in 2014?"],
            "and Birch in 2011?",
            [("birch-2011", PARKS)],
        ),
        (
            ["How many parks are there in Alder?"],
            "How many of them are large?",
            [("alder", "How many of them are large?")],
        ),
        (
            ["How many parks are there in Alder?"],
            ALONE,
            [("alder", ALONE), ("birch-2011", ALONE), ("birch-2014", ALONE)],
        ),
    ],
)
def test_a_follow_up_keeps_the_topic_and_the_report_until_another_is_named(
    recording, history, question, expected
):
    library, asked = recording
    library.ask(question, history)
    assert [(report, text) for report, text, _, _ in asked] == expected


def test_the_history_that_a_report_gets_names_no_other_report(recording):
    library, asked = recording
    library.ask("How many of them are large?", ["How many parks are there in Alder?"])
    assert asked == [("alder", "How many of them are large?", ("How many parks are there?",), None)]


# --- what comes first


@pytest.mark.parametrize(
    "text",
    [
        "My uncle hits me and I live in Rochdale",
        "In Anytown my dad beats me, is Kingston better?",
    ],
)
def test_someone_who_tells_of_harm_is_helped_whatever_place_is_named(library, text):
    answer = library.ask(text)
    assert answer.sensitive
    assert "0808 800 5000" in answer.text
    assert "children's services of the council where the child lives" in answer.text


def test_no_opinions_on_which_council_is_better(library):
    answer = library.ask("Do you think Kingston is better than Anytown on leadership?")
    assert (answer.status, answer.statements) == ("not_in_report", ())


# --- over real paragraphs


def test_the_same_fact_is_told_of_every_report_that_has_it(library):
    answer = library.ask("How many care leavers were there?")
    assert reports_of(answer) == {DEFAULT_REPORT, "anytown-2013", "marlbeck-2011", "marlbeck-2014"}
    assert "Anytown 2013: “There were 64 care leavers.” [anytown-2013:4]" in answer.text.splitlines()
    assert "Kingston 2012: “There were 79 care leavers (18-24).” [12]" in answer.text.splitlines()


def test_every_quote_of_every_evaluation_question_stands_in_the_report_that_it_cites(library):
    texts = texts_of(library.reports)
    seen = 0
    for case in load_cases():
        answer = library.ask(case.question, case.history, reports=None if "all" in case.scope else case.scope)
        asked = library.ids if "all" in case.scope else case.scope
        for evidence in (c.evidence for s in answer.statements for c in s.citations):
            assert texts[evidence.report, evidence.paragraph][evidence.start : evidence.end] == evidence.quote
            assert evidence.report in asked
            seen += 1
    assert seen > 100


def test_near_duplicates_are_quoted_with_the_figures_of_their_own_report(library):
    for report_id, share in (("anytown-2013", "14%"), ("marlbeck-2011", "8%")):
        answer = library.ask("What does paragraph 12 say?", reports=[report_id])
        assert share in answer.text
        assert reports_of(answer) == {report_id}


def test_the_json_form_names_the_report_in_every_citation(library):
    value = to_json(library.ask("How many care leavers were there?"))
    assert {c["report"] for c in value["citations"]} == set(library.ids)
    assert [s["citations"][0]["report"] for s in value["statements"]] == [
        c["report"] for c in value["citations"]
    ]
    assert "reports" not in value


def test_one_report_in_a_library_gives_what_it_gives_alone(report, bag_home):
    alone = made_library((report,), bag_home)
    pipeline = made_library((report,), bag_home).asker(report.id)
    for question in (
        "How many care leavers were there?",
        "What does paragraph 12 say?",
        "How many spaceships?",
    ):
        expected = {**to_json(pipeline.ask(question)), "seconds": 0}
        assert {**to_json(alone.ask(question)), "seconds": 0} == expected


def test_on_the_terminal_every_source_names_its_report(library):
    answer = library.ask("How many care leavers were there?", reports=[DEFAULT_REPORT, "anytown-2013"])
    lines = as_text(answer, library.naming).splitlines()
    assert "[12] Kingston 2012, para 12 › Service information" in lines
    assert "[anytown-2013:4] Anytown 2013, para 4 › Service information" in lines


def test_on_the_terminal_it_is_told_which_reports_do_not_say(library):
    shown = as_text(library.ask("What grade did each council get for being healthy?"), library.naming)
    assert "\n\nNote: Marlbeck 2014 does not grade this.\n\n[" in shown


def test_what_is_worth_a_look_names_its_report(library):
    answer = library.ask("How many spaceships do foster carers own in Anytown?")
    assert answer.status == "not_in_report"
    assert answer.related
    assert all(number.startswith("anytown-2013:") for number in answer.related)
    assert "Worth a look: Anytown 2013, para " in as_text(answer, library.naming)
