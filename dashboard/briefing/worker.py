"""The process that draws: figures in on standard input, pictures out on standard output, one after the other.

A request is two messages (`frames`), a JSON object and the figure as JSON; an answer is a JSON object and the bytes of
the picture. One browser is kept open. When the input ends, because the parent closes it or has died, this process takes
the browser with it. `renderer` runs it; nothing else of the dashboard is imported, so that it starts fast.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Mapping
from typing import Any, BinaryIO

from choreographer.browsers.chromium import Chromium
from kaleido import Kaleido

from briefing import frames


class _Owned(Chromium):
    """A browser in the process group of this process, so that both end together."""

    def get_popen_args(self) -> Mapping[str, Any]:
        return {**super().get_popen_args(), "start_new_session": False}


def main(browser: str, folder: str) -> None:
    """Draw until the input ends. `browser`: path of a Chromium; `folder`: for files that live as long as this."""
    tempfile.tempdir = folder
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        asyncio.run(_serve(browser, folder, sys.stdin.buffer, out))
    finally:
        _end(folder)


async def _serve(browser: str, folder: str, requests: BinaryIO, out: BinaryIO) -> None:
    waiting: asyncio.Queue[bytes] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def listen() -> None:
        while (message := frames.read(requests)) is not None:
            loop.call_soon_threadsafe(waiting.put_nowait, message)
        _end(folder)

    threading.Thread(target=listen, daemon=True).start()
    async with Kaleido(timeout=None, mathjax=False, path=browser, browser_cls=_Owned) as kaleido:
        while True:
            request, figure = frames.parsed(await waiting.get()), frames.parsed(await waiting.get())
            error, picture = "", b""
            try:
                picture = await kaleido.calc_fig(figure, opts=request["options"])
            except Exception as failure:
                error = str(failure) or type(failure).__name__
            frames.write(out, frames.packed({"id": request["id"], "error": error}))
            frames.write(out, picture)


def _end(folder: str) -> None:
    """End this process and the browser, whatever they are doing."""
    shutil.rmtree(folder, ignore_errors=True)
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
