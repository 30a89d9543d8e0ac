"""What the page shows of an uploaded file: how far it is, what was understood of it, what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import quote

from corpus.review import SHOWN, Review, listed, look_over
from qa.note.dates import day
from qa.page.desk import Work
from qa.page.markup import NOTHING, Html, join, tag, text
from qa.page.signin_pages import small_page
from qa.shelf import Shelf

PATH = "/reports"
KEEP, DISCARD = f"{PATH}/keep", f"{PATH}/discard"

FACTS = {
    "title": "Title",
    "authority": "Authority that it is about",
    "publisher": "Publisher",
    "published": "Date of publication",
    "inspected": "When it was inspected",
}
"""What can be stated in place of what the document says, and what it is called on the page."""

_TITLES = {
    "waiting": "Reading {file}",
    "reading": "Reading {file}",
    "read": "Is {file} understood?",
    "keeping": "Adding {file}",
    "kept": "Added: {file}",
    "failed": "Not added: {file}",
}

# The page is looked at again until the work is done; what has the news gets the focus, so that it is read out.
_FOLLOW = """
const state = document.getElementById('state');
const follow = async () => {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
    const now = page.getElementById('state');
    if (!now) { location.reload(); return; }
    if (now.textContent !== state.textContent) state.textContent = now.textContent;
    const bar = page.querySelector('progress');
    if (bar) document.querySelector('progress').replaceWith(bar);
  } catch { }
  setTimeout(follow, 1000);
};
if (state) setTimeout(follow, 1000);
document.querySelector('[data-focus]')?.focus();
"""


def address(work: Work) -> str:
    """Where an upload is shown."""
    return f"{PATH}?job={quote(work.token)}"


def title(work: Work) -> str:
    """What its page is called."""
    return _TITLES[work.phase].format(file=work.file)


def work_page(
    work: Work, shelf: Shelf, problem: str = "", given: Mapping[str, object] = MappingProxyType({})
) -> Html:
    """How far an upload is, or what was understood of it, or what came of it.

    ``problem`` is what is wrong with the facts that a person has ``given``; those are shown again.
    """
    back = tag("p", tag("a", text("Back to the reports"), href=PATH))
    said = tag("p", text(problem), role="alert", class_="wrong", tabindex="-1", data_focus=True)
    if work.busy:
        shown = _under_way(work)
    elif work.found is not None:
        shown = _understood(work, look_over(work.found), given)
    else:
        shown = _added(work, shelf) if work.phase == "kept" else _failed(work)
    return small_page(title(work), back, said if problem else NOTHING, shown, code=_FOLLOW)


def _under_way(work: Work) -> Html:
    percent = "" if work.share is None else f" {work.share:.0%} done."
    return tag(
        "section",
        tag("p", text(f"{work.said}{percent}"), role="status", id="state"),
        tag(
            "progress",
            aria_label="How much is done",
            max="1",
            value=None if work.share is None else f"{work.share:.3f}",
        ),
        tag("p", text("You may leave this page and come back; the work goes on."), class_="soft"),
        tag("noscript", tag("p", tag("a", text("See how far it is"), href=address(work)))),
    )


def _failed(work: Work) -> Html:
    said = tag("p", text(work.said), role="alert", class_="wrong", tabindex="-1", data_focus=True)
    again = tag("p", text("Nothing was kept. "), tag("a", text("Upload another file"), href=PATH))
    return join((said, again))


def _added(work: Work, shelf: Shelf) -> Html:
    name = shelf.name(work.report_id)
    ask = tag("a", text("ask it on the page"), href="/")
    lacks = (
        "It has no everyday questions yet: fewer questions are answered, and less surely. Whoever runs the page can "
        f"have a language model write them: python -m qa expand --report {work.report_id}"
    )
    return join(
        (
            tag(
                "p",
                text(f"{name} is in the library. You can "),
                ask,
                text(" now; choose it under “Reports to ask”. Others see it when they load the page again."),
                role="status",
                tabindex="-1",
                data_focus=True,
            ),
            tag("p", text(lacks), class_="soft"),
        )
    )


def _understood(work: Work, seen: Review, given: Mapping[str, object]) -> Html:
    intro = (
        "Compare this with the document before you keep it: what is cited later is what was understood here."
    )
    discard = tag(
        "button", text("Discard"), type="submit", formaction=DISCARD, formnovalidate=True, class_="quiet"
    )
    keep = tag(
        "form",
        tag("input", type="hidden", name_="job", value=work.token),
        tag("h2", text("What it is")),
        tag("p", text("Correct what is wrong; where a line is empty, the document does not say.")),
        *_facts(seen, given),
        tag(
            "p",
            tag("button", text("Keep it"), type="submit"),
            text(" "),
            discard,
        ),
        action=KEEP,
        method="post",
        class_="facts",
    )
    return join(
        (
            tag("p", text(intro), tabindex="-1", data_focus=True),
            tag("h2", text("Its paragraphs")),
            *_numbers(seen),
            tag("h2", text("What else is in it")),
            *_contents(seen),
            tag("h2", text("Do these words belong to these numbers?")),
            _tenths(seen),
            keep,
        )
    )


def _facts(seen: Review, given: Mapping[str, object]) -> Iterator[Html]:
    for name, label in FACTS.items():
        yield tag(
            "p",
            tag("label", text(label), for_=name),
            tag(
                "input",
                type="text",
                name_=name,
                id=name,
                value=str(given.get(name, day(getattr(seen.about, name)))),
                maxlength="300",
                autocomplete="off",
                required=name == "title",
            ),
        )
    yield tag("p", text("Short name: "), tag("code", text(seen.about.id)), class_="soft")


def _numbers(seen: Review) -> Iterator[Html]:
    if seen.by_place:
        words = (
            "No numbered paragraphs were found. If the document has none, its blocks of text can be cited by their "
            "place instead: p3.2 is the second block on page 3. If it does number its paragraphs, discard it and try "
            "another form of it, such as the Word file."
        )
        yield tag("p", text(words), class_="wrong")
        yield tag("p", text(f"{seen.count:,} blocks of text, {seen.ends[0]} to {seen.ends[1]}."))
        return
    paragraphs = "paragraph" if seen.count == 1 else "paragraphs"
    first, last = seen.ends
    yield tag("p", text(f"{seen.count:,} {paragraphs} with a number, from {first} to {last}."))
    rows = [
        (seen.gaps, "These numbers are missing (left out by the authors, or not recognised)"),
        (seen.repeats, "These numbers are printed twice; both texts are kept under the number"),
        (seen.inferred, "These numbers were lost in the file and put back from their place"),
    ]
    if not any(found for found, _ in rows):
        yield tag("p", text("No number is missing and none is printed twice."))
    yield from (tag("p", text(f"{words}: {listed(found)}.")) for found, words in rows if found)


def _contents(seen: Review) -> Iterator[Html]:
    counts = [
        (len(seen.headings), "heading", "headings"),
        (seen.tables, "table", "tables"),
        (seen.judgements, "grade in a table of judgements", "grades in a table of judgements"),
        (seen.recommendations, "recommendation under a deadline", "recommendations under a deadline"),
    ]
    yield tag("ul", *(tag("li", text(f"{n:,} {one if n == 1 else many}")) for n, one, many in counts))
    if seen.headings:
        yield _folded("The headings", [name[:110] for name in seen.headings])
    if seen.unplaced:
        words = "characters of text stand under no number: they are not searched and not cited."
        yield tag("p", text(f"{seen.unplaced_characters:,} {words}"), class_="wrong")
        yield _folded("The text under no number", [line[:90] for _, line in seen.unplaced])
    else:
        yield tag("p", text("All of its text stands under a number, a heading or on the title page."))


def _folded(name: str, lines: Sequence[str]) -> Html:
    more = [f"… and {len(lines) - SHOWN:,} more"] if len(lines) > SHOWN else []
    rows = (tag("li", text(line)) for line in [*lines[:SHOWN], *more])
    return tag("details", tag("summary", text(name)), tag("ul", *rows))


def _tenths(seen: Review) -> Html:
    rows = (
        tag("tr", tag("th", text(number), scope="row"), tag("td", text(f"{words} …")))
        for number, words in seen.tenths
    )
    head = tag("tr", tag("th", text("Number"), scope="col"), tag("th", text("Begins with"), scope="col"))
    return tag(
        "table",
        tag("caption", text("Each tenth paragraph"), class_="hidden"),
        tag("thead", head),
        tag("tbody", *rows),
        class_="tenths",
    )
