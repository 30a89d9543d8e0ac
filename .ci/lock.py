"""Prints the lock file: every package that this project needs, with the version that is installed here."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PROJECT = Path(__file__).parents[1] / "pyproject.toml"

HEADER = """\
# Made by `make lock`: what pyproject.toml needs in the versions that were tested. Names and versions only.
# Any build of a version will do. Packages that only a build for another processor needs are left out.
"""

ONLY_FOR_GPUS = ("nvidia-", "cuda-", "triton")
"""Beginnings of the names of packages that a CUDA build of PyTorch brings and a CPU build does not need."""


def main() -> int:
    """Print the lock file; the result is the exit status."""
    try:
        locked = sorted(closure(wanted()))
    except PackageNotFoundError as error:
        print(
            f"{error.name!r} is needed but not installed. Install it first: "
            f"{sys.executable} -m pip install {error.name}",
            file=sys.stderr,
        )
        return 2
    print(HEADER + "\n".join(f"{name}=={public_version(name)}" for name in locked))
    return 0


def wanted() -> Iterator[Requirement]:
    """What pyproject.toml asks for, the tools of development included."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    yield from map(Requirement, project["project"]["dependencies"])
    yield from map(Requirement, project["dependency-groups"]["dev"])


def closure(requirements: Iterator[Requirement]) -> set[str]:
    """The names of the required packages and of all that they require in turn, on this machine."""
    seen: set[tuple[str, str]] = set()
    waiting = list(requirements)
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        for extra in {"", *requirement.extras}:
            if (name, extra) not in seen and not name.startswith(ONLY_FOR_GPUS):
                seen.add((name, extra))
                waiting += required_by(name, extra)
    return {name for name, _ in seen}


def required_by(name: str, extra: str) -> Iterator[Requirement]:
    """What an installed package requires here, with one of its extras or none (``""``)."""
    for requirement in map(Requirement, distribution(name).requires or ()):
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement


def public_version(name: str) -> str:
    """The installed version without the local suffix that names one build of it."""
    return Version(distribution(name).version).public


if __name__ == "__main__":
    sys.exit(main())
