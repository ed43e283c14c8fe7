"""How the numbers of a card are laid out as charts of slides: on how many, how large, between which ends.

Sizes are in points.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

import labels
import wording
from briefing import plain
from briefing.slide_text import TOLD, Box
from chart_style import ticks
from plot import Plot, Series

LARGEST, SMALLEST = 14.0, 9.0
_LEGEND, _AXIS = 28.0, 44.0
BAR, _NAME = 0.68, 0.72
"""Shares of a category's room that its bars, and the letters of its name, take."""

_LEAST_SLOT, _LEAST_BAR = SMALLEST / _NAME, 4.0
"""Room that a category, and a bar, takes at least: bars that would be thinner go on on a next slide."""

SLIDES = 3
"""Slides that a chart may take."""


@dataclass(frozen=True)
class Layout:
    """How bars stand: along or upright, and the size of the labels at them, 0 where there is no room for any."""

    along: bool
    size: float
    category_size: float


@dataclass(frozen=True)
class Part:
    """What one slide holds: a plot, from where to where its values reach on all slides, and which of how many
    categories it shows, where not all.
    """

    plot: Plot
    layout: Layout
    low: float | None
    high: float | None
    told: str


def drawable(plot: Plot | None) -> bool:
    """Whether there is anything to draw."""
    return plot is not None and bool(_shown(plot))


def parts(plot: Plot, box: Box) -> list[Part]:
    """The slides that a plot takes in a box, at least one; several where its bars would be too thin on one."""
    layout, count = _layout(plot, box), len(plot.categories)
    size = count
    if layout.along:
        most = max(1, int(_room(plot, box) / max(_LEAST_SLOT, _LEAST_BAR * _beside(plot) / BAR)))
        size = math.ceil(count / math.ceil(count / most))
    starts = range(0, count, size)[:SLIDES]
    pieces = [_piece(plot, start, start + size) for start in starts]
    layout = _layout(pieces[0], box, layout.along)
    low, high = _bounds(plot, layout, box, len(pieces) > 1)
    return [
        Part(piece, layout, low, high, _told(start, len(piece.categories), starts[-1] + size, count))
        for start, piece in zip(starts, pieces, strict=True)
    ]


def _piece(plot: Plot, first: int, end: int) -> Plot:
    """The categories of a plot from one on, before another."""
    cut = slice(first, end)
    series = (
        replace(one, values=one.values[cut], colours=one.colours[cut], labels=one.labels[cut]) for one in plot.series
    )
    return replace(plot, categories=plot.categories[cut], series=tuple(series))


def _told(start: int, shown: int, end: int, count: int) -> str:
    """Which categories stand on a slide, and where the rest is."""
    said = [labels.word("office.items", first=start + 1, last=start + shown, count=count)] if shown < count else []
    if end < count and start + shown == end:
        said.append(labels.word("office.items_rest", rest=count - end))
    return labels.word("office.and").join(said)


def finite(value: float | None) -> float | None:
    """A value that a chart can hold."""
    return None if value is None or not math.isfinite(value) else value


def number_format(plot: Plot) -> str:
    """Format of the numbers: as many decimals as they need (four at most), groups of three from 100,000 on."""
    values = [v for series in plot.series for v in map(finite, series.values) if v is not None]
    enough = (d for d in range(4) if all(abs(round(v, d) - v) <= 5e-4 * abs(v) for v in values))
    decimals = next(enough, 4)
    whole = "#,##0" if any(abs(value) >= 100_000 for value in values) else "0"
    return f"{whole}.{'0' * decimals}" if decimals else whole


def words(series: Series, number: int, form: str) -> str:
    """The words at a value: its own, else the number as `form` writes it."""
    if series.labels:
        return plain.line(series.labels[number])
    decimals = len(form.partition(".")[2])
    return f"{series.values[number]:{',' if ',' in form else ''}.{decimals}f}"


def _shown(plot: Plot) -> list[tuple[Series, int]]:
    names = len(plot.categories)
    return [(s, n) for s in plot.series for n, value in enumerate(s.values[:names]) if finite(value) is not None]


def _beside(plot: Plot) -> int:
    """How many bars of a category stand side by side."""
    return 1 if plot.kind == "stacked" else len(plot.series)


def _room(plot: Plot, box: Box) -> float:
    """Height for lying bars, that of a legend, of an axis and of the line below left out."""
    return (box.height - TOLD - (_LEGEND + _AXIS if len(plot.series) > 1 else 0)) * 0.94


def _longest(plot: Plot) -> float:
    """Width of the longest words at a value, in Han characters."""
    form = number_format(plot)
    return max((wording.width(words(s, n, form)) for s, n in _shown(plot)), default=1) or 1


def _layout(plot: Plot, box: Box, along: bool = False) -> Layout:
    """Bars stand upright where names and labels have room below and above them, else, or `along`, they lie."""
    name = max(wording.width(plain.line(category)) for category in plot.categories) or 1
    slot = box.width * 0.94 / len(plot.categories)
    if plot.kind == "line":
        return Layout(False, 11 if len(_shown(plot)) <= 40 else 0, 12)
    beside = _beside(plot)
    label = slot * (BAR if beside > 1 or plot.kind == "stacked" else 0.95) / beside / _longest(plot)
    if not along and slot * 0.9 / name >= 12 and label >= 11:
        return Layout(False, min(LARGEST, label), min(LARGEST, slot * 0.9 / name))
    slot = _room(plot, box) / len(plot.categories)
    label = slot * _NAME if beside == 1 else slot * BAR / beside / 1.15
    return Layout(True, min(LARGEST, label) if label >= SMALLEST else 0, max(SMALLEST, min(LARGEST, slot * _NAME)))


def _bounds(plot: Plot, layout: Layout, box: Box, several: bool) -> tuple[float | None, float | None]:
    """Ends of the axis of values, the same on all slides and with room for labels; None where the program may choose.

    Bars begin at zero.
    """
    if plot.kind == "line":
        return None, None
    low, high = ends_of(plot)
    if layout.along and layout.size and plot.kind == "bar":
        names = max(wording.width(plain.line(name)) for name in plot.categories) * layout.category_size
        label = min(0.3, (_longest(plot) + 1) * layout.size / max(box.width * 0.5, box.width * 0.96 - names))
        spare = (high - low) * label / (1 - label * ((low < 0) + (high > 0)))
        return low - spare * (low < 0), high + spare * (high > 0)
    if layout.along and several and low < high:
        first, second, *_ = ticks(low, high, low)
        step = second - first
        return math.floor(low / step) * step, math.ceil(high / step) * step
    return (None if low < 0 else 0.0), (None if high > 0 else 0.0)


def ends_of(plot: Plot) -> tuple[float, float]:
    """Where the longest bars to both sides of zero end, all their parts together."""
    rows = [[v or 0.0 for v in row] for row in zip_longest(*(map(finite, s.values) for s in plot.series))]
    ends = [
        [sum(min(v, 0.0) for v in row), sum(max(v, 0.0) for v in row)] if plot.kind == "stacked" else row
        for row in rows
    ]
    return min((min(end, default=0.0) for end in ends), default=0.0), max(
        (max(end, default=0.0) for end in ends), default=0.0
    )


def named(plot: Plot, layout: Layout, box: Box) -> int:
    """Every how many years one is named: as many as there is room for, those of values before others."""
    told = sorted({number for _, number in _shown(plot)})
    least = math.gcd(*(later - earlier for earlier, later in pairwise(told))) or 1
    name = max(wording.width(category) for category in plot.categories) + 1
    most = max(1, int(box.width * 0.9 / (name * layout.category_size)))
    step = math.ceil(len(plot.categories) / most)
    return 1 if step <= 1 else math.ceil(step / least) * least
