"""The one place that reads settings and puts the parts together, for the page, the command line and the evaluation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from corpus.library import ALL_REPORTS, expansions, load, probes, report_ids
from qa.errors import InputError
from qa.pipeline import Pipeline
from qa.settings import Settings
from qa.source import build_source
from qa.values import QUOTES
from qa.wording import kept_wording

if TYPE_CHECKING:
    from corpus.values import Expansion, Report
    from index.encoder import Encoder
    from qa.generating import Generating
    from qa.library import Asks, Library

Progress = Callable[[str], None]


def build(
    settings: Settings,
    *,
    report_id: str | None = None,
    progress: Progress | None = None,
    with_expansions: bool = True,
    gate: bool = True,
) -> Pipeline:
    """A pipeline ready to answer; a missing or stale index is built first, told to ``progress``.

    ``with_expansions=False`` leaves the everyday questions out of the index and the ranking, ``gate=False`` never
    refuses for want of evidence: both serve comparisons. Raises a :class:`QAError`, :class:`corpus.errors.CorpusError`
    or :class:`index.errors.IndexError_` whose text says what to do.
    """
    from index.encoder import load_encoder

    report = load(report_id or settings.report)
    keyed = expansions(report) if with_expansions else ()
    return assemble(report, keyed, load_encoder(settings.encoder), settings, progress=progress, gate=gate)


def assemble(
    report: Report,
    keyed: tuple[Expansion, ...],
    encoder: Encoder,
    settings: Settings,
    *,
    progress: Progress | None = None,
    gate: bool = True,
) -> Pipeline:
    """A pipeline over given parts."""
    from index.store import ensure, memo_file

    # An index that leaves out questions which there are is kept beside the usual one, not in its place.
    left_out = not keyed and expansions(report)
    home = settings.home / "without-questions" if left_out else settings.home
    index = ensure(report, keyed, encoder, home, probes=probes(report) if keyed else (), progress=progress)
    words = kept_wording(
        report, index.sentence_passages, keyed, memo_file(report.id, home, "wording"), index.id
    )
    source = build_source(report, index, keyed, _english(encoder), words)
    council = settings.council_contact or f"the council ({report.metadata.authority})"
    return Pipeline(source, council=council, gate=gate)


def build_asker(
    settings: Settings,
    *,
    report_id: str | None = None,
    progress: Progress | None = None,
    removed_text: bool = True,
) -> Pipeline | Generating | Library:
    """What answers by the generator of the settings: the pipeline, or it with a language model; of several reports all.

    ``report_id`` may name several (see :func:`chosen_reports`). ``removed_text=False`` forgets the words of the
    statements that are taken out. Raises what :func:`build` raises.
    """
    check_generator(settings)  # what cannot be used is told before an index is built
    ids = chosen_reports(report_id or settings.report)
    if len(ids) > 1:
        return build_library(settings, ids, progress=progress, removed_text=removed_text)
    return with_model(
        build(settings, report_id=ids[0], progress=progress), settings, removed_text=removed_text
    )


def chosen_reports(named: str) -> tuple[str, ...]:
    """The ids of the reports that a person names: one, several apart by commas, or all.

    Raises :class:`InputError` if none is named; whether they exist is told when they are loaded.
    """
    ids = tuple(dict.fromkeys(part.strip() for part in named.split(",") if part.strip()))
    if not ids:
        raise InputError("No report is named. Give an id, several apart by commas, or all.")
    return report_ids() if ALL_REPORTS in ids else ids


def build_library(
    settings: Settings,
    ids: Sequence[str],
    *,
    progress: Progress | None = None,
    removed_text: bool = True,
) -> Library:
    """What answers over several reports; the index of each is loaded, or built, when it is first asked."""
    check_generator(settings)
    reports = {report_id: load(report_id) for report_id in ids}
    make = maker(settings, removed_text=removed_text)
    return gathered(tuple(reports.values()), lambda report_id: make(reports[report_id], progress), settings)


def maker(
    settings: Settings, *, removed_text: bool = True
) -> Callable[[Report, Progress | None], Pipeline | Generating]:
    """What makes that which answers about a report, all with one encoder; see :func:`build_asker`."""
    from index.encoder import load_encoder

    encoder = load_encoder(settings.encoder)

    def make(report: Report, progress: Progress | None) -> Pipeline | Generating:
        pipeline = assemble(report, expansions(report), encoder, settings, progress=progress)
        return with_model(pipeline, settings, removed_text=removed_text)

    return make


def gathered(reports: Sequence[Report], make: Callable[[str], Asks], settings: Settings) -> Library:
    """What answers over some reports; ``make`` gives what answers about the one of an id."""
    from qa.library import Library

    council = {"council": settings.council_contact} if settings.council_contact else {}
    return Library(reports, make, **council)


def with_model(pipeline: Pipeline, settings: Settings, *, removed_text: bool = True) -> Pipeline | Generating:
    """A pipeline with the language model of the settings; by itself when that is ``quotes``."""
    if settings.generator == QUOTES:
        return pipeline
    from qa.generating import Generating
    from qa.models import load_model

    model = load_model(settings)
    return Generating(pipeline, model, seconds=settings.timeout, removed_text=removed_text)


def check_generator(settings: Settings) -> str:
    """The name of the generator as readers see it; no model is asked or loaded.

    Raises :class:`InputError` for one that cannot be used.
    """
    if settings.generator == QUOTES:
        return QUOTES
    from qa.models import load_model

    return load_model(settings).name


def _english(encoder: Encoder) -> Iterable[str]:
    """Words that the encoder knows whole: they are spelt right, even if the report lacks them."""
    return getattr(encoder, "known_words", lambda: ())()
