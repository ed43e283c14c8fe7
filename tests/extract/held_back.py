"""Preloaded by the workers of tests: whoever reads a document says so, and waits while it is told to hold.

Beside it stands work for an engine without documents.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

FOLDER = Path(os.environ.get("HELD_BACK", "/nonexistent"))


def dask_setup(_: object) -> None:
    """Called by the worker when it starts."""
    from extract import sources

    content = sources.content

    def slow(file: sources.File) -> bytes:
        (FOLDER / f"{os.getpid()}.reads").touch()
        while (FOLDER / "hold").exists():
            time.sleep(0.02)
        return content(file)

    sources.content = slow


def square(number: int) -> int:
    return number * number


def die_on_seven(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number
