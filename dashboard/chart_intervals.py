"""One topic in the plans compared → a figure: a point and its interval a plan, and the rate that is usual."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

import chart_room
import labels
import wording
from chart_style import INK, LABEL_SIZE, QUIET, SUBTITLE_SIZE, WHITE, WIDTH, coloured, figure, left_margin, ticks

_ROW = 46


def draw(table: pd.DataFrame, usual: float) -> go.Figure:
    """The body. `table`: region, colour, document, said, per_10k, low, high, stressed (yes, no), in order.

    `usual` is the rate at which a plan stresses the topic; points of plans that do not are hollow.
    """
    high = max(float(table["high"].max()), usual) or 1.0
    places = list(range(len(table)))
    names = [
        f"{coloured(region, colour)}<br>{wording.wrapped(document, 14)}"
        for region, colour, document in zip(table["region"], table["colour"], table["document"], strict=True)
    ]
    left = left_margin([name.split("</b>")[-1].removeprefix("<br>") for name in names])
    said = list(table["said"])
    end = max(chart_room.end(list(table[["high", "per_10k"]].max(axis=1)), said, WIDTH - left - 12), high * 1.05)
    lines = [
        {
            "type": "scatter",
            "x": [row.low, row.high],
            "y": [place, place],
            "mode": "lines+markers",
            "line": {"color": row.colour, "width": 2},
            "marker": {"symbol": "line-ns-open", "size": 9, "color": row.colour, "line": {"width": 2}},
            "hoverinfo": "skip",
        }
        for place, row in zip(places, table.itertuples(), strict=True)
    ]
    dots = {
        "type": "scatter",
        "x": list(table["per_10k"]),
        "y": places,
        "mode": "markers",
        "cliponaxis": False,
        "hovertext": [wording.plot(text) for text in table["said"]],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "size": 13,
            "color": [
                colour if stressed == "yes" else WHITE
                for colour, stressed in zip(table["colour"], table["stressed"], strict=True)
            ],
            "line": {"color": list(table["colour"]), "width": 2},
        },
    }
    notes = [
        {
            "text": wording.plot(row.said),
            "x": max(row.high, row.per_10k),
            "xanchor": "left",
            "xshift": 10,
            "y": place,
            "showarrow": False,
            "bgcolor": WHITE,
            "font": {"size": LABEL_SIZE, "color": INK},
        }
        for place, row in zip(places, table.itertuples(), strict=True)
    ]
    usual_note = {
        "text": labels.word("carryover.usual", value=f"{usual:.2f}"),
        "x": usual,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "xanchor": "left",
        "showarrow": False,
        "font": {"size": SUBTITLE_SIZE, "color": QUIET},
    }
    line = {"type": "line", "x0": usual, "x1": usual, "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    return figure(
        _ROW * len(table) + 78,
        left,
        12,
        top=26,
        bottom=46,
        traces=[*lines, dots],
        annotations=[*notes, usual_note],
        shapes=[line | {"line": {"color": QUIET, "width": 1, "dash": "dot"}}],
        xaxis={
            "range": [-0.02 * end, end],
            "tickvals": ticks(0, high, 0),
            "title": {"text": labels.word("carryover.axis")},
        },
        yaxis={"range": [len(table) - 0.5, -0.5], "tickvals": places, "ticktext": names, "showgrid": False},
    )
