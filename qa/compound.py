"""Double questions taken apart: ``how many left care, and what does the council offer them?``."""

from __future__ import annotations

import re

from qa.text import plain, terms
from qa.topic import only_form

ENOUGH = 1  # content words that each part needs to be a question of its own

_JOINT = re.compile(
    r"(?:,|;|\?)?\s+(?:and|also|plus)\s+(?=(?:how|what|which|who|when|where|why|does|do|did|is|are|"
    r"was|were|has|have|whether)\b)|(?<=\?)\s+(?=\w)|"
    r"[,;]\s+(?=(?:how many|what|which|who|when|where|why)\s+(?:is|are|was|were|do|does|did|has|have|"
    r"can|[a-z]+ed|told|parents|\w+)\b)",
    re.IGNORECASE,
)


_ASKS = re.compile(
    r"\b(?:how|what|which|who|whose|when|where|why|is|are|was|were|do|does|did|has|have|had|can|tell|give|list)\b"
)


def parts(question: str) -> tuple[str, ...]:
    """The questions that a double question is made of; one for a single question. At most three."""
    pieces = [piece.strip() for piece in _JOINT.split(question) if piece.strip()]
    whole = all(len(terms(piece)) >= ENOUGH and not only_form(piece) for piece in pieces)
    if not 2 <= len(pieces) <= 3 or not whole:
        return (question,)
    # What does not ask is the setting of the question that follows it: "of the cases audited, how many …".
    return tuple(pieces) if _ASKS.search(plain(pieces[0])) else (question,)
