"""How values of many regions are spread → figures: a histogram, and quartiles by group; chosen regions stand out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

import wording
from chart_style import INK, NEUTRAL, QUIET, SUBTITLE_SIZE, WHITE, figure, left_margin

_FILL, _LINE = "#BFD3E6", "#1F5A96"
_ROW, _PLOT = 24, 200
_BINS = 30
_WIDE = 50.0
"""How many times the smaller values the largest must be for an axis of powers of ten."""


@dataclass(frozen=True)
class Spot:
    """A chosen region: its name, value on the axis and in words, colour, fact, and the group it belongs to."""

    name: str
    x: float
    words: str
    colour: str
    fact: str
    group: str = ""


def wide(values: pd.Series) -> bool:
    """Whether values, all above zero, are so unlike in size that only an axis of powers of ten shows them all."""
    low = float(values.quantile(0.05)) if len(values) else 0.0
    return bool(len(values) and values.min() > 0 and values.max() > _WIDE * low)


def edges(values: pd.Series) -> list[float]:
    """Edges of the bins of a histogram: even ones, by ratio where the values are `wide`."""
    low, high = float(values.min()), float(values.max())
    count = int(min(_BINS, max(5, round(2 * len(values) ** (1 / 3)))))
    if low == high:
        return [low - 0.5, high + 0.5]
    if wide(values):
        return [float(edge) for edge in np.geomspace(low, high, count + 1)]
    return [float(edge) for edge in np.linspace(low, high, count + 1)]


def counted(values: pd.Series) -> pd.DataFrame:
    """Columns low, high (edges of a bin), count."""
    at = edges(values)
    counts, _ = np.histogram(values.clip(at[0], at[-1]), bins=at)
    return pd.DataFrame({"low": at[:-1], "high": at[1:], "count": counts})


def _axis(unit: str, log: bool, values: pd.Series) -> dict[str, Any]:
    axis: dict[str, Any] = {"title": {"text": wording.plot(unit)}}
    if not log:
        return axis
    low, high = math.floor(math.log10(values.min())), math.ceil(math.log10(values.max()))
    marks = [power * 10.0**step for step in range(low, high + 1) for power in ((1, 3) if high - low < 4 else (1,))]
    return axis | {"type": "log", "tickvals": marks, "ticktext": [wording.number(mark) for mark in marks]}


def histogram(values: pd.Series, spots: list[Spot], median: str, unit: str, hover: str) -> go.Figure:
    """Body: bars of counts, the median, and below them a row for each chosen region.

    `median`: words for the line of the median; `hover`: words with {low}, {high}, {count}.
    """
    log, bins = wide(values), counted(values)
    rows = max(len(spots), 0)
    middle = float(values.median())
    bars = {
        "type": "bar",
        "x": list(np.sqrt(bins["low"] * bins["high"]) if log else (bins["low"] + bins["high"]) / 2),
        "width": list(bins["high"] - bins["low"]),
        "y": list(bins["count"]),
        "marker": {"color": _FILL, "line": {"color": WHITE, "width": 1}},
        "hovertext": [
            wording.plot(hover.format(low=_short(row.low), high=_short(row.high), count=row.count))
            for row in bins.itertuples(index=False)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    if log:
        bars |= {"x": list(bins["low"]), "offset": 0}
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": [middle, middle],
        "y": [0, float(bins["count"].max()) * 1.05],
        "line": {"color": _LINE, "width": 2, "dash": "dot"},
        "hoverinfo": "skip",
    }
    height = _PLOT + _ROW * rows + 70
    share = (_ROW * rows + 8) / (height - 70) if rows else 0.0
    layout: dict[str, Any] = {
        "xaxis": _axis(unit, log, values) | {"anchor": "y2" if rows else "y"},
        "yaxis": {"domain": [share, 1], "tickfont": {"color": QUIET}, "rangemode": "tozero"},
        "annotations": [_median(median, math.log10(middle) if log else middle, float(bins["count"].max()))],
    }
    traces = [bars, line]
    if rows:
        traces.append(_dots(spots, list(range(rows))) | {"yaxis": "y2"})
        layout["yaxis2"] = _named([spot.name for spot in spots], [spot.colour for spot in spots], [0, share - 0.02])
    return figure(height, left_margin([spot.name for spot in spots] or ["00000"]), 60, 24, 46, traces, **layout)


def _short(value: float) -> str:
    return wording.number(float(f"{value:.3g}"))


def _median(words: str, x: float, top: float) -> dict[str, Any]:
    return {
        "text": wording.plot(words),
        "x": x,
        "y": top * 1.05,
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": SUBTITLE_SIZE, "color": _LINE},
    }


def _dots(spots: list[Spot], rows: list[int]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [spot.x for spot in spots],
        "y": rows,
        "text": [wording.plot(spot.words) for spot in spots],
        "textposition": "middle right",
        "textfont": {"size": SUBTITLE_SIZE, "color": INK},
        "marker": {"size": 11, "color": [spot.colour for spot in spots], "line": {"color": WHITE, "width": 1}},
        "cliponaxis": False,
        "customdata": [[spot.fact] for spot in spots],
        "hovertext": [wording.plot(f"{spot.name} {spot.words}") for spot in spots],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"textfont": {"color": INK}},
        "unselected": {"textfont": {"color": INK}, "marker": {"opacity": 1}},
    }


def _named(names: list[str], colours: list[str], domain: list[float]) -> dict[str, Any]:
    """An axis with a row for each name."""
    told = [
        f'<b><span style="color:{colour}">{wording.plot(name)}</span></b>'
        for name, colour in zip(names, colours, strict=True)
    ]
    rows = list(range(len(names)))
    return {
        "domain": domain,
        "range": [len(names) - 0.5, -0.5],
        "tickvals": rows,
        "ticktext": told,
        "showgrid": False,
        "automargin": True,
        "fixedrange": True,
    }


def boxes(table: pd.DataFrame, names: list[str], spots: list[Spot], unit: str, hover: list[str]) -> go.Figure:
    """Body: a row a group (columns of `ranking_rows.groups`) with its quartiles, and dots for the chosen regions.

    `names` and `hover`: words for each row.
    """
    values = pd.concat([table["low"], table["high"], pd.Series([spot.x for spot in spots], dtype="float64")])
    log = wide(values)
    rows = list(range(len(table)))
    place = dict(zip(table["group"], rows, strict=True))
    whiskers: dict[str, Any] = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    whiskers |= {"line": {"color": NEUTRAL, "width": 1.5}, "x": [], "y": []}
    for row, low, high in zip(rows, table["low"], table["high"], strict=True):
        whiskers["x"] += [low, high, None]
        whiskers["y"] += [row, row, None]
    box = {
        "type": "bar",
        "orientation": "h",
        "base": list(table["first"]),
        "x": list(table["third"] - table["first"]),
        "y": rows,
        "width": 0.6,
        "marker": {"color": _FILL, "line": {"color": _LINE, "width": 1}},
        "hovertext": [wording.plot(text) for text in hover],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    middle = {
        "type": "scatter",
        "mode": "markers",
        "x": list(table["median"]),
        "y": rows,
        "marker": {"symbol": "line-ns", "size": 14, "line": {"color": _LINE, "width": 3}},
        "hoverinfo": "skip",
    }
    shown = [spot for spot in spots if spot.group in place]
    dots = _dots(shown, [place[spot.group] for spot in shown]) | {"mode": "markers"}
    shown_names = [wording.plot(name) for name in names]
    return figure(
        _ROW * len(rows) + 66,
        left_margin(shown_names),
        40,
        8,
        46,
        [whiskers, box, middle, dots],
        barmode="overlay",
        xaxis=_axis(unit, log, values[values > 0] if log else values),
        yaxis={"tickvals": rows, "ticktext": shown_names, "range": [len(rows) - 0.5, -0.5], "showgrid": False},
    )
