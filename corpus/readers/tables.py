"""Table rows as pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.readers.document import Piece

_NUMBER = re.compile(r"[A-Z]{0,2}\.?\d{1,4}(?:\.\d{1,3})*[.)]?")


def row_piece(cells: Sequence[str], page: int = 0) -> Piece | None:
    """A row as a piece, ``None`` if it is empty. A number in the first cell is the row's label."""
    filled = tuple(cell for cell in cells if cell)
    if not filled:
        return None
    if len(filled) == 1:
        return Piece(filled[0], page=page)
    if _NUMBER.fullmatch(filled[0]):
        return Piece("\t".join(filled[1:]), label=filled[0], page=page, cells=filled)
    return Piece("\t".join(filled), page=page, cells=filled)
