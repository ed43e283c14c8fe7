"""Figures → bytes of pictures, by one process that owns a browser, one picture at a time.

The library that drives the browser mixes figures up when threads share it, and hangs now and then. So it runs in a
process of its own, which gets one figure at a time; when a picture takes too long, process and browser are ended, the
caller is told, and the next picture starts a new one.
"""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import plotly.graph_objects as go

import labels
from briefing import frames
from errors import ReadableError

LIMIT = 15.0
"""Seconds that one picture may take, with the start of a browser where there is none yet."""

_LEAVE = 2.0
"""Seconds that a thread gets to notice that its worker is gone."""

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_VARIABLE = "BROWSER_PATH"
_DASHBOARD = Path(__file__).parents[1]


def browser() -> str:
    """Path of the browser that draws: BROWSER_PATH, else one that is installed; "" where there is none."""
    named = os.environ.get(_VARIABLE, "")
    if named:
        return shutil.which(named) or ""
    return next((path for name in _BROWSERS if (path := shutil.which(name))), "")


def worker_command(folder: str) -> list[str]:
    """The command of a worker that keeps its files in `folder`."""
    return [sys.executable, "-m", "briefing.worker", browser(), folder]


class _Worker:
    """A running process and the folder of its files."""

    def __init__(self, command: Callable[[str], list[str]]) -> None:
        self._folder = tempfile.mkdtemp(prefix="pictures-")
        self._process = subprocess.Popen(
            command(self._folder),
            cwd=_DASHBOARD,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout
        self._asking = threading.Thread()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: dict[str, Any], figure: bytes, limit: float) -> tuple[dict[str, Any], bytes] | None:
        """What is answered to a request, and the picture; None where the process died.

        Raises TimeoutError after `limit` seconds.
        """
        answers: SimpleQueue[tuple[dict[str, Any], bytes] | None] = SimpleQueue()
        self._asking = threading.Thread(target=lambda: answers.put(self._exchange(request, figure)), daemon=True)
        self._asking.start()
        try:
            return answers.get(timeout=limit)
        except Empty:
            raise TimeoutError from None

    def _exchange(self, request: dict[str, Any], figure: bytes) -> tuple[dict[str, Any], bytes] | None:
        try:
            frames.write(self._requests, frames.packed(request))
            frames.write(self._requests, figure)
            said, picture = frames.read(self._answers), frames.read(self._answers)
        except (OSError, ValueError):
            return None
        return None if said is None or picture is None else (frames.parsed(said), picture)

    def end(self) -> None:
        """End the process and the browser that it has started."""
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
        self._process.wait()
        if self._asking.is_alive():
            self._asking.join(_LEAVE)
        for pipe in (self._requests, self._answers):
            with suppress(OSError):
                pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class Renderer:
    """Draws figures one after the other; any number of threads may ask.

    `command` makes the command of its worker from the folder for its files; `limit` is the seconds that one picture
    may take.
    """

    def __init__(self, command: Callable[[str], list[str]] = worker_command, limit: float = LIMIT) -> None:
        self._command, self._limit = command, limit
        self._lock = threading.Lock()
        self._ids = itertools.count(1)
        self._worker: _Worker | None = None
        atexit.register(self.close)

    def draw(self, figure: go.Figure, form: str, scale: float = 1.0) -> bytes:
        """Bytes of a figure as `form` (png or svg), `scale` times the width and height of its layout in pixels.

        Raises ReadableError where it takes too long, or fails.
        """
        plain = figure.to_json(validate=False).encode()
        options = {"format": form, "width": figure.layout.width, "height": figure.layout.height, "scale": scale}
        with self._lock:
            if self._worker is None or not self._worker.alive:
                self._drop()
                self._worker = _Worker(self._command)
            number = next(self._ids)
            try:
                answer = self._worker.ask({"id": number, "options": options}, plain, self._limit)
            except TimeoutError:
                self._drop()
                raise ReadableError(labels.word("pictures.hung", seconds=round(self._limit))) from None
            if answer is None or answer[0].get("id") != number:
                self._drop()
                raise ReadableError(labels.word("pictures.died"))
        said, picture = answer
        if said["error"]:
            raise ReadableError(labels.word("pictures.failed", reason=said["error"].splitlines()[0]))
        return picture

    def close(self) -> None:
        """End the worker, if there is one; the next figure starts another."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None


@cache
def shared() -> Renderer:
    """The one renderer of this process."""
    return Renderer()
