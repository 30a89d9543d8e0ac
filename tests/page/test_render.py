import re

import pytest

from corpus.library import load
from qa.note.places import full_name
from qa.page.render import answer_message, pending_message, problem_message, question_message
from qa.page.sources import anchor, link, listed, short_name
from qa.values import Answer, Citation, Considered, Evidence, Removed, Statement
from tests.page.fakes import HOSTILE


@pytest.fixture(scope="module")
def report():
    return load()


def cited(report, number, start, end):
    paragraph = report.get(number)
    return Citation(Evidence(report.id, number, paragraph.text[start:end], start, end), paragraph.section)


def answer(report, *statements, status="answered", **more):
    return Answer("How many?", status, "text", report.id, statements, **more)


def test_a_question_is_shown_literally():
    made = question_message("<img src=x> ![](http://e.invalid) # heading\n**bold**")
    assert '<p dir="auto">&lt;img src=x&gt; ![](http://e.invalid) # heading\n**bold**</p>' in made


def test_a_message_says_who_speaks():
    assert '<h3 class="hidden">Your question</h3>' in question_message("x")
    assert '<article class="message user" data-testid="user">' in question_message("x")
    assert '<article class="message bot" data-testid="bot">' in pending_message("x", load())


def test_a_problem_is_escaped():
    assert '<p class="problem">&lt;b&gt;</p>' in problem_message("<b>")


def test_a_citation_leads_to_its_paragraph_and_carries_its_place_and_quote(report):
    made = answer_message(answer(report, Statement("There were 133.", (cited(report, "12", 0, 29),))), report)
    assert (
        '<span class="refs">para\N{NO-BREAK SPACE}'
        '<a href="#para-12" class="cite at-0-29" title="At the time of the inspection" '
        'aria-label="Paragraph 12">12</a></span>'
    ) in made


def test_a_quote_stands_under_the_statement_that_does_not_say_it(report):
    made = answer_message(answer(report, Statement("There were 133.", (cited(report, "12", 0, 29),))), report)
    assert "<blockquote><p>At the time of the inspection</p></blockquote>" in made
    assert "<figcaption><cite>Paragraph 12, Service information</cite></figcaption>" in made


def test_a_statement_that_is_the_quote_does_not_repeat_it(report):
    said = Statement("“At the time of the inspection”", (cited(report, "12", 0, 29),))
    made = answer_message(answer(report, said), report)
    assert made.count("At the time of the inspection") == 2  # the statement and the tooltip
    assert "<blockquote>" not in made


def test_a_quote_whose_words_the_statement_says_in_another_form_is_not_repeated(report):
    row = report.get("findings").text.index("Leadership and management\tInadequate")
    evidence = cited(report, "findings", row, row + 36)
    assert evidence.evidence.quote == "Leadership and management\tInadequate"
    said = Statement("Safeguarding services – Leadership and management: Inadequate.", (evidence,))
    assert "<blockquote>" not in answer_message(answer(report, said), report)


def test_quotes_after_a_colon_are_the_points_of_a_list(report):
    said = [Statement(words, ()) for words in ("Within three months:", "“one”", "“two”", "Then.", "“three”")]
    shown = re.search(r'<div class="statements">.*</div>', answer_message(answer(report, *said), report))[0]
    parts = re.sub(r"</?(?:div|p|details|summary)[^>]*>", "", shown)
    assert parts.startswith(
        'Within three months:<ul class="points"><li>“one”</li><li>“two”</li></ul>Then.“three”'
    )


def test_two_quotes_of_one_paragraph_share_a_link_and_paragraphs_keep_their_order(report):
    said = Statement("x", (cited(report, "79", 0, 5), cited(report, "12", 0, 2), cited(report, "79", 9, 12)))
    refs = re.search(r'<span class="refs">.*?</span>', answer_message(answer(report, said), report))[0]
    assert re.findall(r'class="([^"]+)"', refs) == ["refs", "cite at-0-5 at-9-12", "cite at-0-2"]
    assert re.sub(r"<[^>]+>", "", refs) == "paras\N{NO-BREAK SPACE}79, 12"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("answered", "Answered in the report"),
        ("partial", "Partly answered in the report"),
        ("not_in_report", "Not in the report"),
    ],
)
def test_the_status_is_said_in_words(report, status, words):
    made = answer_message(answer(report, status=status, reason="r"), report)
    assert re.search(rf'<p class="status {status.replace("_", "-")}">.*?</span>{words}</p>', made)


def test_a_refusal_says_what_is_missing_and_offers_paragraphs(report):
    refusal = answer(report, status="not_in_report", reason="no figure for <2009>", related=("9", "9999"))
    made = answer_message(refusal, report)
    assert '<p class="reason"><strong>What is missing: </strong>no figure for &lt;2009&gt;</p>' in made
    assert "<h4>Paragraphs worth a look</h4>" in made
    assert re.findall(r'href="([^"]+)"', made) == ["#para-9"]
    assert "Safeguarding and social care services consist of" in made


def test_what_is_missing_is_said_once(report):
    words = "The report does not say: no figure for 2009."
    refusal = Answer("q", "not_in_report", words, report.id, reason="No figure for 2009")
    assert answer_message(refusal, report).count("figure for 2009") == 1


def test_an_answer_offers_related_paragraphs_on_one_line(report):
    made = answer_message(answer(report, Statement("x", ()), related=("13", "findings")), report)
    line = re.search(r'<p class="see-also">.*?</p>', made)[0]
    assert re.sub(r"<[^>]+>", "", line) == "See also paras\N{NO-BREAK SPACE}13, main findings"
    assert 'title="The overall effectiveness of safeguarding services is inadequate.' in line


def test_an_answer_has_no_reason(report):
    assert "What is missing" not in answer_message(answer(report, reason=None), report)


def test_how_it_was_found_is_folded_away(report):
    considered = (Considered("12", 0.914, ("words", "meaning <1>")), Considered("9999", 0.5, ()))
    made = answer_message(answer(report, considered=considered, understood="How many children?"), report)
    assert "<summary>How this was found</summary>" in made
    assert "<details open" not in made
    assert "Understood as: How many children?" in made
    assert "0.91 – words; meaning &lt;1&gt;" in made
    assert "para\N{NO-BREAK SPACE}9999" in re.sub(r"<[^>]+>", "", made)
    assert 'href="#para-9999"' not in made


def test_removed_statements_are_counted_but_not_shown(report):
    made = answer_message(answer(report, removed=(Removed("It was 92.", ("12",), ("number",)),)), report)
    assert "One statement was taken out" in made
    assert "92" not in made


def test_a_disclosure_gets_help_and_nothing_else(report):
    refusal = Answer("q", "not_in_report", "Call 999.", report.id, reason="r", related=("9",), sensitive=True)
    made = answer_message(refusal, report)
    assert re.findall(r">([^<]+)<", made) == ["Answer", "Where to get help", "Call 999."]


def test_lists_in_a_statement_are_lists(report):
    made = answer_message(answer(report, Statement("Immediately:\n- one\n- two", ())), report)
    assert "<p>Immediately:</p><ul><li>one</li><li>two</li></ul>" in made


def test_hostile_text_of_an_answer_stays_text(report):
    evidence = Citation(Evidence(report.id, "12", HOSTILE, 0, 5), (HOSTILE,))
    hostile = Answer(
        HOSTILE,
        "partial",
        HOSTILE,
        report.id,
        (Statement(HOSTILE + "x", (evidence,)), Statement("y", (evidence,))),
        related=(HOSTILE,),
        reason=HOSTILE,
        generator=HOSTILE,
        understood=HOSTILE + "?",
        considered=(Considered(HOSTILE, 1.0, (HOSTILE,)),),
    )
    made = answer_message(hostile, report) + question_message(HOSTILE) + problem_message(HOSTILE)
    assert not re.search(r"<(?:img|script|/textarea)", made)
    assert "\u202e" not in made


def test_a_long_quote_is_cut_in_the_tooltip_only(report):
    text = report.get("12").text
    made = answer_message(answer(report, Statement("x", (cited(report, "12", 0, len(text)),))), report)
    title = re.search(r'title="([^"]*)"', made)[1]
    assert len(title) <= 402
    assert title.endswith(" …")
    assert "outside the local authority area.</p></blockquote>" in made


def test_only_other_reports_are_named_in_an_anchor():
    assert anchor("kingston-2012", "12") == "para-12"
    assert anchor("other-2013", "3.10") == "para-other-2013-3.10"


def test_named_sources_have_names(report):
    assert [short_name("findings"), short_name("front"), short_name("12")] == [
        "main findings",
        "title page",
        "12",
    ]
    assert full_name("findings") == "Record of main findings"
    assert 'href="#para-findings"' in link(report, "findings")
    assert re.sub(r"<[^>]+>", "", listed((link(report, "findings"),), ("findings",))) == "main findings"
