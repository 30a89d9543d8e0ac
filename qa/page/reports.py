"""What the page of the reports shows: the list, what was understood of a file, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import quote

from corpus.values import Report, is_place
from qa.note.dates import day
from qa.page.desk import LARGEST, Work
from qa.page.markup import NOTHING, Html, join, tag, text
from qa.page.signin_pages import small_page
from qa.page.upload import PATH, address, title
from qa.shelf import Shelf

NAME = "Reports"
UPLOAD, REMOVE = f"{PATH}/upload", f"{PATH}/remove"

NOT_YOURS = "Only people to whom whoever runs the page has given that right may add and remove reports."
_ENDINGS = ".pdf,.docx,.html,.htm,.md,.markdown,.txt"
_UPLOADING = """
const form = document.getElementById('upload');
form?.addEventListener('submit', (event) => {
  const file = document.getElementById('report').files[0];
  const told = document.getElementById('told');
  if (file && file.size > Number(form.dataset.largest)) {
    event.preventDefault();
    told.className = 'wrong';
    told.textContent = form.dataset.toolarge;
    return;
  }
  told.className = '';
  told.textContent = 'Uploading …';
  setTimeout(() => { form.querySelector('button').disabled = true; }, 0);
});
addEventListener('pageshow', () => {
  const told = document.getElementById('told');
  if (told) { told.textContent = ''; form.querySelector('button').disabled = false; }
});
document.querySelector('[data-focus]')?.focus();
"""


def list_page(
    shelf: Shelf,
    why_it_stays: Callable[[str], str | None],
    *,
    may: bool,
    works: Sequence[Work] = (),
    problem: str = "",
    done: str = "",
    short_name: str = "",
) -> Html:
    """All reports; for who ``may``, with what adds and removes them.

    ``works`` are their uploads under way, ``problem`` what is wrong with what they sent, ``done`` what was done.
    """
    said = tag("p", text(problem), role="alert", class_="wrong", tabindex="-1", data_focus=True)
    news = tag("p", text(done), role="status", class_="right", tabindex="-1", data_focus=True)
    rows = (_row(report, shelf, why_it_stays(report.id), may=may) for report in shelf)
    return small_page(
        NAME,
        _back(),
        said if problem else NOTHING,
        news if done else NOTHING,
        tag("p", text("What can be asked and read on the page:")),
        tag("ul", *rows, class_="reports"),
        join((_undecided(works), _upload(short_name))) if may else tag("p", text(NOT_YOURS), class_="soft"),
        code=_UPLOADING if may else "",
    )


def _back() -> Html:
    return tag("p", tag("a", text("Back to the questions"), href="/"))


def _row(report: Report, shelf: Shelf, stays: str | None, *, may: bool) -> Html:
    about, name = report.metadata, shelf.name(report.id)
    published = f"published {day(about.published)}" if about.published else ""
    facts = [about.authority, about.publisher, published, counted(report)]
    if stays:
        action = tag("p", text(stays), class_="soft") if may else NOTHING
    else:
        address = f"{PATH}?remove={quote(report.id)}"
        action = tag(
            "p", tag("a", text("Remove"), href=address, class_="button", aria_label=f"Remove {name}")
        )
    return tag(
        "li",
        tag("h2", text(name)),
        tag("p", text(about.title)),
        tag("p", text(", ".join(filter(None, facts))), class_="soft"),
        tag("p", text("Short name: "), tag("code", text(report.id)), class_="soft"),
        action if may else NOTHING,
    )


def counted(report: Report) -> str:
    """How many paragraphs, or blocks of text, a report has."""
    numbers = report.numbers()
    unit = "block of text" if numbers and is_place(numbers[0]) else "paragraph"
    many = unit.replace("block", "blocks") if unit.startswith("block") else f"{unit}s"
    return f"{len(numbers):,} {unit if len(numbers) == 1 else many}"


def _undecided(works: Sequence[Work]) -> Html:
    if not works:
        return NOTHING
    rows = (tag("li", tag("a", text(title(work)), href=address(work))) for work in works)
    return join((tag("h2", text("Your uploads")), tag("ul", *rows)))


def _upload(short_name: str) -> Html:
    kinds = f"PDF, Word (.docx), web page (.html), Markdown (.md) or text (.txt), at most {LARGEST} MB"
    about = (
        "Small letters, figures and hyphens, such as anytown-2019. It stands in citations. Left empty, it is made from "
        "the file’s name."
    )
    return join(
        (
            tag("h2", text("Add a report")),
            tag("p", text("You see first what was understood of it. Nothing is kept before you say so.")),
            tag(
                "form",
                tag("label", text("File"), for_="report"),
                tag("p", text(kinds), id="kinds", class_="soft"),
                tag(
                    "input",
                    type="file",
                    name_="report",
                    id="report",
                    accept=_ENDINGS,
                    required=True,
                    aria_describedby="kinds",
                ),
                tag("label", text("Short name (optional)"), for_="id"),
                tag("p", text(about), id="about-id", class_="soft"),
                tag(
                    "input",
                    type="text",
                    name_="id",
                    id="id",
                    value=short_name,
                    maxlength="63",
                    autocomplete="off",
                    autocapitalize="none",
                    spellcheck="false",
                    aria_describedby="about-id",
                ),
                tag("p", tag("button", text("Upload and look it over"), type="submit")),
                tag("p", text(""), id="told", role="status"),
                id="upload",
                action=UPLOAD,
                method="post",
                enctype="multipart/form-data",
                data_largest=str(LARGEST * 1_000_000),
                data_toolarge=f"The file has more than {LARGEST} MB, which is the most.",
            ),
        )
    )


def remove_page(report: Report, shelf: Shelf) -> Html:
    """Asks whether a report is really to be removed."""
    name = shelf.name(report.id)
    words = (
        f"{report.metadata.title} ({counted(report)}) is taken out of the library and the index, for everybody and for "
        "good. Answers that people have kept stay as they are, but their citations of it lead nowhere. To have it "
        "back, upload the file again."
    )
    return small_page(
        f"Remove {name}?",
        tag("p", text(words)),
        tag(
            "form",
            tag("input", type="hidden", name_="report", value=report.id),
            tag("p", tag("button", text("Remove it for good"), type="submit", class_="danger")),
            action=REMOVE,
            method="post",
        ),
        tag("p", tag("a", text("Leave it in the library"), href=PATH)),
    )
