"""A dashboard served on 127.0.0.1, and the browser that looks at it: for tests and benchmarks."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "dashboard" / "app.py"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""The browser of the system, None where there is none."""

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
"""Flags of the browser."""


@contextmanager
def serving(app: Path = APP, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """An app on a free port, and its address. `environment`: variables of the server; those of this process if None."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    flags = ["--server.headless", "true", "--server.address", "127.0.0.1", "--server.port", str(port)]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(app), *flags, "--server.fileWatcherType", "none"],
        cwd=ROOT,
        env=os.environ if environment is None else dict(environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(300):
            with suppress(OSError):
                urllib.request.urlopen(f"{address}_stcore/health", timeout=1).close()
                break
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()
