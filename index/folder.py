"""A folder of files that is replaced as a whole: never half written, never seen half replaced."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def steady(folder: Path) -> Iterator[None]:
    """Within it the folder is not replaced by anyone. Held for moments only, by readers and writers alike."""
    # Without a place to write there is nobody who could replace the folder.
    if not os.access(folder.parent, os.W_OK):
        yield
        return
    from filelock import FileLock

    with FileLock(_beside(folder, "lock")):
        _recover(folder)
        yield


@contextmanager
def building(folder: Path, when_waiting: Callable[[], None]) -> Iterator[None]:
    """Within it nobody else prepares a replacement; ``when_waiting`` is called if somebody is doing so."""
    from filelock import FileLock, Timeout

    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(_beside(folder, "build.lock"))
    try:
        lock.acquire(blocking=False)
    except Timeout:
        when_waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


Content = bytes | Callable[[Path], None]
"""What is in a file, or what writes it to a path."""


def replace_folder(folder: Path, contents: Mapping[str, Content]) -> None:
    """Put a folder of these files in place, to be called within :func:`building`; they are written in their order.

    They are written and synchronised to the disk in a folder beside it, which is then renamed. Whenever the
    process is killed, what was there before or what is there now is whole.
    """
    new, old = _beside(folder, "new"), _beside(folder, "old")
    _remove(new)
    new.mkdir()
    for name, content in contents.items():
        _write_file(new / name, content)
    _sync_folder(new)
    with steady(folder):
        _remove(old)
        if os.path.lexists(folder):
            folder.rename(old)
        new.rename(folder)
    _sync_folder(folder.parent)
    _remove(old)


def _recover(folder: Path) -> None:
    """Put the old folder back if a process was killed between moving it away and moving the new one in."""
    old = _beside(folder, "old")
    if old.exists() and not folder.exists():
        old.rename(folder)


def _beside(folder: Path, role: str) -> Path:
    return folder.with_name(f".{folder.name}.{role}")


def _write_file(path: Path, content: Content) -> None:
    if callable(content):
        content(path)
    else:
        path.write_bytes(content)
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
