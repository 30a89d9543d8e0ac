import re

from evals.expected import expected_sentences, known_paragraphs
from evals.html import to_html
from evals.summary import Evaluation
from evals.values import Reply, Run

EVIL = "<img src=x onerror=alert(1)> & \"quoted\" 'too'"


def page(make_case, make_result, report):
    cases = [
        make_case(id="a", question=EVIL, history=[EVIL], note=EVIL, forbidden=["<b>"]),
        make_case(id="b", split="test", must_pass=True),
    ]
    replies = [
        Reply("answered", EVIL, ("9<",), reason=EVIL, related=("<i>",)),
        Reply("answered", "91 [1]", ("1",)),
    ]
    results = tuple(make_result(case, reply) for case, reply in zip(cases, replies, strict=True))
    return to_html(Evaluation((Run("ours", EVIL, results),), {"report": EVIL}), report)


def test_everything_is_escaped(make_case, make_result, report):
    html = page(make_case, make_result, report)
    assert "<img" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "A small &lt;report&gt;" in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quoted&quot; &#x27;too&#x27;") >= 6


def test_nothing_is_asked_of_the_network(make_case, make_result, report):
    html = page(make_case, make_result, report)
    assert "default-src 'none'" in html
    assert re.findall(r"(?:src|href)=\"?https?:|@import|url\(", html) == []


def test_every_question_has_its_verdict_and_both_answers(make_case, make_result, report):
    html = page(make_case, make_result, report)
    assert html.count("<article") == 2
    assert '<article class="wrong" id="case-a">' in html
    assert '<article class="right" id="case-b">' in html
    assert "b · fact · plain · test · must pass" in html
    assert "<p>There were 91 children on plans. <cite>[1]</cite></p>" in html
    assert '<p class="answer">91 [1]</p>' in html
    assert "1 of 2 replies are right; of the 1 wrong ones, 0 must pass." in html
    assert "Failed only (1)" in html


def test_a_very_long_question_is_cut(make_case, make_result, report):
    result = make_result(make_case(question="x" * 3000), Reply("not_in_report", "No."))
    html = to_html(Evaluation((Run("ours", "", (result,)),), {}), report)
    assert f"<h3>{'x' * 600}… (3000 characters)</h3>" in html


def test_the_expected_words_are_the_sentences_that_hold_the_facts(make_case, report):
    case = make_case(
        required=[["3"], ["2"]], acceptable=["1", "2"], facts=["eleven", "missed", r"\b91\b", "nowhere"]
    )
    assert known_paragraphs(case) == ("3", "2", "1")
    assert expected_sentences(case, report) == (
        ("2", "Eleven per cent were missed."),
        ("1", "There were 91 children on plans."),
    )


def test_a_fact_over_two_sentences_is_shown_by_the_first(make_case, report):
    case = make_case(required=[["2"]], facts=["late.*eleven"])
    assert expected_sentences(case, report) == (("2", "Visits were late."),)
