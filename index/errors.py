"""What can go wrong with an index, in words fit to show to a person."""

from __future__ import annotations


class IndexError_(Exception):
    """Base of everything that this package raises; ``str(error)`` is fit to show."""


class EncoderError(IndexError_):
    """The sentence encoder is not there, or its weights are not the expected ones."""


class IndexMissingError(IndexError_):
    """Nothing has been built for this report yet."""


class IndexStaleError(IndexError_):
    """The index is whole, but was made from another text, by another encoder or in another format."""


class IndexRefusedError(IndexError_):
    """The index is foreign, truncated or tampered with; the message names the command to run."""


class IndexUnusableHomeError(IndexError_):
    """The data directory cannot be read or written."""


class StoreError(IndexError_):
    """The store of the vectors of all reports cannot be reached or used."""
