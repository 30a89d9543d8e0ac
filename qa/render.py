"""The JSON form of an answer, as programs read it."""

from __future__ import annotations

from typing import Any

from qa.values import Answer, Citation


def to_json(answer: Answer, id: str | None = None) -> dict[str, Any]:
    """One JSON object, keys in a fixed order; only ``seconds`` varies between runs."""
    return {
        "id": id,
        "question": answer.question,
        "status": answer.status,
        "answer": answer.text,
        "statements": [
            {"text": s.text, "citations": [_statement_citation(c) for c in s.citations]}
            for s in answer.statements
        ],
        "citations": _cited_once(answer),
        "related": list(answer.related),
        "reason": answer.reason,
        "removed": [
            {"text": r.text, "paragraphs": list(r.paragraphs), "problems": list(r.problems)}
            for r in answer.removed
        ],
        "generator": answer.generator,
        "seconds": answer.seconds,
    }


def _statement_citation(citation: Citation) -> dict[str, Any]:
    evidence = citation.evidence
    return {
        "report": evidence.report,
        "paragraph": evidence.paragraph,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
    }


def _cited_once(answer: Answer) -> list[dict[str, Any]]:
    first: dict[tuple[str, str], dict[str, Any]] = {}
    for citation in (c for s in answer.statements for c in s.citations):
        evidence = citation.evidence
        first.setdefault(
            (evidence.report, evidence.paragraph),
            {
                "report": evidence.report,
                "paragraph": evidence.paragraph,
                "section": list(citation.section),
                "quote": evidence.quote,
            },
        )
    return list(first.values())
