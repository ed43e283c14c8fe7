"""What is looked at: the global filters as a value, and their application to frames."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

import labels


@dataclass(frozen=True)
class Selection:
    """The global filters by id. `regions` and `plans` name what is shown; the others, when empty, do not restrict."""

    regions: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()

    @property
    def by_filter(self) -> dict[str, tuple[str, ...]]:
        """Key of each filter → the ids chosen."""
        return {
            "region": self.regions,
            "plan": self.plans,
            "theme": self.themes,
            "years": self.periods,
            "kind": self.kinds,
            "attribute": self.attributes,
        }

    def without(self, keys: Collection[str]) -> Selection:
        """The same with nothing chosen in the filters of these keys."""
        return Selection(*(() if key in keys else chosen for key, chosen in self.by_filter.items()))

    @property
    def lacks(self) -> str:
        """What must be chosen before anything can be shown: `region`, `plan` or nothing."""
        return "region" if not self.regions else "plan" if not self.plans else ""

    def documents(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows of `frame` (columns region_id, plan_id) of the chosen regions and plans."""
        return frame[frame["region_id"].isin(self.regions) & frame["plan_id"].isin(self.plans)]

    def facts(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rows of prepared facts (columns of `facts.prepare`) that pass every filter."""
        passed = frame["region_id"].isin(self.regions) & frame["plan_id"].isin(self.plans)
        for column, chosen in (
            ("indicator_theme", self.themes),
            ("kind", self.kinds),
            ("attribute", self.attributes),
        ):
            if chosen:
                passed &= frame[column].isin(chosen)
        if self.periods:
            passed &= in_periods(frame["first"], frame["last"], self.periods)
        return frame[passed]

    def listed(self, frame: pd.DataFrame, column: str = "theme") -> pd.DataFrame:
        """Rows of `frame` whose theme, in `column`, is chosen."""
        return frame[frame[column].isin(self.themes)] if self.themes else frame


ALL = frozenset(Selection().by_filter)
"""Keys of the global filters."""


def in_periods(first: pd.Series, last: pd.Series, periods: tuple[str, ...]) -> pd.Series:
    """Whether the years first–last touch one of the periods; undated rows pass only where no period is chosen."""
    if not periods:
        return pd.Series(True, index=first.index)
    start, end = first.fillna(last), last.fillna(first)
    kept = pd.Series(False, index=first.index)
    for period in periods:
        first, last = labels.node("period_bounds")[period]
        low, high = first or 0, last or 9999
        kept |= ((start <= high) & (end >= low)).fillna(False).astype(bool)
    return kept
