"""What the ids of indicators and topics stand for, as tables: the same whatever the documents."""

from __future__ import annotations

from extract.lexicons import lexicons
from extract.schema import Tables


def rows() -> Tables:
    """Rows of the tables `indicators` and `topics`, from the lexicon."""
    known = lexicons()
    canonical = known.tools.canonical
    return {
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
