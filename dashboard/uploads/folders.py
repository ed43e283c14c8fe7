"""Folders of this server for what visitors bring: private, and gone with the server.

A folder is locked as long as its server lives. What dead servers have left is cleared away when the next one starts.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

PREFIX = "plan-comparison-"
DICTIONARY = "plan-terms"
"""Folder, among the caches of a user, where the extraction keeps the dictionary of words."""


_FIRST = threading.RLock()
"""Two visitors may be the first at once."""


def server() -> Path:
    """The folder of this server, made when it is first asked for."""
    with _FIRST:
        return _server()


@cache
def _server() -> Path:
    clear()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    fcntl.flock(os.open(folder, os.O_RDONLY), fcntl.LOCK_EX)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def home() -> Path:
    """A folder of this server for what the extraction keeps from one run to the next.

    A dictionary that was made ready outside of the dashboard comes along, so that the first visitor does not wait.
    """
    with _FIRST:
        return _home()


@cache
def _home() -> Path:
    folder = server() / "home"
    (folder / ".cache").mkdir(parents=True)
    known = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / DICTIONARY
    if known.is_dir():
        with suppress(OSError):
            shutil.copytree(known, folder / ".cache" / DICTIONARY)
    return folder


def visitor() -> Path:
    """A new folder for one visitor."""
    return Path(tempfile.mkdtemp(dir=server()))


def clear() -> None:
    """Remove the folders that servers of this user have left which live no more."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if left.stat().st_uid == os.getuid() and not left.is_symlink():
                _clear(left)


def _clear(left: Path) -> None:
    handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left, ignore_errors=True)
    finally:
        os.close(handle)
