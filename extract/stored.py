"""The one way by which a file of a partitioned corpus is written: whole, or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from extract import locations

HALF = ".half"
"""Ends the name of a file that is being written. What a process that was killed left is no table, whatever is in it."""


def write(path: Path, data: bytes) -> None:
    """Write a file under another name, bring it safely to disk, and move it into place; its folder is made where due.

    Elsewhere (locations) a file is put as it is: whole, or not at all. Raises OSError where that cannot be done; what
    stood there before then still does.
    """
    if not locations.here(path):
        locations.put(path, data)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}{HALF}")
    try:
        with half.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except BaseException:
        with suppress(OSError):
            half.unlink()
        raise


def clear(folder: Path) -> None:
    """Remove what killed processes left half written in a folder."""
    if locations.here(folder) and folder.is_dir():
        for path in folder.iterdir():
            if path.name.endswith(HALF):
                path.unlink(missing_ok=True)
