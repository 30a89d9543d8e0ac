"""A question about several reports as it is asked of each of them."""

from __future__ import annotations

import re

_COUNCIL = r"(?:council|authority|borough|report|area|place|one|county)s?"
_SAYS = r"(?:says?|said|mentions?|mentioned|speaks?|covers?|discuss(?:es)?|describes?|deals? with)"

_WHO_HAS_MORE = re.compile(
    r"^(?:who|which)(?: of (?:the|these|them))?(?: (?:two|three|four))?"
    rf"(?: (?:authorities|counties|{_COUNCIL}))? (?:has|had|have) "
    r"(?:the )?(?:more|most|fewer|fewest|less|least) (.+?)\W*$",
    re.IGNORECASE,
)
_HAS_MORE_THAN = re.compile(
    r"^(?:does|do|did|has|have) the council (?:have |had )?(?:more|fewer|less) (.+?) than\b.*$", re.IGNORECASE
)
_WITH_OTHERS = r"(?: (?:with|to|than|and|beside) (?:all |any )?(?:the )?(?:other \w+|others|rest))?"
_WHICH_HIGHEST = re.compile(
    rf"^(?:who|which)(?: {_COUNCIL})? (?:has|had) the "
    r"(?:highest|lowest|largest|smallest|biggest|higher|lower|larger|smaller) (.+?)\W*$",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"^(?:please )?compare (?:the (?:council|report)s?(?:'s)? (?:on|for|by) )?(.+?)\W*$", re.IGNORECASE
)
_HOW_COMPARE = re.compile(
    rf"^how (?:do|does|did) the (?:council|report) compare{_WITH_OTHERS} (?:on|for|in|with|by) (.+?)\W*$",
    re.IGNORECASE,
)
_MENTION = re.compile(
    r"^(?:what (?:do|does|did)|do|does|did|is|are|which|what)?\s*"
    r"(?:(?:any|all|each|every|both|either|of|the|these) )*"
    rf"reports? (?:that )?{_SAYS}(?: anything| something)?(?: about| of| on)? (.+?)\W*$",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\b(?:(?:which|any|all|each|every|both|either|these|those)(?: of)?(?: the| these)? "
    r"|the (?=(?:councils|boroughs|counties|authorities)\b))"
    r"(councils|council|authorities|authority|boroughs|borough|counties|county|reports|report)\b",
    re.IGNORECASE,
)
_REPORT = ("report", "reports")
_COUNTED = re.compile(r"\b(?:rate|share|number|percentage|proportion|level|size)s?\b", re.IGNORECASE)


def of_one_report(text: str) -> str:
    """The question for one report: ``Which council has the most schools?`` asks how many schools there are.

    What compares by words alone is left to the reader, who sees the answers side by side.
    """
    if mentioned := _MENTION.match(text):
        return f"What does the report say about {mentioned[1]}?"
    if more := _WHO_HAS_MORE.match(text) or _HAS_MORE_THAN.match(text):
        return f"How many {more[1]} are there?"
    if highest := _WHICH_HIGHEST.match(text):
        return f"What is the {highest[1]}?"
    for pattern in (_HOW_COMPARE, _COMPARE):
        if found := pattern.match(text):
            subject = found[1]
            return (
                f"What is {subject}?"
                if _COUNTED.search(subject)
                else f"What does the report say about {subject}?"
            )
    one = _EACH.sub(lambda match: "the report" if match[1].lower() in _REPORT else "the council", text)
    return one[:1].upper() + one[1:]
