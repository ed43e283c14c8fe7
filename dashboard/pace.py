"""Values of a yearly report held against the path that a longer plan of the same region sets.

Three comparisons, never mixed: a level or share against its path from a measured value to the target; a yearly growth
against the average of the period; a yearly amount against the sum of the period by its years.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from chart_marks import AT_LEAST, AT_MOST
from timeline_points import PATHED, course

GROWTH = "_growth"
"""What the id of an indicator's growth adds to its own."""

TOLERANCE = 0.002
"""Part of a value within which it counts as equal to the path."""


@dataclass(frozen=True)
class Check:
    """One value of a report against one aim of a plan; `low` to `high` is what the path asks for (standard unit).

    `how` is path, growth or sum; `role` the kind of the value, or `implied` where it follows from a growth target and
    the level before. `verdict` is above, below, on, or open where a value is only a bound. `start`, `said` and `before`
    (the level that `implied` starts from) are rows of facts, `aim` that of the plan.
    """

    how: str
    role: str
    year: int
    low: float
    high: float
    x: float
    verdict: str
    aim: pd.Series
    said: pd.Series
    start: pd.Series | None = None
    before: pd.Series | None = None


def verdict(x: float, low: float, high: float, qualifier: str) -> str:
    """Where a value stands to low–high; `open` where it is a bound that leaves this undecided."""
    slack = TOLERANCE * max(abs(low), abs(high))
    if x > high + slack:
        return "open" if qualifier in AT_MOST else "above"
    if x < low - slack:
        return "open" if qualifier in AT_LEAST else "below"
    return "open" if qualifier in AT_LEAST | AT_MOST else "on"


def checks(facts: pd.DataFrame, key: str) -> list[Check]:
    """Every comparison for an indicator among prepared facts, those of the same region and year side by side."""
    known = facts[facts["x"].notna() & facts["x_high"].isna() & facts["kind"].isin(("target", "baseline"))]
    own, growth = known[known["key"] == key], known[known["key"] == key + GROWTH]
    found: list[Check] = []
    aims = own[own["kind"] == "target"].drop_duplicates(["doc_id", "axis", "x", "qualifier", "first", "last"])
    for _, aim in aims.iterrows():
        others = own[(own["region_id"] == aim["region_id"]) & (own["doc_id"] != aim["doc_id"])]
        others = others[others["first"].eq(others["last"]) & others["measure"].eq(aim["measure"])]
        others = others.drop_duplicates(["doc_id", "kind", "x", "qualifier", "last"])
        found += _along(aim, own, others, growth) if aim["measure"] in PATHED else _within(aim, others)
    return sorted(found, key=lambda check: (check.aim["region_id"], check.year, check.role))


def _along(aim: pd.Series, own: pd.DataFrame, others: pd.DataFrame, growth: pd.DataFrame) -> list[Check]:
    """Values on the way from the plan's own measured value to its target."""
    if pd.isna(aim["year"]):
        return []
    starts = own[(own["doc_id"] == aim["doc_id"]) & (own["kind"] == "baseline") & (own["axis"] == aim["axis"])]
    starts = starts[starts["year"].notna() & starts["year"].lt(aim["year"]).fillna(False)].sort_values("year")
    others = others[others["axis"].eq(aim["axis"])]
    if starts.empty or others.empty:
        return []
    start = starts.iloc[-1]
    ends = int(start["year"]), float(start["x"]), int(aim["year"]), float(aim["x"])
    found = []
    for _, said in others[others["last"].gt(ends[0]) & others["last"].lt(ends[2])].iterrows():
        found.append(_on_path(said["kind"], int(said["last"]), float(said["x"]), ends, aim, said, start))
        if said["kind"] != "baseline" or aim["measure"] != "level":
            continue
        next_year = growth[
            growth["doc_id"].eq(said["doc_id"])
            & growth["kind"].eq("target")
            & growth["unit"].eq("%")
            & growth["first"].eq(said["last"] + 1)
            & growth["last"].eq(said["last"] + 1)
        ]
        for _, rate in next_year.drop_duplicates(["x", "qualifier"]).iterrows():
            if int(rate["last"]) < ends[2]:
                x = float(said["x"]) * (1 + float(rate["x"]) / 100)
                found.append(_on_path("implied", int(rate["last"]), x, ends, aim, rate, start, said))
    return found


def _on_path(
    role: str,
    year: int,
    x: float,
    ends: tuple[int, float, int, float],
    aim: pd.Series,
    said: pd.Series,
    start: pd.Series,
    before: pd.Series | None = None,
) -> Check:
    both = sorted(course(*ends, year, compound) for compound in (True, False))
    sign = str((said if before is None else before)["qualifier"])
    return Check("path", role, year, both[0], both[1], x, verdict(x, both[0], both[1], sign), aim, said, start, before)


def _within(aim: pd.Series, others: pd.DataFrame) -> list[Check]:
    """Yearly values inside the period of a plan's growth or sum."""
    first, last = aim["first"], aim["last"]
    if pd.isna(first) or pd.isna(last) or first == last or aim["measure"] not in {"growth", "cumulative"}:
        return []
    same = others[others["axis"].str.split("|").str[1].eq(aim["axis"].split("|")[1])]
    expected = float(aim["x"]) / (1 if aim["measure"] == "growth" else int(last - first + 1))
    how = "growth" if aim["measure"] == "growth" else "sum"
    return [
        Check(
            how,
            str(said["kind"]),
            int(said["last"]),
            expected,
            expected,
            float(said["x"]),
            verdict(float(said["x"]), expected, expected, str(said["qualifier"])),
            aim,
            said,
        )
        for _, said in same[same["last"].ge(first) & same["last"].le(last)].iterrows()
    ]
