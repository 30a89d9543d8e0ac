"""Ours, searching alone: the paragraphs that the index finds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.library import expansions, load
from evals.bench.pieces import Piece, Search
from qa.build import build as pipeline
from qa.settings import read_settings


def build(text: str, folder: Path) -> None:
    """Index the shipped report, with its everyday questions, in a folder."""
    build_index(folder, with_questions=True)


def opened(folder: Path) -> Search:
    """The search of an index that was built in a folder."""
    return index_search(folder, with_questions=True)


def build_index(folder: Path, *, with_questions: bool) -> None:
    """Index the shipped report in a folder, with or without its everyday questions."""
    from index.encoder import load_encoder
    from index.store import build as build_store

    report = load()
    build_store(report, expansions(report) if with_questions else (), load_encoder(), folder)


def index_search(folder: Path, *, with_questions: bool) -> Search:
    """The search of an index that was built in a folder, with or without everyday questions."""
    from index.encoder import load_encoder
    from index.store import load as load_index

    report = load()
    index = load_index(report, expansions(report) if with_questions else (), load_encoder(), folder)

    def search(question: str, count: int) -> Sequence[Piece]:
        return [hit.paragraph for hit in index.search(question, top_k=count)]

    return search


def answers(folder: Path) -> Search:
    """Whole answers in place of a search: the paragraphs that an answer cites, then those that it weighed."""
    asker = pipeline(read_settings(home=folder))

    def search(question: str, count: int) -> Sequence[Piece]:
        answer = asker.ask(question)
        cited = [citation.evidence.paragraph for made in answer.statements for citation in made.citations]
        weighed = [item.paragraph for item in answer.considered]
        return [*dict.fromkeys([*cited, *weighed])][:count]

    return search
