"""A panel of one indicator → points in time: what stands at which year or over which years, and the paths between.

Only values that say when they hold are points; the others stay in the table.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from facts import AIMS, catalogue
from panels import Panel, required

PATHED = {"level", "share"}
"""Measures whose values lie on a path from a measured value to a target."""

PATH_COLUMNS = ("region_id", "start_id", "aim_id", "start_year", "start", "aim_year", "aim", "required")


def choices(facts: pd.DataFrame, least: int = 2) -> pd.DataFrame:
    """Rows of `facts.catalogue` for indicators with at least `least` dated numeric values."""
    dated = facts[facts["x"].notna() & facts["last"].notna()].groupby("key").size()
    listing = catalogue(facts)
    return listing[listing["key"].map(dated).fillna(0).ge(least)].reset_index(drop=True)


def points(panel: Panel) -> pd.DataFrame:
    """The dated numeric marks of a panel, each once, in order of time.

    Columns of `panels.MARK_COLUMNS` (values in the panel's unit), then first, year (float, NaN where none is named),
    over (whether the value holds over several years) and indicator. `first` and `last` are whole years.
    """
    marks = panel.marks.drop_duplicates("target_id").drop(columns="last")
    own = panel.facts[["target_id", "first", "last", "year"]].drop_duplicates("target_id")
    dated = marks.merge(own, on="target_id")
    dated = dated[dated["x"].notna() & dated["last"].notna()]
    dated["first"] = dated["first"].fillna(dated["last"]).astype(int)
    dated["last"] = dated["last"].astype(int)
    dated["over"] = dated["last"] > dated["first"]
    return dated.sort_values(["last", "first", "x"], kind="stable").reset_index(drop=True)


def worded(panel: Panel) -> pd.DataFrame:
    """The dated targets of a panel that are words without a number: columns of `panels.MARK_COLUMNS`, `last` whole."""
    marks = panel.marks.drop_duplicates("target_id")
    marks = marks[marks["x"].isna() & marks["last"].notna() & marks["role"].eq("qualitative")]
    return marks.assign(last=marks["last"].astype(int)).reset_index(drop=True)


def undated(panel: Panel) -> int:
    """How many statements of the panel are neither points nor worded targets, for they name no time."""
    marks = panel.marks.drop_duplicates("target_id")
    return int((marks["last"].isna() | (marks["x"].isna() & marks["role"].ne("qualitative"))).sum())


def paths(dated: pd.DataFrame, measure: str) -> pd.DataFrame:
    """A row a target: the earlier value its path starts from. Columns PATH_COLUMNS; values in the unit of `dated`.

    It starts from the latest earlier value of its own document, else the latest measured one of its region.
    """
    rows = []
    if measure in PATHED:
        single = dated[~dated["over"]].to_dict("records")
        for aim in single:
            if aim["role"] != "target":
                continue
            earlier = [one for one in single if one["region_id"] == aim["region_id"] and one["last"] < aim["last"]]
            own = [one for one in earlier if one["doc_id"] == aim["doc_id"] and one["role"] in ("baseline", "target")]
            starts = own or [one for one in earlier if one["role"] == "baseline"]
            if starts:
                rows.append(_path(starts[-1], aim, measure))
    return pd.DataFrame(rows, columns=list(PATH_COLUMNS))


def _path(start: Mapping[Hashable, Any], aim: Mapping[Hashable, Any], measure: str) -> dict[str, object]:
    return {
        "region_id": aim["region_id"],
        "start_id": start["target_id"],
        "aim_id": aim["target_id"],
        "start_year": start["last"],
        "start": start["x"],
        "aim_year": aim["last"],
        "aim": aim["x"],
        "required": required(start, aim, measure),
    }


def course(start_year: int, start: float, aim_year: int, aim: float, year: int, compound: bool) -> float:
    """Where a path stands in a year: by equal steps, or by equal rates where `compound` and both ends are positive."""
    part = (year - start_year) / (aim_year - start_year)
    if compound and start > 0 and aim > 0:
        return start * (aim / start) ** part
    return start + (aim - start) * part


def spread(facts: pd.DataFrame) -> pd.DataFrame:
    """How many different aims each document sets for each time; what a document repeats counts once.

    Columns: doc_id, region_id, first, last (Int64, missing where no time is said), when, count; in order of time.
    """
    said = ["doc_id", "key", "axis", "value_words", "when_words"]
    aims = facts.loc[facts["kind"].isin(AIMS), [*said, "region_id", "first", "last"]].drop_duplicates(said)
    times: dict[tuple[str, str, str], list[Any]] = {}
    columns = ("doc_id", "region_id", "when_words", "first", "last")
    for doc_id, region, when, first, last in zip(*(aims[name].tolist() for name in columns), strict=True):
        times.setdefault((doc_id, region, when), [first, last, 0])[2] += 1
    rows = [(doc_id, region, first, last, when, n) for (doc_id, region, when), (first, last, n) in times.items()]
    table = pd.DataFrame(rows, columns=["doc_id", "region_id", "first", "last", "when", "count"])
    table = table.astype({"first": "Int64", "last": "Int64"})
    return table.sort_values(["last", "first", "doc_id"], kind="stable").reset_index(drop=True)
