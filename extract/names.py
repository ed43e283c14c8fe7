"""What the ids of regions, indicators and topics stand for, as tables."""

from __future__ import annotations

from collections.abc import Iterable

from extract.lexicons import lexicons
from extract.regions import Place
from extract.schema import Tables


def rows(places: Iterable[Place]) -> Tables:
    """Rows of the tables `indicators` and `topics`, from the lexicon, and of `regions`."""
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
