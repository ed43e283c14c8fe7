"""Counts by document and kind → a figure of stacked bars."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

import wording
from chart_style import SUBTITLE_SIZE, WHITE, figure, left_margin

_LEAST = 0.035
"""Part of the widest bar below which a segment has no room for its number."""


def draw(table: pd.DataFrame, rows: list[str], parts: dict[str, tuple[str, str]], unit: str) -> go.Figure:
    """Body of stacked bars: a bar a row of `table`, shown as `rows`; `parts`: column → its name and colour."""
    shown = [wording.wrapped(row, 16) for row in rows]
    widest = table[list(parts)].sum(axis=1).max() or 1
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "x": list(table[column]),
            "y": list(range(len(rows))),
            "showlegend": True,
            "name": wording.plot(name),
            "marker": {"color": colour},
            "insidetextanchor": "middle",
            "textposition": "inside",
            "text": [f"{value:,}" if value > _LEAST * widest else "" for value in table[column]],
            "textangle": 0,
            "constraintext": "none",
            "insidetextfont": {"size": SUBTITLE_SIZE, "color": WHITE},
            "customdata": shown,
            "hovertemplate": f"%{{customdata}}<br>{wording.plot(name)} %{{x:,}} {wording.plot(unit)}<extra></extra>",
        }
        for column, (name, colour) in parts.items()
    ]
    return figure(
        42 * len(rows) + 84,
        left_margin(shown),
        40,
        top=40,
        bottom=44,
        traces=traces,
        barmode="stack",
        bargap=0.4,
        showlegend=True,
        legend={"traceorder": "normal"},
        xaxis={"title": {"text": wording.plot(unit)}},
        yaxis={
            "tickvals": list(range(len(rows))),
            "ticktext": shown,
            "range": [len(rows) - 0.5, -0.5],
            "showgrid": False,
        },
    )
