"""Who may use the page, by the settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from qa.errors import InputError
from qa.page.headers import Application
from qa.page.sessions import signing_key
from qa.page.signin import SignIn, networks
from qa.page.users import Users
from qa.settings import Settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def has_sign_in(settings: Settings) -> bool:
    """Whether only people who have signed in may use the page."""
    return settings.users_file is not None or bool(settings.trusted_user_header)


def check_host(host: str, settings: Settings, *, without_sign_in: bool = False) -> None:
    """Raises :class:`InputError` if others could reach the page and nobody would have to sign in."""
    if host in LOOPBACK or has_sign_in(settings) or without_sign_in:
        return
    raise InputError(
        f"Not listening on {host}: anyone who can reach it could use the page, because it has no sign-in. Set "
        "QA_USERS_FILE or QA_TRUSTED_USER_HEADER, or add --without-sign-in if that is what you want."
    )


def access(settings: Settings) -> Callable[[Application], Application]:
    """What puts an application behind the sign-in of the settings.

    Raises :class:`InputError` for settings that do not agree, before there is an application.
    """
    proxies = networks(settings.trusted_proxy)
    if settings.users_file is not None and settings.trusted_user_header:
        raise InputError(
            "QA_USERS_FILE and QA_TRUSTED_USER_HEADER are both set, and people can sign in in one way only. Unset one."
        )
    if settings.trusted_user_header and not proxies:
        raise InputError(
            "QA_TRUSTED_USER_HEADER is set, but not QA_TRUSTED_PROXY: anyone could send the header. Set it to the "
            "address from which the reverse proxy connects, such as 127.0.0.1."
        )
    return partial(
        SignIn,
        key=signing_key(settings.home / "page.key"),
        users=None if settings.users_file is None else Users(settings.users_file),
        header=settings.trusted_user_header,
        proxies=proxies,
    )
