"""What all tests share: no network, no settings of the machine, and the shipped report indexed once."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
from pathlib import Path

import pytest

from corpus.home import data_home

MACHINE = data_home()  # looked up before any test sets one of its own


def is_local(host: object) -> bool:
    """Whether a host is this machine, by its name or address."""
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if name == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
        return address.is_loopback or address.is_unspecified
    except ValueError:
        return False


class NetworkError(Exception):
    """A test tried to reach another machine. Not an ``OSError``: nobody's retry may swallow it."""


def refuse(host: object) -> None:
    raise NetworkError(f"A test tried to reach {host!r}; tests work without a network.")


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Connections and look-ups of names end in an error, but for those of this machine."""
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}
    look_up = socket.getaddrinfo

    def guarded(name):
        def call(self, address):
            if self.family in (socket.AF_INET, socket.AF_INET6) and not is_local(address[0]):
                refuse(address[0])
            return real[name](self, address)

        return call

    def local_look_up(host, *rest, **options):
        return look_up(host, *rest, **options) if is_local(host) else refuse(host)

    with pytest.MonkeyPatch.context() as patch:
        for name in real:
            patch.setattr(socket.socket, name, guarded(name))
        patch.setattr(socket, "getaddrinfo", local_look_up)
        yield


@pytest.fixture(scope="session", autouse=True)
def own_settings(tmp_path_factory):
    """No setting of the machine counts, and nothing is written to the user's data directory."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("QA_")]:
            patch.delenv(name)
        patch.setenv("QA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session")
def real_home(own_settings, tmp_path_factory) -> Path:
    """A data directory with the index of the shipped report, built once; tests only read it.

    If this machine has one already, it is copied; what does not fit is built anew, as for everybody.
    """
    from corpus.library import expansions, load, probes
    from index.encoder import load_encoder
    from index.store import ensure, index_folder

    home = tmp_path_factory.mktemp("real-home")
    report = load()
    ready = index_folder(report.id, MACHINE)
    if ready.is_dir():
        shutil.copytree(ready, index_folder(report.id, home))
    ensure(report, expansions(report), load_encoder(), home, probes=probes(report))
    return home


@pytest.fixture(scope="session")
def real_pipeline(real_home):
    """The whole path over the shipped report, as the page and the command line use it."""
    from qa.build import build
    from qa.settings import Settings

    return build(Settings(home=real_home))
