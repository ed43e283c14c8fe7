"""A command in a process of its own, with limits on its time, memory and files; whatever it does, it ends.

The process leads a group of its own, so that what it has started ends with it. It gets no environment but what Python
needs, and works in a folder that it is given.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

Started = subprocess.Popen[str]
LAUNCH = Path(__file__).with_name("launch.py")
STOPPED, TOO_SLOW, TOO_MUCH_MEMORY = "stopped", "too_slow", "too_much_memory"
_TOLD = 4_000
"""Characters of its last words that are kept."""
_LONGEST = 1_000_000
"""Characters of a line that are read at once."""


@dataclass(frozen=True)
class Limits:
    """Seconds by the clock, seconds of work, bytes of memory and of a file; `nice`: how far it stands back."""

    seconds: float = 120
    cpu: int = 120
    memory: int = 2_000_000_000
    file_size: int = 300_000_000
    nice: int = 10

    def kept(self) -> dict[str, float]:
        """The limits that the system itself keeps."""
        return {name: value for name, value in asdict(self).items() if name != "seconds"}


@dataclass(frozen=True)
class Ended:
    """How a process ended: its status, its last words on standard error, and why it was ended ("" where it was not)."""

    status: int
    error: str
    why: str


class Process:
    """One run of what `start` starts; `stop` may be called from any thread, before the run too."""

    def __init__(self, start: Callable[[], Started], seconds: float) -> None:
        self._start, self._seconds = start, seconds
        self._lock = threading.Lock()
        self._process: Started | None = None
        self._why = ""

    def run(self, on_line: Callable[[str], None]) -> Ended:
        """Run to the end; `on_line` gets each line of its standard output."""
        with self._lock:
            if self._why:
                return Ended(-1, "", self._why)
            self._process = process = self._start()
        clock = threading.Timer(self._seconds, self.stop, (TOO_SLOW,))
        clock.daemon = True
        clock.start()
        words: list[str] = []
        assert process.stdout is not None and process.stderr is not None
        drain = threading.Thread(target=_last_words, args=(process.stderr, words), daemon=True)
        drain.start()
        with process.stdout as output, suppress(ValueError):
            while line := output.readline(_LONGEST):
                on_line(line)
        status = process.wait()
        clock.cancel()
        self._kill()
        drain.join()
        error = "".join(words).strip()
        return Ended(status, error, self._why or _reason(status, error))

    def stop(self, why: str = STOPPED) -> None:
        """End the process and all that it has started."""
        with self._lock:
            self._why = self._why or why
        self._kill()

    def _kill(self) -> None:
        if self._process is not None:
            kill(self._process)


def started(
    command: Sequence[str], folder: Path, limits: Limits, more: Mapping[str, str] | None = None, told: bool = False
) -> Started:
    """Start a command within limits; `more` stands in its environment. `told`: it is to hear on standard input."""
    return subprocess.Popen(
        [sys.executable, "-I", "-S", str(LAUNCH), json.dumps(limits.kept()), *command],
        cwd=folder,
        env=_environment(folder) | dict(more or {}),
        stdin=subprocess.PIPE if told else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )


def kill(process: Started) -> None:
    """End a process and all that it has started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _environment(folder: Path) -> dict[str, str]:
    """What Python needs: where programs are, one thread for each library, and its temporary files in the folder."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    plain = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    return plain | threads | {"HOME": str(folder), "TMPDIR": str(folder)}


def _last_words(stream: IO[str], words: list[str]) -> None:
    """Read all that is said; keep the end of it."""
    with stream, suppress(ValueError, OSError):
        for line in iter(lambda: stream.readline(_LONGEST), ""):
            words.append(line[-_TOLD:])
            while sum(map(len, words)) > _TOLD and len(words) > 1:
                words.pop(0)


def _reason(status: int, error: str) -> str:
    """Why a process ended early: libraries abort or fail where memory has run out."""
    if status == -signal.SIGXCPU:
        return TOO_SLOW
    failed = status in (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV) or error.endswith("MemoryError")
    return TOO_MUCH_MEMORY if failed else ""
