"""What a region or document says of an indicator in one line: the aim, and the measured value it starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from facts import AIMS

HEADLINES = (
    "gdp",
    "gdp_growth",
    "rd_intensity",
    "culture_share",
    "fiscal_revenue_growth",
    "urban_income_growth",
    "high_value_patents_per_10k",
    "new_urban_jobs",
    "energy_intensity_reduction",
    "life_expectancy",
)
"""Canonical indicators that a start page names, most important first."""

Fact = dict[str, Any]
"""A row of prepared facts, column → value."""


@dataclass(frozen=True)
class Headline:
    """The aim (or, where `measured`, the last measured value) and the measured value before it, None where none is."""

    fact: Fact
    start: Fact | None
    measured: bool


NEEDED = (
    *("target_id", "doc_id", "region_id", "key", "kind", "measure", "axis", "line", "chapter"),
    *("x", "first", "last", "value_words", "when_words"),
)
"""Columns of a fact that a headline needs or tells."""


def records(facts: pd.DataFrame) -> list[Fact]:
    """Rows of prepared facts as mappings, in their order."""
    return [{str(column): value for column, value in row.items()} for row in facts.to_dict("records")]


def present(facts: pd.DataFrame, most: int) -> list[str]:
    """Those of HEADLINES that the facts mention, at most `most`: those with an aim before those with none."""
    said, aimed = set(facts["key"]), set(facts.loc[facts["kind"].isin(AIMS), "key"])
    known = [key for key in HEADLINES if key in said]
    kept = sorted(known, key=lambda key: key not in aimed)[:most]
    return [key for key in known if key in kept]


def headlines(facts: pd.DataFrame, keys: list[str], order: list[str]) -> dict[tuple[str, str], Headline]:
    """(key, region_id) → headline, for the indicators `keys`; `order` are ids of documents as shown."""
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in records(facts.loc[facts["key"].isin(keys), list(NEEDED)]):
        groups.setdefault((fact["key"], fact["region_id"]), []).append(fact)
    found = {place: headline(group, order) for place, group in groups.items()}
    return {place: one for place, one in found.items() if one is not None}


def headline(facts: list[Fact], order: list[str]) -> Headline | None:
    """The headline of facts of one indicator and one region: of its first document with an aim the first aim, numbers
    before words; else its last measured value; None where it says neither."""
    place = {doc_id: number for number, doc_id in enumerate(order)}
    aims = [fact for fact in facts if fact["kind"] in AIMS]
    measured = [fact for fact in facts if fact["kind"] == "baseline"]
    if aims:
        first = min(aims, key=lambda aim: (place.get(aim["doc_id"], len(place)), pd.isna(aim["x"]), *_time(aim)))
        return Headline(first, start(first, measured), measured=False)
    if measured:
        return Headline(max(measured, key=lambda fact: _year(fact["last"])), None, measured=True)
    return None


def _year(year: Any) -> int:
    """A year as a number; 0 where none is said."""
    return 0 if pd.isna(year) else int(year)


def _time(fact: Fact) -> tuple[int, int]:
    """What orders aims: the year, none last, then the line."""
    return _year(fact["last"]) or 9999, int(fact["line"])


def start(aim: Fact, measured: list[Fact]) -> Fact | None:
    """The last of the measured values of the same indicator that an aim can be held against; None where none is.

    It has the same measure, unit and number of years, is older than the aim and stands, if possible, in its document.
    """
    worded = pd.isna(aim["x"])
    fits = [
        fact
        for fact in measured
        if not pd.isna(fact["x"])
        and (fact["measure"] == aim["measure"] if worded else fact["axis"] == aim["axis"])
        and 0 < _year(fact["last"]) < _year(aim["last"])
        and _span(fact) == _span(aim)
    ]
    own = [fact for fact in fits if fact["doc_id"] == aim["doc_id"]]
    return max(own or fits, key=lambda fact: _year(fact["last"]), default=None)


def _span(fact: Fact) -> int:
    """Years that a value covers beyond its last."""
    return _year(fact["last"]) - (_year(fact["first"]) or _year(fact["last"]))
