"""A table → the body of a figure, with as many of its rows as a height takes."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go

import chart_grid
import wording
from chart_grid import Cell, Row
from chart_style import LABEL_SIZE

_WIDEST, _NARROWEST = 20, 3
"""Han widths that a column asks for at most, and at least."""

_SLACK, _GUTTER = 1.1, 14
"""For other fonts; between columns in pixels."""

_LEAST_ROW, _MOST_ROW = 28, 100
"""Pixels that a row takes at least, and hardly ever."""

_ROOM, _MOST_SPARE = 10, 16
"""Above and below the words of a row: at least, and more where there is white left, in pixels."""


def told(value: object) -> str:
    """A cell as words; "" where there is none."""
    if pd.isna(value):
        return ""
    return wording.number(value) if isinstance(value, float) else str(value)


def columns(table: pd.DataFrame) -> list[float]:
    """Width in pixels that each column asks for; longer words are broken."""
    return [_asked([str(column), *map(told, table[column])]) for column in table]


def draw(table: pd.DataFrame, width: int, height: int) -> tuple[go.Figure, int]:
    """The body, `width` pixels wide and at most `height` high, and how many rows are in it, from the first on."""
    head = Row(tuple(Cell(strong=str(column), bold=True) for column in table))
    count = min(len(table), max(0, height // _LEAST_ROW - 1))
    rows = [Row(tuple(Cell(strong=told(value)) for value in row)) for row in table.head(count).itertuples(index=False)]
    asked = columns(table)
    body = chart_grid.draw(asked, [head, *rows], width)
    while body.layout.height > height and rows:
        rows = rows[: -max(1, (body.layout.height - height) // _MOST_ROW)]
        body = chart_grid.draw(asked, [head, *rows], width)
    spare = (height - body.layout.height) // (len(rows) + 1)
    if spare > 0:
        body = chart_grid.draw(asked, [head, *rows], width, _ROOM + min(spare, _MOST_SPARE))
    return body, len(rows)


def _asked(texts: Iterable[str]) -> float:
    widest = max(map(wording.width, texts))
    return min(_WIDEST, max(_NARROWEST, widest)) * LABEL_SIZE * _SLACK + _GUTTER
