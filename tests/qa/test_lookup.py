"""Paragraphs by number and sections by name."""

import pytest

from qa.lookup import lookup_paragraphs, lookup_section, topic_within

LIMIT = 350  # words of an answer that shows paragraphs


@pytest.fixture(scope="module")
def look(source, ask):
    return lambda text: lookup_paragraphs(ask(text), source)


@pytest.mark.parametrize("number", ["1", "12", "79", "90", "99", "170"])
@pytest.mark.parametrize("asked", ["para {}", "¶{}?", "what does paragraph {} say?", "{}"])
def test_a_paragraph_asked_for_by_number_is_shown_whole(look, cited, report, number, asked):
    answer = look(asked.format(number))
    assert (answer.status, answer.reason, cited(answer)) == ("answered", None, [number])
    assert answer.statements[0].citations[0].evidence.quote == report.get(number).text


@pytest.mark.parametrize("asked", ["¶171?", "para 171", "paragraph 0", "paragraphs 180 to 190"])
def test_a_paragraph_that_does_not_exist_is_refused_saying_which_do(look, asked):
    answer = look(asked)
    assert (answer.status, answer.statements) == ("not_in_report", ())
    assert "1" in answer.text
    assert "170" in answer.text
    assert answer.reason


def test_beyond_the_end_the_last_paragraph_is_worth_a_look(look):
    assert look("¶171").related == ("170",)


@pytest.mark.parametrize("asked", ["169-172", "paragraphs 169 to 172", "paras 169–172 please"])
def test_a_range_that_is_partly_there_is_partial_and_says_what_is_missing(look, cited, asked):
    answer = look(asked)
    assert (answer.status, cited(answer)) == ("partial", ["169", "170"])
    assert "171" in answer.reason
    assert "172" in answer.reason


def test_a_range_shows_every_paragraph_in_order_within_the_limit(look, cited):
    answer = look("summarise 44 to 46")
    assert (answer.status, cited(answer)) == ("answered", ["44", "45", "46"])
    assert len(answer.text.split()) <= LIMIT


@pytest.mark.parametrize(
    ("number", "counts"),
    [
        ("25", "21 actions: 6 immediately, 11 within three months, 4 within six months"),
        ("97", "15 actions: 3 immediately, 7 within three months, 5 within six months"),
    ],
)
def test_a_long_list_of_actions_gives_its_lead_in_and_counts(look, cited, number, counts):
    answer = look(f"para {number}")
    assert (answer.status, cited(answer)) == ("answered", [number])
    assert "should take the following action" in answer.statements[0].text
    assert counts in answer.text
    assert len(answer.text.split()) <= 100


@pytest.mark.parametrize("number", ["25", "97"])
@pytest.mark.parametrize("asked", ["paragraph {} in full", "the full text of paragraph {}"])
def test_in_full_means_in_full_after_the_number_of_actions_by_deadline(look, report, number, asked):
    answer = look(asked.format(number))
    assert "actions: " in answer.statements[0].text
    assert answer.statements[1].citations[0].evidence.quote == report.get(number).text


@pytest.mark.parametrize("number", [str(n) for n in range(1, 171)])
def test_every_paragraph_can_be_looked_up_within_the_limit(look, cited, number):
    answer = look(f"paragraph {number}")
    assert (answer.status, cited(answer)) == ("answered", [number])
    assert len(answer.text.split()) <= LIMIT


def test_a_question_about_something_in_a_paragraph_is_confined_to_it(source, ask):
    only, topic = topic_within(ask("what does paragraph 12 say about foster carers"), source)
    assert only == {"12"}
    assert "foster carers" in topic


@pytest.mark.parametrize("text", ["para 12", "what does paragraph 171 say about audits", "foster carers"])
def test_nothing_is_confined_without_a_paragraph_and_a_topic(source, ask, text):
    assert topic_within(ask(text), source) is None


@pytest.mark.parametrize("text", ["How many foster carers?", "what happened in 2012", ""])
def test_other_questions_are_no_look_up(look, text):
    assert look(text) is None


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("show me the section on partnership working", [str(n) for n in range(83, 90)]),
        ("What does the part called 'Service information' contain?", [str(n) for n in range(4, 13)]),
        ("the section Being healthy", [str(n) for n in range(98, 109)]),
        ("what does the section on economic well-being say", [str(n) for n in range(137, 145)]),
    ],
)
def test_a_section_named_shows_its_paragraphs_within_the_limit(source, ask, cited, text, paragraphs):
    answer = lookup_section(ask(text), source)
    assert answer.status == "answered"
    assert cited(answer) == paragraphs[: len(cited(answer))]
    assert cited(answer)[0] == paragraphs[0]
    assert set(answer.related) == set(paragraphs) - set(cited(answer))
    assert len(answer.text.split()) <= LIMIT


@pytest.mark.parametrize(
    ("text", "number"), [("record of main findings", "findings"), ("the title page", "front")]
)
def test_named_sources_can_be_shown(source, ask, cited, text, number):
    answer = lookup_section(ask(text), source)
    assert (answer.status, cited(answer)) == ("answered", [number])
