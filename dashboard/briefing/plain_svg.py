"""A card as SVG without a browser: its office chart, else its table, with the words round it.

Plainer than the picture that a browser draws, with the same numbers. Letters stay letters, in the fonts of the system.
"""

from __future__ import annotations

import math
import threading
import warnings
from io import BytesIO
from itertools import cycle

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import chart_style
import labels
import wording
from briefing import plain
from briefing.item import Item
from briefing.layout import SIZES, Size
from plot import Plot, Series

_DOTS = 100
"""Pixels of an inch."""

_EDGE, _TITLE, _SMALL, _LABEL = 40, 26, 13, 14
"""Margin and sizes of letters, in pixels."""

_ROWS, _LABELLED = 22, 30
"""Categories of a chart that one picture takes, and bars up to which each says its value."""

_KEYS = 4
"""Names of series in a line of the legend."""

_LOCK = threading.Lock()
_HATCHES = ("", "//", "..", "xx")
"""Second channel beside colour."""


def draw(item: Item, size: str) -> bytes:
    """The card at a size of `layout.SIZES`, as SVG."""
    shape = SIZES[size]
    figure = Figure(figsize=(shape.width / _DOTS, shape.height / _DOTS), dpi=_DOTS)
    stored = BytesIO()
    style = {"svg.fonttype": "none", "font.family": [name.strip() for name in chart_style.FONT.split(",")]}
    # Settings and warnings (of letters that no font measures) belong to the whole process.
    with _LOCK, matplotlib.rc_context(style), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        top, bottom = _words(figure, item, shape)
        if item.card.plot is None:
            _table(figure, item, shape, top, bottom)
        else:
            _chart(figure, item.card.plot, shape, top, bottom)
        figure.savefig(stored, format="svg", metadata={"Title": plain.line(item.title), "Date": None, "Creator": None})
    return stored.getvalue()


def _safe(text: str) -> str:
    """Words in which nothing is taken for a formula."""
    return plain.line(text).replace("$", r"\$")


def _words(figure: Figure, item: Item, shape: Size) -> tuple[float, float]:
    """Write title, subtitle, note and footer; where the body may begin and end, in pixels from the top."""
    room, y = shape.width - 2 * _EDGE, float(_EDGE)
    parts = [(item.title, _TITLE, chart_style.INK, "bold"), (item.card.subtitle, _SMALL, chart_style.QUIET, "normal")]
    for text, size, colour, weight in parts:
        for line in wording.wrap(plain.line(text), room / size):
            _write(figure, shape, line, y, size, colour, weight)
            y += size * 1.4
    footer = [item.note, *item.card.cited, item.link]
    lines = [line for text in footer if text for line in wording.wrap(plain.line(text), room / _SMALL)]
    low = shape.height - _EDGE / 2 - len(lines) * _SMALL * 1.4
    for number, line in enumerate(lines):
        _write(figure, shape, line, low + number * _SMALL * 1.4, _SMALL, chart_style.QUIET, "normal")
    return y + 20, low - 16


def _write(
    figure: Figure, shape: Size, line: str, y: float, size: float, colour: str, weight: str, x: float = _EDGE
) -> None:
    points = size * 72 / _DOTS
    figure.text(x / shape.width, 1 - y / shape.height, _safe(line), size=points, color=colour, weight=weight, va="top")


def _chart(figure: Figure, plot: Plot, shape: Size, top: float, bottom: float) -> None:
    names = [wording.wrap(_safe(name), 14) for name in plot.categories[:_ROWS]]
    if len(plot.categories) > _ROWS:
        said = labels.word("pictures.rows", shown=_ROWS, count=len(plot.categories))
        _write(figure, shape, said, bottom - 4, _SMALL, chart_style.QUIET, "normal")
        bottom -= 20
    left = _EDGE + min(15, max((wording.width(line) for name in names for line in name), default=4)) * _LABEL + 10
    box = (left / shape.width, 1 - (bottom - 30) / shape.height, 1 - (left + 2.5 * _EDGE) / shape.width)
    keys = 22 * math.ceil(len(plot.series) / _KEYS)
    axes = figure.add_axes((*box, (bottom - 30 - top - keys) / shape.height))
    if plot.kind == "line":
        _lines(axes, plot)
    else:
        _bars(axes, plot, ["\n".join(name) for name in names])
    axes.set_xlabel(_safe(plot.unit), color=chart_style.QUIET)
    axes.spines[["top", "right"]].set_visible(False)
    if len(plot.series) > 1:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=min(len(plot.series), _KEYS), frameon=False)


def _said(series: Series, place: int, value: float) -> str:
    told = series.labels[place] if place < len(series.labels) else ""
    return _safe(told or wording.number(value))


def _bars(axes: Axes, plot: Plot, names: list[str]) -> None:
    count = 1 if plot.kind == "stacked" else len(plot.series)
    thick, starts = 0.8 / max(count, 1), [0.0] * len(names)
    for number, (series, hatch) in enumerate(zip(plot.series, cycle(_HATCHES), strict=False)):
        for place, value in enumerate(series.values[: len(names)]):
            if value is None:
                continue
            y = place if plot.kind == "stacked" else place - 0.4 + thick * (number + 0.5)
            colour = series.colours[place] if place < len(series.colours) else series.colour
            start = starts[place] if plot.kind == "stacked" else 0.0
            name = _safe(series.name) if place == 0 else "_"
            axes.barh(y, value, thick * 0.9, start, color=colour, hatch=hatch, edgecolor="white", label=name)
            starts[place] += value
            if plot.kind == "bar" and count * len(names) <= _LABELLED:
                side = {"xytext": (4, 0)} if value >= 0 else {"xytext": (-4, 0), "ha": "right"}
                axes.annotate(_said(series, place, value), (value, y), textcoords="offset points", va="center", **side)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.margins(x=0.15)


def _lines(axes: Axes, plot: Plot) -> None:
    named = set()
    for series in plot.series:
        known = [(n, value) for n, value in enumerate(series.values) if value is not None]
        named |= {n for n, _ in known}
        axes.plot(*zip(*known, strict=True), "o-", color=series.colour, label=_safe(series.name))
        for place, y in known:
            axes.annotate(_said(series, place, y), (place, y), (4, 6), textcoords="offset points")
    axes.set_xticks(sorted(named), [_safe(plot.categories[n]) for n in sorted(named)])


def _table(figure: Figure, item: Item, shape: Size, top: float, bottom: float) -> None:
    """As many rows of the table as there is room for, cells on several lines where they are long."""
    grid = plain.grid(item.card.table)
    widths = grid.widths(shape.width - 2 * _EDGE, _SMALL)
    lefts = [_EDGE + sum(widths[:place]) for place in range(len(widths))]
    y = top
    for number, row in enumerate((grid.head, *grid.rows)):
        cells = [wording.wrap(plain.line(cell), width / _SMALL - 1) for cell, width in zip(row, widths, strict=True)]
        height = max(len(cell) for cell in cells) * _SMALL * 1.35 + 8
        if y + height > bottom - (_SMALL * 1.4 if number < len(grid.rows) else 0):
            said = labels.word("pictures.rows", shown=max(number - 1, 0), count=len(grid.rows))
            _write(figure, shape, said, y, _SMALL, chart_style.QUIET, "normal")
            return
        weight = "normal" if number else "bold"
        for cell, left in zip(cells, lefts, strict=True):
            for place, line in enumerate(cell):
                _write(figure, shape, line, y + place * _SMALL * 1.35, _SMALL, chart_style.INK, weight, left)
        y += height
