"""In which targets regions differ most: aims of one indicator that may be compared, widest difference first.

Rates (growth, shares, amounts per head) come first; amounts, which grow with a region, are compared at one level of
region and told as a ratio. The relative difference is that of highest and lowest by the larger of the two.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

import labels
import wording
from directory import Directory

RATES = ("growth", "share", "change", "multiple")
PER_HEAD = "_per_"
"""Part of the ids of canonical indicators that count by head."""

COLUMNS = (
    *("target_id", "doc_id", "region_id", "plan_id", "region", "document", "chapter", "line"),
    *("indicator_id", "key", "label", "measure", "axis", "qualifier", "x", "x_high", "first", "last"),
    *("value_words", "when_words"),
)
"""Columns of prepared facts that a comparison needs."""

PERIOD = 5
"""Years of a plan; the first of each ends in 1 or 6."""


@dataclass(frozen=True)
class Difference:
    """An indicator and the aims compared, one a region: COLUMNS of prepared facts with `mid`, middle of their range.

    `points`: in percentage points, else as a ratio. `same_time`: all aims speak of the same years.
    """

    key: str
    label: str
    unit: str
    aims: pd.DataFrame
    relative: float
    points: bool
    same_time: bool

    @cached_property
    def told(self) -> list[dict[Hashable, Any]]:
        """What is told of each aim: region_id, doc_id, line, value_words, when_words, mid."""
        columns = ["region_id", "doc_id", "line", "value_words", "when_words", "mid"]
        return self.aims[columns].to_dict("records")

    @property
    def high(self) -> pd.Series:
        """The highest aim."""
        return self.aims.loc[self.aims["mid"].idxmax()]

    @property
    def low(self) -> pd.Series:
        """The lowest aim."""
        return self.aims.loc[self.aims["mid"].idxmin()]

    @property
    def mixed(self) -> bool:
        """Whether the aims stand in documents of different plans (a five-year plan, a work report)."""
        return self.aims["plan_id"].nunique() > 1

    @property
    def gap(self) -> str:
        """How far apart highest and lowest are, in words; empty for a ratio to nothing."""
        high, low = float(self.high["mid"]), float(self.low["mid"])
        if self.points:
            return labels.word("overview.gap_points", value=wording.number(round(high - low, 2)))
        return labels.word("overview.gap_ratio", value=wording.number(round(high / low, 2))) if low > 0 else ""


def find(facts: pd.DataFrame, directory: Directory) -> list[Difference]:
    """Differences in the aims of prepared facts, rates first, then the widest."""
    known = facts["indicator_id"].ne("") & facts["measure"].ne("rank")
    aims = facts.loc[known & facts["kind"].eq("target") & facts["x"].notna(), list(COLUMNS)]
    if aims.empty:
        return []
    aims = aims.assign(
        mid=(aims["x"] + aims["x_high"].fillna(aims["x"])) / 2,
        place=[directory.place(doc_id) for doc_id in aims["doc_id"]],
        rate=aims["measure"].isin(RATES) | aims["indicator_id"].str.contains(PER_HEAD),
    )
    aims["level_of"] = aims["region_id"].map(directory.level).where(~aims["rate"], "")
    meet = aims.groupby(["key", "axis", "level_of"])["region_id"].transform("nunique") > 1
    aims, found = aims[meet], []
    for (key, _, _), group in aims.groupby(["key", "axis", "level_of"], sort=True):
        met, same_time = _meeting(group)
        relative = _relative(met["mid"])
        if relative > 0:
            unit = met["axis"].iloc[0].split("|")[1]
            points = bool(unit == "%" and met["rate"].iloc[0])
            found.append(
                (
                    bool(met["rate"].iloc[0]),
                    Difference(str(key), met["label"].iloc[0], unit, met, relative, points, same_time),
                )
            )
    found.sort(key=lambda pair: (not pair[0], -pair[1].relative, pair[1].key))
    return [difference for _, difference in found]


def _relative(values: pd.Series) -> float:
    """Difference of highest and lowest by the larger amount; 0 for fewer than two."""
    if len(values) < 2:
        return 0.0
    largest = float(values.abs().max())
    return float(values.max() - values.min()) / largest if largest else 0.0


def _meeting(group: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """One aim a region for the years that most regions name, True; for rates else of one five-year period, False."""
    ordered = group[group["last"].notna()].sort_values(["place", "line"], kind="stable")
    counts = ordered.groupby(["first", "last"])["region_id"].nunique()
    if len(counts) and counts.max() > 1:
        first, last = counts.idxmax()
        same = ordered[(ordered["first"] == first) & (ordered["last"] == last)]
        return same.drop_duplicates("region_id").sort_values("place", kind="stable"), True
    if not group["rate"].iloc[0]:
        return group.head(0), True
    periods = (ordered["last"] - 1) // PERIOD
    counts = ordered.groupby(periods)["region_id"].nunique()
    if counts.empty or counts.max() < 2:
        return group.head(0), False
    same = ordered[periods == counts.idxmax()]
    return same.drop_duplicates("region_id").sort_values("place", kind="stable"), False
