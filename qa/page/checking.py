"""The page that checks a draft: pasted or uploaded, held in memory only, and shown beside what was found."""

from __future__ import annotations

import base64
from collections.abc import Callable

from fastapi import FastAPI, File, Form, Request, Response, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from corpus.values import Report
from qa.check import Checks
from qa.draft.checking import Finding, check_sentences, commented, remark
from qa.draft.reading import read_draft
from qa.errors import InputError, QAError
from qa.note.places import full_name
from qa.page.keeping import ELSEWHERE
from qa.page.limits import Limits
from qa.page.markup import NOTHING, Html, join, tag, text
from qa.page.signin import limited_by
from qa.page.signin_pages import small_page

PATH, NAME = "/check", "Check a draft"
LONGEST = 200_000  # characters of a pasted draft
_PASTED, _UPLOADED = Form(""), File(None)
NOTHING_GIVEN = "Paste a draft into the box or choose a file first."
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SAID = {
    "supported": ("✓", "Supported"),
    "partly": ("◐", "Partly supported"),
    "not_supported": ("✕", "Not supported"),
    "not_a_claim": ("–", "No claim about the report"),
}


def add_checking(app: FastAPI, report: Report, checker: Callable[[], Checks], limits: Limits) -> None:
    """Add the page to the application; ``checker`` waits until claims can be checked."""

    def show() -> HTMLResponse:
        return _page(_form())

    async def check(request: Request, words: str = _PASTED, draft: UploadFile | None = _UPLOADED) -> Response:
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return Response(ELSEWHERE, status_code=403, media_type="text/plain")
        uploaded = draft is not None and bool(draft.filename)
        name = draft.filename or "" if draft is not None and uploaded else "draft.txt"
        content = await draft.read() if draft is not None and uploaded else words.encode()
        try:
            if not content.strip() and not uploaded:
                raise InputError(NOTHING_GIVEN)
            if not uploaded and len(words) > LONGEST:
                raise InputError(
                    f"The draft has {len(words):,} characters; at most {LONGEST:,} can be pasted. Upload it as a file."
                )
            with limits.asking(limited_by(request), name):
                return await run_in_threadpool(_checked, name, content, report, checker)
        except QAError as error:
            return _page(_problem(str(error)), _form(words), status=400)

    app.add_api_route(PATH, show, methods=["GET", "HEAD"], response_class=HTMLResponse)
    app.add_api_route(PATH, check, methods=["POST"], response_class=HTMLResponse)


def _checked(name: str, content: bytes, report: Report, checker: Callable[[], Checks]) -> Response:
    findings = check_sentences(read_draft(name, content, report.numbers()), checker())
    word = commented(name, content, findings) if name.lower().endswith(".docx") else None
    return _page(_result(findings, report), _download(name, word), _form())


def _page(*parts: Html, status: int = 200) -> HTMLResponse:
    back = tag("p", tag("a", text("Back to the questions"), href="/"))
    shown = small_page(NAME, back, *parts)
    return HTMLResponse(shown, status_code=status, headers={"Cache-Control": "no-store"})


def _problem(words: str) -> Html:
    return tag("p", text(words), role="alert", class_="wrong")


def _form(words: str = "") -> Html:
    intro = (
        "Every sentence that cites the report, or speaks of it, is set beside its paragraphs. The draft is held in "
        "memory while it is checked and kept nowhere."
    )
    return tag(
        "form",
        tag("p", text(intro)),
        tag("label", text("Paste a draft"), for_="words"),
        tag("textarea", text(words), name_="words", id="words", rows="10"),
        tag("label", text("Or choose a file: Word (.docx), Markdown (.md) or text (.txt)"), for_="draft"),
        tag("input", type="file", name_="draft", id="draft", accept=".docx,.md,.txt"),
        tag("button", text("Check"), type="submit"),
        action=PATH,
        method="post",
        enctype="multipart/form-data",
    )


def _result(findings: tuple[Finding, ...], report: Report) -> Html:
    counted = {key: sum(f.verdict.outcome == key for f in findings) for key in _SAID}
    counts = ", ".join(f"{count} {_SAID[key][1].lower()}" for key, count in counted.items() if count)
    words = "This is a help for a person who checks: it errs, in both directions. Read the paragraph itself."
    return join(
        (
            tag("h2", text("What was found"), tabindex="-1"),
            tag("p", text(f"{len(findings)} sentences: {counts}."), role="status"),
            tag("p", text(words)),
            tag("ol", *(_row(finding, report) for finding in findings), class_="findings"),
        )
    )


def _row(finding: Finding, report: Report) -> Html:
    sign, words = _SAID[finding.verdict.outcome]
    said = remark(finding)
    quotes = (
        tag(
            "blockquote",
            text(f"“{one.quote}” "),
            tag("a", text(full_name(one.paragraph)), href=f"/#para-{one.paragraph}")
            if report.get(one.paragraph) is not None
            else NOTHING,
        )
        for one in (finding.verdict.evidence if said else ())
    )
    verdict = tag(
        "p",
        tag("span", text(sign), aria_hidden="true"),
        text(f" {words}" + (f": {said}" if said else "")),
        class_="verdict",
    )
    kind = finding.verdict.outcome.replace("_", "-")
    return tag("li", tag("p", text(finding.sentence.text)), verdict, *quotes, class_=kind)


def _download(name: str, word: bytes | None) -> Html:
    """The Word file with comments, inside the page itself: nothing of it stays on the server."""
    if word is None:
        return NOTHING
    data = f"data:{_WORD};base64,{base64.b64encode(word).decode()}"
    stem = name.rsplit(".", 1)[0]
    link = tag("a", text("Save the draft with comments (Word)"), href=data, download=f"{stem}.checked.docx")
    return tag("p", link)
