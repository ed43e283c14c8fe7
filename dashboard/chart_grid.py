"""Rows of words in columns → a figure: a table that is part of a picture, each cell of which can be clicked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

import wording
from chart_style import INK, LABEL_SIZE, QUIET, RULE, STEADY_WORDS, SUBTITLE_SIZE, WIDTH, figure

_LINE, _ROOM = 18, 10
"""Height of a line and room above and below the lines of a row, in pixels."""

_CLEAR = "rgba(255,255,255,0)"
_GUTTER = 10
"""Between columns, in pixels."""


@dataclass(frozen=True)
class Cell:
    """Words of a cell: `strong` in ink, `aside` behind it in grey where there is room, `light` below in grey.

    `id` is what a click on it carries, "" for none; `colour` is that of `strong`. Words of any kind: they are made safe
    and broken here.
    """

    strong: str = ""
    aside: str = ""
    light: str = ""
    id: str = ""
    bold: bool = False
    colour: str = INK


@dataclass(frozen=True)
class Row:
    """Cells of a row, one a column; `band` is a heading over all columns and has no cells."""

    cells: tuple[Cell, ...] = ()
    band: str = ""


@dataclass
class _Drawn:
    words: list[tuple[float, float, str]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    bars: list[tuple[float, float, float, float, str, str]] = field(default_factory=list)


def draw(columns: list[float], rows: list[Row], width: int = WIDTH, room: int = _ROOM) -> go.Figure:
    """Body of a table. `columns` are shares of the width, left to right; `width` is what wrapping reckons with."""
    total = sum(columns)
    lefts = [sum(columns[:place]) / total for place in range(len(columns))]
    shares = [column / total for column in columns]
    drawn, top = _Drawn(), 0.0
    for row in rows:
        top = _row(drawn, row, lefts, shares, top, width, room)
    return figure(
        round(top) + 12,
        4,
        4,
        top=6,
        bottom=6,
        traces=[_words(drawn), *([_clicks(drawn)] if drawn.bars else [])],
        shapes=drawn.shapes,
        barmode="overlay",
        hovermode="closest",
        xaxis={"visible": False, "range": [0, 1]},
        yaxis={"visible": False, "range": [top, 0]},
    )


def _row(drawn: _Drawn, row: Row, lefts: list[float], shares: list[float], top: float, width: int, room: int) -> float:
    """Add a row that begins at `top`; where it ends."""
    if row.band:
        height = _LINE + room
        drawn.words.append((0, top + height / 2 + 2, f"<b>{_grey(row.band)}</b>"))
        drawn.shapes.append(_rule(top + height, 1.5))
        return top + height
    words = [_lines(cell, share * width - _GUTTER) for cell, share in zip(row.cells, shares, strict=True)]
    height = max((count for _, count in words), default=1) * _LINE + room
    for cell, (text, _), left, share in zip(row.cells, words, lefts, shares, strict=True):
        if text:
            drawn.words.append((left, top + height / 2, text))
        if cell.id:
            drawn.bars.append((left, share, top + height / 2, height - 2, cell.id, text))
    drawn.shapes.append(_rule(top + height, 1))
    return top + height


def _lines(cell: Cell, width: float) -> tuple[str, int]:
    """The text of a cell, broken to a width in pixels, and how many lines it has."""
    strong = wording.wrap(cell.strong, width / LABEL_SIZE) if cell.strong else []
    parts = [_ink(line, cell) for line in strong]
    taken = wording.width(strong[-1]) * LABEL_SIZE if strong else width
    beside = bool(cell.aside) and taken + wording.width(f" {cell.aside}") * SUBTITLE_SIZE <= width
    if beside:
        parts[-1] += f" {_grey(cell.aside)}"
    for text in (cell.light,) if beside else (cell.aside, cell.light):
        parts += [_grey(line) for line in wording.wrap(text, width / SUBTITLE_SIZE) if line]
    return "<br>".join(parts), len(parts)


def _grey(text: str) -> str:
    return f'<span style="font-size:{SUBTITLE_SIZE}px;color:{QUIET}">{wording.plot(text)}</span>'


def _ink(text: str, cell: Cell) -> str:
    safe = f"<b>{wording.plot(text)}</b>" if cell.bold else wording.plot(text)
    return safe if cell.colour == INK else f'<span style="color:{cell.colour}">{safe}</span>'


def _words(drawn: _Drawn) -> dict[str, Any]:
    """All words as one trace, which does not fade when a cell is chosen."""
    return {
        **STEADY_WORDS,
        "x": [left for left, _, _ in drawn.words],
        "y": [middle for _, middle, _ in drawn.words],
        "text": [text for _, _, text in drawn.words],
    }


def _rule(at: float, weight: float) -> dict[str, Any]:
    line = {"color": RULE, "width": weight}
    return {"type": "line", "x0": 0, "x1": 1, "y0": at, "y1": at, "line": line, "layer": "below"}


def _clicks(drawn: _Drawn) -> dict[str, Any]:
    """Clear bars over the cells: they take the clicks, and no words fade when one is chosen."""
    clear = {"marker": {"color": _CLEAR, "opacity": 0}}
    return {
        "type": "bar",
        "orientation": "h",
        "base": [left for left, *_ in drawn.bars],
        "x": [share for _, share, *_ in drawn.bars],
        "y": [middle for _, _, middle, *_ in drawn.bars],
        "width": [height for _, _, _, height, *_ in drawn.bars],
        "customdata": [[target] for *_, target, _ in drawn.bars],
        "hovertext": [text for *_, text in drawn.bars],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": _CLEAR, "line": {"width": 0, "color": _CLEAR}},
        "selected": clear,
        "unselected": clear,
    }
