"""Starts the page: ``python app.py [--host 127.0.0.1] [--port 7860] [--without-sign-in]``."""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import sys
import traceback
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from corpus.errors import CorpusError
from qa.errors import QAError

if TYPE_CHECKING:
    import uvicorn

    from corpus.values import Report
    from qa.library import Asks
    from qa.page.headers import Application
    from qa.page.server import Extra
    from qa.page.service import Progress
    from qa.page.stock import Stock
    from qa.settings import Settings
    from qa.shelf import Shelf, Shelves

BAD_USAGE = 2
REFUSED_INDEX = 3
# Between turns of threads. Encoding gives its turn away often and would wait this long each time to go on.
TURN_SECONDS = 0.0005
CLOSING_SECONDS = 3  # an open page holds a stream that would otherwise keep the server from ending


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the page until stopped; returns the exit status."""
    options = _options(arguments)
    try:
        return _serve(options)
    except (CorpusError, QAError) as error:
        _say(str(error))
        return BAD_USAGE


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="app.py", description="Ask a report questions in a web page.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--port",
        default=7860,
        type=_port,
        help="port to listen on; 0 takes a free one (default: %(default)s)",
    )
    parser.add_argument(
        "--without-sign-in",
        action="store_true",
        help="listen on an address that others can reach although nobody has to sign in",
    )
    return parser.parse_args(arguments)


def _port(given: str) -> int:
    if not given.isascii() or not given.isdigit() or int(given) > 65535:
        raise argparse.ArgumentTypeError(f"{given!r} is not a port; give a number from 0 to 65535")
    return int(given)


def _serve(options: argparse.Namespace) -> int:
    from qa.page.access import check_host
    from qa.page.offline import stay_offline
    from qa.settings import read_settings

    stay_offline(os.environ)
    settings = read_settings()
    check_host(options.host, settings, without_sign_in=options.without_sign_in)
    listening = _listen(options.host, options.port)
    if listening is None:
        return BAD_USAGE
    with listening:
        return _run(listening, options.host, settings)


def _listen(host: str, port: int) -> socket.socket | None:
    """A socket that listens there; ``None`` after saying why on stderr when that cannot be."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        reason = str(error.strerror or error).partition(" (while")[0]
        _say(
            f"Cannot listen on {host} port {port}: {reason}. If another program uses the port, stop it or "
            f"choose another: python app.py --port {port + 1 if port < 65535 else 1024}"
        )
        return None


def _run(listening: socket.socket, host: str, settings: Settings) -> int:
    """Serve the page on the socket until stopped, loading what answers questions meanwhile."""
    from qa.build import check_generator
    from qa.page.access import access
    from qa.page.managers import who_may_change
    from qa.shelf import Shelves

    # What is wrong with the settings is told before the machinery of the page is loaded, which takes some seconds.
    generator = check_generator(settings)
    may, with_access = who_may_change(settings), access(settings)
    shelves = Shelves(_shelf(settings))

    from qa.page.managing import managing
    from qa.page.retention import start_expiring
    from qa.page.server import create_app
    from qa.page.store import Store, store_file
    from qa.render import to_json

    stock = _stock(settings, shelves)
    store = Store(store_file(settings.home))
    app = create_app(
        stock.shelves,
        stock.service,
        to_json,
        store,
        rate=settings.rate,
        generator=generator,
        extras=[_evaluation(settings)],
        links=[("Sign out", "/logout")] if settings.users_file is not None else [],
        managing=managing(stock, may, settings.home, _say),
    )
    server = _server(with_access(app))
    service = stock.service
    service.start(on_failure=lambda _: _stop(server))
    sys.setswitchinterval(TURN_SECONDS)
    ended = start_expiring(store, timedelta(days=settings.retention_days))
    with contextlib.closing(store), contextlib.suppress(KeyboardInterrupt):
        _say_where(listening, host, settings)
        server.run(sockets=[listening])
    ended.set()
    return 0 if service.failure is None else _failed(service.failure)


def _evaluation(settings: Settings) -> Extra:
    from evals.background import BackgroundRun, command
    from evals.page import folder_of_runs, showing
    from qa.page.server import Extra

    if not settings.evaluation_runs:
        return Extra("/evaluation", "Evaluation", showing(settings.home, None))
    run = BackgroundRun(command(folder_of_runs(settings.home)))
    return Extra("/evaluation", "Evaluation", showing(settings.home, run), act=run.start)


def _shelf(settings: Settings) -> Shelf:
    """The report of the settings, with all others that there are beside it; those that cannot be read are told."""
    from corpus.library import ALL_REPORTS, DEFAULT_REPORT, load, report_ids
    from qa.build import chosen_reports
    from qa.shelf import Shelf

    wanted = chosen_reports(settings.report)
    every = ALL_REPORTS in settings.report.split(",")
    first = DEFAULT_REPORT if every else wanted[0]
    others = []
    for report_id in report_ids():
        try:
            others += [load(report_id)] if report_id != first else []
        except CorpusError as error:
            _say(f"The report {report_id!r} is left out: {error}")
    return Shelf(load(first), tuple(others), () if every else wanted)


def _stock(settings: Settings, shelves: Shelves) -> Stock:
    """What answers about the reports, with all that it takes to add and remove some."""
    from qa.build import gathered, maker
    from qa.page.stock import Stock

    # What is shown, kept or handed on must not hold the words that were taken out.
    made = cache(lambda: maker(settings, removed_text=False))

    def make(report: Report, progress: Progress) -> Asks:
        def tell(words: str) -> None:
            _say(words)
            progress(words)

        return made()(report, tell)

    return Stock(
        shelves,
        make,
        lambda reports, make: gathered(reports, make, settings),
        home=settings.home,
        set_reports=shelves.now.chosen,
        forget=lambda report_id: _forget(report_id, settings),
    )


def _forget(report_id: str, settings: Settings) -> None:
    """Take a report out of the index of all reports, where that is kept elsewhere."""
    if not settings.milvus_uri:
        return
    from index.across import take_out
    from index.encoder import load_encoder

    token = settings.milvus_token.get_secret_value() if settings.milvus_token else ""
    take_out(report_id, settings.home, load_encoder(settings.encoder), uri=settings.milvus_uri, token=token)


def _server(app: Application) -> uvicorn.Server:
    import uvicorn

    options = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=CLOSING_SECONDS,
        server_header=False,
        proxy_headers=False,  # whom to believe is decided with the sign-in
    )
    return uvicorn.Server(options)


def _stop(server: uvicorn.Server) -> None:
    server.should_exit = True


def _failed(error: Exception) -> int:
    """Say why questions could not be answered, and the exit status for it."""
    from index.errors import IndexError_, IndexRefusedError

    if isinstance(error, IndexRefusedError):
        _say(str(error))
        return REFUSED_INDEX
    if isinstance(error, (CorpusError, IndexError_, QAError)):
        _say(str(error))
        return BAD_USAGE
    traceback.print_exception(error)
    return 1


def _say_where(listening: socket.socket, host: str, settings: Settings) -> None:
    from qa.page.access import LOOPBACK, has_sign_in

    port = listening.getsockname()[1]
    shown = f"[{host}]" if ":" in host else host
    _say(f"The page is at http://{shown}:{port} (Ctrl+C stops it)")
    if has_sign_in(settings):
        _say("Only people who have signed in can use it.")
    elif host in LOOPBACK:
        _say("It has no sign-in and can be reached from this machine only.")
    else:
        _say("Anyone who can reach this address can use the page: it has no sign-in.")


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
