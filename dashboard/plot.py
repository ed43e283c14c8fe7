"""The numbers of a card as an office program draws them: what a slide's own, editable chart is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Series:
    """One row of bars, or one line: a value for each category, None where there is none.

    `colour` is #rrggbb; `colours`, where given, one for each value. `labels`: words at each value (≥40个), else the
    number itself.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    colours: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plot:
    """Series over the same categories, in one unit. `kind`: bars side by side, bars on end, or lines over times.

    The categories of lines are all years in a row, those of no value too.
    """

    kind: Literal["bar", "stacked", "line"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
