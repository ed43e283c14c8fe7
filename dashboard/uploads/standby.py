"""An extraction that is loaded before there is a document: one on the whole server, ready to be told what to do.

Loading takes longer than the extraction of a plan. Every document still has a process of its own, with the limits of
any other; one that is not ready is started when it is needed.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import settings
from uploads import folders
from uploads.limited import Limits, Started, kill, started

LIMITS = Limits()
IDLE = 900.0
"""Seconds after which a process that nobody needed ends, and gives its memory back."""

_LOCK = threading.Lock()
_READY: list[Started] = []


def prepare() -> None:
    """Begin to load one, where none is ready."""
    with _LOCK:
        if _READY:
            return
        process = _started(["wait"], folders.home(), LIMITS, told=True)
        _READY.append(process)
    clock = threading.Timer(IDLE, _end, (process,))
    clock.daemon = True
    clock.start()


def begin(arguments: Sequence[str], folder: Path, limits: Limits) -> Started:
    """`python -m extract` with these arguments in a folder: the one that is ready where its limits are these."""
    process = _taken() if limits == LIMITS else None
    if process is not None and process.stdin is not None:
        with suppress(OSError), process.stdin as words:
            words.write(json.dumps({"folder": str(folder), "arguments": list(arguments)}) + "\n")
            words.flush()
            return process
    return _started(arguments, folder, limits)


def _started(arguments: Sequence[str], folder: Path, limits: Limits, told: bool = False) -> Started:
    more = {"PYTHONPATH": str(settings.ROOT), "HOME": str(folders.home())}
    return started([sys.executable, "-P", "-m", "extract", *arguments], folder, limits, more, told)


def _taken() -> Started | None:
    with _LOCK:
        process = _READY.pop() if _READY else None
    return process if process is not None and process.poll() is None else None


def _end(process: Started) -> None:
    """End a process if nobody has taken it."""
    with _LOCK:
        if process not in _READY:
            return
        _READY.remove(process)
    kill(process)
    process.communicate()
