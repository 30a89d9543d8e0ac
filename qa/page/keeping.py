"""Addresses beside the page for what is kept: answers saved as a file, feedback, conversations deleted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qa.page.conversation import Turn
from qa.page.export import to_docx, to_markdown
from qa.page.headers import LARGEST_BODY
from qa.page.service import Service
from qa.page.signin import owner_of
from qa.page.store import LONGEST_COMMENT, Feedback, Store, StoreError, Verdict
from qa.shelf import Shelf, Shelves

EXPORT, FEEDBACK, FORGET = "/page/export", "/page/feedback", "/page/forget"
PATHS = (EXPORT, FEEDBACK, FORGET)
NOT_YOURS = "There is no such conversation. It may have been deleted; go back and reload the page."
NO_FORMAT = "Answers can be saved as docx or md. Go back and use one of the two buttons."
NOTHING_CHOSEN = "No answer was chosen. Go back and choose at least one."
ELSEWHERE = "This was sent by another site and is not taken."
UNREADABLE = "This was not understood. Reload the page and try again."
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Judged(BaseModel):
    """What the page sends when a reader judges an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    conversation: str = Field(max_length=100)
    turn: int = Field(ge=0, le=100_000)
    verdict: Verdict
    comment: str = Field("", max_length=LONGEST_COMMENT)


class Forgotten(BaseModel):
    """What the page sends when a reader deletes a conversation; all of theirs if it names none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    conversation: str | None = Field(None, max_length=100)


Form = TypeVar("Form", Judged, Forgotten)


def add_routes(app: FastAPI, shelves: Shelves, service: Service, store: Store) -> None:
    """Add the addresses to the application. Each request sees only what its owner kept."""

    def export(request: Request) -> Response:
        turns = store.load(owner_of(request), request.query_params.get("c", ""))
        if turns is None:
            return _said(404, NOT_YOURS)
        chosen = _chosen(turns, request.query_params.getlist("n"))
        return (
            _saved(chosen, shelves.now, request.query_params.get("as", ""))
            if chosen
            else _said(400, NOTHING_CHOSEN)
        )

    async def feedback(request: Request) -> Response:
        sent = await _sent(request, Judged)
        if isinstance(sent, Response):
            return sent
        turns = store.load(owner_of(request), sent.conversation) or ()
        answer = turns[sent.turn].answer if sent.turn < len(turns) else None
        if answer is None:
            return _said(404, NOT_YOURS)
        return _done(
            lambda: store.add_feedback(
                owner_of(request), Feedback(sent.verdict, sent.comment, answer, service.index_id)
            )
        )

    async def forget(request: Request) -> Response:
        sent = await _sent(request, Forgotten)
        if isinstance(sent, Response):
            return sent
        owner, one = owner_of(request), sent.conversation
        return _done(lambda: store.delete(owner, one) if one is not None else store.delete_all(owner))

    app.add_api_route(EXPORT, export, methods=["GET"])
    app.add_api_route(FEEDBACK, feedback, methods=["POST"])
    app.add_api_route(FORGET, forget, methods=["POST"])


def _chosen(turns: Sequence[Turn], places: Sequence[str]) -> tuple[Turn, ...]:
    """The answered turns at these places; all of them where none is named."""
    answered = {str(place): turn for place, turn in enumerate(turns) if turn.answer is not None}
    return tuple(turn for place, turn in answered.items() if not places or place in places)


def _saved(turns: Sequence[Turn], shelf: Shelf, form: str) -> Response:
    if form not in ("docx", "md"):
        return _said(400, NO_FORMAT)
    called = "reports" if shelf.several else shelf.main.id.lower()
    name = re.sub(r"[^a-z0-9]+", "-", called).strip("-") or "report"
    headers = {
        "Content-Disposition": f'attachment; filename="answers-{name}-{datetime.now(UTC):%Y-%m-%d}.{form}"',
        "Cache-Control": "no-store",
    }
    if form == "docx":
        return Response(to_docx(turns, shelf), media_type=_WORD, headers=headers)
    return Response(to_markdown(turns, shelf), media_type="text/markdown; charset=utf-8", headers=headers)


async def _sent(request: Request, form: type[Form]) -> Form | Response:
    """What the page sent, or why it is not taken. Only JSON is: no form of another site can send that."""
    if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        return _said(403, ELSEWHERE)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_BODY:
            return _said(413, UNREADABLE)
    if not request.headers.get("content-type", "").startswith("application/json"):
        return _said(415, UNREADABLE)
    try:
        return form.model_validate_json(body)
    except ValidationError:
        return _said(400, UNREADABLE)


def _done(act: Callable[[], None]) -> Response:
    try:
        act()
    except StoreError as error:
        return _said(409, str(error))
    return Response(status_code=204)


def _said(status: int, words: str) -> Response:
    return Response(
        words,
        status_code=status,
        media_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
