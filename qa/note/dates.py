"""Dates as people write them."""

from __future__ import annotations

from datetime import date

_MONTHS = (  # in English whatever the locale
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(iso: str) -> str:
    """``10 July 2012`` for ``2012-07-10``; text that is no such date comes back as it is."""
    found = _parse(iso)
    return iso if found is None else f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def period(iso: str) -> str:
    """``21 May – 1 June 2012`` for ``2012-05-21/2012-06-01``; anything else comes back as it is."""
    first, slash, last = iso.partition("/")
    start, end = _parse(first), _parse(last)
    if not slash or start is None or end is None:
        return day(iso)
    return f"{_opening(start, end)} – {day(last)}"


def _opening(start: date, end: date) -> str:
    if start.year != end.year:
        return day(start.isoformat())
    if start.month != end.month:
        return f"{start.day} {_MONTHS[start.month - 1]}"
    return str(start.day)


def _parse(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
