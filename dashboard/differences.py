"""In which targets regions differ most: aims of one indicator that may be compared, widest difference first.

Rates (growth, shares, amounts per head) come first; amounts, which grow with a region, are compared at one level of
region and told as a ratio. The relative difference is that of highest and lowest by the larger of the two.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

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
    """An indicator and the aims compared, one a region.

    `points`: in percentage points, else as a ratio. `same_time`: all aims speak of the same years. `rows`: where the
    aims stand in `every`.
    """

    key: str
    label: str
    unit: str
    relative: float
    points: bool
    same_time: bool
    every: pd.DataFrame
    rows: tuple[int, ...]

    @cached_property
    def aims(self) -> pd.DataFrame:
        """The aims compared: COLUMNS of prepared facts with `mid`, middle of their range."""
        return self.every.iloc[list(self.rows)]

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
        rate=aims["measure"].isin(RATES) | aims["indicator_id"].str.contains(PER_HEAD),
    )
    groups: dict[tuple[str, str, str], list[_Aim]] = {}
    for aim in _aims(aims, directory):
        groups.setdefault(aim.meets, []).append(aim)
    found, names = [], aims["label"].tolist()
    for (key, axis, _), group in sorted(groups.items()):
        met, same_time = _meeting(group)
        relative = _relative([aim.mid for aim in met])
        if relative > 0:
            unit, rate, rows = axis.split("|")[1], met[0].rate, tuple(aim.row for aim in met)
            points = unit == "%" and rate
            found.append((rate, Difference(key, names[rows[0]], unit, relative, points, same_time, aims, rows)))
    found.sort(key=lambda pair: (not pair[0], -pair[1].relative, pair[1].key))
    return [difference for _, difference in found]


class _Aim(NamedTuple):
    """An aim by what it is compared by: where its document stands and its line, then its row; `meets`: indicator, axis
    and, for amounts, level of region.
    """

    place: int
    line: int
    row: int
    meets: tuple[str, str, str]
    region: str
    first: float
    last: float
    mid: float
    rate: bool


def _aims(aims: pd.DataFrame, directory: Directory) -> list[_Aim]:
    columns = ("key", "axis", "doc_id", "line", "region_id", "mid", "rate")
    years = (aims[column].to_numpy("float64", na_value=math.nan).tolist() for column in ("first", "last"))
    rows = zip(*(aims[column].tolist() for column in columns), *years, strict=True)
    return sorted(
        _Aim(
            directory.place(doc_id),
            line,
            row,
            (key, axis, "" if rate else directory.level(region)),
            region,
            first,
            last,
            mid,
            rate,
        )
        for row, (key, axis, doc_id, line, region, mid, rate, first, last) in enumerate(rows)
    )


def _relative(values: list[float]) -> float:
    """Difference of highest and lowest by the larger amount; 0 for fewer than two."""
    if len(values) < 2:
        return 0.0
    largest = max(map(abs, values))
    return (max(values) - min(values)) / largest if largest else 0.0


def _meeting(group: list[_Aim]) -> tuple[list[_Aim], bool]:
    """One aim a region for the years that most regions name, True; for rates else of one five-year period, False."""
    dated = [aim for aim in group if not math.isnan(aim.last)]
    same = _most([aim for aim in dated if not math.isnan(aim.first)], lambda aim: (aim.first, aim.last))
    if same or not group[0].rate:
        return same, True
    return _most(dated, lambda aim: (aim.last - 1) // PERIOD), False


def _most(aims: list[_Aim], by: Callable[[_Aim], Any]) -> list[_Aim]:
    """The aims that are alike in `by` in most regions, one a region, the first of its own; none where no two meet."""
    alike: dict[Any, dict[str, _Aim]] = {}
    for aim in aims:
        alike.setdefault(by(aim), {}).setdefault(aim.region, aim)
    most = max((len(regions) for regions in alike.values()), default=0)
    return list(alike[min(one for one in alike if len(alike[one]) == most)].values()) if most > 1 else []
