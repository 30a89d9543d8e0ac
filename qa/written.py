"""What a language model wrote, as statements with the paragraphs that they cite. No text makes this fail.

Understood are JSON, ``<statement cites="12">…</statement>``, and plain sentences that end in markers such as ``[12]``,
``[13, 79]``, ``[79-81]`` or ``(para 12)``. What cites nothing is a statement too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

LONGEST_RANGE = 12  # paragraphs of a range such as [79-81]; more is no citation
LONGEST_STATEMENT = 600  # characters
MOST = 40  # statements that are read

_ID = r"(?:[\w-]+:)?(?:\d{1,4}(?:\.\d{1,3})*|findings|front|p\d{1,4}(?:\.\d{1,3})?)"
_RANGE = rf"{_ID}(?:\s*[-–—]\s*\d{{1,4}})?"
_WORD = r"(?:paragraphs?|paras?\.?|§+|¶+|p\.)"
_LIST = rf"{_WORD}?\s*{_RANGE}(?:\s*(?:,|;|and|&)\s*{_WORD}?\s*{_RANGE})*"
MARKER = re.compile(
    rf"\[\s*{_LIST}\s*\]|\(\s*(?:see\s+)?{_WORD}\s*{_RANGE}(?:\s*(?:,|;|and|&)\s*{_RANGE})*\s*\)", re.I
)
_SPAN = re.compile(rf"({_ID})(?:\s*[-–—]\s*(\d{{1,4}}))?", re.I)
_QUOTE_TAG = re.compile(r"<quote\b[^>]*>(.*?)(?:</quote>|$)", re.I | re.S)
_STATEMENT_TAG = re.compile(r"<statement\b([^>]*)>(.*?)(?:</statement>|$)", re.I | re.S)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|<!--.*?-->", re.S)
_ACTIVE = re.compile(r"<(script|style|think|thinking|reasoning)\b.*?(?:</\1\s*>|$)", re.I | re.S)
_FENCE = re.compile(r"^\s*```\w*\s*|\s*```\s*$")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_END = re.compile(r"(?<=[a-z0-9%”\"')][.!?])\s+(?=[A-Z“\"(])")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ud800-\udfff]"
)
_TEXT_KEYS = ("text", "statement", "sentence", "claim", "answer")
_CITE_KEYS = ("paragraphs", "cites", "citations", "paragraph", "sources", "ids")


@dataclass(frozen=True, slots=True)
class Draft:
    """One statement as it was written, without its markers, and the paragraphs that it names."""

    text: str
    paragraphs: tuple[str, ...] = ()


def refuses(text: str) -> bool:
    """Whether a model says that the report does not answer: its first words are the sentinel."""
    bare = re.sub(r"^[\W_]+", "", _ACTIVE.sub(" ", text))
    return re.match(r"not[_ ]in[_ ]report\b", bare, re.IGNORECASE) is not None


def parse(text: str) -> tuple[Draft, ...]:
    """The statements of a text, in order; none for a text that has none or refuses."""
    text = _CONTROL.sub(" ", _ACTIVE.sub(" ", text))
    if refuses(text):
        return ()
    tagged = _STATEMENT_TAG.findall(text)
    found = _from_json(text) or (_tagged(tagged) if tagged else _plain(_QUOTE_TAG.sub("\n", text)))
    kept = []
    for draft in found:
        # Without an end and without a paragraph it is a heading, or was cut off.
        whole = draft.paragraphs or draft.text.endswith((".", "!", "?", ".”", '."'))
        if whole and any(c.isalnum() for c in draft.text) and len(draft.text) <= LONGEST_STATEMENT:
            kept.append(draft)
        if len(kept) == MOST:
            break
    return tuple(dict.fromkeys(kept))


def finished(text: str) -> str:
    """The part of a text that is still being written of which no statement can change: its whole lines.

    Nothing of a JSON object or a hidden thought is finished before its end.
    """
    bare = _FENCE.sub("", text.lstrip())
    if bare.lstrip().startswith(("{", "[{", "[\n", '["')) or re.search(
        r"<(?:think|thinking|reasoning|script|style)\b", text, re.I
    ):
        return ""
    return text[: text.rfind("\n") + 1]


def cited(text: str) -> tuple[str, ...]:
    """The paragraphs that the markers of a text name, ranges written out, each once."""
    return tuple(dict.fromkeys(n for marker in MARKER.findall(text) for n in _numbers(marker)))


def _numbers(marker: str) -> Iterator[str]:
    for first, last in _SPAN.findall(re.sub(rf"{_WORD}(?=\s*\d)", " ", marker, flags=re.I)):
        name = first.rpartition(":")[2].lower()
        if not last:
            yield name
        elif name.isdigit() and 0 <= int(last) - int(name) < LONGEST_RANGE:
            yield from map(str, range(int(name), int(last) + 1))


def _plain(text: str) -> Iterator[Draft]:
    for line in text.splitlines():
        line = _BULLET.sub("", _FENCE.sub("", _TAG.sub(" ", line))).strip()
        if not line or line.startswith("#") or (line.endswith(":") and not MARKER.search(line)):
            continue
        yield from _sentences(line)


def _sentences(line: str) -> Iterator[Draft]:
    """The sentences of a line; a marker belongs to the sentence before it, wherever the full stop is."""
    place = 0
    for run in re.finditer(rf"(?:\s*(?:{MARKER.pattern}))+\s*[.!?]?", line, re.I):
        if run.end() < len(line) and not re.match(r"\s+[A-Z“\"]|\s*$", line[run.end() :]):
            continue  # a marker within a sentence
        yield from _split(line[place : run.start()], line[run.start() : run.end()])
        place = run.end()
    yield from _split(line[place:], "")


def _split(text: str, markers: str) -> Iterator[Draft]:
    """Sentences without a marker of their own, the last one with these."""
    pieces = [piece for piece in _END.split(text.strip()) if piece.strip()]
    for piece in pieces[:-1]:
        yield _draft(piece)
    if pieces:
        end = markers[-1:] if markers[-1:] in ".!?" and pieces[-1].rstrip()[-1] not in ".!?" else ""
        yield _draft(pieces[-1] + end, markers)


def _draft(text: str, markers: str = "", named: Iterable[str] = ()) -> Draft:
    numbers = tuple(dict.fromkeys((*cited(f"{text} {markers}"), *named)))
    bare = re.sub(r"\s+", " ", MARKER.sub(" ", _TAG.sub(" ", text)))
    bare = re.sub(r"\s+([.,;:!?])", r"\1", bare).strip(" *_`|\t")
    return Draft(bare, numbers)


def _tagged(found: Iterable[tuple[str, str]]) -> Iterator[Draft]:
    for attributes, text in found:
        yield _draft(text, named=_loose(attributes))


def _from_json(text: str) -> list[Draft] | None:
    bare = _FENCE.sub("", text.strip())
    starts = [place for place in (bare.find("{"), bare.find("[{")) if place >= 0]
    if not starts or (min(starts) > 0 and MARKER.search(bare[: min(starts)])):
        return None
    try:
        value, _ = json.JSONDecoder().raw_decode(bare[min(starts) :])
    except (ValueError, RecursionError):
        return None
    found = list(_objects(value, 0))
    return found or None


def _objects(value: object, depth: int) -> Iterator[Draft]:
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth + 1)
    elif isinstance(value, Mapping):
        written = next((value[k] for k in _TEXT_KEYS if isinstance(value.get(k), str)), None)
        if written is not None:
            named = next((value[k] for k in _CITE_KEYS if k in value), ())
            yield _draft(str(written), named=_loose(json.dumps(named, default=str)))
            return
        for key, item in value.items():
            if key not in ("quotes", "quote"):
                yield from _objects(item, depth + 1)


def _loose(text: str) -> tuple[str, ...]:
    """The paragraph numbers of a text that holds nothing but those."""
    return tuple(_numbers(re.sub(r"[\"'\[\]]", " ", text)))
