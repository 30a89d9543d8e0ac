"""What is known of a report's words before anything is asked: its vocabulary, and the terms of every sentence.

It takes a third of a second to work out, so it is kept beside the index as it is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.values import Expansion, Report
from index.memo import code_of, kept
from index.passages import Passage
from index.words import DECIDED_BY, know_stems, word_stem
from qa.text import pieces, terms
from qa.vocabulary import Counts, count

MODULES = (*DECIDED_BY, "qa.lexicon", "qa.text", "qa.vocabulary", "qa.wording")
"""The modules whose code decides what the words of a report are."""


@dataclass(frozen=True)
class Wording:
    """``counts`` are those of the vocabulary; ``holding`` gives for each term the sentences that hold it, by place.

    A sentence holds the terms of its own and those of the everyday questions that it answers. ``stems`` are those of
    all words of the report and its questions.
    """

    counts: Counts
    holding: Mapping[str, Sequence[int]]
    stems: Mapping[str, str]


def wording(report: Report, sentences: Sequence[Passage], expansions: Sequence[Expansion]) -> Wording:
    """The words of a report; ``sentences`` are those of the index."""
    return _read(_worked_out(report, sentences, expansions))


def kept_wording(
    report: Report, sentences: Sequence[Passage], expansions: Sequence[Expansion], path: Path, index_id: str
) -> Wording:
    """The same from the file at ``path`` if it is of this index, else worked out and kept there."""
    of = index_id + code_of(MODULES)
    found = _read(kept(path, of, lambda: _worked_out(report, sentences, expansions)))
    know_stems(found.stems)
    return found


def _worked_out(
    report: Report, sentences: Sequence[Passage], expansions: Sequence[Expansion]
) -> dict[str, Any]:
    texts, questions = [p.text for p in report.paragraphs], [q for e in expansions for q in e.questions]
    counts = count(texts, questions)
    holding: dict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(sentence_terms(report, sentences, expansions)):
        for term in sorted(own):
            holding[term].append(place)
    used = {word for text in (*texts, *questions) for word in pieces(text)}
    stems = {word: word_stem(word) for word in sorted(used) if word.isalpha()}
    return {"counts": counts.to_json(), "holding": holding, "stems": stems}


def _read(values: Mapping[str, Any]) -> Wording:
    return Wording(Counts.from_json(values["counts"]), values["holding"], values["stems"])


def sentence_terms(
    report: Report, sentences: Iterable[Passage], expansions: Iterable[Expansion]
) -> list[frozenset[str]]:
    """For each sentence its terms and those of the everyday questions that it answers."""
    asked_of: dict[str, list[tuple[int, int, frozenset[str]]]] = defaultdict(list)
    for expansion in expansions:
        asked = frozenset(term for question in expansion.questions for term in terms(question))
        asked_of[expansion.paragraph].append((expansion.start, expansion.end, asked))
    texts = {paragraph.number: paragraph.text for paragraph in report.paragraphs}
    return [
        frozenset(terms(texts[s.paragraph][s.start : s.end])).union(
            *(asked for first, last, asked in asked_of[s.paragraph] if first < s.end and s.start < last)
        )
        for s in sentences
    ]
