"""Shares of one document's text by theme → a figure: one bar from 0 to 100 %, labelled inside."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

import wording
from chart_style import INK, SUBTITLE_SIZE, WHITE, WIDTH, figure

_LEAST = 4.8
"""Share in % from which a part has room for its words."""

_LEAST_HEIGHT, _LINE = 76, SUBTITLE_SIZE * 1.3


def blend(colour: str, part: float) -> str:
    """A colour with white: all of it at `part` 1, white at 0."""
    channels = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - channel) * part):02X}" for channel in channels)


def draw(shares: list[tuple[str, str, float]], rest: str, colour: str) -> go.Figure:
    """Body: `shares` are (id, name, %), largest first; those too small for words and what has no theme are `rest`."""
    large = [share for share in shares if share[2] >= _LEAST]
    parts = [*large, ("", rest, max(0.0, 100 - sum(value for *_, value in large)))]
    traces, notes, start, lines = [], [], 0.0, 1
    for place, (item, name, value) in enumerate(parts):
        tone = (1.0, 0.78)[place % 2] if place < 2 else (0.5, 0.34)[place % 2]
        fill = blend(colour, tone) if item else blend("#5F6B76", 0.18)
        traces.append(_part(item, name, value, start, fill))
        said = _words(name, value)
        notes.append(_note(said, start + value / 2, WHITE if item and tone > 0.7 else INK))
        lines = max(lines, said.count("<br>") + 1)
        start += value
    return figure(
        max(_LEAST_HEIGHT, round(lines * _LINE) + 8) + 10,
        4,
        4,
        top=4,
        bottom=6,
        traces=traces,
        annotations=notes,
        barmode="overlay",
        xaxis={"visible": False, "range": [0, 100]},
        yaxis={"visible": False, "range": [-0.5, 0.5]},
    )


def _part(item: str, name: str, value: float, start: float, colour: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "base": start,
        "x": [value],
        "y": [0],
        "width": 1,
        "marker": {"color": colour, "line": {"color": WHITE, "width": 2}},
        "customdata": [[item]],
        "selected": {"marker": {"opacity": 1}},
        "hovertemplate": f"{wording.plot(name)} {value:.1f}%<extra></extra>",
    }


def _words(name: str, value: float) -> str:
    """Name and share as lines of the width of a part."""
    lines = wording.wrapped(name, max(2.0, value / 100 * WIDTH / (SUBTITLE_SIZE * 1.12)))
    return f"{lines}<br><b>{value:.1f}%</b>"


def _note(text: str, x: float, colour: str) -> dict[str, Any]:
    """Words in the middle of a part."""
    return {
        "text": text,
        "x": x,
        "y": 0,
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": SUBTITLE_SIZE, "color": colour},
    }
