"""A report's index as a LangChain retriever, for programs that are built on that library.

Nothing on the way to an answer needs this module, so that nothing else has to import LangChain.
"""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field, SkipValidation

from corpus.values import Report
from index.hits import Found, Hit
from qa.source import Searcher


class ReportRetriever(BaseRetriever):
    """The paragraphs of a report that fit a query, best first, each a whole ``Document``.

    A document's id is ``REPORT:PARAGRAPH``. Its metadata are plain JSON values: ``report``, ``paragraph``
    (the printed number), ``section`` (a list of headings), ``score`` (0 to 1, compares within one search) and
    ``why`` (for each leg that found the paragraph: ``leg``, ``score``, ``text``, ``start``, ``end``).
    """

    report: SkipValidation[Report]
    index: SkipValidation[Searcher]
    top_k: int = Field(default=10, ge=1)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        paragraphs = {paragraph.number: paragraph for paragraph in self.report.paragraphs}
        hits = self.index.search(query, top_k=self.top_k)
        return [
            Document(
                id=f"{self.report.id}:{hit.paragraph}",
                page_content=paragraphs[hit.paragraph].text,
                metadata=_metadata(hit, self.report.id, paragraphs[hit.paragraph].section),
            )
            for hit in hits
        ]


def _metadata(hit: Hit, report_id: str, section: tuple[str, ...]) -> dict[str, Any]:
    return {
        "report": report_id,
        "paragraph": hit.paragraph,
        "section": list(section),
        "score": hit.score,
        "why": [_reason(found) for found in hit.why],
    }


def _reason(found: Found) -> dict[str, Any]:
    return {
        "leg": found.leg,
        "score": found.score,
        "text": found.text,
        "start": found.start,
        "end": found.end,
    }
