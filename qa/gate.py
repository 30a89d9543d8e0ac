"""Whether the evidence found is enough to answer the question, and if not, what is missing.

A sentence that merely resembles the question is no answer to it: near misses resemble the report as much as true
questions do. So the conditions that a question sets (years, names, the type of value wanted) are checked one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.counting import counted_thing, counts
from qa.evidence import GENERIC_TERMS, Candidate, covered_share
from qa.intent import ELSEWHERE, together
from qa.lexicon import STOP_WORDS
from qa.places import PLACES
from qa.question import Question, wants
from qa.source import Source, section_terms
from qa.sufficiency import likelihood, slots
from qa.text import fold, plain, terms, words
from qa.valuetypes import missing_value

LIKE = 0.40  # likeness (larger cosine of sentence and everyday question) below which the report is about something else
WITHOUT_QUESTIONS = (
    0.12  # how much less alike evidence is where there are no everyday questions to compare with
)
THIN = 0.12  # share of the question's content that the best sentence must cover when the likeness is not high either
RIVALS = 4  # sentences that are tried if the best one fails a condition
RIVAL = 0.97  # share of the best score from which one is tried
ALIKE = 0.70  # likeness of an everyday question from which its words and its type say what the sentence tells
ALIKE_ENOUGH = 0.8  # likeness from which words that differ are a paraphrase
APART = 0.4  # share of a question's content, by idf, that the report has only elsewhere, from which it is what is asked
STRANGE = 0.6  # share of a question's content that the report lacks, from which it is about something else
SUBJECT = (
    0.5  # share of what an earlier question is about that must be spoken of where a follow-up's number stands
)
CLEAR = 0.58  # likeness from which thin coverage does not matter: the question is a paraphrase

ELSEWHERE_LIKELY = (
    0.4  # likelihood that a text is no question on the report, from which unlikeness is believed
)
SURELY_ELSEWHERE = 0.8  # the same from which the evidence must be likely by all other signs
LIKELY_ANYWAY = 0.5  # likelihood of evidence that is likely by all other signs
LIKELY = 0.4  # likelihood from which evidence that is little alike is on the topic after all
UNLIKELY = 0.10  # likelihood below which evidence that meets every condition is a near miss
UNLIKELY_BROAD = (
    0.08  # the same for a question how something stands in general, to which much may be an answer
)
# The same for a report without everyday questions, of which the forest knows less: on the development questions without
# theirs, 4 of 100 more near misses are refused than with 0.12, for 2 of 100 more true questions.
UNLIKELY_WITHOUT_QUESTIONS = 0.25

CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november "
    "december christmas easter spring summer autumn winter".split()
)
COUNTED = frozenset({"count", "share"})
NUMERIC = frozenset({"count", "share", "percentage", "date", "duration"})

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEAR_RANGE = re.compile(r"\b((?:19|20)\d\d)[-/–](\d{2})\b")
_AGE = re.compile(r"\bage[ds]? (?:of )?(\d{1,2})\b|\b(\d{1,2})[- ]?(?:years?|yrs?)[- ]olds?\b")
_LABEL = re.compile(r"\b(tier|key stage|level|grade|stage|phase|section|schedule) (\d{1,3})\b")
_LATER = re.compile(
    r"\b(?:after the (?:inspection|report)|since the (?:inspection|report)|since then|nowadays|"
    r"these days|next inspection|follow-?up inspection|re-?inspect\w*|(?:ofsted|inspectors?) (?:came|"
    r"come) back|lifted since|(?:in the )?years since)\b"
)
_NEAREST_ONLY = "the report speaks of something near to this, but does not say what you ask"
_NOTHING_LATER = "the report describes the time {of} and nothing later"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether there is enough evidence, how sure that is (0 to 1), and what is missing if not."""

    enough: bool
    confidence: float
    missing: str | None = None
    best: Candidate | None = None


def judge(question: Question, ranked: Sequence[Candidate], source: Source) -> Verdict:
    """The verdict on the best evidence for a question.

    If the best sentence fails a condition, a nearly equal one may meet all of them: ``best`` is the sentence that does.
    """
    if not ranked:
        return Verdict(False, 0.0, "the report has nothing on this")
    first = ranked[0]
    confidence = min(max(first.score, 0.0), 1.0)
    missing = _missing(question, first, source)
    if missing is None or _on_topic_after_all(question, ranked, source):
        return _weighed(question, ranked, confidence, source)
    for other in ranked[1:RIVALS]:
        if other.score >= RIVAL * first.score and _missing(question, other, source) is None:
            return Verdict(True, round(0.5 + confidence / 4, 6), best=other)
    return Verdict(False, round(confidence / 4, 6), _with_year(missing, question))


def _on_topic_after_all(question: Question, ranked: Sequence[Candidate], source: Source) -> bool:
    """Whether only the likeness is low and all other signs together speak for the evidence."""
    if together(question.intents, ELSEWHERE) > ELSEWHERE_LIKELY:
        return False
    found = failed(question, ranked[0], source)
    return [name for name, value in found.items() if value] == ["topic"] and (
        likelihood(question, ranked, found, source) >= LIKELY
    )


def _weighed(question: Question, ranked: Sequence[Candidate], confidence: float, source: Source) -> Verdict:
    """The verdict on evidence that meets every condition: enough, unless all signs together speak against it."""
    likely = likelihood(question, ranked, failed(question, ranked[0], source), source)
    if together(question.intents, ELSEWHERE) > SURELY_ELSEWHERE and likely < LIKELY_ANYWAY:
        return Verdict(False, round(likely / 2, 6), "the report has nothing on this")
    least = UNLIKELY if source.expansions else UNLIKELY_WITHOUT_QUESTIONS
    if question.kind == "broad":
        least = UNLIKELY_BROAD
    if question.kind != "several" and not question.completed and likely < least:
        return Verdict(False, round(likely / 2, 6), _NEAREST_ONLY)
    return Verdict(True, round(0.5 + (confidence + likely) / 4, 6), best=ranked[0])


def _missing(question: Question, best: Candidate, source: Source) -> str | None:
    """The first condition of the question that a sentence does not meet, in words; ``None`` if it meets all."""
    return next((found for check in _conditions().values() if (found := check(question, best, source))), None)


def failed(question: Question, best: Candidate, source: Source) -> dict[str, bool]:
    """For each condition by name whether a sentence fails it."""
    return {name: check(question, best, source) is not None for name, check in _conditions().items()}


def _conditions() -> dict[str, Callable[[Question, Candidate, Source], str | None]]:
    """The conditions in the order in which they are checked: the first that fails says what is missing."""
    return {
        "topic": _off_topic,
        "later": _later,
        "names": _unknown_names,
        "years": _years,
        "labels": _labels,
        "ages": _ages,
        "values": _value_types,
        "counted": _counted,
        "apart": _apart,
        "leaning": _leaning,
    }


def _with_year(missing: str, question: Question) -> str:
    """What is missing, with the year that the question sets."""
    asked = years(question.text)
    told = not asked or years(missing) or not missing.startswith("the report gives no")
    return missing if told else f"{missing} for {asked[0]}"


def _off_topic(question: Question, best: Candidate, source: Source) -> str | None:
    if best.paragraph in question.earlier:
        return None
    likeness = max(best.cosine, best.question_cosine) + (0.0 if source.expansions else WITHOUT_QUESTIONS)
    idf = {term: source.vocabulary.idf(term) for term in question.terms}
    around = set(terms(source.paragraphs[best.paragraph].text)) | section_terms(source, best.paragraph)
    covered = max(best.coverage, covered_share(idf, around | set(terms(best.question))))
    strange = [t for t in question.terms if not source.vocabulary.has_term(t)]
    share = sum(idf[t] for t in strange) / (sum(idf.values()) or 1.0)
    if (
        likeness < LIKE
        or (likeness < CLEAR and covered < THIN)
        or (likeness < ALIKE_ENOUGH and share > STRANGE)
    ):
        return "the report has nothing on this"
    return None


_OTHERS = re.compile(r"\bother (?:\w+ ){0,2}(?:boroughs?|councils?|authorit(?:y|ies)|local authorities)\b")
_JUDGED = re.compile(
    r"\b(?:judged|rated|graded|inadequate|outstanding|good|adequate)\b|\bcompar\w+|\b(?:better|worse|higher|lower|more|fewer|less)\b.*\bthan\b|\bversus\b|\bvs?\b"
)
_CURRENT_GRADE = re.compile(
    r"\b(?:current|latest|today'?s?|now|present|newest|most recent)\b.*\b(?:rating|grade|judg\w+|"
    r"rated|graded)\b|\b(?:rating|grade|rated|graded)\b.*\b(?:now|today|these days)\b"
)


def _later(question: Question, best: Candidate, source: Source) -> str | None:
    lower = plain(question.text)
    found = _LATER.search(lower)
    if _CURRENT_GRADE.search(lower):
        return _nothing_later(source)
    if found and found[0] not in fold(best.text) and not best.question_cosine >= ALIKE:
        return _nothing_later(source)
    return None


def _nothing_later(source: Source) -> str:
    facts = source.report.metadata
    of = f"of the inspection ({facts.inspected})" if facts.inspected else "at which it was written"
    return _NOTHING_LATER.format(of=of)


def _unknown_names(question: Question, best: Candidate, source: Source) -> str | None:
    """A name in the question that the report never uses, or that of another authority where a grade is asked for."""
    judged = "grade" in question.wants or _JUDGED.search(plain(question.asked))
    if judged and _OTHERS.search(plain(question.text)) and not _OTHERS.search(plain(context(best, source))):
        return "the report judges one authority only and has nothing on others"
    for name in names(question.text):
        if name.lower() in PLACES and judged:
            return f"the report judges one authority only and has nothing on {name} to compare it with"
        if name.lower() in PLACES and name.lower() not in plain(context(best, source)):
            return f"the cited part of the report says nothing about {name}"
    unknown = [n for n in names(question.text) if not _in_report(n, source)]
    return f"the report does not mention {unknown[0]}" if unknown else None


def names(text: str) -> tuple[str, ...]:
    """The words of a text that look like names: capitalised inside a sentence, or known places."""
    found = []
    for sentence in re.split(r"(?<=[.?!])\s+", text):
        tokens = re.findall(r"[^\W\d_][\w'’&-]*", sentence)
        shouting = sentence.isupper()
        for place, token in enumerate(tokens):
            capital = (
                place > 0
                and token[0].isupper()
                and not shouting
                and len(token) > 2
                and plain(token).removesuffix("'s") not in CALENDAR
            )
            if (capital and plain(token) not in STOP_WORDS) or token.lower() in PLACES:
                found.append(token)
    return tuple(dict.fromkeys(found))


def _in_report(name: str, source: Source) -> bool:
    lower = plain(name).removesuffix("'s")
    if name[:-1].isupper() and name.endswith("s"):
        lower = lower.removesuffix("s")
    known = source.vocabulary
    return (
        lower in known.frequency
        or any(map(known.has_term, terms(lower)))
        or not terms(lower)
        or known.correct(lower) != lower
    )


def _years(question: Question, best: Candidate, source: Source) -> str | None:
    asked = years(question.text)
    if not asked:
        return None
    in_sentence, in_context = years(best.text), years(context(best, source))
    if question.kind in ("why", "broad", "several"):
        in_sentence = ()
    inspected = set(_YEAR.findall(source.report.metadata.inspected))
    measured = bool(question.wants & NUMERIC)
    for year in asked:
        if year in in_sentence or (year in in_context and not (measured and in_sentence)):
            continue
        if year in inspected and not (measured and in_sentence):
            continue
        return f"the report gives no such finding for {year}"
    return None


def years(text: str) -> tuple[str, ...]:
    """The years of a text, each once; both years of ``2011/12``."""
    found = _YEAR.findall(text)
    found += [match[1][:2] + match[2] for match in _YEAR_RANGE.finditer(text)]
    return tuple(dict.fromkeys(found))


def context(best: Candidate, source: Source) -> str:
    """The paragraph of a sentence with the headings above it."""
    paragraph = source.paragraphs[best.paragraph]
    return " ".join(paragraph.section) + "\n" + paragraph.text


def _ages(question: Question, best: Candidate, source: Source) -> str | None:
    """An age in the question must be one of the paragraph's."""
    around = plain(context(best, source))
    for match in _AGE.finditer(plain(question.text)):
        age = match[1] or match[2]
        if not re.search(rf"(?<!\d){age}(?!\d)", around):
            return f"the report gives nothing for the age of {age}"
    return None


def _value_types(question: Question, best: Candidate, source: Source) -> str | None:
    """A type of value that the question wants and the sentence lacks."""
    return missing_value(question.wants, best.text)


def _counted(question: Question, best: Candidate, source: Source) -> str | None:
    """A number in the sentence must count what the question asks to be counted."""
    thing = counted_thing(question.asking)
    if thing is None or not question.wants & COUNTED or "percentage" in question.wants:
        return None
    if "share" in question.wants and missing_value({"percentage"}, best.text) is None:
        return None
    keyed = source.keyed(best.paragraph, best.start, best.end)
    nearest_counts = best.question_cosine >= ALIKE and wants(best.question) & COUNTED
    if nearest_counts or any(wants(q) & COUNTED and thing.head in terms(q) for q in keyed):
        told = frozenset(terms(best.text)) | frozenset(t for q in keyed for t in terms(q))
    elif counts(best.text, thing):
        told = frozenset(terms(best.text))
    else:
        return f"the report gives no number of {thing.words}"
    own = frozenset(term for own_terms in source.part_terms.values() for term in own_terms)
    foreign = thing.narrowing - own - told - GENERIC_TERMS
    return f"the report gives no number of {thing.words}" if foreign else None


def _apart(question: Question, best: Candidate, source: Source) -> str | None:
    """What is to be measured must be spoken of where the value stands, not elsewhere in the report."""
    if not question.wants & NUMERIC or best.question_cosine >= ALIKE_ENOUGH or question.completed:
        return None
    around = _terms_around(best, source)
    own = {term for terms_ in source.part_terms.values() for term in terms_}
    apart = [
        t
        for t in question.terms
        if t not in around
        and t not in own
        and t not in GENERIC_TERMS
        and not t[0].isdigit()
        and source.vocabulary.in_text(t)
    ]
    if sum(map(source.vocabulary.idf, apart)) < APART * sum(map(source.vocabulary.idf, question.terms)):
        return None
    return (
        f"the report speaks of “{_surface(apart[0], question)}”, but gives no figure or date for what you ask"
    )


def _leaning(question: Question, best: Candidate, source: Source) -> str | None:
    """A number for a follow-up must stand where the earlier question's subject is spoken of."""
    if not question.follows or best.paragraph in question.earlier or not wants(question.own_text) & NUMERIC:
        return None
    around = context(best, source)
    if any(slots(question.text, name) - slots(around, name) for name in ("group", "body")):
        return _NEAREST_ONLY
    own = set(terms(question.own_text)) | GENERIC_TERMS
    subject = {term: source.vocabulary.idf(term) for term in question.terms if term not in own}
    if not subject or covered_share(subject, _terms_around(best, source)) >= SUBJECT:
        return None
    return _NEAREST_ONLY


def _terms_around(best: Candidate, source: Source) -> frozenset[str]:
    """The terms of a sentence's paragraph, its headings and the everyday questions keyed to it."""
    asked = [
        t for e in source.expansions if e.paragraph == best.paragraph for q in e.questions for t in terms(q)
    ]
    return (
        frozenset(terms(source.paragraphs[best.paragraph].text))
        | section_terms(source, best.paragraph)
        | frozenset(asked)
    )


def _surface(term: str, question: Question) -> str:
    """The question's own word for a term."""
    return next((word for word in words(question.text) if term in terms(word)), term)


def _labels(question: Question, best: Candidate, source: Source) -> str | None:
    """A numbered label in the question (``tier 1``, ``Key Stage 5``) must be one of the paragraph's."""
    around = plain(context(best, source))
    for label, number in _LABEL.findall(plain(question.text)):
        named = re.findall(rf"\b{label}s?\b[ \d,and/&-]*", around)
        if not any(re.search(rf"\b{number}\b", found) for found in named):
            return f"the report says nothing of {label} {number} there"
    return None
