"""Whether a sentence is praise, criticism or neither: a criticism among the strengths is the worst mistake."""

import pytest

from corpus.library import load
from corpus.sentences import sentence_spans
from qa.brief.leaning import leaning

STRENGTHS = [
    "Partnerships with schools are strong and valued by parents.",
    "The service is well established and provides effective support to families.",
    "Take-up of training is good, with nine in ten carers having completed it.",
    "Work with schools is strong and use of the funding is effective.",
    "Swift and decisive action was taken to address all the issues identified.",
    "Pupils' sense of safety has improved year on year and is one of the highest nationally.",
    "Arrangements are coordinated and delivered well across the partnership.",
]
WEAKNESSES = [
    "Managerial oversight at all levels is not robust and is a serious area of weakness.",
    "There is little evidence of appropriate challenge to improve outcomes for children.",
    "Statutory requirements are not met consistently.",
    "Although reviews are mostly held on time, the quality of plans is too variable.",
    "Initiatives were popular and successful, but have been discontinued.",
    "Not all children in need are offered advocacy and this is a gap.",
    "Supervision does not routinely address the quality of work undertaken.",
    "Robust arrangements are not in place for children who go missing from home.",
    "Arrangements need to be more firmly embedded within the service.",
    "Managers have not provided enough oversight of these cases to ensure good plans.",
]
NEITHER = [
    # Facts and grades in the middle of the scale.
    "There were 91 children subject to child protection plans.",
    "Partnership working is adequate.",
    "The council currently has 50 foster carers, including kinship foster carers.",
    # Praise with a limit, criticism that was put right, and what is only meant to be.
    "Partnership working is effective in some areas.",
    "Attendance is good, although some parents were not told.",
    "After a slow start, all families are now being helped to make important changes.",
    "A more proactive approach is needed across health partners with a view to early intervention.",
    "The council is aware that gaps remain and is taking appropriate action to address them.",
    "Schools are exploring the most effective way to use the funding.",
    "The attainment gap between these pupils and others is closing.",
    "Effective leadership has been significantly affected by interim staffing arrangements.",
    # Words that sound like a judgement and are none.
    "Children who are unable to return home are found permanent families.",
    "Conference chairs raise alerts if they see poor social work practice.",
    "The best plans gave a clear overview of the child and were of high quality.",
    "All those failing to reach the target are closely monitored.",
    "Where the threshold for assessment is not met, children are signposted to early help.",
    "While there are no representatives on site, there are clear and effective protocols in place.",
    # Requests and pieces.
    "Ensure that supervision is reflective, challenging and effective in all teams.",
    "How good are outcomes for looked after children?",
    "Good\tA service that exceeds minimum requirements.",
    "review the template and ensure that plans are robust with measurable outcomes",
]


@pytest.mark.parametrize("sentence", STRENGTHS)
def test_plain_praise_is_a_strength(sentence):
    assert leaning(sentence) == "strength"


@pytest.mark.parametrize("sentence", WEAKNESSES)
def test_what_comes_to_criticism_is_a_weakness(sentence):
    assert leaning(sentence) == "weakness"


@pytest.mark.parametrize("sentence", NEITHER)
def test_what_is_neither_or_in_doubt_is_neither(sentence):
    assert leaning(sentence) == "other"


BLUNT = (
    "inadequate",
    "insufficient",
    "weakness",
    "failed",
    "failings",
    "shortcomings",
    "poor",
    "lack of",
    "not ",
)


def test_no_sentence_of_the_report_with_a_blunt_word_is_a_strength():
    found = [
        paragraph.text[start:end]
        for paragraph in load().paragraphs
        for start, end in sentence_spans(paragraph.text)
        if leaning(paragraph.text[start:end]) == "strength"
    ]
    assert len(found) > 100
    assert [sentence for sentence in found if any(word in sentence.lower() for word in BLUNT)] == []


def test_no_sentence_that_gives_a_good_grade_is_a_weakness():
    found = [
        paragraph.text[start:end]
        for paragraph in load().paragraphs
        for start, end in sentence_spans(paragraph.text)
        if leaning(paragraph.text[start:end]) == "weakness"
    ]
    assert len(found) > 100
    assert [s for s in found if s.endswith((" is good.", " are good.", " is outstanding."))] == []
