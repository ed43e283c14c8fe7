"""Run a reader of dangerous files in a process of its own, with bounded time and memory.

The process gets the bytes of the file on its standard input and answers in JSON; whatever it does, it ends.
"""

from __future__ import annotations

import contextlib
import gc
import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from extract.reading import Reading, SourceError

SECONDS = 300
MOST_MEMORY = 2_000_000_000
ROOT = Path(__file__).resolve().parent.parent


def read(module: str, data: bytes, file: str, seconds: float = SECONDS) -> Reading:
    """What `module`, run as a program that calls `answer`, makes of the data.

    Raises SourceError with the module's own words where it refuses the data, and where it ran out of time or memory.
    """
    command = [sys.executable, "-m", module]
    try:
        done = subprocess.run(command, input=data, capture_output=True, cwd=ROOT, timeout=seconds, check=False)
        told = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        words = f"cannot be read within {seconds:.0f} seconds; save it as text or split it"
        raise SourceError(f"{file}: {words}", "too_slow") from None
    except ValueError:
        raise SourceError(f"{file}: cannot be read (the reader broke off); save it as text or Word (.docx)") from None
    if refused := told.get("refused"):
        raise SourceError(f"{file}: {refused}", told["code"])
    return Reading(tuple(told["lines"]), tuple(told["notes"]))


def answer(read: Callable[[bytes], Reading]) -> None:
    """Be the confined process: read standard input by `read`, and answer. `read` refuses by SourceError.

    It writes no file, and ends by itself where the process that waits for it was killed.
    """
    with contextlib.suppress(ValueError, OSError):  # not every system knows this limit
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    gc.set_threshold(100_000)
    try:
        told: dict[str, object] = read(sys.stdin.buffer.read())._asdict()
    except SourceError as reason:
        told = {"refused": str(reason), "code": reason.code}
    except MemoryError:
        words = "needs more memory than a document should; save it as text or split it"
        told = {"refused": words, "code": "too_much_memory"}
    json.dump(told, sys.stdout)
