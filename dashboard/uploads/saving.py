"""A visitor's document → the documents of everybody, where the operator allows it."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock

import settings
from uploads.answers import Answers, Told
from uploads.jobs import SAVING, Job


def save(job: Job, path: Path, told: Told, folder: Path) -> Answers:
    """Add a file to the sources, config.yaml and tables of everybody, one visitor after the other."""
    with FileLock(settings.CONFIG_FILE.with_name(f".{settings.CONFIG_FILE.name}.lock")):
        config, tables = str(settings.CONFIG_FILE), str(settings.load().tables)
        options = ["--config", config, "add", "--tables", tables, "--json", "--sure", *told.options(), "--", str(path)]
        return job.extract(options, folder, SAVING)
