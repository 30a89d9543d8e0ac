"""Who may add and remove reports on the page, by the settings."""

from __future__ import annotations

from collections.abc import Callable

from qa.errors import InputError
from qa.page.access import has_sign_in
from qa.page.signin import at_this_machine, owner_of
from qa.settings import Settings

May = Callable[[object], bool]
"""Whether whoever sends a request (Gradio's or FastAPI's) may change the reports."""


def who_may_change(settings: Settings) -> May | None:
    """Tells of a request whether it may change the reports; ``None`` if nobody may.

    Raises :class:`InputError` for settings that do not agree.
    """
    names = frozenset(filter(None, (part.strip() for part in settings.report_managers.split(","))))
    if names and not has_sign_in(settings):
        raise InputError(
            "QA_REPORT_MANAGERS names people, but nobody signs in. Set QA_USERS_FILE or QA_TRUSTED_USER_HEADER as "
            "well, or unset it."
        )
    if settings.local_report_changes and has_sign_in(settings):
        raise InputError(
            "QA_LOCAL_REPORT_CHANGES is for a page without sign-in. Name those who may add and remove reports in "
            "QA_REPORT_MANAGERS, and unset it."
        )
    if names:
        return lambda request: owner_of(request) in names
    return at_this_machine if settings.local_report_changes else None
