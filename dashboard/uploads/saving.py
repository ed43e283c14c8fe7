"""A visitor's document → the documents of everybody, where the operator allows it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import settings
from uploads.answers import Answers, Told
from uploads.jobs import SAVING, Job


def save(job: Job, path: Path, told: Told, folder: Path) -> Answers:
    """Add a file to the sources, config.yaml and tables of everybody, one visitor after the other."""
    with _alone(settings.CONFIG_FILE):
        config, tables = str(settings.CONFIG_FILE), str(settings.load().tables)
        options = ["--config", config, "add", "--tables", tables, "--json", "--sure", *told.options(), "--", str(path)]
        return job.extract(options, folder, SAVING)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a file that others may replace, on all servers that have it."""
    while True:
        handle = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if os.fstat(handle).st_ino == path.stat().st_ino:
                yield
                return
        finally:
            os.close(handle)
