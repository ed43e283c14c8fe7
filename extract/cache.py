"""What was found in a file before: kept beside the tables, so that nothing is read or computed twice.

An entry lies under the sum of everything it follows from: the bytes of the file, what config.yaml and the corrections
say of it, and the version of the rules (rule_version). It never goes stale; what changes gets another name. Entries
are packed JSON: reading one runs nothing. One that is damaged counts as none. Each is written under a name of its own
and moved into place, so that several builds can share the folder. What was not used for longest goes when the folder
grows too large.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

import orjson

from extract.rule_version import rule_version

MOST_BYTES = 1_000_000_000
"""The folder is brought back to three quarters of this when it has grown beyond."""
DAY = 86_400.0
"""Seconds after which an entry that is used is marked as used again, and a file half written is thrown away."""
HOUR = 3600.0
SUFFIX, HALF = ".z", ".part"
PASSING = "plan-cache-"
"""Begins the name of a folder that lasts for one run; the number of its process follows."""


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of entries. Each way to use it goes on without it where the folder cannot be read or written."""

    folder: Path
    version: str
    most_bytes: int = MOST_BYTES

    def key(self, *parts: object) -> str:
        """The sum of what an entry follows from: JSON values, and bytes; the version of the rules is always in it."""
        total = hashlib.sha256(self.version.encode())
        for part in parts:
            data = part if isinstance(part, bytes) else _json(part)
            total.update(len(data).to_bytes(8, "big") + data)
        return total.hexdigest()

    def get(self, kind: str, key: str) -> Any:
        """The value of an entry (a JSON value), or None where there is none or none that can be read."""
        path = self._path(kind, key)
        try:
            packed = path.read_bytes()
        except OSError:
            return None
        try:
            value = orjson.loads(zlib.decompress(packed))
        except (zlib.error, ValueError):
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - DAY:
                os.utime(path)
        return value

    def has(self, kind: str, key: str) -> bool:
        """True where there is an entry, if only a damaged one."""
        return self._path(kind, key).exists()

    def put(self, kind: str, key: str, value: object) -> None:
        """Keep a JSON value. Where it cannot be written (no room, no right) nothing happens."""
        path = self._path(kind, key)
        half = path.with_name(f"{path.name}.{secrets.token_hex(4)}{HALF}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            half.write_bytes(zlib.compress(_json(value), 1))
            os.replace(half, path)
        except OSError:
            with suppress(OSError):
                half.unlink()

    def prune(self) -> None:
        """Throw away what was not used for longest once there is too much, and what was left half written."""
        files: list[tuple[float, int, Path]] = []
        with suppress(OSError):
            for path in self.folder.glob("*/*"):
                with suppress(OSError):
                    seen = path.stat()
                    files.append((seen.st_mtime, seen.st_size, path))
        total, now = sum(size for _, size, _ in files), time.time()
        least = 0.75 * self.most_bytes if total > self.most_bytes else self.most_bytes
        for used, size, path in sorted(files):
            if total > least or (path.suffix == HALF and used < now - DAY):
                total -= size
                with suppress(OSError):
                    path.unlink()

    def _path(self, kind: str, key: str) -> Path:
        return self.folder / kind / (key + SUFFIX)


@contextmanager
def opened(folder: Path | None) -> Iterator[Cache]:
    """The cache in a folder; where there is none, or it cannot be written, one that lasts for this run only."""
    if folder is not None and _writable(folder):
        yield Cache(folder, rule_version())
    else:
        _sweep()
        with TemporaryDirectory(prefix=f"{PASSING}{os.getpid()}-") as place:
            yield Cache(Path(place), rule_version())


def _sweep() -> None:
    """Throw away what runs left that were killed; a folder that was used of late may be that of another machine."""
    for folder in Path(gettempdir()).glob(f"{PASSING}*-*"):
        process = folder.name.removeprefix(PASSING).partition("-")[0]
        with suppress(OSError):
            if process.isdigit() and folder.stat().st_mtime < time.time() - HOUR and not _runs(int(process)):
                shutil.rmtree(folder, ignore_errors=True)


def _runs(process: int) -> bool:
    """True where a process of that number runs, whoever's it is."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _json(value: object) -> bytes:
    """JSON, the same bytes for the same value; also of names that are no characters, which orjson refuses."""
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        return json.dumps(value, sort_keys=True).encode()


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)
