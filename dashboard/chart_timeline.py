"""Points in time → a figure: a value at its year, a value of several years as a bar over them, paths to the targets.

A target is filled, hollow for 约, with an arrow for not less or not more than; a measured value small and pale; an aim
of an earlier period an open diamond. One region has one colour; its name stands at its latest target.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

import chart_captions
import chart_marks
import labels
import timeline_points
import wording
from chart_marks import AT_LEAST, AT_MOST
from chart_places import Places, unit_note
from chart_style import (
    NEUTRAL,
    PALE,
    QUIET,
    WHITE,
    WIDTH,
    figure,
    left_margin,
    ticks,
)
from directory import Directory
from panels import Panel
from timeline_points import course

HEIGHT, LOW, _TOP, _BOTTOM, _RIGHT = 340, 150, 60, 30, 24
"""Height of the plane, and of one with two values at most; room round it."""

CLEAR = "rgba(0,0,0,0)"
_HALF = 0.42
"""Half of the width of a year that a bar takes at each end."""


def draw(panel: Panel, dated: pd.DataFrame, paths: pd.DataFrame, directory: Directory) -> go.Figure:
    """The body of the chart of `dated` (columns of `timeline_points.points`) and their `paths`."""
    low, high = bounds(dated)
    shown = ticks(low, high, dated["x"].min())
    left = left_margin([*(wording.number(value) for value in shown), panel.unit])
    framed = timeline_points.worded(panel)
    years = int(dated["first"].min()), int(max(dated["last"].max(), *framed["last"], 0))
    span = (years[0] - 0.8, years[1] + 0.8)
    height = HEIGHT if len(dated) + len(framed) > 2 else LOW
    rank = panel.measure == "rank"
    place = Places(span, (high, low) if rank else (low, high), WIDTH - left - _RIGHT, height)
    for point in dated.itertuples():
        place.take(
            point.first - _HALF if point.over else point.first, point.x, point.last + (_HALF if point.over else 0)
        )
    compound = panel.measure == "level"
    traces = [_path(path, directory.colour(path.region_id), compound) for path in paths.itertuples()]
    traces += _measured(dated, directory)
    traces += chart_captions.worded_marks(framed, directory, place)
    notes = [unit_note(panel.unit), *chart_captions.worded(framed, directory, place)]
    widths = _widths(dated)
    for number, point in dated.sort_values("over", ascending=False, kind="stable").to_dict("index").items():
        trace, arrows = _mark(point, directory, widths[number])
        traces.append(trace)
        notes += arrows
    notes += chart_captions.names(dated, directory, place)
    for path in paths.itertuples():
        notes += chart_captions.needed(path, directory.colour(path.region_id), place, compound)
    step = 1 if years[1] - years[0] <= 12 else 5
    return figure(
        height + _TOP + _BOTTOM,
        left,
        _RIGHT,
        top=_TOP,
        bottom=_BOTTOM,
        traces=[*traces, *_legend(pd.concat([dated, framed]), len(paths) > 0)],
        showlegend=True,
        annotations=notes,
        xaxis={
            "range": list(span),
            "tickvals": (ticked := [year for year in range(years[0], years[1] + 1) if step == 1 or year % 5 == 0]),
            "ticktext": [labels.word("words.year", year=year) for year in ticked],
            "showgrid": False,
        },
        yaxis={
            "range": [high, low] if rank else [low, high],
            "tickvals": shown,
            "tickfont": {"color": QUIET},
        },
    )


def bounds(dated: pd.DataFrame) -> tuple[float, float]:
    """Ends of the axis of values: from zero unless all lie close together far from it."""
    values = pd.concat([dated["x"], dated["x_high"]]).dropna()
    low, high = float(values.min()), float(values.max())
    if low == high or 0 <= low < 0.6 * high:
        low, high = min(low, 0.0), max(high, 0.0)
    room = (high - low or 1.0) * 0.14
    return (low - room if low else low), high + room


def _widths(dated: pd.DataFrame) -> dict[Any, int]:
    """Width of the bar of each point; of bars that lie upon one another the later is thinner, so that both show."""
    seen: dict[tuple[object, ...], int] = {}
    widths = {}
    for number, point in dated.to_dict("index").items():
        spot = (point["first"], point["last"], round(float(point["x"]), 6))
        widths[number] = max(11 - 5 * seen.get(spot, 0), 3)
        seen[spot] = seen.get(spot, 0) + 1
    return widths


def _mark(
    point: Mapping[Hashable, Any], directory: Directory, width: int
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Trace of a point, and the arrow of its qualifier where it is a target."""
    colour, role, hollow = directory.colour(point["region_id"]), point["role"], point["qualifier"] == "~"
    xs, ys = [point["first"]], [point["x"]]
    if point["over"]:
        xs, ys = [point["first"] - _HALF, (point["first"] + point["last"]) / 2, point["last"] + _HALF], [point["x"]] * 3
    elif not pd.isna(point["x_high"]):
        xs, ys = [point["first"]] * 2, [point["x"], point["x_high"]]
    aim = role == "target"
    marker: dict[str, Any] = {
        "size": 15 if aim else 10,
        "symbol": "diamond-open" if role == "past_target" else "circle",
        "color": colour if role == "past_target" else WHITE if aim and hollow else colour if aim else PALE,
        "line": {"color": WHITE if aim and not hollow else colour, "width": 3 if aim and hollow else 2},
    }
    line = {"color": colour, "width": 9, "dash": "solid"}
    if point["over"]:
        line = {"color": colour, "width": width if aim else 4, "dash": "dot" if role == "past_target" else "solid"}
        marker |= {
            "color": [CLEAR, marker["color"], CLEAR],
            "line": {"color": [CLEAR, marker["line"]["color"], CLEAR], "width": marker["line"]["width"]},
        }
    trace = {
        "type": "scatter",
        "x": xs,
        "y": ys,
        "mode": "markers" if len(xs) == 1 else "lines+markers",
        "line": line,
        "marker": marker,
        "customdata": [[point["target_id"]]] * len(xs),
        "hovertemplate": chart_marks.told(point, directory) + "<extra></extra>",
        "cliponaxis": False,
        "showlegend": False,
    }
    turn = 1 if point["qualifier"] in AT_LEAST else -1 if point["qualifier"] in AT_MOST else 0
    arrow = {
        "x": (point["first"] + point["last"]) / 2,
        "y": ys[-1] if turn > 0 else ys[0],
        "ax": 0,
        "ay": 22 * turn,
        "yshift": 32 * turn,
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 0.9,
        "arrowwidth": 3,
        "arrowcolor": colour,
    }
    return trace, [arrow] if turn and aim else []


def _measured(dated: pd.DataFrame, directory: Directory) -> list[dict[str, Any]]:
    """A line a region through its measured single years."""
    single = dated[~dated["over"] & dated["role"].eq("baseline")]
    return [
        {
            "type": "scatter",
            "x": list(own["last"]),
            "y": list(own["x"]),
            "mode": "lines",
            "line": {"color": directory.colour(str(region)), "width": 3},
            "opacity": 0.4,
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for region, own in single.groupby("region_id", sort=False)
        if len(own) > 1
    ]


def _path(path: Any, colour: str, compound: bool) -> dict[str, Any]:
    """The dashed way from a value to a target, year by year."""
    years = list(range(int(path.start_year), int(path.aim_year) + 1))
    ends = int(path.start_year), float(path.start), int(path.aim_year), float(path.aim)
    return {
        "type": "scatter",
        "x": years,
        "y": [course(*ends, year, compound) for year in years],
        "mode": "lines",
        "line": {"color": colour, "width": 2.5, "dash": "dash"},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _legend(dated: pd.DataFrame, pathed: bool) -> list[dict[str, Any]]:
    """What the shapes that occur mean, in grey: colour is the region's."""
    turned = {"arrow-right": "arrow-up", "arrow-left": "arrow-down", "line-ew": "line-ns"}
    entries = chart_marks.legend(dated)
    for entry in entries:
        symbol = entry["marker"].get("symbol")
        entry["marker"] = entry["marker"] | {"symbol": turned.get(symbol, symbol)}

    def line(name: str, width: float, dash: str) -> dict[str, Any]:
        return {
            "type": "scatter",
            "x": [None],
            "y": [None],
            "mode": "lines",
            "name": name,
            "line": {"color": NEUTRAL, "width": width, "dash": dash},
            "hoverinfo": "skip",
            "showlegend": True,
        }

    if dated["over"].eq(True).any():
        entries.append(line(labels.word("timeline.over"), 9, "solid"))
    if pathed:
        entries.append(line(labels.word("timeline.path"), 2.5, "dash"))
    return entries
