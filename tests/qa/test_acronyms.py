"""Short forms that the report spells out."""

import pytest

from corpus.values import Paragraph
from qa.acronyms import acronym_answer, expand, find_acronyms, long_form, usual_acronyms


@pytest.mark.parametrize(
    ("short", "before", "long"),
    [
        ("LSCB", "the Local Safeguarding Children Board ", "Local Safeguarding Children Board"),
        ("CAF", "a common assessment framework ", "common assessment framework"),
        ("KF-CFC", "the Kingston Fostered and Cared For Council ", "Kingston Fostered and Cared For Council"),
        ("PASS", "Pupil Attitudes to Self and School ", "Pupil Attitudes to Self and School"),
        ("HMI", "Her Majesty's Inspectors ", "Her Majesty's Inspectors"),
        ("XYZ", "nothing of the kind ", None),
        ("ISIS", "", None),
    ],
)
def test_the_long_form_is_the_words_whose_letters_the_short_form_has(short, before, long):
    assert long_form(short, before) == long


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("LADO", "Local Authority Designated Officer"),
        ("MARAC", "multi-agency risk assessment conference"),
        ("ASKK", "Advancing Services for Kingston Kids"),
        ("FASS", "Family and Advice and Support Service"),
        ("LSCB", "Local Safeguarding Children Board"),
        ("CAMHS", "children and adolescent mental health services"),
        ("KF-CFC", "Kingston Fostered and Cared For Council"),
        ("PCT", "Primary Care Trust"),
        ("PASS", "Pupil Attitudes to Self and School"),
        ("ESOL", "English for Speakers of Other Languages"),
    ],
)
def test_the_shipped_report_spells_out(acronyms, report, short, long):
    first = next(a for a in acronyms if a.short == short)
    assert first.long == long
    sentence = report.get(first.paragraph).text[first.start : first.end]
    assert f"{long} ({short})" in sentence


def test_the_short_form_of_accident_and_emergency_is_not_cut(acronyms):
    assert [a.long for a in acronyms if a.short == "A&E" and a.long == "and Emergency"] == []


def test_a_form_that_is_only_used_is_not_spelt_out(acronyms):
    assert [a for a in acronyms if a.short == "ISIS"] == []


def test_bracketed_words_are_no_short_forms():
    paragraph = Paragraph(
        "x", "1", "A team of inspectors (Ofsted) came to the Local Board (see Annex) on time."
    )
    assert find_acronyms([paragraph]) == ()


@pytest.mark.parametrize("short", ["LADO", "MARAC", "ASKK", "FASS", "KF-CFC", "PCT", "PASS", "CAMHS"])
@pytest.mark.parametrize("asked", ["what does {} stand for?", "What is the full name of {}?", "spell out {}"])
def test_what_a_short_form_stands_for_is_quoted(source, acronyms, ask, cited, short, asked):
    answer = acronym_answer(ask(asked.format(short)), source, acronyms)
    spelt = {a.paragraph: a.long for a in acronyms if a.short == short}
    assert answer.status == "answered"
    [number] = cited(answer)
    assert spelt[number] in answer.text


@pytest.mark.parametrize("asked", ["What does ISIS stand for?", "ISIS - full name?"])
def test_a_short_form_that_is_not_spelt_out_is_refused_with_its_paragraph(source, acronyms, ask, asked):
    answer = acronym_answer(ask(asked), source, acronyms)
    assert (answer.status, answer.statements, answer.related) == ("not_in_report", (), ("53",))
    assert "ISIS" in answer.text


def test_a_short_form_that_the_report_lacks_is_refused(source, acronyms, ask):
    answer = acronym_answer(ask("What does NATO stand for?"), source, acronyms)
    assert (answer.status, answer.related) == ("not_in_report", ())
    assert "NATO" in answer.text


def test_other_questions_with_a_short_form_are_left_to_the_evidence(source, acronyms, ask):
    assert acronym_answer(ask("Who chairs the LSCB?"), source, acronyms) is None


def test_a_question_with_a_short_form_gets_the_long_one_too(acronyms):
    assert expand("who is the LADO?", acronyms) == "who is the LADO? (Local Authority Designated Officer)"
    assert expand("who is the lado?", acronyms) == "who is the lado? (Local Authority Designated Officer)"
    assert expand("who chairs it?", acronyms) == "who chairs it?"


def test_short_forms_of_the_field_that_the_report_never_prints_are_spelt_out(report):
    usual = usual_acronyms(report.paragraphs)
    assert ("IRO", "independent reviewing officer") in usual
    assert (
        expand("how do I reach my IRO", (), usual) == "how do I reach my IRO (independent reviewing officer)"
    )
    assert expand("how do I reach my GP", (), usual) == "how do I reach my GP"


def test_short_forms_that_the_report_prints_or_whose_long_form_it_lacks_are_left_alone(report):
    assert not {"CAF", "ICPC"} & {short for short, _ in usual_acronyms(report.paragraphs)}


@pytest.mark.parametrize("question", ["What is a PCT in this report?", "What's MARAC?", "LADO meaning"])
def test_asking_what_a_short_form_is_and_nothing_else_asks_for_its_spelling_out(
    question, source, ask, acronyms
):
    found = acronym_answer(ask(question), source, acronyms)
    assert found.status == "answered"


def test_asking_more_of_a_short_form_is_another_question(source, ask, acronyms):
    assert acronym_answer(ask("What is MARAC doing well?"), source, acronyms) is None


def test_a_form_that_is_asked_for_outright_and_never_spelt_out_is_refused(source, ask, acronyms):
    found = acronym_answer(ask("What is BTEC short for?"), source, acronyms)
    assert found.text == "The report uses “BTEC” but does not say what it stands for."
