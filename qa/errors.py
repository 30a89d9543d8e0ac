"""What can go wrong in question answering and is for the user to act on; ``str(error)`` is fit to show."""

from __future__ import annotations


class QAError(Exception):
    """The base of every error that a user can act on."""


class QuestionError(QAError):
    """A question that cannot be asked: empty or far too long."""


class InputError(QAError):
    """A file or setting that cannot be used as given."""
