"""What a region or document says of an indicator in one line: the aim, and the measured value it starts from."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from directory import Directory

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

AIMS = ("target", "qualitative")


@dataclass(frozen=True)
class Headline:
    """The aim (or, where `measured`, the last measured value) and the measured value before it, None where none is.

    Both are rows of prepared facts.
    """

    fact: pd.Series
    start: pd.Series | None
    measured: bool


def present(facts: pd.DataFrame, most: int) -> list[str]:
    """Those of HEADLINES that the facts mention, at most `most`: those with an aim before those with none."""
    said, aimed = set(facts["key"]), set(facts.loc[facts["kind"].isin(AIMS), "key"])
    known = [key for key in HEADLINES if key in said]
    kept = sorted(known, key=lambda key: key not in aimed)[:most]
    return [key for key in known if key in kept]


def headline(facts: pd.DataFrame, directory: Directory) -> Headline | None:
    """The headline of facts of one indicator and one region: of its first document with an aim the first aim, numbers
    before words; else its last measured value; None where it says neither."""
    placed = facts.assign(place=[directory.place(doc_id) for doc_id in facts["doc_id"]], worded=facts["x"].isna())
    aims = placed[placed["kind"].isin(AIMS)].sort_values(["place", "worded", "last", "line"], kind="stable")
    measured = placed[placed["kind"] == "baseline"]
    if len(aims):
        return Headline(aims.iloc[0], start(aims.iloc[0], measured), measured=False)
    if len(measured):
        return Headline(measured.sort_values("last", na_position="first", kind="stable").iloc[-1], None, measured=True)
    return None


def start(aim: pd.Series, measured: pd.DataFrame) -> pd.Series | None:
    """The last of the measured values of the same indicator that an aim can be held against; None where none is.

    It has the same measure, unit and number of years, is older than the aim and stands, if possible, in its document.
    """
    if pd.isna(aim["last"]):
        return None
    axes = measured["axis"] == aim["axis"] if pd.notna(aim["x"]) else measured["measure"] == aim["measure"]
    older = (measured["last"] < aim["last"]).fillna(False)
    spans = (measured["last"] - measured["first"]).fillna(0) == (
        0 if pd.isna(aim["first"]) else aim["last"] - aim["first"]
    )
    fits = measured[axes & older & spans & measured["x"].notna()]
    if fits.empty:
        return None
    own = fits[fits["doc_id"] == aim["doc_id"]]
    return (own if len(own) else fits).sort_values("last", kind="stable").iloc[-1]
