"""What cards show → `Plot`: the same numbers for an office program's own chart.

A measure that has no single axis (several indicators in one card) gets none: its table stands in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

import labels
from chart_style import NEUTRAL
from directory import Directory
from panels import Panel
from plot import Plot, Series

EARLIER = "#A9B4BF"
"""Colour of what was measured or aimed at before."""

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
    rows = [(row, group) for row, group in marks.groupby("row", sort=True)]
    single = marks.groupby("region_id")["doc_id"].nunique().max() == 1
    targets = marks[marks["role"] == "target"]
    apart = targets["when"].nunique() > 1 or targets.groupby("doc_id")["row"].nunique().max() > 1
    categories, colours = [], []
    for _, group in rows:
        last = group.iloc[-1]
        name = directory.region(last["region_id"]) if single else directory.document(last["doc_id"])
        categories.append(labels.word("states.dated", value=name, when=last["when"]) if apart else name)
        colours.append(directory.colour(last["region_id"]))
    series = []
    for role, colour in ROLES.items():
        own = [group[group["role"] == role].tail(1) for _, group in rows]
        if all(one.empty for one in own):
            continue
        times = {one["when"].iloc[0] for one in own if len(one)}
        name = labels.name("kinds", role)
        if len(times) == 1:
            name = labels.word("states.dated", value=name, when=times.pop())
        told = tuple(_told(one, dated=bool(times) and role != "target") for one in own)
        values = tuple(None if one.empty else float(one["x"].iloc[0]) for one in own)
        points = tuple(colours) if role == "target" else ()
        series.append(Series(name, values, colour, points, told))
    return Plot("bar", tuple(categories), tuple(series), shown.unit)


def _told(mark: pd.DataFrame, dated: bool) -> str:
    """The value of a mark (a row, or none) in words, `dated` with its time."""
    if mark.empty:
        return ""
    value, when = str(mark["label"].iloc[0]), mark["when"].iloc[0]
    return labels.word("states.dated", value=value, when=when) if dated else value


def course(dated: pd.DataFrame, unit: str, directory: Directory) -> Plot:
    """Dated values (columns of `timeline_points.points`) over all years from the first to the last, so that these stand
    as far apart as they are; a series for each document.
    """
    years = range(int(dated["last"].min()), int(dated["last"].max()) + 1)
    series = []
    for doc_id in sorted(set(dated["doc_id"]), key=directory.place):
        own = dated[dated["doc_id"] == doc_id]
        at = {year: (float(x), str(label)) for year, x, label in zip(own["last"], own["x"], own["label"], strict=True)}
        values = tuple(at[year][0] if year in at else None for year in years)
        told = tuple(at[year][1] if year in at else "" for year in years)
        colour = directory.colour(directory.documents[doc_id].region_id)
        series.append(Series(directory.document(doc_id), values, colour, (), told))
    return Plot("line", tuple(labels.word("words.year", year=year) for year in years), tuple(series), unit)
