"""One state of a visitor's comparison: a folder with its own config.yaml, tables and documents.

The first is made from the files of everybody, each further one from the one before. A process works in the new folder
while the pages still read the old one; what goes wrong leaves no trace in either. Of many regions nothing is copied:
the visitor's documents have tables of their own, which stand beside those of everybody.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import settings

CONFIG, TABLES, SOURCES, CORRECTIONS = "config.yaml", "tables", "sources", "corrections.yaml"
BESIDE = "beside"
CACHE = "../cache"
"""What was read and found is kept for the next state of the same visitor."""


@dataclass(frozen=True)
class Generation:
    """A folder of that kind."""

    folder: Path

    @property
    def config_file(self) -> Path:
        return self.folder / CONFIG

    @property
    def tables(self) -> Path:
        return self.folder / TABLES

    def documents(self) -> list[Path]:
        """The documents that were brought since the generation before."""
        return sorted((self.folder / SOURCES).iterdir())

    def settle(self, failed: Collection[str] = ()) -> None:
        """Take out documents that failed, and show the regions and plans of the others from the first."""
        _write(self.config_file, _merged(_read(self.config_file), failed))

    def correct(self, entries: Sequence[Mapping[str, Any]]) -> None:
        """Let these corrections of the visitor's documents count, behind those of everybody."""
        path = self.folder / CORRECTIONS
        shared = settings.CONFIG_FILE.parent / _read(settings.CONFIG_FILE)["paths"]["corrections"]
        known = (_read(shared) or {}).get("corrections") if shared.exists() else None
        _write(path, {"corrections": [*(known or ()), *entries]})
        config = _read(self.config_file)
        _write(self.config_file, config | {"paths": config["paths"] | {"corrections": str(path)}})

    def remove(self) -> None:
        """Delete the folder and all that is in it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def first(folder: Path, many: bool = False) -> Generation:
    """The state of everybody in a new folder: a copy, or, of `many` regions, none of their tables and a configuration
    that says where these are. Raises ReadableError where that cannot be read.
    """
    tables = settings.load().tables.absolute()
    made = _made(folder, None if many else tables)
    config = _shared(many)
    paths = {name: str(settings.CONFIG_FILE.parent / path) for name, path in config["paths"].items()}
    own = {"tables": TABLES, "sources": SOURCES, "cache": CACHE} | ({BESIDE: str(tables)} if many else {})
    _write(made.config_file, config | {"paths": paths | own})
    return made


def after(earlier: Generation, folder: Path) -> Generation:
    """A copy of a state, without its documents' files."""
    made = _made(folder, earlier.tables)
    config = _read(earlier.config_file)
    if (earlier.folder / CORRECTIONS).exists():
        shutil.copy2(earlier.folder / CORRECTIONS, folder / CORRECTIONS)
        config["paths"]["corrections"] = str(folder / CORRECTIONS)
    _write(made.config_file, config)
    return made


def without(earlier: Generation, doc_id: str, folder: Path) -> Generation:
    """The tables of everybody, with a configuration that knows the documents of a state but for one."""
    made = first(folder, BESIDE in _read(earlier.config_file)["paths"])
    own = _read(earlier.config_file) | {"paths": _read(made.config_file)["paths"]}
    _write(made.config_file, _merged(own, {doc_id}))
    return made


def _shared(many: bool) -> dict[str, Any]:
    """The configuration of everybody; of `many` regions without what names documents and regions that only the tables
    of everybody have.
    """
    config = _read(settings.CONFIG_FILE)
    if many:
        config |= {"documents": [], "bounds": {"targets": {}, "issue_share": [0, 1]}}
        config["dashboard"] = config["dashboard"] | {"regions": []}
    return config


def _made(folder: Path, tables: Path | None) -> Generation:
    """A folder with a copy of the tables, if any, and none of documents."""
    (folder / SOURCES).mkdir(parents=True)
    (folder / TABLES).mkdir()
    for path in tables.iterdir() if tables else ():
        if path.suffix in {".csv", ".parquet"} and path.is_file():
            shutil.copy2(path, folder / TABLES / path.name)
    return Generation(folder)


def _merged(own: dict[str, Any], gone: Collection[str]) -> dict[str, Any]:
    """The configuration of everybody with what a visitor's own has beside it, but for documents that are gone."""
    shared = _shared(BESIDE in own["paths"])
    documents = [document for document in own["documents"] if document["id"] not in gone]
    merged = shared | {"paths": own["paths"], "documents": _joined(shared["documents"], documents)}
    shown = dict(shared["dashboard"])
    for name in ("regions", "plans"):
        used = {document[name[:-1]] for document in documents}
        merged[name] = _joined(shared[name], [entry for entry in own[name] if entry["id"] in used])
        new = [entry["id"] for entry in merged[name] if entry not in shared[name]]
        shown[name] = [*shown[name], *new]
    return merged | {"dashboard": shown}


def _joined(shared: list[dict[str, Any]], own: list[dict[str, Any]]) -> list[dict[str, Any]]:
    known = {entry["id"] for entry in shared}
    return [*shared, *(entry for entry in own if entry["id"] not in known)]


def _read(path: Path) -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return config


def _write(path: Path, config: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")
