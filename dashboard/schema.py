"""Columns of the tables as the dashboard reads them.

`text` columns hold strings and never a missing value, `year` columns nullable whole numbers, `count` columns whole
numbers, `amount` columns floats with NaN where nothing stands. Columns not named here are read as text.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Columns:
    """Columns of a table by type."""

    text: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    count: tuple[str, ...] = ()
    amount: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every column that must be there."""
        return self.text + self.year + self.count + self.amount


TABLES: dict[str, Columns] = {
    "documents": Columns(
        text=(
            "doc_id",
            "region_id",
            "level",
            "plan_id",
            "doc_type",
            "title",
            "issued",
            "script",
            "source_sha256",
            "status",
        ),
        year=("period_start", "period_end"),
        count=("chars", "passages", "targets"),
    ),
    "sections": Columns(
        text=("section_id", "doc_id", "parent_id", "number", "heading"),
        count=("level", "line", "chars"),
    ),
    "passages": Columns(
        text=("passage_id", "doc_id", "section_id", "kind", "theme", "themes"),
        count=("line", "chars"),
    ),
    "targets": Columns(
        text=(
            "target_id",
            "doc_id",
            "region_id",
            "plan_id",
            "kind",
            "theme",
            "topic",
            "indicator",
            "indicator_id",
            "qualifier",
            "unit",
            "value_text",
            "unit_std",
            "measure",
            "attribute",
            "section_id",
            "passage_id",
            "origin",
            "rule",
        ),
        year=("year", "period_start", "period_end"),
        count=("line",),
        amount=("value", "value_high", "value_std", "value_high_std", "confidence"),
    ),
    "coverage": Columns(
        text=("doc_id", "section_id", "theme", "topic"),
        count=("mentions", "chars"),
    ),
    "terms": Columns(
        text=("doc_id", "term", "topic", "theme"),
        count=("count", "chapters"),
    ),
    "chance": Columns(
        text=("doc_id", "unit"),
        count=("pieces", "splits", "names"),
        amount=("together", "z95", "z_top"),
    ),
    "emphasis": Columns(
        text=("unit", "name", "topic", "theme", "doc_id", "against", "types"),
        count=("count", "count_against", "total", "total_against", "chapters", "chapters_against"),
        amount=("per_10k", "per_10k_against", "log_odds", "error", "z", "chance"),
    ),
    "carryover": Columns(
        text=("doc_id", "unit", "name", "topic", "theme", "class", "evidence", "stressed_below"),
        count=("mentions", "mentions_below"),
        year=("targets", "targets_below"),
        amount=("p", "per_10k", "per_10k_below", "usual", "log_odds", "low", "high", "z", "chance"),
    ),
    "stressed": Columns(
        text=("upper", "doc_id", "topic", "theme", "stressed"),
        count=("mentions", "targets"),
        amount=("p", "per_10k", "low", "high"),
    ),
    "numbers": Columns(
        text=("doc_id", "passage_id", "text", "fate", "target_id", "rule"),
        count=("line", "start", "end"),
    ),
    "issues": Columns(
        text=("doc_id", "severity", "code", "message"),
        count=("line",),
    ),
}
"""The committed tables, all of them required."""

EVIDENCE = Columns(text=("target_id", "passage_id", "quote"), count=("start", "end", "value_start", "value_end"))
"""Sentences of the documents: there only where the documents are. Offsets count in the passage, not in the quote."""

TEXTS = Columns(text=("passage_id", "text"))
"""The words of the passages: there only where the documents are."""

NAMES = {
    "indicators": Columns(text=("indicator_id", "label", "label_en", "theme", "direction")),
    "topics": Columns(text=("topic", "label", "label_en", "theme")),
}
"""Names of canonical indicators and of topics; without these tables the commonest wording and the id stand in."""

REGIONS = Columns(text=("region_id", "name", "name_en", "level", "parent"))
"""Regions of a corpus too large for config.yaml: `parent` is a region_id, or empty. The table may be absent."""

KINDS = TABLES | NAMES | {"regions": REGIONS, "evidence": EVIDENCE, "texts": TEXTS}
"""Every table that may be there, with its columns."""

WORDS = ("evidence", "texts")
"""Tables that hold words of the documents."""
