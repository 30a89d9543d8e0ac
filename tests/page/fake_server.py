"""Serves the real page over a fake of question answering: ``fake_server.py [seconds that loading takes | writer]``."""

import os
import socket
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from qa.page.offline import stay_offline

stay_offline(os.environ)

import uvicorn  # noqa: E402

from corpus.library import load  # noqa: E402
from qa.page.access import access  # noqa: E402
from qa.page.server import create_app  # noqa: E402
from qa.page.service import Progress, Service  # noqa: E402
from qa.page.store import Store, store_file  # noqa: E402
from qa.settings import read_settings  # noqa: E402
from qa.shelf import Shelves  # noqa: E402
from tests.page.fakes import FakeAsker, FakeWriter, hostile  # noqa: E402


def main(seconds: float, *, writes: bool = False) -> None:
    report = hostile(load())
    asker = FakeWriter(report) if writes else FakeAsker(report)

    def slowly(progress: Progress) -> FakeAsker:
        progress("Building the index: 42% …")
        time.sleep(seconds)
        return asker

    service = Service(slowly)
    settings = read_settings()
    store = Store(store_file(settings.home))
    generator = getattr(asker, "generator", "quotes")
    page = create_app(Shelves(report), service, asker.as_json, store, rate=settings.rate, generator=generator)
    application = access(settings)(page)
    server = uvicorn.Server(uvicorn.Config(application, log_level="warning"))
    listening = socket.create_server(("127.0.0.1", 0))
    service.start()
    sys.stderr.write(f"The page is at http://127.0.0.1:{listening.getsockname()[1]}\n")
    server.run(sockets=[listening])


if __name__ == "__main__":
    given = sys.argv[1] if len(sys.argv) > 1 else "0"
    main(0, writes=True) if given == "writer" else main(float(given))
