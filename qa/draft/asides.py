"""What of a draft claims nothing of the report: headings, pointers to paragraphs, sources, and what is not in it."""

from __future__ import annotations

import re

from qa.text import plain

LONGEST_HEADING = 12  # words

_POINTS = re.compile(
    r"^\W*(?:see(?: also)?|cf|compare|worth a look|further reading|read also)\W*"
    r"(?:(?:and|to|the|record of (?:the )?main findings|main findings|title page|front page)\W*)*$"
)
# What a draft asks, or asks somebody to do.
_REQUEST = re.compile(
    r"^\W*(?:please )?(?:show|give|tell|list|read|quote|summari[sz]e|explain|compare|describe|name|find|draft|write) "
    r"(?:me|us|it|them|the|all|what|how|which|out|each|both|in|a|an|this)\b|^\W*(?:questions? must|ask what)\b|"
    r"\ba question about the report\b"
)
_SOURCE = re.compile(r"^\W*(?:(?:sources?|references?|taken from)\s*:|published by\b)")
# That a report is silent cannot be shown by any words of it.
_SILENT = re.compile(
    r"^\W*what is missing:|"
    r"^\W*(?:the|this) (?:report|inspection|document) (?:(?:does not|doesn't|did not) (?:say|mention)|"
    r"says nothing|has (?:nothing|no)|gives no)\b"
)
_ENDS = re.compile(r"[.!?][\"'”’)\]*]*$")


def is_aside(claim: str) -> bool:
    """Whether a sentence, without its references, only points somewhere, names a source or says what is not there."""
    lower = plain(claim.strip())
    return any(pattern.search(lower) for pattern in (_POINTS, _REQUEST, _SOURCE, _SILENT))


def is_label(text: str) -> bool:
    """Whether a piece without a reference is a heading or a label: short and without the end of a sentence."""
    stripped = text.rstrip()
    return len(stripped.split()) <= LONGEST_HEADING and stripped[-1:] not in ".!?”\"'"


def is_sentence(text: str) -> bool:
    """Whether a piece ends as a sentence does, and is more than the number of a heading."""
    return len(text.split()) > 1 and _ENDS.search(text.rstrip()) is not None
