"""The names of the systems that are compared, in the order in which they are shown."""

from __future__ import annotations

ALWAYS_REFUSE = "always-refuse"
BM25 = "bm25-only"
DENSE = "dense-only"
VANILLA = "vanilla-rag"
COPY_TOP = "copy-top-paragraph"
NEAREST = "nearest-question"
NEVER_REFUSE = "never-refuse"
NO_EXPANSIONS = "ours-without-expansions"
OURS = "ours"
GOLD = "ours-gold-paragraphs"

NAMES = (
    ALWAYS_REFUSE,
    BM25,
    DENSE,
    VANILLA,
    COPY_TOP,
    NEAREST,
    NEVER_REFUSE,
    NO_EXPANSIONS,
    OURS,
    GOLD,
)
"""Every system: the baselines first, then ours and parts of it."""
