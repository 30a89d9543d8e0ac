"""Errors of the evaluation that a user can act on."""

from __future__ import annotations


class EvalsError(Exception):
    """Something that the person who runs the evaluation can put right; its text is fit to show."""
