"""Preloaded by the workers of tests: whoever reads a document or writes a file says so, and waits while it is told to.

Beside it stands work for an engine without documents.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("HELD_BACK", "/nonexistent"))


def dask_setup(_: object) -> None:
    """Called by the worker when it starts."""
    from extract import sources, stored

    sources.content = held("read", sources.content)
    stored.write = held("write", stored.write)


def held(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def slow(*arguments: object) -> object:
        done = function(*arguments)
        if (FOLDER / name).exists():
            (FOLDER / f"{os.getpid()}.held").touch()
        while (FOLDER / name).exists():
            time.sleep(0.02)
        return done

    return slow


def square(number: int) -> int:
    return number * number


def die_on_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number
