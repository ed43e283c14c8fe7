"""What the dashboard needs of `config.yaml`: names, colours and defaults, typed.

The extraction checks the whole file; here only the keys that are used are read and others are ignored.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

import labels
from errors import ReadableError

ROOT = Path(__file__).resolve().parent.parent
CONFIG_VARIABLE = "PLAN_CONFIG"
CONFIG_FILE = Path(os.environ.get(CONFIG_VARIABLE) or ROOT / "config.yaml")
"""The configuration of everybody: that of the project, or the one that the environment variable names."""

TABLES_VARIABLE = "PLAN_TABLES"


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Region(_Read):
    """A region: its id in the tables, its name, in English too where one is given, and its colour (#rrggbb).

    `parent` is the region it lies in; colour and parent are empty where none is given.
    """

    id: str
    name: str
    level: str
    colour: str = ""
    name_en: str = ""
    parent: str = ""

    @field_validator("parent", mode="before")
    @classmethod
    def _known(cls, parent: str | None) -> str:
        return parent or ""

    def spoken(self, language: str) -> Region:
        """The region with its name in a language."""
        return self.model_copy(update={"name": self.name_en}) if language == "en" and self.name_en else self


class Plan(_Read):
    """A plan; `period` is its first and last year, None where each document has its own."""

    id: str
    name: str
    period: tuple[int, int] | None
    name_en: str = ""

    def spoken(self, language: str) -> str:
        """Its name in a language."""
        return self.name_en if language == "en" and self.name_en else self.name


class Defaults(_Read):
    """Ids of the regions and plans that a first visit shows; whether visitors may save documents, or corrections, for
    everybody.
    """

    regions: tuple[str, ...]
    plans: tuple[str, ...]
    save_uploads: bool = False
    save_corrections: bool = False


class Paths(_Read):
    """Places, relative to the folder of the file; those of corrections and accuracy to the project root.

    `beside`: tables of many regions that those of a visitor stand beside.
    """

    tables: str
    beside: str = ""
    corrections: str = ""
    accuracy: str = ""


class Settings(_Read):
    """The part of `config.yaml` that the dashboard uses; `folder` is where the file lies."""

    regions: tuple[Region, ...]
    plans: tuple[Plan, ...]
    paths: Paths
    dashboard: Defaults
    folder: Path = ROOT

    @property
    def tables(self) -> Path:
        """Folder of the tables; for those of everybody the environment variable PLAN_TABLES goes before."""
        named = os.environ.get(TABLES_VARIABLE) if self.folder == ROOT else ""
        return Path(named or self.folder / self.paths.tables)


@lru_cache(maxsize=64)
def _read(path: Path, _mtime: int) -> Settings:
    read = Settings.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    return read.model_copy(update={"folder": path.parent})


def load(path: Path | None = None) -> Settings:
    """Settings from `path`, those of everybody without one; read again when the file changes. Raises ReadableError."""
    path = path or CONFIG_FILE
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
        reason = str(error).splitlines()[0]
        raise ReadableError(labels.word("errors.config", reason=reason)) from error
