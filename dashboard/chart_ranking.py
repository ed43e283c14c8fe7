"""Regions in their order → a figure: a bar a region, those left out told by a gap."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

import chart_room
import wording
from chart_style import INK, LABEL_SIZE, QUIET, SUBTITLE_SIZE, WIDTH, figure, left_margin

PLAIN = "#A9B4BF"
"""Colour of regions that are not chosen."""

_ROW = 25


@dataclass(frozen=True)
class Bar:
    """A region: its rank, its position in the order (from 0), its name, its value on the axis and in words, its colour
    ("" for one not chosen) and its fact."""

    rank: int
    position: int
    name: str
    x: float
    words: str
    colour: str
    fact: str


def draw(bars: list[Bar], unit: str, left_out: str) -> go.Figure:
    """Body of bars in their order. `left_out`: words for a gap, with {count}; values are in `unit`."""
    places, gaps, place = [], {}, 0
    for number, bar in enumerate(bars):
        missing = bar.position - bars[number - 1].position - 1 if number else 0
        if missing > 0:
            gaps[place] = missing
            place += 1
        places.append(place)
        place += 1
    names = [wording.plot(f"{bar.rank}  {bar.name}") for bar in bars]
    margin = min(left_margin(names), WIDTH // 2)
    end = chart_room.end([max(bar.x, 0.0) for bar in bars], [bar.words for bar in bars], WIDTH - margin - 20)
    low = min(0.0, *(bar.x for bar in bars))
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [bar.x for bar in bars],
        "y": places,
        "marker": {"color": [bar.colour or PLAIN for bar in bars]},
        "text": [f"<b>{wording.plot(bar.words)}</b>" if bar.colour else wording.plot(bar.words) for bar in bars],
        "textposition": "outside",
        "textfont": {"size": LABEL_SIZE, "color": INK},
        "cliponaxis": False,
        "customdata": [[bar.fact] for bar in bars],
        "hovertext": [f"{name}<br>{wording.plot(bar.words)}" for name, bar in zip(names, bars, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    notes = [
        {
            "text": wording.plot(left_out.replace("{count}", f"{count:,}")),
            "x": low,
            "y": row,
            "xanchor": "left",
            "showarrow": False,
            "font": {"size": SUBTITLE_SIZE, "color": QUIET},
        }
        for row, count in gaps.items()
    ]
    return figure(
        _ROW * place + 60,
        margin,
        20,
        top=8,
        bottom=44,
        traces=[trace],
        bargap=0.3,
        annotations=notes,
        xaxis={"title": {"text": wording.plot(unit)}, "range": [low * 1.1, end]},
        yaxis={
            "tickvals": places,
            "ticktext": [
                f'<b><span style="color:{bar.colour}">{name}</span></b>' if bar.colour else name
                for name, bar in zip(names, bars, strict=True)
            ],
            "range": [place - 0.5, -0.5],
            "showgrid": False,
        },
    )
