"""Serves the page over a fake of question answering, with its sign-in and the evaluation page: ``[FILE of users]``."""

import os
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from qa.page.offline import stay_offline

stay_offline(os.environ)

import uvicorn  # noqa: E402

from corpus.library import load  # noqa: E402
from evals.background import BackgroundRun  # noqa: E402
from evals.page import showing  # noqa: E402
from qa.page.access import access  # noqa: E402
from qa.page.server import Extra, create_app  # noqa: E402
from qa.page.service import Service  # noqa: E402
from qa.page.store import Store, store_file  # noqa: E402
from qa.settings import Settings  # noqa: E402
from qa.shelf import Shelves  # noqa: E402
from tests.page.fakes import FakeAsker  # noqa: E402

QUICK = "import sys, time; print('ours: 100 of 200', file=sys.stderr, flush=True); time.sleep(6)"


def main(users: str | None) -> None:
    settings = Settings(users_file=users)
    report = load()
    asker = FakeAsker(report)
    service = Service(lambda progress: asker)
    run = BackgroundRun([sys.executable, "-c", QUICK])
    extra = Extra("/evaluation", "Evaluation", showing(settings.home, run), act=run.start)
    store = Store(store_file(settings.home))
    app = access(settings)(
        create_app(Shelves(report), service, asker.as_json, store, rate=settings.rate, extras=[extra])
    )
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", proxy_headers=False, timeout_graceful_shutdown=2)
    )
    listening = socket.create_server(("127.0.0.1", 0))
    service.start()
    sys.stderr.write(f"The page is at http://127.0.0.1:{listening.getsockname()[1]}\n")
    server.run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
