"""Files of one archive: pictures to take away together, and what an office program calls a document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from briefing import plain

_UNSAFE = re.compile(r"[\x00-\x1f\\/:*?\"<>|]+")
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
"""Names that Windows keeps for itself."""

_LONGEST = 120


def pack(files: Iterable[tuple[str, bytes]], made: datetime) -> bytes:
    """An archive of files under their names as they are, in their order, all of the time `made`.

    The same files and time give the same bytes. Raises ValueError for a time before 1980, which no archive can hold.
    """
    stored = BytesIO()
    with ZipFile(stored, "w") as archive:
        for name, data in files:
            entry = ZipInfo(name, made.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, ZIP_DEFLATED)
    return stored.getvalue()


def repack(data: bytes, made: datetime) -> bytes:
    """The same archive with all its files of the time `made`: an office file that is the same from run to run."""
    with ZipFile(BytesIO(data)) as archive:
        return pack([(name, archive.read(name)) for name in archive.namelist()], made)


def build(files: Iterable[tuple[str, bytes]], made: datetime) -> bytes:
    """An archive of files under safe names, no two alike: a name that is taken gets a number (name-2.png)."""
    taken: set[str] = set()
    named = []
    for name, data in files:
        safe = _safe(name)
        path, number = PurePosixPath(safe), 1
        while safe.casefold() in taken:
            number += 1
            safe = f"{path.stem}-{number}{path.suffix}"
        taken.add(safe.casefold())
        named.append((safe, data))
    return pack(named, made)


def _safe(name: str) -> str:
    """A name that every file system takes and that leads to no other folder."""
    path = PurePosixPath(_UNSAFE.sub("_", plain.line(name)).strip(". ") or "_")
    stem = path.stem[:_LONGEST].rstrip(". ") or "_"
    return f"_{stem}{path.suffix}" if _DEVICE.match(stem) else f"{stem}{path.suffix}"
