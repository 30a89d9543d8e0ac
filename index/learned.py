"""What is learned from a report's questions when its index is built, and how it is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index import fitted as maps
from index import leaning, placing
from index.encoder import Vectors
from index.fitted import Fitted
from index.passages import Passage, overlapping, rows_of
from index.placing import asked

FITTED = "fitted.npy"
LEANING = "leaning.npy"
PLACING = "placing.npy"
FILES = frozenset({FITTED, LEANING, PLACING})


@dataclass(frozen=True)
class Learned:
    """The map of :mod:`index.fitted`, and the weights of :mod:`index.leaning` and :mod:`index.placing`."""

    fitted: Fitted
    leaning: Vectors
    placing: Vectors

    def files(self) -> dict[str, bytes]:
        """The content of a file for each."""
        return {
            FITTED: self.fitted.to_bytes(),
            LEANING: leaning.to_bytes(self.leaning),
            PLACING: leaning.to_bytes(self.placing),
        }

    def fits(self, passages: Sequence[Passage], place: Mapping[str, int]) -> bool:
        """Whether this can have been learned from these passages; ``place`` is that of each paragraph."""
        known = len(asked(passages, place).rows)
        return self.leaning.shape == probe_rows(passages).shape and self.placing.shape == (known, len(place))


def from_files(files: Mapping[str, bytes]) -> Learned:
    """What :meth:`Learned.files` wrote; raises :class:`ValueError` for anything else."""
    return Learned(
        maps.from_bytes(files[FITTED]),
        leaning.from_bytes(files[LEANING]),
        placing.from_bytes(files[PLACING]),
    )


def learn(
    passages: Sequence[Passage], vectors: Vectors, place: Mapping[str, int], tell: Callable[[str], None]
) -> Learned:
    """What the questions among the passages teach; ``place`` is that of each paragraph, ``tell`` hears of progress."""
    known, probes = asked(passages, place), probe_rows(passages)
    if len(rows_of(passages, ("question",))):
        tell("Fitting the map from everyday questions to sentences.")
    fitted = _fitted(passages, vectors)
    if len(known.rows):
        tell(f"Learning from {len(known.rows):,} questions where the report answers them.")
    placed = placing.fit(vectors[known.rows], known.answers, len(place))
    if len(probes):
        tell(f"Learning from {len(probes):,} questions which of them the report answers.")
    return Learned(fitted, leaning.fit(vectors[probes], _answered(passages, probes)), placed)


def forgetting(
    learned: Learned,
    texts: Collection[str],
    passages: Sequence[Passage],
    vectors: Vectors,
    place: Mapping[str, int],
) -> Learned:
    """What was learned, but for these questions: they have no weight, and the others are weighed without them.

    The map is left as it is: it knows of no probes.
    """
    known, probes = asked(passages, place), probe_rows(passages)
    kept = np.array([passages[row].text not in texts for row in known.rows], dtype=bool)
    answers = [answer for answer, keep in zip(known.answers, kept, strict=True) if keep]
    placed = np.zeros_like(learned.placing)
    placed[kept] = placing.fit(vectors[known.rows[kept]], answers, len(place))
    kept = np.array([passages[row].text not in texts for row in probes], dtype=bool)
    leans = np.zeros_like(learned.leaning)
    leans[kept] = leaning.fit(vectors[probes[kept]], _answered(passages, probes[kept]))
    return replace(learned, leaning=leans, placing=placed)


def probe_rows(passages: Sequence[Passage]) -> NDArray[np.intp]:
    """The places of the probes."""
    return rows_of(passages, ("answered", "unanswered"))


def _answered(passages: Sequence[Passage], rows: NDArray[np.intp]) -> list[bool]:
    return [passages[row].kind == "answered" for row in rows]


def _fitted(passages: Sequence[Passage], vectors: Vectors) -> Fitted:
    """The map fitted to the everyday questions; one that is keyed to several places counts once."""
    sentences, questions = rows_of(passages, ("sentence",)), rows_of(passages, ("question",))
    place = {int(row): i for i, row in enumerate(sentences)}
    first: dict[str, int] = {}
    answers: dict[int, set[int]] = {}
    for row, rows in zip(questions, overlapping(passages, ("question",), ("sentence",)), strict=True):
        known = first.setdefault(passages[row].text, int(row))
        answers.setdefault(known, set()).update(place[int(r)] for r in rows)
    return maps.fit(vectors[list(answers)], vectors[sentences], [sorted(rows) for rows in answers.values()])
