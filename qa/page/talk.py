"""A conversation with the name under which it is kept, and keeping it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from qa.page.conversation import Conversation
from qa.page.store import Store, StoreError

NOT_KEPT = "This conversation could not be saved on the server: copy what you need before you leave the page."


@dataclass(frozen=True, slots=True)
class Talk:
    """The turns of a conversation and its id in the store, which is empty until something is kept."""

    id: str = ""
    turns: Conversation = ()


def kept(talk: Talk, owner: str, store: Store | None) -> tuple[Talk, str]:
    """The conversation under its id once it is written down, and what the reader must know if it was not."""
    if store is None or not any(turn.answer and not turn.answer.sensitive for turn in talk.turns):
        return talk, ""
    try:
        named = talk if talk.id else replace(talk, id=store.start(owner))
        store.save(owner, named.id, named.turns)
    except StoreError as error:
        logging.getLogger(__name__).error("A conversation could not be kept: %s", error)
        return talk, NOT_KEPT
    return named, ""


def without_pending(talk: Talk) -> Talk:
    """The conversation without a question that nothing came of yet."""
    return replace(talk, turns=tuple(t for t in talk.turns if t.answer is not None or t.problem is not None))
