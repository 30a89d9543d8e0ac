"""What a topic asks for: a section, a half of the report, somebody who must act, a deadline, or a theme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.values import LOCAL_ADDRESSEE, Section
from qa.acronyms import Acronym, expand, usual_acronyms
from qa.errors import QuestionError
from qa.note.characters import visible
from qa.question import named_part
from qa.recommendations import asked_addressees, asked_deadline
from qa.source import Source
from qa.text import fold, plain, stem, terms, words

LONGEST = 200  # characters
NO_TOPIC = "Name a topic first: a section, a theme or a role, such as “supervision” or “missing children”."
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!][^<>]*>|&#?\w+;|\{\{|\$\{")
_REQUEST = re.compile(
    r"\b(?:(?:recommended |required )?actions?(?: (?:plan|points?|for|by|of))?|recommendations?(?: (?:for|on|to))?|"
    r"deadlines?|responsibilit(?:y|ies)|briefing|topic|findings?|strengths?|weaknesses|areas? for improvement|"
    r"judgements?|(?:the )?roles? of)\b",
    re.IGNORECASE,
)
# Words that name no topic beside a section's own.
_ABOUT_SECTIONS = frozenset(
    stem(word) for word in "section heading part half service outcome report side".split()
)
_LITTLE = frozenset("the of and to for what they a in on how are".split())
_TIME = frozenset(terms("immediate immediately urgent now month months three six twelve straight away"))
_COUNCIL = re.compile(r"\b(?:the )?(?:council|local authority)(?:'s)?\b")
_ASKS_FOR_ACTIONS = re.compile(r"\b(?:actions?|recommendations?|deadlines?|areas? for improvement)\b")


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it is understood.

    ``text`` is what was typed; ``search`` what is searched for; ``forms`` the sets of terms of which a sentence must
    hold nearly all of one to be about it; ``sections`` those that it names; ``addressees`` who must act; ``deadline``
    the deadline that it names, empty for one that the report does not set; ``part`` the half of the report; ``actions``
    whether it asks for actions in so many words.
    """

    text: str
    search: str
    forms: tuple[frozenset[str], ...]
    sections: tuple[Section, ...] = ()
    addressees: frozenset[str] = frozenset()
    deadline: str | None = None
    part: str | None = None
    actions: bool = False


def read_topic(text: str) -> str:
    """The topic on one line; raises :class:`QuestionError` in words for one that cannot be looked for."""
    line = " ".join(visible(text).replace("\N{REPLACEMENT CHARACTER}", " ").split())
    if not line:
        raise QuestionError(NO_TOPIC)
    if len(line) > LONGEST:
        raise QuestionError(
            f"The topic has {len(line):,} characters; at most {LONGEST} are looked for. Name it in a few words."
        )
    if _MARKUP.search(line):
        raise QuestionError("The topic holds markup. Name it in plain words, such as “supervision”.")
    if not re.search(r"[^\W\d_]{2}", line):
        raise QuestionError(f"“{line}” names no topic. {NO_TOPIC}")
    return line


def understand_topic(text: str, source: Source, acronyms: Sequence[Acronym]) -> Topic:
    """What a topic asks for in one report."""
    lower = plain(text)
    actions = source.report.recommendations
    deadline = asked_deadline(lower, actions) if actions else None
    asked = bool(_ASKS_FOR_ACTIONS.search(lower)) or deadline is not None
    part = named_part(terms(text), source.part_terms) if asked else None
    addressees = asked_addressees(lower, actions, acronyms) if actions else frozenset()
    if not asked:  # "hospital" may stand for a body that must act, but only where actions are asked for
        addressees = frozenset(name for name in addressees if set(terms(name)) & set(terms(text)))
    bare = _without_request(text, deadline or "", part or "") if asked or addressees else text
    if asked and not addressees and _COUNCIL.fullmatch(plain(bare)):
        addressees, bare = frozenset({LOCAL_ADDRESSEE}), ""  # nearly every sentence speaks of it
    return Topic(
        text,
        expand(bare, acronyms, usual_acronyms(source.report.paragraphs)) if bare else text,
        _forms(bare, acronyms) if bare else (),
        sections_named(text, source),
        addressees,
        deadline,
        part,
        asked,
    )


def _without_request(text: str, deadline: str, part: str) -> str:
    """What is left of a topic without asking for actions, without their deadline and the half they are of."""
    bare = re.sub(r"['’]s?(?=\s|$)", " ", _REQUEST.sub(" ", text))
    known = set(terms(deadline)) | set(terms(part)) | _TIME if deadline else set(terms(part))
    kept = [word for word in bare.split() if not set(terms(word)) <= known]
    return " ".join(kept).strip(" ,.;:-?")


def sections_named(text: str, source: Source) -> tuple[Section, ...]:
    """The sections whose heading the text gives, with those below them; a half that it names narrows them down."""
    asked = _heading_words(text)
    found: list[Section] = []
    narrowed: list[Section] = []
    for section in source.report.sections:
        name, part = _heading_words(section.name), _heading_words(section.part)
        below = [s for s in source.report.sections if s.path[: len(section.path)] == section.path]
        if asked and name == asked:
            found += below
        elif asked and len(section.path) > 1 and name < asked and asked - name <= part:
            narrowed += below
    return tuple(dict.fromkeys(found or narrowed))


def _heading_words(text: str) -> frozenset[str]:
    """The words of a heading that tell it from others, stemmed; all of them if none does."""
    every = frozenset(stem(word) for word in words(fold(text))) - _LITTLE
    return (every - _ABOUT_SECTIONS) or every


def _forms(bare: str, acronyms: Sequence[Acronym]) -> tuple[frozenset[str], ...]:
    """The terms of the topic, and those with a short form in the place of a long one and the other way round."""
    found = [bare]
    for acronym in acronyms:
        if re.search(rf"\b{re.escape(plain(acronym.short))}s?\b", plain(bare)):
            found.append(
                re.sub(rf"\b{re.escape(acronym.short)}s?\b", acronym.long, bare, flags=re.IGNORECASE)
            )
        if set(terms(acronym.long)) <= set(terms(bare)):
            left = [t for t in terms(bare) if t not in terms(acronym.long)]
            found.append(" ".join([acronym.short, *left]))
    sets = [frozenset(terms(one)) for one in found]
    return tuple(dict.fromkeys(one for one in sets if one))
