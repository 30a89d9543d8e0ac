"""Characters that hide or turn round others, and those that a file cannot hold."""

from __future__ import annotations

import re

# They turn round or hide what follows them; a mark in the place of each keeps every offset.
_HIDDEN_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}"
    for code in (*range(0x20), 0x7F, *range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if chr(code) not in "\t\n"
}
# Neither UTF-8 nor the XML inside a Word file has them.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def visible(value: str) -> str:
    """The text with every control character that turns round or hides text replaced by a visible mark."""
    return value.translate(_HIDDEN_CONTROLS)


def writable(words: str) -> str:
    """The words without characters that hide or turn round others, or that a file cannot hold."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", visible(words))
