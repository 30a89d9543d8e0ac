"""How each system is made from the settings; nothing is loaded or built that no system asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import cast

from corpus.library import DEFAULT_REPORT, expansions, load
from corpus.values import Expansion, Report
from evals import names, systems
from evals.cases import Case
from evals.encodings import RememberingEncoder
from evals.siblings.benchmark import siblings
from evals.systems import Searches, System
from evals.vanilla import vanilla
from index.encoder import Encoder, load_encoder
from index.hits import ALL_LEGS, Leg
from qa.build import assemble, check_generator
from qa.library import Library
from qa.pipeline import Pipeline
from qa.settings import Settings

Progress = Callable[[str], None]

NOTES: Mapping[str, str] = MappingProxyType(
    {
        names.ALWAYS_REFUSE: "refuses every question",
        names.BM25: "copies the paragraph that BM25 over the paragraphs' own words ranks first",
        names.DENSE: "copies the paragraph whose vector is nearest to the question's",
        names.VANILLA: "copies the nearest LangChain chunk (recursive, 1000/200), citing all that it lies in",
        names.COPY_TOP: "copies the paragraph that our retriever ranks first",
        names.NEAREST: "copies the sentence whose expansion question is nearest to the question",
        names.NEVER_REFUSE: "ours without the gate that refuses when the evidence is not enough",
        names.NO_EXPANSIONS: "ours on the report without its expansion questions",
        names.OURS: "the whole tool",
        names.GOLD: "ours, given the required paragraphs: what composition alone loses",
    }
)
"""What each system does, in a few words."""


class Workshop:
    """Makes systems over the report that the cases are about; they share an encoder and its vectors."""

    def __init__(self, settings: Settings, *, progress: Progress) -> None:
        check_generator(settings)
        self._settings = settings
        self._progress = progress

    def systems(self, wanted: Sequence[str], cases: Sequence[Case]) -> Iterator[System]:
        """The systems of those names, ours first, so that its times include encoding the questions."""
        for name in sorted(wanted, key=lambda name: name != names.OURS):
            if name != names.OURS:
                # All at once is several times faster than one by one; what is remembered costs nothing.
                self.encoder.encode([case.question for case in cases])
            yield self._makers()[name](name)

    def provenance(self, cases: Sequence[Case]) -> dict[str, str]:
        """What a run depends on: data, encoder and settings, each with a short hash."""
        questions = "\n".join(case.model_dump_json() for case in cases)
        asked = sum(len(expansion.questions) for expansion in self.expansions)
        return {
            "report": f"{self.report.id} ({_short_hash(self.report.source)})",
            "cases": f"{len(cases)} ({_short_hash(questions)})",
            "expansion questions": f"{asked} ({_short_hash(repr(self.expansions))})",
            "encoder": f"{self.encoder.name} ({self.encoder.fingerprint[:12]})",
            "generator": self._settings.generator,
        }

    @cached_property
    def report(self) -> Report:
        """The report that the cases are about."""
        return load(DEFAULT_REPORT)

    @cached_property
    def expansions(self) -> tuple[Expansion, ...]:
        """The expansion questions that the report comes with."""
        return expansions(self.report)

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder of the settings."""
        return RememberingEncoder(load_encoder(self._settings.encoder))

    @cached_property
    def pipeline(self) -> Pipeline:
        """The tool as its users have it."""
        return self._assemble(self.expansions)

    @cached_property
    def plain_pipeline(self) -> Pipeline:
        """The tool over the report without its expansion questions."""
        return self._assemble(())

    def _makers(self) -> dict[str, Callable[[str], System]]:
        return {
            names.ALWAYS_REFUSE: lambda name: systems.always_refuse(name=name, note=NOTES[name]),
            names.BM25: lambda name: self._copy(name, self.plain_pipeline, ("words",)),
            names.DENSE: lambda name: self._copy(name, self.plain_pipeline, ("paragraph",)),
            names.VANILLA: lambda name: vanilla(self.report, self.encoder, name=name, note=NOTES[name]),
            names.COPY_TOP: lambda name: self._copy(name, self.pipeline),
            names.NEAREST: self._nearest,
            names.NEVER_REFUSE: lambda name: self._ours(name, self._assemble(self.expansions, gate=False)),
            names.NO_EXPANSIONS: lambda name: self._ours(name, self.plain_pipeline),
            names.OURS: lambda name: self._ours(name, self.pipeline),
            names.GOLD: lambda name: systems.with_gold(self.pipeline, name=name, note=NOTES[name]),
        }

    def _ours(self, name: str, pipeline: Pipeline) -> System:
        return systems.ours(pipeline, name=name, note=NOTES[name])

    def _copy(self, name: str, pipeline: Pipeline, legs: Sequence[Leg] = ALL_LEGS) -> System:
        return systems.copy_top(_index(pipeline), self.report, name=name, note=NOTES[name], legs=legs)

    def _nearest(self, name: str) -> System:
        return systems.nearest_question(_index(self.pipeline), self.report, name=name, note=NOTES[name])

    def _assemble(self, keyed: tuple[Expansion, ...], *, gate: bool = True) -> Pipeline:
        return assemble(self.report, keyed, self.encoder, self._settings, progress=self._progress, gate=gate)


@contextmanager
def sibling_library(settings: Settings, *, progress: Progress) -> Iterator[Library]:
    """The shipped report and the made-up ones as one library; the indexes of the latter go when it does."""
    check_generator(settings)
    encoder = load_encoder(settings.encoder)
    shipped = load(DEFAULT_REPORT)
    reports = {report.id: report for report in (shipped, *siblings())}
    with TemporaryDirectory(prefix="siblings-") as folder:
        passing = settings.model_copy(update={"home": Path(folder)})

        def make(report_id: str) -> Pipeline:
            own = report_id != DEFAULT_REPORT
            keyed = () if own else expansions(shipped)
            home = passing if own else settings
            return assemble(reports[report_id], keyed, encoder, home, progress=progress)

        yield Library(tuple(reports.values()), make)


def _index(pipeline: Pipeline) -> Searches:
    # A pipeline promises only what it needs of its index; baselines also ask for single legs.
    return cast("Searches", pipeline.index)


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
