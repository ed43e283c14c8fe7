"""config.yaml → typed, frozen objects.

The keys are explained at the head of config.yaml itself. Beyond the type of each value, the references between the
entries are checked here: a region named by a document must exist, an id must be used once, a pattern must compile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from extract import strict_yaml
from extract.strict_yaml import ConfigError, Loc, Strict

__all__ = ["Bounds", "Config", "ConfigError", "Dashboard", "DocumentEntry", "Paths", "Plan", "Region", "load_config"]

Level = Literal["nation", "province", "city", "district", "county", "town", "zone"]
DocType = Literal["规划纲要", "规划建议", "专项规划", "政府工作报告", "政策文件", "其他"]
Id = Annotated[str, StringConstraints(pattern=r"^[\w-]{1,80}$")]
Text = Annotated[str, StringConstraints(min_length=1)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
Checksum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Year = Annotated[int, Field(ge=1949, le=2100)]
Years = tuple[Year, Year]
Fault = tuple[Loc, str]


class Region(Strict):
    """A region; `parent` is the id of the region that holds it, or None."""

    id: Id
    name: Text
    level: Level
    parent: Id | None
    colour: Colour
    name_en: str = ""


class Plan(Strict):
    """A kind of plan; `period` is None where each document has its own."""

    id: Id
    name: Text
    period: Years | None
    name_en: str = ""


class DocumentEntry(Strict):
    """A document that is known: how it is recognised and what is known of it."""

    id: Id
    region: Id
    plan: Id
    type: DocType
    period: Years
    title: Text
    issued: date | None
    recognise: Text
    sha256: Checksum


class Paths(Strict):
    """Where things lie; absolute once loaded. `beside`: tables of a corpus that the documents stand beside, or None."""

    sources: Path
    tables: Path
    corrections: Path
    accuracy: Path = Path("data/accuracy.csv")
    cache: Path = Path("data/.cache")
    beside: Path | None = None


class Bounds(Strict):
    """What the tables are held against: [least, most]."""

    targets: Mapping[str, tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]]
    issue_share: tuple[Annotated[float, Field(ge=0, le=1)], Annotated[float, Field(ge=0, le=1)]]


class Dashboard(Strict):
    """What a first visit shows: ids of regions and plans; whether visitors may save documents and corrections."""

    regions: tuple[Id, ...]
    plans: tuple[Id, ...]
    save_uploads: bool = False
    save_corrections: bool = False


class Config(Strict):
    """Everything config.yaml says."""

    regions: tuple[Region, ...]
    plans: tuple[Plan, ...]
    documents: tuple[DocumentEntry, ...]
    paths: Paths
    bounds: Bounds
    dashboard: Dashboard

    def region(self, region_id: str) -> Region | None:
        """The region with that id, or None."""
        return next((region for region in self.regions if region.id == region_id), None)

    def document(self, doc_id: str) -> DocumentEntry | None:
        """The document with that id, or None."""
        return next((document for document in self.documents if document.id == doc_id), None)


def load_config(path: Path) -> Config:
    """Read config.yaml; its paths are taken from the folder it lies in.

    Raises ConfigError with all faults in one message: unknown, missing and ill-typed keys, and references to nothing.
    """
    data, lines = strict_yaml.read(path)
    config, faults = strict_yaml.check(Config, data)
    faults += _cross_faults(data)
    if config is None or faults:
        raise strict_yaml.error(path, faults, lines)
    root = path.resolve().parent
    inside = {name: root / value for name, value in config.paths if value is not None}
    return config.model_copy(update={"paths": config.paths.model_copy(update=inside)})


def _cross_faults(data: object) -> list[Fault]:
    """Faults between entries. Looks at the raw values, so that they are told beside the faults of single keys."""
    regions, plans, documents = (_entries(data, name) for name in ("regions", "plans", "documents"))
    known = {
        name: {entry.get("id") for _, entry in entries}
        for name, entries in (("region", regions), ("plan", plans), ("document", documents))
    }
    return [
        *_double_ids("regions", regions),
        *_double_ids("plans", plans),
        *_double_ids("documents", documents),
        *_unknown(known["region"], ((("regions", i, "parent"), entry.get("parent")) for i, entry in regions), "region"),
        *_unknown(
            known["region"], ((("documents", i, "region"), entry.get("region")) for i, entry in documents), "region"
        ),
        *_unknown(known["plan"], ((("documents", i, "plan"), entry.get("plan")) for i, entry in documents), "plan"),
        *_dashboard_faults(data, known),
        *_cycles(regions),
        *_disorder("plans", plans),
        *_disorder("documents", documents),
        *_bad_patterns(documents),
        *_bounds_faults(data, known["document"]),
        *_places_elsewhere(data),
    ]


def _entries(data: object, name: str) -> list[tuple[int, dict[str, object]]]:
    entries = data.get(name) if isinstance(data, dict) else None
    return [
        (i, entry) for i, entry in enumerate(entries if isinstance(entries, list) else []) if isinstance(entry, dict)
    ]


def _mapping(data: object, name: str) -> dict[str, object]:
    value = data.get(name) if isinstance(data, dict) else None
    return value if isinstance(value, dict) else {}


def _double_ids(name: str, entries: list[tuple[int, dict[str, object]]]) -> Iterator[Fault]:
    first: dict[object, int] = {}
    for i, entry in entries:
        key = entry.get("id")
        if isinstance(key, str) and first.setdefault(key, i) != i:
            yield (name, i, "id"), f"is used twice: {key!r} is also the id of {name}[{first[key]}]"


def _unknown(known: set[object], references: Iterator[tuple[Loc, object]], kind: str) -> Iterator[Fault]:
    for loc, value in references:
        if isinstance(value, str) and value not in known:
            yield loc, f"names a {kind} that is not there: {value!r}"


def _dashboard_faults(data: object, known: dict[str, set[object]]) -> Iterator[Fault]:
    for key, kind in (("regions", "region"), ("plans", "plan")):
        values = _mapping(data, "dashboard").get(key)
        names = values if isinstance(values, list) else []
        yield from _unknown(known[kind], ((("dashboard", key, i), name) for i, name in enumerate(names)), kind)


def _places_elsewhere(data: object) -> Iterator[Fault]:
    for name, value in _mapping(data, "paths").items():
        if isinstance(value, str) and "://" in value:
            words = f"must be a path of this machine; {value!r} can be named on the command line (--sources, --tables)"
            yield ("paths", name), words


def _cycles(regions: list[tuple[int, dict[str, object]]]) -> Iterator[Fault]:
    parents = {entry.get("id"): entry.get("parent") for _, entry in regions}
    for i, entry in regions:
        seen, region = set(), entry.get("id")
        while region is not None and region not in seen:
            seen.add(region)
            region = parents.get(region)
        if region is not None and region == entry.get("id"):
            yield ("regions", i, "parent"), "leads in a circle back to the region itself"


def _disorder(name: str, entries: list[tuple[int, dict[str, object]]]) -> Iterator[Fault]:
    for i, entry in entries:
        match entry.get("period"):
            case [int(first), int(last)] if first > last:
                yield (name, i, "period"), f"ends before it begins: {first} > {last}"


def _bad_patterns(documents: list[tuple[int, dict[str, object]]]) -> Iterator[Fault]:
    for i, entry in documents:
        pattern = entry.get("recognise")
        if not isinstance(pattern, str):
            continue
        try:
            empty = re.compile(pattern).search("")
        except re.error as reason:
            yield ("documents", i, "recognise"), f"is no good pattern: {reason}"
        else:
            if empty:
                yield ("documents", i, "recognise"), "matches any text; name words of the title"


def _bounds_faults(data: object, documents: set[object]) -> Iterator[Fault]:
    bounds = _mapping(data, "bounds")
    targets = _mapping(bounds, "targets")
    for name, value in [
        *((("targets", key), value) for key, value in targets.items()),
        (("issue_share",), bounds.get("issue_share")),
    ]:
        match value:
            case [int() | float() as least, int() | float() as most] if least > most:
                yield ("bounds", *name), f"is the wrong way round: {least} > {most}"
    yield from _unknown(documents, ((("bounds", "targets", key), key) for key in targets), "document")
