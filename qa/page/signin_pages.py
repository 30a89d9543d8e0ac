"""The small pages around the page: sign in, sign out, and the one that opens the page once more."""

from __future__ import annotations

from qa.page.markup import DOCTYPE, NOTHING, Html, join, script, tag, text

# Keeps the paragraph of the address (#para-79), which a browser does not send, on the way through the sign-in.
_KEEP_PLACE = "for (const form of document.forms) form.action += location.hash;"
_ONCE_MORE = "location.replace('?again' + location.hash);"


def sign_in_page(problem: str = "", name: str = "") -> Html:
    """Name and password, and why the last attempt was not taken."""
    said = tag("p", text(problem), role="alert", class_="problem", id="problem") if problem else NOTHING
    named = tag(
        "p",
        tag("label", text("Name"), for_="username"),
        tag(
            "input",
            id="username",
            name_="username",
            value=name,
            autocomplete="username",
            autocapitalize="none",
            spellcheck="false",
            required=True,
            autofocus=not name,
        ),
    )
    secret = tag(
        "p",
        tag("label", text("Password"), for_="password"),
        tag(
            "input",
            id="password",
            name_="password",
            type="password",
            autocomplete="current-password",
            required=True,
            autofocus=bool(name),
            aria_describedby="problem" if problem else None,
        ),
    )
    button = tag("p", tag("button", text("Sign in"), type="submit"))
    form = tag("form", named, secret, button, method="post", action="/login")
    return small_page("Sign in", said, form, code=_KEEP_PLACE)


def sign_out_page() -> Html:
    """A button that ends the session, and a way back."""
    form = tag(
        "form", tag("p", tag("button", text("Sign out"), type="submit")), method="post", action="/logout"
    )
    back = tag("p", tag("a", text("Back to the report"), href="/"))
    return small_page("Sign out", form, back)


def again_page() -> Html:
    """Opens the page from itself: a browser does not send our cookies on the way from another site."""
    link = tag("p", tag("a", text("Open the page"), href="/?again"))
    return small_page("Opening the page …", link, code=_ONCE_MORE)


def small_page(title: str, *content: Html, code: str = "") -> Html:
    """A page of its own with our style; ``code`` is ours, and no text of anybody else's."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("title", text(title)),
        tag("link", rel="icon", type="image/svg+xml", href="/page/icon.svg"),
        tag("link", rel="stylesheet", href="/page/plain.css"),
    )
    own = script(code) if code else NOTHING
    body = tag("body", tag("main", tag("h1", text(title)), *content), own)
    return join((DOCTYPE, tag("html", head, body, lang="en-GB")))
