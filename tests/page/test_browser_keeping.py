"""What a reader keeps, takes away and says of answers, in a real browser."""

import re

import pytest

from tests.page.test_browser import PHONE, PLANS, answered, ask, until

pytestmark = pytest.mark.browser

WORK = "supervision of social workers"
ADDRESS = "new URL(location.href).searchParams.get('c')"


def asked(page, question, count):
    ask(page, question)
    return answered(page, count)


def kept(page):
    until(page, f"() => {ADDRESS} !== null")
    return page.evaluate(ADDRESS)


def test_a_conversation_is_there_again_when_the_page_is_loaded_again(open_page, fake_page):
    page = open_page(fake_page)
    asked(page, PLANS, 1)
    asked(page, WORK, 2)
    name = kept(page)
    page.reload(wait_until="domcontentloaded")
    until(page, "() => document.querySelectorAll('#log .message.bot').length === 2")
    assert page.evaluate(ADDRESS) == name
    assert PLANS in page.inner_text("#log")
    asked(page, "children looked after", 3)
    assert kept(page) == name


def test_a_conversation_of_somebody_else_is_not_opened(open_page, fake_page):
    page = open_page(fake_page)
    asked(page, PLANS, 1)
    other = open_page(f"{fake_page}/?c={kept(page)}")
    other.wait_for_timeout(1500)
    assert other.locator("#log .message").count() == 0
    assert "Ask the report a question" in other.inner_text("#log")


def test_a_new_conversation_leaves_the_old_one_to_be_opened_and_deleted(open_page, fake_page):
    page = open_page(fake_page)
    asked(page, PLANS, 1)
    name = kept(page)
    page.click("#new-conversation")
    until(page, f"() => {ADDRESS} === null")
    page.click("#earlier summary")
    page.click(f"#earlier a[href='?c={name}']")
    page.wait_for_selector("#log .message.bot")
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#earlier summary")
    page.click(f"#earlier .forget[data-conversation='{name}']")
    until(page, f"() => {ADDRESS} === null && document.querySelectorAll('#log .message').length === 0")
    assert page.locator("#earlier").count() == 0


def test_an_earlier_question_is_changed_and_replaces_what_came_after(open_page, fake_page):
    page = open_page(fake_page)
    asked(page, PLANS, 1)
    asked(page, WORK, 2)
    page.click(".edit >> nth=0")
    assert page.is_visible("#editing-note")
    assert page.input_value("#question textarea") == PLANS
    ask(page, "children looked after")
    until(page, "() => document.querySelectorAll('#log .message.user').length === 1")
    assert page.inner_text(".message.user p") == "children looked after"
    until(page, "() => document.getElementById('editing-note').hidden")


def test_changing_a_question_can_be_given_up(open_page, fake_page):
    page = open_page(fake_page)
    asked(page, PLANS, 1)
    page.click(".edit")
    page.click("#stop-editing")
    assert page.is_hidden("#editing-note")
    asked(page, WORK, 2)
    assert page.locator("#log .message.user").count() == 2


def test_a_question_is_asked_again_in_its_place_and_the_next_one_is_offered(open_page, fake_page):
    page = open_page(fake_page)
    asked(page, PLANS, 1)
    page.click(".again")
    page.wait_for_timeout(500)
    answered(page, 1)
    assert page.locator("#log .message.user").count() == 1
    offered = page.inner_text(".next")
    page.click(".next")
    answered(page, 2)
    assert page.inner_text(".message.user p >> nth=1") == offered


def test_an_answer_is_copied_for_word_and_for_plain_text(open_page, fake_page):
    page = open_page(fake_page)
    asked(page, PLANS, 1)
    page.evaluate(
        "() => document.addEventListener('copy', (event) => {"
        " window.taken = [event.clipboardData.getData('text/plain'), event.clipboardData.getData('text/html')]; })"
    )
    page.click(".copy")
    assert page.inner_text(".answer-actions .done >> nth=0") == "Copied"
    plain, rich = page.evaluate("window.taken")
    assert "91 children subject to child protection plans.” (para 12)" in plain
    assert re.search(r"<p>.*91 children.*\(para 12\)", rich, re.DOTALL)


def test_chosen_answers_are_saved_as_a_word_file(open_page, fake_page, tmp_path):
    from docx import Document

    page = open_page(fake_page)
    asked(page, PLANS, 1)
    asked(page, WORK, 2)
    page.click("#save summary")
    page.uncheck("#save input[type=checkbox] >> nth=0")
    with page.expect_download() as got:
        page.click("#save button:has-text('Word')")
    got.value.save_as(tmp_path / "answers.docx")
    words = "\n".join(paragraph.text for paragraph in Document(tmp_path / "answers.docx").paragraphs)
    assert WORK in words
    assert PLANS not in words


def test_a_view_of_an_answer_is_sent_and_thanked_for(open_page, fake_page):
    page = open_page(fake_page)
    asked(page, PLANS, 1)
    page.click(".feedback summary")
    page.check(".feedback input[value=wrong_paragraph]")
    page.fill(".feedback textarea", "It is 13.")
    page.click(".feedback form button")
    until(page, "() => document.querySelector('.feedback .done').textContent.startsWith('Thank you')")
    assert page.is_hidden(".feedback form")


def test_the_half_that_is_chosen_is_asked(open_page, fake_page):
    page = open_page(fake_page)
    page.check("#scope input >> nth=1")
    asked(page, PLANS, 1)
    assert page.locator("#scope input").nth(1).is_checked()
    assert page.get_attribute("#scope [role=radiogroup]", "aria-label") == "Look in"


def test_a_reader_chooses_between_the_language_model_and_quotes(open_page, writer_page):
    page = open_page(writer_page)
    assert page.get_attribute("#writer [role=radiogroup]", "aria-label") == "Answer with"
    assert page.inner_text("#writer label >> nth=0") == "Language model (fake:writer)"
    ask(page, PLANS)
    page.wait_for_selector(".message.bot:has(.pending) .statement .refs")
    page.wait_for_selector(".message.bot:not(:has(.pending))")
    assert page.locator(".message.bot .said").all_inner_texts()[0].startswith("It is written that")
    page.check("#writer input >> nth=1")
    asked(page, PLANS, 2)
    assert "It is written that" not in page.locator(".message.bot").nth(1).inner_text()


def test_a_model_that_writes_can_be_stopped(open_page, writer_page):
    page = open_page(writer_page)
    ask(page, PLANS)
    page.wait_for_selector(".message.bot:has(.pending) .statement")
    page.click("#stop")
    until(page, "() => document.querySelectorAll('#log .message').length === 0")
    assert page.input_value("#question textarea") == PLANS


def test_who_writes_is_not_asked_without_a_language_model(open_page, fake_page):
    assert open_page(fake_page).locator("#writer").count() == 0


def test_a_question_that_waits_can_be_stopped(open_page, fake_page):
    page = open_page(fake_page)
    ask(page, "slowly, please")
    page.wait_for_selector("#stop:visible")
    assert page.is_hidden("#ask")
    page.click("#stop")
    until(page, "() => document.querySelectorAll('#log .pending').length === 0")
    assert page.input_value("#question textarea") == "slowly, please"
    assert page.is_visible("#ask")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, PHONE, {"width": 320, "height": 640}])
def test_axe_finds_nothing_on_any_view(open_page, fake_page, scheme, size):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(fake_page, **size, color_scheme=scheme)

    def violations():
        found = Axe().run(page).response["violations"]
        return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]

    assert violations() == []
    asked(page, PLANS, 1)
    asked(page, "zzz", 2)
    for summary in (
        ".found summary >> nth=0",
        ".feedback summary >> nth=0",
        "#save summary",
        "#earlier summary",
    ):
        page.click(summary)
    assert violations() == []
    for summary in ("#save summary", "#earlier summary"):
        page.click(summary)
    page.click(".edit >> nth=0")
    assert violations() == []
    page.click("#stop-editing")
    page.click(".statement a >> nth=0")
    assert violations() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
