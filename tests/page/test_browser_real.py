"""The page as ``python app.py`` serves it, with real answers, in a real browser."""

import pytest

from qa.page.log import EXAMPLES
from tests.page.test_browser import IN_VIEW, PLANS, SENTENCE, answered, ask, until

pytestmark = [pytest.mark.browser, pytest.mark.encoder]

LOADING = 120  # seconds: the first question waits until the encoder is loaded


def test_a_question_is_answered_with_the_sentence_marked(open_page, real_page):
    page = open_page(real_page)
    ask(page, PLANS)
    answer = answered(page, seconds=LOADING)
    assert "91" in answer.inner_text()
    answer.locator("a[href='#para-12']").first.click()
    assert SENTENCE in page.inner_text("#para-12 mark")
    until(page, IN_VIEW, "#para-12 mark")


@pytest.mark.parametrize("question", EXAMPLES)
def test_every_example_is_answered_and_its_evidence_can_be_seen(open_page, real_page, question):
    page = open_page(real_page)
    page.click(f"button.example:has-text('{question}')")
    answer = answered(page, seconds=LOADING)
    assert "Answered in the report" in answer.inner_text()
    link = answer.locator(".statement a.cite").first
    link.click()
    assert page.locator(f"{link.get_attribute('href')} mark").count() >= 1


def test_a_question_off_the_report_is_refused(open_page, real_page):
    page = open_page(real_page)
    ask(page, "What is the capital of France?")
    assert "Not in the report" in answered(page, seconds=LOADING).inner_text()


def test_a_question_of_100_kb_gets_a_message(open_page, real_page):
    page = open_page(real_page)
    ask(page, "x" * 100_000)
    page.wait_for_selector("#problem p:not(:empty)", timeout=LOADING * 1000)
    assert page.inner_text("#problem p").startswith("The question has 100,000 characters; at most 10,000")
