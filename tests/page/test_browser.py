"""The page in a real browser."""

import re

import pytest
from playwright.sync_api import TimeoutError

from corpus.library import load
from corpus.sentences import sentence_spans
from tests.page.fakes import HOSTILE, hostile

pytestmark = pytest.mark.browser

PLANS = "How many children were subject to child protection plans?"
SENTENCE = "At the time of the inspection there were 91 children subject to child protection plans."
PHONE = {"width": 390, "height": 844}
IN_VIEW = """selector => {
  const box = document.querySelector(selector).getBoundingClientRect();
  const pane = document.querySelector('#report-text').getBoundingClientRect();
  return box.top >= pane.top && box.bottom <= pane.bottom && box.width > 0;
}"""


TAKEN = """text => {
  const words = (text) => text.replace(/\\s+/g, " ").trim();
  const log = document.querySelector("#log"), problem = document.querySelector("#problem");
  return words(log.textContent).includes(words(text).slice(0, 40)) || words(problem?.textContent ?? "") !== "";
}"""


def send(page, question):
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")


def ask(page, question):
    """Send a question; once more if nothing is seen of it, as may be while Gradio is still starting."""
    send(page, question)
    try:
        page.wait_for_function(TAKEN, arg=question, timeout=10_000)
    except TimeoutError:
        send(page, question)


def answered(page, count=1, *, seconds=30):
    page.wait_for_function(
        "n => document.querySelectorAll('#log .status').length === n", arg=count, timeout=seconds * 1000
    )
    page.wait_for_timeout(300)  # on a busy machine the server says only then that the question is done with
    return page.locator("[data-testid=bot]").last


def until(page, script, argument=None):
    page.wait_for_function(script, arg=argument)


def test_the_page_opens_with_the_report_and_its_dates(open_page, fake_page):
    page = open_page(fake_page)
    assert page.title() == "Ask the report: Inspection of safeguarding and looked after children services"
    assert "as inspected 21 May – 1 June 2012" in page.inner_text(".masthead")
    assert page.locator("[id^=para-]").count() == 172
    assert page.locator("[role=log]").count() == 1
    assert page.locator("textarea:visible").count() == 1


def test_enter_asks_and_a_citation_shows_its_sentence_marked(open_page, fake_page):
    page = open_page(fake_page)
    ask(page, PLANS)
    answer = answered(page)
    assert "91" in answer.inner_text()
    assert "Answered in the report" in answer.inner_text()
    assert page.input_value("#question textarea") == ""
    answer.locator("a[href='#para-12']").first.click()
    assert page.inner_text("#para-12 mark") == SENTENCE
    assert page.evaluate("document.activeElement.id") == "para-12"
    until(page, IN_VIEW, "#para-12 mark")
    page.click("#back-to-answer")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#para-12"
    assert page.is_hidden("#back-to-answer")


def test_only_the_evidence_of_the_chosen_citation_is_marked(open_page, fake_page):
    page = open_page(fake_page)
    ask(page, PLANS)
    answered(page).locator("a[href='#para-12']").first.click()
    ask(page, "supervision of social workers")
    chosen = answered(page, 2).locator(".statement a").first
    chosen.click()
    number = chosen.get_attribute("href")
    assert page.locator("mark").count() == 1
    assert page.inner_text(f"{number} mark") in answered(page, 2).inner_text()


def test_every_sentence_of_the_report_can_be_marked(open_page, fake_page):
    page = open_page(fake_page)
    spans = {
        f"{one.number} {start} {end}": one.text[start:end]
        for one in hostile(load()).paragraphs
        for start, end in sentence_spans(one.text)
    }
    marked = page.evaluate(
        """keys => keys.map(key => {
          const [number, start, end] = key.split(' ');
          const link = Object.assign(document.createElement('a'), {
            href: `#para-${number}`, className: `cite at-${start}-${end}`
          });
          document.body.append(link);
          link.click();
          link.remove();
          return Array.from(document.querySelectorAll('mark'), mark => mark.textContent).join('');
        })""",
        list(spans),
    )
    plain = [
        re.sub(r"[\n\t]|^- ", "", text, flags=re.MULTILINE).replace("\u202e", "\ufffd")
        for text in spans.values()
    ]
    assert [text.strip() for text in marked] == [text.strip() for text in plain]


def test_a_quote_is_shown_on_focus_and_on_hover(open_page, fake_page):
    page = open_page(fake_page)
    ask(page, PLANS)
    link = answered(page).locator("a[href='#para-12']").first
    link.hover()
    assert page.inner_text("[role=tooltip]") == SENTENCE
    page.keyboard.press("Escape")
    assert page.is_hidden("[role=tooltip]")
    page.focus(".found summary")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "quote-tip"
    assert page.inner_text("[role=tooltip]") == SENTENCE


def test_everything_works_by_keyboard(open_page, fake_page):
    page = open_page(fake_page)
    page.focus("#question textarea")
    page.keyboard.type(PLANS)
    page.keyboard.press("Enter")
    answered(page)
    for _ in range(30):  # back over what can be done with the answer, to the citation
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == "#para-12":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "para-12"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Back to the answer"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#para-12"
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#para-12"


def test_an_address_with_a_paragraph_opens_it_there(open_page, fake_page):
    page = open_page(f"{fake_page}/#para-79")
    until(page, "() => document.activeElement.id === 'para-79'")
    until(page, IN_VIEW, "#para-79 .number")
    page.evaluate("location.hash = '#para-findings'")
    until(page, "() => document.activeElement.id === 'para-findings'")


def test_a_paragraph_far_away_is_there_at_once_and_so_is_a_near_one_where_movement_is_not_wanted(
    open_page, fake_page
):
    page = open_page(fake_page, reduced_motion="reduce")
    for number in ("79", "80", "160"):
        page.fill("#find-words", number)
        page.keyboard.press("Enter")
        assert page.evaluate(IN_VIEW, f"#para-{number} .number")
    moving = open_page(fake_page)
    moving.fill("#find-words", "160")
    moving.keyboard.press("Enter")
    assert moving.evaluate(IN_VIEW, "#para-160 .number")


def test_an_address_that_names_nothing_does_no_harm(open_page, fake_page):
    page = open_page(f"{fake_page}/#para-9999%22%3E")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_hostile_text_is_shown_as_text(open_page, fake_page):
    page = open_page(fake_page)
    question = f"{HOSTILE} Her Majesty's Inspectors"
    ask(page, question)
    answered(page)
    shown = page.inner_text("[data-testid=user]")
    assert question.replace("\u202e", "\ufffd") in shown
    assert page.locator("#log img, #log script, #report img, #report script, .masthead img").count() == 0
    assert page.title().startswith("Ask the report")
    assert "<script>document.title='owned'</script>" in page.inner_text("#para-1")
    assert page.inner_text(".authority").startswith("<img src=x")


def test_a_refusal_offers_paragraphs(open_page, fake_page):
    page = open_page(fake_page)
    ask(page, "zzz?")
    answer = answered(page)
    assert "Not in the report" in answer.inner_text()
    assert "What is missing: nothing about it" in answer.inner_text()
    answer.locator("a[href='#para-9']").click()
    assert page.evaluate("document.activeElement.id") == "para-9"
    assert page.locator("mark").count() == 0


def test_how_an_answer_was_found_unfolds(open_page, fake_page):
    page = open_page(fake_page)
    ask(page, PLANS)
    answer = answered(page)
    assert page.is_hidden(".found ol")
    answer.locator(".found summary").click()
    assert "0.50 – shares words with the question" in answer.inner_text()


def test_earlier_questions_are_the_history_of_the_next(open_page, fake_page):
    page = open_page(fake_page)
    for count, question in enumerate(
        ("first supervision?", "second supervision?", "third supervision?"), start=1
    ):
        ask(page, question)
        answered(page, count)
    page.locator(".found summary").last.click()
    asked = "Understood as: first supervision? – second supervision? – third supervision?"
    assert asked in answered(page, 3).inner_text()


def test_an_example_is_asked_by_a_click(open_page, fake_page):
    page = open_page(fake_page)
    page.click("button.example >> nth=0")
    answered(page)
    assert PLANS in page.inner_text("[data-testid=user]")


def test_a_new_conversation_begins_empty(open_page, fake_page):
    page = open_page(fake_page)
    ask(page, PLANS)
    answered(page)
    page.click("#new-conversation")
    page.wait_for_selector(".welcome")
    assert page.locator(".message").count() == 0
    ask(page, "supervision of social workers")
    answered(page)
    assert page.locator("[data-testid=user]").count() == 1


def test_an_empty_question_gets_a_message(open_page, fake_page):
    page = open_page(fake_page)
    send(page, "   ")
    page.wait_for_selector("#problem p:not(:empty)")
    assert page.inner_text("#problem p") == "Please type a question first."
    assert page.locator(".message").count() == 0


def test_a_question_of_100_kb_gets_a_message_and_can_be_shortened(open_page, fake_page):
    page = open_page(fake_page)
    send(page, "children " * 11_000)
    page.wait_for_selector("#problem p:not(:empty)")
    assert page.inner_text("#problem p").startswith(
        "The question has 99,000 characters; at most 10,000 can be asked."
    )
    assert len(page.input_value("#question textarea")) == 99_000
    assert page.locator(".message").count() == 0


def test_an_unexpected_failure_is_told_without_its_details(open_page, fake_page):
    page = open_page(fake_page)
    ask(page, "please break")
    page.wait_for_selector(".problem")
    assert "Something went wrong here, and not with your question." in page.inner_text("#log")
    assert "RuntimeError" not in page.content()
    ask(page, PLANS)
    answered(page)


def test_the_page_says_that_it_loads_and_a_question_waits(open_page, slow_page):
    page = open_page(slow_page)
    page.wait_for_selector("#loading p:not(:empty)")
    assert page.inner_text("#loading").startswith("Building the index: 42% …")
    assert page.locator("#para-12").count() == 1
    ask(page, PLANS)
    page.wait_for_selector(".pending")
    assert "91" in answered(page).inner_text()
    until(page, "() => document.querySelector('#loading p').textContent === ''")


def test_words_and_numbers_are_found_in_the_report(open_page, fake_page):
    page = open_page(fake_page)
    count = sum(one.text.lower().count("child protection plans") for one in load().paragraphs)
    page.fill("#find-words", "Child Protection plans")
    assert page.inner_text("#find-count") == f"{count} matches"
    page.keyboard.press("Enter")
    assert page.inner_text("#find-count") == f"1 of {count}"
    page.keyboard.press("Shift+Enter")
    assert page.inner_text("#find-count") == f"{count} of {count}"
    page.fill("#find-words", "79")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "para-79"


def test_the_contents_lead_to_their_headings(open_page, fake_page):
    page = open_page(fake_page)
    page.click(".contents a:has-text('Partnership working')")
    until(page, IN_VIEW, "#" + page.evaluate("document.activeElement.id"))
    assert page.evaluate("document.activeElement.textContent").startswith("Partnership working")


def test_on_a_phone_the_report_opens_over_the_conversation(open_page, fake_page):
    page = open_page(fake_page, **PHONE)
    assert page.is_hidden("#report-text")
    ask(page, PLANS)
    answered(page).locator("a[href='#para-12']").first.click()
    assert page.is_visible("#report-text")
    assert page.is_hidden("#question textarea")
    assert page.inner_text("#para-12 mark") == SENTENCE
    until(page, IN_VIEW, "#para-12 mark")
    page.click("#back-to-answer")
    assert page.is_hidden("#report-text")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#para-12"
    page.click("#open-report")
    page.click("#close-report")
    assert page.evaluate("document.activeElement.id") == "open-report"


@pytest.mark.parametrize("width", [320, 390, 768, 801, 1024, 1440])
def test_nothing_is_wider_than_the_page(open_page, fake_page, width):
    page = open_page(fake_page, width=width)
    ask(page, "x" * 300 + " children subject to child protection plans")
    answered(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(
        "document.querySelector('#log').scrollWidth <= document.querySelector('#log').clientWidth"
    )
    text = "document.querySelector('#report-text')"
    assert page.evaluate(f"{text}.scrollWidth <= {text}.clientWidth")
