"""Values of a yearly report held against the path that a longer plan of the same region sets.

Three comparisons, never mixed: a level or share against its path from a measured value to the target; a yearly growth
against the average of the period; a yearly amount against the sum of the period by its years.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from chart_marks import AT_LEAST, AT_MOST
from timeline_points import PATHED, course

GROWTH = "_growth"
"""What the id of an indicator's growth adds to its own."""

TOLERANCE = 0.002
"""Part of a value within which it counts as equal to the path."""


Fact = Mapping[Hashable, Any]
"""A row of prepared facts, column → value."""


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
    aim: Fact
    said: Fact
    start: Fact | None = None
    before: Fact | None = None


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
    own, growth = (known[known["key"] == one].to_dict("records") for one in (key, key + GROWTH))
    found: list[Check] = []
    for aim in _once([fact for fact in own if fact["kind"] == "target"], "doc_id axis x qualifier first last"):
        others = [
            fact
            for fact in own
            if (fact["region_id"], fact["measure"]) == (aim["region_id"], aim["measure"])
            and fact["doc_id"] != aim["doc_id"]
            and _yearly(fact)
        ]
        others = _once(others, "doc_id kind x qualifier last")
        found += _along(aim, own, others, growth) if aim["measure"] in PATHED else _within(aim, others)
    return sorted(found, key=lambda check: (check.aim["region_id"], check.year, check.role))


def _once(facts: list[Fact], columns: str) -> list[Fact]:
    """Of facts that are alike in the columns the first."""
    alike: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        alike.setdefault(tuple(None if pd.isna(fact[name]) else fact[name] for name in columns.split()), fact)
    return list(alike.values())


def _yearly(fact: Fact) -> bool:
    """Whether a fact speaks of one year."""
    return not pd.isna(fact["first"]) and not pd.isna(fact["last"]) and bool(fact["first"] == fact["last"])


def _along(aim: Fact, own: list[Fact], others: list[Fact], growth: list[Fact]) -> list[Check]:
    """Values on the way from the plan's own measured value to its target."""
    if pd.isna(aim["year"]):
        return []
    starts = [
        fact
        for fact in own
        if (fact["doc_id"], fact["kind"], fact["axis"]) == (aim["doc_id"], "baseline", aim["axis"])
        and not pd.isna(fact["year"])
        and fact["year"] < aim["year"]
    ]
    others = [fact for fact in others if fact["axis"] == aim["axis"]]
    if not starts or not others:
        return []
    start = sorted(starts, key=lambda fact: int(fact["year"]))[-1]
    ends = int(start["year"]), float(start["x"]), int(aim["year"]), float(aim["x"])
    found = []
    for said in others:
        if not ends[0] < said["last"] < ends[2]:
            continue
        found.append(_on_path(said["kind"], int(said["last"]), float(said["x"]), ends, aim, said, start))
        if said["kind"] != "baseline" or aim["measure"] != "level":
            continue
        next_year = [
            fact
            for fact in growth
            if (fact["doc_id"], fact["kind"], fact["unit"]) == (said["doc_id"], "target", "%")
            and _yearly(fact)
            and fact["last"] == said["last"] + 1
        ]
        for rate in _once(next_year, "x qualifier"):
            if int(rate["last"]) < ends[2]:
                x = float(said["x"]) * (1 + float(rate["x"]) / 100)
                found.append(_on_path("implied", int(rate["last"]), x, ends, aim, rate, start, said))
    return found


def _on_path(
    role: str,
    year: int,
    x: float,
    ends: tuple[int, float, int, float],
    aim: Fact,
    said: Fact,
    start: Fact,
    before: Fact | None = None,
) -> Check:
    both = sorted(course(*ends, year, compound) for compound in (True, False))
    sign = str((said if before is None else before)["qualifier"])
    return Check("path", role, year, both[0], both[1], x, verdict(x, both[0], both[1], sign), aim, said, start, before)


def _within(aim: Fact, others: list[Fact]) -> list[Check]:
    """Yearly values inside the period of a plan's growth or sum."""
    first, last = aim["first"], aim["last"]
    if pd.isna(first) or pd.isna(last) or first == last or aim["measure"] not in {"growth", "cumulative"}:
        return []
    unit = aim["axis"].split("|")[1]
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
        for said in others
        if said["axis"].split("|")[1] == unit and first <= said["last"] <= last
    ]
