"""What was found in a draft as one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.draft.checking import Finding

_SAID = {
    "supported": ("✓", "Supported"),
    "partly": ("◐", "Partly supported"),
    "not_supported": ("✕", "Not supported"),
    "not_a_claim": ("–", "No claim about the report"),
}
STYLE = """
:root{color-scheme:light dark;--ink:#1a2630;--paper:#fff;--line:#cfd8dd;--good:#17603a;--fair:#6b4700;--poor:#941b1b;
--muted:#475763}
@media(prefers-color-scheme:dark){:root{--ink:#e7edf0;--paper:#172027;--line:#3a4953;--good:#8fd9ac;--fair:#f2cc7a;
--poor:#f5a9a3;--muted:#aab8c0}}
body{max-width:52rem;margin:2rem auto;padding:0 1rem;background:var(--paper);color:var(--ink);
font:1rem/1.6 system-ui,sans-serif}
h1{font-size:1.5rem;line-height:1.3}ol.findings{padding:0;list-style:none}
li.sentence{margin:0 0 1rem;padding:.25rem 0 .25rem 1rem;border-inline-start:4px solid var(--line)}
li p{margin:0 0 .25rem}.verdict{font-weight:700}.supported .verdict{color:var(--good)}
.partly .verdict{color:var(--fair)}.not-supported .verdict{color:var(--poor)}
.not-supported{border-color:var(--poor)!important}.partly{border-color:var(--fair)!important}
.not-a-claim,.not-a-claim .verdict{color:var(--muted)}blockquote{margin:.25rem 0;padding-inline-start:.75rem;
border-inline-start:2px solid var(--line);color:var(--muted)}
"""


def as_html(name: str, report: str, findings: Sequence[Finding]) -> str:
    """The page: how many sentences have which verdict, then every sentence with what is to be said of it."""
    title = f"Citations checked: {escape(name)}"
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"{found(report, findings)}</main>\n</body>\n</html>\n"
    )


def found(report: str, findings: Sequence[Finding]) -> str:
    """What stands on the page below its heading."""
    counted = {key: sum(f.verdict.outcome == key for f in findings) for key in _SAID}
    counts = ", ".join(f"{count} {_SAID[key][1].lower()}" for key, count in counted.items() if count)
    rows = "\n".join(_row(finding) for finding in findings)
    return (
        f"<p>Set beside {escape(report)}. {len(findings)} sentences: {counts}.</p>\n"
        "<p>This is a help for a person who checks: it errs, in both directions. Read the paragraph before you rely on "
        f'a verdict.</p>\n<ol class="findings">\n{rows}\n</ol>\n'
    )


def _row(finding: Finding) -> str:
    outcome = finding.verdict.outcome
    sign, words = _SAID[outcome]
    said = f'<p>{escape(finding.sentence.text)}</p><p class="verdict"><span aria-hidden="true">{sign}</span> {words}'
    said += f": {escape(finding.remark)}</p>" if finding.remark else "</p>"
    if outcome != "not_a_claim" and finding.remark:
        said += "".join(
            f"<blockquote>“{escape(one.quote)}” (para {escape(one.paragraph)})</blockquote>"
            for one in finding.verdict.evidence
        )
    return f'<li class="sentence {outcome.replace("_", "-")}">{said}</li>'
