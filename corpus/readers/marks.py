"""References to notes, and numbers written as letters or Roman numerals."""

from __future__ import annotations

import re

NOTE = re.compile(r"[(\[]?(?:\d{1,3}|[*†‡§])(?:,\s?\d{1,3})*[)\]]?")
"""What a raised reference to a note looks like."""

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def ordinal(number: int, kind: str) -> str:
    """A number in a list's style: ``decimal``, ``lowerLetter``, ``upperRoman`` and so on; ``27`` is ``aa``."""
    if kind.endswith("Letter") and number > 0:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif kind.endswith("Roman") and 0 < number < 4000:
        text = _roman(number)
    elif kind == "decimalZero":
        return f"{number:02d}"
    else:
        return str(number)
    return text.upper() if kind.startswith("upper") else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text
