"""Provinces as tiles in a grid → a figure: a schematic in which each tile tells a value; no boundary is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import plotly.graph_objects as go
import yaml

import wording
from chart_style import INK, LABEL_SIZE, QUIET, RULE, SUBTITLE_SIZE, WHITE, figure

FILE = Path(__file__).parent / "tiles.yaml"
STEPS = ("#E4EEF7", "#B5D2EA", "#7FB0D8", "#3F7FB8", "#174A7C")
"""Five shades of one hue, light to dark; the words on the two darkest are white."""

FRAME = "#B3541E"
"""Colour of the frame of a tile in which regions are chosen."""

_SIZE = 62


@dataclass(frozen=True)
class Tile:
    """A province: names by which regions are known to be it, what it is called on its tile, its place in the grid."""

    names: frozenset[str]
    short: str
    english: str
    row: int
    column: int


@cache
def tiles() -> tuple[Tile, ...]:
    """All tiles."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))["tiles"]
    return tuple(
        Tile(frozenset({name, short, english}), short, english, row, column)
        for name, short, english, row, column in read
    )


@dataclass(frozen=True)
class Value:
    """What a tile tells: a value, the same in words, words for hovering, the colour of a frame ("" for none)."""

    x: float
    words: str
    hover: str
    frame: str = ""


def shades(values: list[float]) -> list[float]:
    """Where steps of shade end, the last one aside: fifths of the values, fewer where values are few or alike."""
    ordered = sorted(values)
    ends = {ordered[len(ordered) * step // len(STEPS)] for step in range(1, len(STEPS))}
    return sorted(ends - {ordered[0]})


def shade(value: float, ends: list[float]) -> int:
    """The step that a value belongs to."""
    return sum(value >= end for end in ends)


def draw(values: dict[Tile, Value], english: bool, legend: list[str], nothing: str) -> go.Figure:
    """Body: every tile, those without a value empty. `legend`: words for each step; `nothing`: for the empty."""
    ends = shades([value.x for value in values.values()])
    colours = _spread(len(ends) + 1)
    known = tiles()
    shown = [values.get(tile) for tile in known]
    names = [tile.english if english else tile.short for tile in known]
    steps = [shade(value.x, ends) if value else -1 for value in shown]
    squares = {
        "type": "scatter",
        "mode": "markers",
        "x": [tile.column for tile in known],
        "y": [tile.row for tile in known],
        "marker": {
            "symbol": "square",
            "size": _SIZE - 4,
            "color": [colours[step] if step >= 0 else WHITE for step in steps],
            "line": {
                "color": [(value.frame or WHITE) if value else RULE for value in shown],
                "width": [3 if value and value.frame else 1 for value in shown],
            },
        },
        "hovertext": [value.hover if value else wording.plot(nothing) for value in shown],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "showlegend": False,
    }
    notes = [
        {
            "x": tile.column,
            "y": tile.row,
            "text": _words(name, value),
            "showarrow": False,
            "font": {
                "size": LABEL_SIZE if wording.width(name) < 4 else 11,
                "color": QUIET if value is None else WHITE if colours[step] in STEPS[-2:] else INK,
            },
        }
        for tile, name, value, step in zip(known, names, shown, steps, strict=True)
    ]
    keys = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [None],
            "y": [None],
            "name": wording.plot(words),
            "marker": {"symbol": "square", "size": 13, "color": colour, "line": {"color": RULE, "width": 1}},
            "showlegend": True,
        }
        for words, colour in zip([*legend, nothing], [*colours, WHITE], strict=True)
    ]
    rows, columns = 1 + max(tile.row for tile in known), 1 + max(tile.column for tile in known)
    return figure(
        rows * _SIZE + 56,
        90,
        90,
        top=48,
        bottom=8,
        traces=[squares, *keys],
        annotations=notes,
        showlegend=True,
        xaxis={"visible": False, "range": [-0.6, columns - 0.4]},
        yaxis={"visible": False, "range": [rows - 0.4, -0.6]},
    )


def _spread(count: int) -> list[str]:
    """So many shades, as far apart as there are."""
    return [STEPS[step * (len(STEPS) - 1) // max(1, count - 1)] for step in range(count)]


def _words(name: str, value: Value | None) -> str:
    """What stands on a tile: its name, and its value in strong letters below."""
    if value is None:
        return wording.plot(name)
    return (
        f'{wording.plot(name)}<br><b><span style="font-size:{SUBTITLE_SIZE}px">{wording.plot(value.words)}</span></b>'
    )
