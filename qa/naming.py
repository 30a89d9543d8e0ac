"""What reports are called by people, which of them a question names, and the question without those names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.library import DEFAULT_REPORT
from corpus.values import FINDINGS, FRONT, Metadata, is_place

# The words for a kind of authority, which stand before or behind its name.
_BEFORE = re.compile(
    r"^(?:the\s+)?(?:(?:royal|london|metropolitan|county)\s+)*(?:borough|city|county|district|council|corporation)\s+"
    r"(?:council\s+)?of\s+(?:the\s+)?(?!london\b)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:\s+(?:royal|london|metropolitan|county|city|district|unitary|borough|council|authority|children's|children|"
    r"services|trust|safeguarding|mbc|bc|cc))+$",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\s+(?:upon|on|under|by|with|and|in)\s+|\s*[-–/,&]\s*", re.IGNORECASE)
_TOO_WIDE = frozenset(
    "london england wales scotland ireland britain north south east west county city".split()
)
# Names of places that are everyday words too: only a capital tells them from those.
_EVERYDAY = frozenset(
    "reading barking bath deal rugby sale sandwich march wells hull ware battle hope eye street".split()
)
_NO_NAMES = frozenset(
    "report inspection review audit document file draft final council borough county city".split()
)

_SOURCES = {FINDINGS: "main findings", FRONT: "title page"}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CALLED = r"(?:inspection\s+report|report|inspection)s?"
_KIND = r"(?:\s+(?:(?:royal|metropolitan|county|city|district|borough)\s+)*(?:council|borough|authority))?"
_TOGETHER = re.compile(
    r"\bthe (council|report)(?:,? (?:and|or|with|to|versus|vs\.?|than(?: in| by| at)?|both)? ?the \1)+\b",
    re.IGNORECASE,
)
_IN_REPORT = re.compile(r",?\s*\b(?:in|from|by|according to|per)\s+the report\s*(?=[?.!]*$)", re.IGNORECASE)
_ONLY_NAMES = re.compile(r"[,–:;-]?\s*\b(?:the (?:council|report))\s*(?=[?.!]*$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Names:
    """What one report is called: ``label`` in citations, ``aliases`` by people (in lower case), and its years."""

    id: str
    label: str
    aliases: tuple[str, ...]
    years: frozenset[str]


def place_of(authority: str) -> str:
    """The place of an authority: ``Kingston upon Thames`` of ``Royal Borough of Kingston upon Thames``."""
    text = " ".join(authority.split())
    bare = _BEHIND.sub("", _BEFORE.sub("", text)).strip(" ,")
    return bare or text


def short_place(place: str) -> str:
    """The first name of a place: ``Kingston`` of ``Kingston upon Thames``."""
    return _JOINS.split(place, maxsplit=1)[0].strip()


class Naming:
    """The names of all reports of a library, told apart as well as they can be."""

    def __init__(self, reports: Sequence[Metadata]) -> None:
        shorts = Counter(short for short, _ in {_places(about) for about in reports})
        labels = [_label(about, clear=shorts[_places(about)[0]] == 1) for about in reports]
        repeated = Counter(labels)
        self.all = tuple(
            Names(
                about.id,
                label if repeated[label] == 1 else f"{label} ({about.id})",
                _aliases(about),
                frozenset(
                    _YEAR.findall(f"{about.published} {about.inspected}") or _YEAR.findall(about.id)[-1:]
                ),
            )
            for about, label in zip(reports, labels, strict=True)
        )
        self._of = {names.id: names for names in self.all}

    def label(self, report_id: str) -> str:
        """What a report is called in a citation: ``Kingston 2012``."""
        return self._of[report_id].label

    def cited(self, report_id: str, number: str) -> str:
        """A citation in words: ``Kingston 2012, para 79``."""
        unit = "" if number in _SOURCES else "block " if is_place(number) else "para "
        return f"{self.label(report_id)}, {unit}{_SOURCES.get(number, number)}"

    def pointed(self, marked: str) -> str:
        """The same of what a marker holds: ``79`` or ``ID:79``."""
        report_id, _, number = marked.rpartition(":")
        return self.cited(report_id or DEFAULT_REPORT, number)

    def named(self, text: str) -> tuple[str, ...]:
        """The reports that a text names, in the library's order; ``()`` if it names none.

        Of several reports on one authority those of a year that the text gives, all of them if it gives none.
        """
        by_id = [names.id for names in self.all if self._id_pattern(names.id).search(text)]
        if by_id:
            return tuple(by_id)
        given = set(_YEAR.findall(text))
        found: list[str] = []
        for alias in dict.fromkeys(self._spoken(text)):
            group = [names for names in self.all if alias in names.aliases]
            of_year = [names for names in group if names.years & given]
            found += [names.id for names in (of_year if len(group) > 1 and of_year else group)]
        if not found:
            years = {year for match in self._of_year.finditer(text) for year in _YEAR.findall(match[0])}
            found = [names.id for names in self.all if names.years & years]
        return tuple(names.id for names in self.all if names.id in found)

    def same_authority(self, report_ids: Iterable[str]) -> tuple[str, ...]:
        """These reports and all others on their authorities."""
        aliases = {alias for report_id in report_ids for alias in self._of[report_id].aliases[:1]}
        return tuple(names.id for names in self.all if aliases & set(names.aliases))

    def of_years(self, report_ids: Iterable[str], text: str) -> tuple[str, ...]:
        """Those of these reports whose year a text gives."""
        given = set(_YEAR.findall(text))
        return tuple(report_id for report_id in report_ids if self._of[report_id].years & given)

    def knows(self, word: str) -> bool:
        """Whether a lower-case word is part of a report's name."""
        return word in self._words

    def without(self, text: str, years: Iterable[str] = ()) -> str:
        """A text without the names of reports: what is left asks the same of any of them.

        ``years`` are those that name a report too, so that they need not be said of it.
        """
        year = rf"(?:{'|'.join(map(re.escape, sorted(years)))})" if years else r"(?!)"
        one = rf"(?:the\s+)?(?:{self._alternation}){_KIND}"
        name = rf"{one}(?:(?:,|,?\s+(?:and|or))\s+(?:in\s+)?{one})*"
        own_year = rf"(?:,?\s+(?:(?:in|of|from)\s+)?\(?{year}\)?)"
        rules = (
            (rf"\s*\b(?:{self._ids})\b\s*[:,–-]?\s*", " "),
            (
                rf"\b(?:the\s+)?(?:{year}\s+)?{_CALLED}\s+(?:on|of|for|about|in|into)\s+{name}{own_year}?",
                "the report",
            ),
            (rf"\b{name}(?:'s|’s)?{own_year}?\s+{_CALLED}\b{own_year}?", "the report"),
            (rf"\b(?:the|this)\s+{year}\s+{_CALLED}\b", "the report"),
            (rf"\b(?:the\s+)?{_CALLED}\s+(?:of|from|in)\s+{year}\b", "the report"),
            (rf"\b(?:in|within|across|at)\s+{name}\b(?:\s+{year})?(?!\s+(?-i:[A-Z]))", ""),
            (rf"\b{name}(?:'s|’s)(?!\w)", "the council's"),
            (rf"\b{name}\b(?:\s+{year})?", "the council"),
        )
        left = text
        for pattern, instead in rules:
            left = re.sub(pattern, instead, left, flags=re.IGNORECASE)
        left = _IN_REPORT.sub("", _TOGETHER.sub(r"the \1", _tidy(left)))
        left = _ONLY_NAMES.sub("", left)
        return _capital(_tidy(left))

    @staticmethod
    def without_years(text: str, years: Iterable[str]) -> str:
        """A text without these years where they say when something was (``in 2011``)."""
        when = rf"\s*\b(?:in|of|for|from|during|at|by)\s+(?:{'|'.join(sorted(years)) or '(?!)'})\b"
        return _tidy(re.sub(when, "", text, flags=re.IGNORECASE))

    def _spoken(self, text: str) -> list[str]:
        """The aliases that a text holds, the longest at each place, unless more of a name follows."""
        if not self.all:
            return []
        found = []
        for match in re.finditer(rf"\b({self._alternation})\b", text, re.IGNORECASE):
            alias = match[1].lower()
            if alias in _EVERYDAY and not match[1][0].isupper():
                continue
            if re.match(r"[ -](?:upon|on|under)[ -][A-Z]", text[match.end() :]) and " " not in alias:
                continue  # another place of the same first name
            found.append(alias)
        return found

    @cached_property
    def _alternation(self) -> str:
        aliases = {alias for names in self.all for alias in names.aliases}
        return "|".join(re.escape(a) for a in sorted(aliases, key=lambda a: (-len(a), a))) or r"(?!)"

    @cached_property
    def _ids(self) -> str:
        # An id that is the authority's name as well is taken out as such.
        ids = {names.id for names in self.all} - {alias for names in self.all for alias in names.aliases}
        return "|".join(re.escape(i) for i in sorted(ids, key=lambda i: (-len(i), i))) or r"(?!)"

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for names in self.all for alias in names.aliases for word in alias.split())

    @cached_property
    def _of_year(self) -> re.Pattern[str]:
        year = r"(?:19|20)\d\d"
        return re.compile(
            rf"\bthe\s+{year}\s+{_CALLED}\b|\breports?\s+(?:of|from|published\s+in)\s+{year}\b", re.IGNORECASE
        )

    @staticmethod
    def _id_pattern(report_id: str) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-]){re.escape(report_id)}(?![\w-])", re.IGNORECASE)


def listed(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _places(about: Metadata) -> tuple[str, str]:
    """The short and the whole name of the place that a report is about; both empty if it names no authority."""
    whole = place_of(about.authority)
    return (short_place(whole) or whole, whole)


def _label(about: Metadata, *, clear: bool) -> str:
    short, whole = _places(about)
    if not whole:
        return about.id
    year = (_YEAR.findall(about.published) or _YEAR.findall(about.inspected) or [""])[-1]
    return f"{short if clear else whole} {year}".strip()


def _aliases(about: Metadata) -> tuple[str, ...]:
    """What a report may be called by its authority or, if it names none, by the words of its id."""
    short, whole = _places(about)
    words = " ".join(part for part in about.id.split("-") if not part.isdigit())
    if not whole:
        return (words,) if len(words) > 3 and not set(words.split()) & _NO_NAMES else ()
    found = (whole.lower(), short.lower(), about.authority.lower())
    return tuple(dict.fromkeys(alias for alias in found if len(alias) > 2 and alias not in _TOO_WIDE))


def _tidy(text: str) -> str:
    spaced = re.sub(r"\s+([,.?!;:])", r"\1", re.sub(r"\s+", " ", text))
    return re.sub(r"^[\s,;:–-]+", "", re.sub(r",\s*(?=[?.!]*$)", "", spaced)).strip()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
