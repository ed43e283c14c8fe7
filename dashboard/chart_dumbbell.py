"""A panel → a figure: one row a target, from the values measured before it to the value aimed at.

What a qualifier says is drawn: filled for a plain value, hollow for 约, an arrow for not less or not more than, a bar
for a range, words in a frame for a target without a number.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

import labels
import wording
from chart_marks import Mark, caption, captioned, half_width, legend, middle, small, target, worded
from chart_style import INK, LABEL_SIZE, QUIET, RULE, SUBTITLE_SIZE, WIDTH, coloured, figure, left_margin, ticks
from directory import Directory
from panels import Panel

ROW = 66
"""Height of a row."""


def draw(panel: Panel, directory: Directory) -> go.Figure:
    """The body of the chart of `panel`; colours are those of the regions."""
    marks: list[Mark] = panel.marks.to_dict("records")
    rows: dict[int, list[Mark]] = {}
    for mark in marks:
        rows.setdefault(int(mark["row"]), []).append(mark)
    names = [_row_name(group[0]["region_id"], group[0]["doc_id"], directory) for group in rows.values()]
    needed = any(mark["required"] for mark in marks)
    left, right = left_margin([_plain(name) for name in names]), 128 if needed else 40
    low, high = _bounds(marks, WIDTH - left - right)
    place = _Place(low, high, WIDTH - left - right)
    traces, notes = [], _required(marks) if needed else []
    for row, group in rows.items():
        more, framed = _row(row, group, place, directory)
        traces += more
        notes += framed
    ends = [high, low] if panel.measure == "rank" else [low, high]
    return figure(
        ROW * len(rows) + 84,
        left,
        right,
        top=40,
        bottom=44 if panel.numeric else 8,
        traces=[*traces, *legend(panel.marks)],
        showlegend=True,
        annotations=notes,
        shapes=[_rule(row) for row in list(rows)[1:]],
        xaxis={
            "range": ends,
            "tickvals": ticks(low, high, panel.marks["x"].min()),
            "visible": panel.numeric,
            "title": {"text": wording.plot(panel.unit)},
        },
        yaxis={"range": [len(rows) - 0.5, -0.5], "tickvals": list(rows), "ticktext": names, "showgrid": False},
    )


class _Place:
    """Where a value falls on the axis, 0 to 1, and what room its caption takes."""

    def __init__(self, low: float, high: float, width: float) -> None:
        self.low, self.high, self.width = low, high, width

    def share(self, x: float) -> float:
        """Position of a value, 0 at the left end."""
        return (x - self.low) / (self.high - self.low)

    def free(self, x: float, text: str, taken: list[tuple[float, float]]) -> bool:
        """Whether `text`, centred at x, stands clear of what is taken; takes the room if so."""
        start, end = (self.share(x) * self.width + side * half_width(text) for side in (-1, 1))
        if any(start < right and end > left for left, right in taken):
            return False
        taken.append((start, end))
        return True


def _row_name(region_id: str, doc_id: str, directory: Directory) -> str:
    """Region in its colour over the document, as two lines."""
    name = coloured(directory.region(region_id), directory.colour(region_id))
    return f"{name}<br>{wording.wrapped(directory.label(doc_id), 12)}"


def _plain(name: str) -> str:
    """A row name without its tags, for measuring."""
    return name.split("</b>")[-1].removeprefix("<br>")


def _bounds(marks: list[Mark], width: float) -> tuple[float, float]:
    """Ends of the axis: from zero unless all values lie close together far from it, with room for captions."""
    values = [float(mark[end]) for mark in marks for end in ("x", "x_high") if not pd.isna(mark[end])]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    if low == high or 0 <= low < 0.6 * high:
        low, high = min(low, 0.0), max(high, 0.0)
    span = high - low or 1.0
    hanging = [(middle(mark), 1.3 * half_width(caption(mark)) / width * span) for mark in _placed(marks)]
    return (
        min(low - 0.05 * span, *(x - half for x, half in hanging)),
        max(high + 0.08 * span, *(x + half for x, half in hanging)),
    )


def _rule(row: int) -> dict[str, Any]:
    """A fine line above a row."""
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": row - 0.5,
        "y1": row - 0.5,
        "line": {"color": RULE, "width": 1},
    }


def _placed(marks: list[Mark]) -> list[Mark]:
    """Marks that have a value to place."""
    return [mark for mark in marks if not pd.isna(mark["x"])]


def _in_time(mark: Mark) -> tuple[bool, float]:
    """Order of time, undated first."""
    undated = pd.isna(mark["last"])
    return not undated, 0.0 if undated else float(mark["last"])


def _required(marks: list[Mark]) -> list[dict[str, Any]]:
    """The column to the right: yearly change needed to reach each target."""
    head = {
        "text": labels.word("compare.required"),
        "xref": "paper",
        "x": 1,
        "xanchor": "left",
        "xshift": 14,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "showarrow": False,
        "align": "left",
        "font": {"size": SUBTITLE_SIZE, "color": QUIET},
    }
    needed = [mark for mark in marks if mark["required"]]
    return [
        head,
        *(
            {
                "text": wording.plot(mark["required"]),
                "xref": "paper",
                "x": 1,
                "xanchor": "left",
                "xshift": 14,
                "y": mark["row"],
                "showarrow": False,
                "font": {"size": LABEL_SIZE, "color": INK},
            }
            for mark in needed
        ),
    ]


def _row(row: int, group: list[Mark], place: _Place, directory: Directory) -> tuple[list[Any], list[Any]]:
    """Traces and annotations of one row. Captions that would cover another are left to hovering and the table."""
    colour = directory.colour(group[0]["region_id"])
    above: list[tuple[float, float]] = []
    below: list[tuple[float, float]] = []
    placed = _placed(group)
    measured = sorted((mark for mark in placed if mark["role"] == "baseline"), key=_in_time)
    aims = [mark for mark in placed if mark["role"] == "target"]
    traces = _path(row, [mark["x"] for mark in [*measured, *aims[:1]]], colour)
    notes: list[dict[str, Any]] = []
    for mark in aims:
        trace, arrows = target(row, mark, colour, directory)
        traces.append(trace)
        notes += arrows
        if place.free(middle(mark), caption(mark), above):
            notes.append(captioned(row, mark, above=True))
    for mark in [*reversed(measured), *(mark for mark in placed if mark["role"] == "past_target")]:
        traces.append(small(row, mark, colour, directory))
        side = next((taken for taken in (below, above) if place.free(middle(mark), caption(mark), taken)), None)
        if side is not None:
            notes.append(captioned(row, mark, above=side is above))
    shares = [place.share(mark["x"]) for mark in placed]
    for mark in group:
        if pd.isna(mark["x"]):
            notes.append(worded(row, mark, colour, left=not shares or min(shares) > 0.5))
    return traces, notes


def _path(row: int, xs: list[float], colour: str) -> list[dict[str, Any]]:
    """A line through the values of a row in order of time."""
    line = {
        "type": "scatter",
        "x": xs,
        "y": [row] * len(xs),
        "mode": "lines",
        "line": {"color": colour, "width": 3},
        "opacity": 0.35,
        "hoverinfo": "skip",
        "showlegend": False,
    }
    return [line] if len(xs) > 1 else []
