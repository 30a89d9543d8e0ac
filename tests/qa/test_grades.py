"""Answers about grades: from the record of main findings, the headings and the scale."""

import pytest

from qa.grades import find_scale, grade_answer

SAFE, CARE = "Safeguarding services", "Services for looked after children"


@pytest.fixture(scope="module")
def grade(source, ask):
    return lambda text: grade_answer(ask(text), source)


def test_the_scale_is_read_from_its_table_best_grade_first(source):
    scale = find_scale(source)
    assert scale.paragraph.number == "3"
    assert scale.names == ("Outstanding", "Good", "Adequate", "Inadequate")
    text = scale.paragraph.text
    assert [text[start:end].split("\t")[1] for _, start, end in scale.rows] == [
        "A service that significantly exceeds minimum requirements",
        "A service that exceeds minimum requirements",
        "A service that only meets minimum requirements",
        "A service that does not meet minimum requirements",
    ]


@pytest.mark.parametrize(
    ("question", "rows", "paragraphs"),
    [
        (
            "What grade did leadership and management get?",
            [
                (SAFE, "Leadership and management", "Inadequate"),
                (CARE, "Leadership and management", "Inadequate"),
            ],
            {"findings", "75", "161"},
        ),
        (
            "What grade did leadership and management get for looked after children?",
            [(CARE, "Leadership and management", "Inadequate")],
            {"findings", "161"},
        ),
        (
            "What was the overall effectiveness of safeguarding rated?",
            [(SAFE, "Overall effectiveness", "Inadequate")],
            {"findings", "13"},
        ),
        (
            "How was the contribution of health agencies graded?",
            [(SAFE, "The contribution of health agencies to keeping children and young people safe", "Good")],
            {"findings", "44"},
        ),
        (
            "I look at how police and charities pull together. How was that judged?",
            [(SAFE, "Partnership working", "Adequate")],
            {"findings", "83"},
        ),
        (
            "how did they do on checking their own child protection work, pass or fail?",
            [(SAFE, "Performance management and quality assurance", "Inadequate")],
            {"findings", "79"},
        ),
        (
            "Why was schooling for children in care rated inadequate?",
            [(CARE, "Enjoying and achieving", "Good")],
            {"findings", "119"},
        ),
        (
            "did the kids in care half come out better than the child protection half",
            [(SAFE, "Overall effectiveness", "Inadequate"), (CARE, "Overall effectiveness", "Adequate")],
            {"findings", "13", "90"},
        ),
        ("How was being healthy judged?", [(CARE, "Being healthy", "Adequate")], {"findings", "98"}),
        (
            "what was partnership working graded as",
            [(SAFE, "Partnership working", "Adequate")],
            {"findings", "83"},
        ),
        (
            "Compare the grades for quality of provision in both halves",
            [(SAFE, "Quality of provision", "Inadequate"), (CARE, "Quality of provision", "Adequate")],
            {"findings", "35", "145"},
        ),
    ],
)
def test_the_grade_of_an_area_is_told_for_each_half_asked(grade, cited, question, rows, paragraphs):
    answer = grade(question)
    told = [s.text for s in answer.statements if s.citations[0].evidence.paragraph == "findings"]
    assert answer.status == "answered"
    assert [all(word in text for word in row) for text, row in zip(told, rows, strict=True)] == [True] * len(
        rows
    )
    assert {"findings"} <= set(cited(answer)) <= paragraphs


@pytest.mark.parametrize(
    ("question", "count", "areas"),
    [
        ("which areas were good", "2", ["The contribution of health agencies", "Enjoying and achieving"]),
        ("how many were inadequate", "7", ["Leadership and management", "Performance management"]),
        ("How many areas were judged adequate?", "13", ["Partnership working", "Economic well-being"]),
        (
            "how many judgements for looked after children were inadequate?",
            "2",
            ["Leadership and management"],
        ),
        ("How many safeguarding areas were inadequate?", "5", ["Quality of provision"]),
    ],
)
def test_areas_of_a_grade_are_counted_and_named(grade, cited, question, count, areas):
    answer = grade(question)
    assert (answer.status, cited(answer)) == ("answered", ["findings"])
    assert answer.text.startswith(f"{count} of the ")
    assert [area for area in areas if area not in answer.text] == []
    assert len(answer.statements[0].citations) == int(count)


@pytest.mark.parametrize("question", ["how many areas were outstanding", "Which areas got the top grade?"])
def test_a_grade_that_nothing_got_is_answered_with_none(grade, cited, question):
    answer = grade(question)
    assert (answer.status, cited(answer)) == ("answered", ["findings"])
    assert answer.text.startswith("None of the 22 judgements")


@pytest.mark.parametrize(
    ("question", "meaning"),
    [
        ("what does adequate mean", "A service that only meets minimum requirements"),
        ("What is meant by inadequate?", "A service that does not meet minimum requirements"),
        ("define outstanding", "A service that significantly exceeds minimum requirements"),
    ],
)
def test_what_a_grade_means_is_quoted_from_the_scale(grade, cited, question, meaning):
    answer = grade(question)
    assert (answer.status, cited(answer)) == ("answered", ["3"])
    assert meaning in answer.text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("why was education rated inadequate?", "Enjoying and achieving: Good"),
        ("Why were the health agencies judged inadequate?", "Good"),
        ("Was overall effectiveness of safeguarding judged outstanding?", "Inadequate"),
    ],
)
def test_a_false_premise_is_corrected_with_the_real_grade(grade, cited, question, says):
    answer = grade(question)
    assert answer.status == "answered"
    assert says in answer.text
    assert "findings" in cited(answer)


@pytest.mark.parametrize(
    "question",
    [
        "How many foster carers are there?",
        "Why was leadership and management inadequate?",
        "What is the current Ofsted rating today?",
        "How many children were adopted?",
        "which schools are failing",
    ],
)
def test_other_questions_are_left_to_the_evidence(grade, question):
    assert grade(question) is None


def test_the_word_of_a_grade_beside_another_subject_is_no_question_about_grades(grade):
    assert grade("What is an adequate supply of foster carers?") is None


def test_every_row_of_the_record_can_be_asked_for(grade, source):
    for judgement in source.report.judgements:
        half = "safeguarding" if judgement.part == SAFE else "looked after children"
        answer = grade(f"What grade was given for {judgement.area} in the {half} half?")
        assert answer is not None, judgement
        first = answer.statements[0]
        assert judgement.grade in first.text, judgement
        evidence = first.citations[0].evidence
        assert (evidence.start, evidence.end) == (judgement.start, judgement.end)
