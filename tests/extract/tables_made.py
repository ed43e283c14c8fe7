"""Made-up tables of mentions for the tests of emphasis and carry-over: one city, its districts, whatever they say."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from extract import tables as files
from extract.config import Config, load_config
from extract.schema import Row, Tables, schema

CHARS = 20_000
PLAN, REPORT, ADVICE = "规划纲要", "政府工作报告", "规划建议"


def config(project: Path, settings: dict[str, Any]) -> Config:
    """The city of the made-up world with three districts, and a town of no parent."""
    regions = [("qingshi", "青石区"), ("baihe", "白鹤区"), ("heishan", "黑山区"), ("nanpu", "南浦市")]
    settings["regions"] = settings["regions"][:1] + [
        {
            "id": id_,
            "name": name,
            "level": "district",
            "parent": None if id_ == "nanpu" else "linjiang",
            "colour": "#0072B2",
        }
        for id_, name in regions
    ]
    (project / "config.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return load_config(project / "config.yaml")


def document(region_id: str, kind: str = PLAN, start: int = 2021, chars: int = CHARS, name: str = "") -> Row:
    """A row of `documents`; its id is that of the region and its kind unless a name is given."""
    row: Row = dict.fromkeys(schema().tables["documents"].columns)
    row |= {"doc_id": name or f"{region_id}-{kind}", "region_id": region_id, "doc_type": kind, "chars": chars}
    return row | {"period_start": start, "period_end": start + 4}


def tables(documents: Mapping[str, tuple[Row, Mapping[str, int]]] | list[tuple[Row, Mapping[str, int]]]) -> Tables:
    """Tables of documents that say names so often: each name a term and a topic of that name, in the first chapter."""
    given = documents if isinstance(documents, list) else list(documents.values())
    made: Tables = {name: [] for name in schema().tables}
    for row, mentions in given:
        doc_id = str(row["doc_id"])
        made["documents"].append(row)
        top, chapter, inner = (f"{doc_id}-s{i}" for i in range(3))
        for section_id, parent_id in ((top, None), (chapter, top), (inner, chapter)):
            made["sections"].append({"section_id": section_id, "doc_id": doc_id, "parent_id": parent_id})
        for name, count in mentions.items():
            about: Row = {"doc_id": doc_id, "theme": "industry", "topic": name}
            made["terms"].append(about | {"term": name, "count": count, "chapters": 1})
            made["coverage"].append(about | {"section_id": inner, "mentions": count, "chars": 0})
    return made


def shuffled(made: Tables, seed: int) -> Tables:
    """The same rows, every table in another order."""
    return {name: random.Random(seed).sample(rows, len(rows)) for name, rows in made.items()}


def written(name: str, rows: list[Row]) -> list[Row]:
    """The rows as they go into the file: held against the schema, in the order of the key."""
    return files.ordered(name, rows)
