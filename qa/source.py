"""Everything that answering needs to know about one report, put together once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.values import Expansion, Paragraph, Report
from index.hits import Hit, Known, Nearness, SentenceHit
from index.passages import Passage
from index.wordvectors import WordVectors
from qa.question import part_terms
from qa.text import terms
from qa.values import Citation, Evidence
from qa.vocabulary import Vocabulary, vocabulary_of
from qa.wording import Wording, wording

COMMON = (
    0.5  # share of the paragraphs: a term in more of them does not tell one half of the report from the other
)


class Searcher(Protocol):
    """What is asked of an index: ranked paragraphs, and every sentence with its likeness to the question."""

    @property
    def id(self) -> str:
        """A short name that changes when the index does."""
        ...

    @property
    def encoder_fingerprint(self) -> str:
        """What decides the vectors of its encoder."""
        ...

    def vector(self, text: str) -> Sequence[float]:
        """The vector of a text, of length 1."""
        ...

    def word_vectors(self, text: str) -> WordVectors:
        """The words of a text with the vectors that they have in it, of length 1."""
        ...

    def search(self, query: str, *, top_k: int = 10) -> tuple[Hit, ...]:
        """The best paragraphs, best first."""
        ...

    def sentences(self, query: str) -> tuple[SentenceHit, ...]:
        """Every sentence of the report in the report's order."""
        ...

    @property
    def sentence_passages(self) -> tuple[Passage, ...]:
        """Every sentence of the report in the report's order, whatever is asked."""
        ...

    def nearness(self, query: str) -> Nearness:
        """How near a query is to each of them."""
        ...

    def known(self, query: str, *, without: frozenset[str] = frozenset()) -> Known:
        """How near a query is to questions that the report is known to answer or not."""
        ...

    def passage_text(self, place: int) -> str:
        """The text of an everyday question that a nearness names."""
        ...


@dataclass(frozen=True)
class Source:
    """A report with its index, its vocabulary and the everyday questions keyed to its sentences."""

    report: Report
    index: Searcher
    vocabulary: Vocabulary
    expansions: tuple[Expansion, ...]
    paragraphs: dict[str, Paragraph]
    parts: tuple[str, ...]
    part_terms: dict[str, frozenset[str]]
    keyed_to: dict[str, tuple[Expansion, ...]]
    broad: frozenset[str]
    """The everyday questions that it takes more than one place to answer."""
    holding: Mapping[str, Sequence[int]]
    """For each term the sentences of the index that hold it, themselves or in their everyday questions, by place."""

    def part_of(self, number: str) -> str | None:
        """The half of the report that a paragraph stands in, ``None`` for paragraphs outside both."""
        section = self.paragraphs[number].section
        return section[0] if section and section[0] in self.parts else None

    def keyed(self, number: str, start: int, end: int) -> tuple[str, ...]:
        """The everyday questions keyed to words of a span of a paragraph."""
        return tuple(
            question
            for expansion in self.keyed_to.get(number, ())
            if expansion.start < end and start < expansion.end
            for question in expansion.questions
        )

    def cite(self, number: str, start: int, end: int) -> Citation:
        """A citation of a span of a paragraph's text."""
        paragraph = self.paragraphs[number]
        return Citation(
            Evidence(self.report.id, number, paragraph.text[start:end], start, end), paragraph.section
        )


def build_source(
    report: Report,
    index: Searcher,
    expansions: Sequence[Expansion],
    english: Iterable[str] = (),
    words: Wording | None = None,
) -> Source:
    """The source of a report; ``english`` are words known to be spelt right besides the report's own.

    ``words`` are the report's if they are known already.
    """
    words = words or wording(report, index.sentence_passages, expansions)
    vocabulary = vocabulary_of(words.counts, english)
    parts = tuple(dict.fromkeys(j.part for j in report.judgements if j.part))
    common = COMMON * vocabulary.paragraphs
    return Source(
        report=report,
        index=index,
        vocabulary=vocabulary,
        expansions=tuple(expansions),
        paragraphs={p.number: p for p in report.paragraphs},
        parts=parts,
        part_terms=part_terms(parts, lambda term: vocabulary.document_frequency.get(term, 0) > common),
        keyed_to=_by_paragraph(expansions),
        broad=frozenset(
            q for q, places in Counter(q for e in expansions for q in e.questions).items() if places > 1
        ),
        holding=words.holding,
    )


def _by_paragraph(expansions: Iterable[Expansion]) -> dict[str, tuple[Expansion, ...]]:
    grouped: dict[str, tuple[Expansion, ...]] = {}
    for expansion in expansions:
        grouped[expansion.paragraph] = (*grouped.get(expansion.paragraph, ()), expansion)
    return grouped


def section_terms(source: Source, number: str) -> frozenset[str]:
    """The terms of the headings above a paragraph."""
    return frozenset(terms(" ".join(source.paragraphs[number].section)))
