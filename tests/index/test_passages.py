from corpus.values import Paragraph
from index.passages import Passage, passages


def test_a_paragraph_is_embedded_with_its_section_path(report):
    first = passages(report)[0]
    text = "About > Numbers\nThe council looks after 133 children. It has 50 foster carers."
    assert first == Passage("paragraph", "1", 0, 62, text)


def test_a_paragraph_without_a_section_is_embedded_as_it_is(report):
    fourth = passages(report)[2]
    assert fourth.text == report.paragraphs[2].text


def test_sentences_are_embedded_as_they_are_list_items_included(report):
    sentences = [p for p in passages(report) if p.kind == "sentence" and p.paragraph in ("1", "3.10")]
    assert sentences == [
        Passage("sentence", "1", 0, 37, "The council looks after 133 children."),
        Passage("sentence", "1", 38, 62, "It has 50 foster carers."),
        Passage("sentence", "3.10", 0, 15, "Health is good:"),
        Passage("sentence", "3.10", 18, 46, "dentists see 16/17 year olds"),
        Passage("sentence", "3.10", 49, 66, "nurses visit A&E."),
    ]


def test_a_question_points_at_the_words_that_answer_it(report, expansions):
    questions = [p for p in passages(report, expansions) if p.kind == "question"]
    assert questions == [
        Passage("question", "1", 38, 62, "How many fostering families?"),
        Passage("question", "1", 38, 62, "carer headcount"),
        Passage("question", "3.10", 18, 66, "Who checks teeth?"),
    ]


def test_rows_are_words_and_a_judgement_carries_its_half(report):
    rows = [p for p in passages(report) if p.kind == "row"]
    assert rows == [
        Passage("row", "findings", 13, 36, "Safeguarding – Staying safe: Inadequate"),
        Passage("row", "findings", 50, 67, "Looked after – Staying safe: Good"),
        Passage("row", "4", 14, 43, "Good: Exceeds what is required"),
        Passage("row", "4", 44, 54, "Poor: Fails"),
    ]


def test_sentences_and_rows_stand_where_they_say(report, expansions):
    texts = {p.number: p.text for p in report.paragraphs}
    for passage in passages(report, expansions):
        located = texts[passage.paragraph][passage.start : passage.end]
        assert located.strip() == located != ""
        if passage.kind == "sentence":
            assert located == passage.text


def test_a_row_of_one_cell_or_one_that_is_not_in_the_text_gives_no_passage(report):
    from dataclasses import replace

    table = Paragraph("sample", "5", "Heading\nA\tB", rows=(("Heading",), ("A", "B"), ("C", "D")))
    rows = [p for p in passages(replace(report, paragraphs=(table,), judgements=())) if p.kind == "row"]
    assert rows == [Passage("row", "5", 8, 11, "A: B")]
