"""Errors that a person can act on; their text is fit to show."""

from __future__ import annotations


class CorpusError(Exception):
    """Something about a report cannot be read; the message says what and what to do."""
