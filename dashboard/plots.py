"""What cards show → `Plot`: the same numbers for an office program's own chart.

A measure that has no single axis (several indicators in one card) gets none: its table stands in its place.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

import labels
from chart_style import NEUTRAL
from directory import Directory
from panels import Panel
from plot import Plot, Series

EARLIER = "#A9B4BF"
"""Colour of what was measured or aimed at before."""

_Mark = dict[Hashable, Any]
"""A mark of a panel, column → value."""

ROLES = {"baseline": EARLIER, "past_target": NEUTRAL, "target": NEUTRAL}
"""Roles of marks that have values, in the order of showing, and the colour of their series."""


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(str(value))


def bars(names: Sequence[str], values: Sequence[float], colours: Sequence[str], series: str, unit: str) -> Plot:
    """One row of bars, each in its colour. `series`: what the values are."""
    own = Series(series, tuple(map(_number, values)), colours[0] if colours else NEUTRAL, tuple(colours))
    return Plot("bar", tuple(names), (own,), unit)


def stacked(rows: Sequence[str], counts: pd.DataFrame, parts: Mapping[str, tuple[str, str]], unit: str) -> Plot:
    """Bars on end, a row of `counts` each; `parts`: column → its name and colour."""
    series = tuple(Series(name, tuple(map(float, counts[part])), colour) for part, (name, colour) in parts.items())
    return Plot("stacked", tuple(rows), series, unit)


def by_document(
    table: pd.DataFrame, column: str, names: Mapping[str, str], measure: str, unit: str, directory: Directory
) -> Plot:
    """A category for each item of `column` in `names` (id → name), a series for each document of `table`."""
    told: dict[str, dict[str, float | None]] = {}
    for doc_id, item, value in zip(table["doc_id"], table[column], table[measure], strict=True):
        told.setdefault(doc_id, {}).setdefault(item, _number(round(value, 2)))
    series = []
    for doc_id in sorted(told, key=directory.place):
        values = tuple(told[doc_id].get(item) for item in names)
        region = directory.documents[doc_id].region_id
        series.append(Series(directory.document(doc_id), values, directory.colour(region)))
    return Plot("bar", tuple(names.values()), tuple(series), unit)


def panel(shown: Panel, directory: Directory) -> Plot | None:
    """A panel of one indicator: a category for each target's row, a series for each role; None without numbers."""
    marks = shown.marks[shown.marks["x"].notna() & shown.marks["role"].isin(list(ROLES))]
    if marks.empty:
        return None
    rows: dict[int, dict[str, _Mark]] = {}
    last: dict[int, _Mark] = {}
    for mark in marks.to_dict("records"):
        rows.setdefault(mark["row"], {})[mark["role"]] = last[mark["row"]] = mark
    single = marks.groupby("region_id")["doc_id"].nunique().max() == 1
    targets = marks[marks["role"] == "target"]
    apart = targets["when"].nunique() > 1 or targets.groupby("doc_id")["row"].nunique().max() > 1
    categories, colours = [], []
    for row in sorted(rows):
        mark = last[row]
        name = directory.region(mark["region_id"]) if single else directory.document(mark["doc_id"])
        categories.append(labels.word("states.dated", value=name, when=mark["when"]) if apart else name)
        colours.append(directory.colour(mark["region_id"]))
    series = []
    for role, colour in ROLES.items():
        own = [rows[row].get(role) for row in sorted(rows)]
        times = {mark["when"] for mark in own if mark is not None}
        if not times:
            continue
        name = labels.name("kinds", role)
        if len(times) == 1:
            name = labels.word("states.dated", value=name, when=times.pop())
        told = tuple(_told(mark, dated=bool(times) and role != "target") for mark in own)
        values = tuple(None if mark is None else float(mark["x"]) for mark in own)
        points = tuple(colours) if role == "target" else ()
        series.append(Series(name, values, colour, points, told))
    return Plot("bar", tuple(categories), tuple(series), shown.unit)


def _told(mark: _Mark | None, dated: bool) -> str:
    """The value of a mark, or of none, in words, `dated` with its time."""
    if mark is None:
        return ""
    value = str(mark["label"])
    return labels.word("states.dated", value=value, when=mark["when"]) if dated else value


def course(dated: pd.DataFrame, unit: str, directory: Directory) -> Plot:
    """Dated values (columns of `timeline_points.points`) over all years from the first to the last, so that these stand
    as far apart as they are; a series for each document.
    """
    years = range(int(dated["last"].min()), int(dated["last"].max()) + 1)
    series = []
    found: dict[str, dict[int, tuple[float, str]]] = {}
    for doc_id, year, x, label in zip(*(dated[name] for name in ("doc_id", "last", "x", "label")), strict=True):
        found.setdefault(doc_id, {})[year] = float(x), str(label)
    for doc_id in sorted(found, key=directory.place):
        at = found[doc_id]
        values = tuple(at[year][0] if year in at else None for year in years)
        told = tuple(at[year][1] if year in at else "" for year in years)
        colour = directory.colour(directory.documents[doc_id].region_id)
        series.append(Series(directory.document(doc_id), values, colour, (), told))
    return Plot("line", tuple(labels.word("words.year", year=year) for year in years), tuple(series), unit)
