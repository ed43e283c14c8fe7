"""What the ids of regions, indicators and topics stand for, as tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from extract.regions import Place
from extract.schema import Tables, schema

NAMED = "named"
"""The name of the work that writes these tables into a corpus."""


@dataclass(frozen=True, slots=True)
class Names:
    """A piece of work, for a process that has loaded the lexicon: the folder of the tables, the regions, the key."""

    folder: Path
    places: tuple[Place, ...]
    key: str


def work(task: Names) -> bool:
    """Write the tables as partitions. True where that is done; raises OSError where the folder cannot be written."""
    from extract import marked, parts, tables
    from extract.parquet import packed

    whole = {name: tables.ordered(name, found) for name, found in rows(task.places).items()}
    files = {parts.file(name, 0): packed(schema().tables[name].columns, found) for name, found in whole.items()}
    marked.write(task.folder, NAMED, task.key, files, {})
    return True


def rows(places: Iterable[Place]) -> Tables:
    """Rows of the tables `indicators` and `topics`, from the lexicon, and of `regions`."""
    from extract.lexicons import lexicons

    known = lexicons()
    canonical = known.tools.canonical
    return {
        "regions": [{name: value or None for name, value in place._asdict().items()} for place in places],
        "indicators": [
            {
                "indicator_id": id_,
                "label": entry.label,
                "label_en": entry.label_en,
                "theme": canonical.themes[id_],
                "direction": entry.direction,
            }
            for id_, entry in canonical.indicators.items()
        ],
        "topics": [
            {"topic": topic.id, "theme": theme.id, "label": topic.label, "label_en": topic.label_en}
            for theme in known.themes.themes
            for topic in theme.topics
        ],
    }
