"""A card → its figure for one shape of picture: a slide, a page of a document, a square.

A picture is laid out anew, not scaled: words are broken at its own width, the chart takes the room that is left. It is
drawn on a canvas of logical pixels, as wide as letters are to be small, and scaled to the pixels of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import gcd, inf
from urllib.parse import unquote

import pandas as pd
import plotly.graph_objects as go

import chart_style
import labels
import wording
from briefing import table_body
from briefing.item import Item
from chart_style import Words


@dataclass(frozen=True)
class Size:
    """A shape of picture. `width` and `height` of the place where it is shown; `least`: width of its smallest canvas,
    where letters are largest; all in pixels.
    """

    width: int
    height: int
    least: int

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the file."""
        return self.width * DENSITY, self.height * DENSITY


DENSITY = 2
"""Pixels of the file for one of the place where it is shown."""

SIZES = {"slide": Size(1600, 900, 960), "page": Size(1200, 900, 824), "square": Size(1080, 1080, 824)}

_STEP = 1.04
"""How much wider a canvas gets, until all fits."""

_READABLE = 8 * 1600 / 960
"""Pixels of a letter in the place where a picture is shown: 8 points on a slide, which is 960 points wide. Below it for
the smallest letters of a chart a shorter one stands there where the card has one, and below it for the names in that
one the table.
"""

_SMALLEST = 8
"""Pixels of a letter at a mark, in the same place, below which a chart is told as its table."""

_ROUNDING = 1 + 1e-9
"""Keeps the last pixel where a browser drops what is behind the comma."""

_STEEPER, _TALLER = 1.25, 2.2
"""How much steeper than on the screen the lines of a chart may get, by which words are placed; and how much taller the
plot of a chart without such lines. What room is left then stays white.
"""

_LINKS = 2
"""Lines that a link may take."""

_WIDEST = 1400
"""Width of the canvas up to which the columns of a table may widen it."""

_RIM = 16
"""Round the picture, in pixels of the canvas."""


@dataclass(frozen=True)
class Picture:
    """A figure of the size of its canvas, and by how much it is scaled to the pixels of the file."""

    figure: go.Figure
    scale: float


_Way = tuple[Callable[[Item, int, int], go.Figure | None], Item, int, float]
"""What draws a card on a canvas where it fits, the card, and widths of the smallest canvas and, by the place where it
is shown, of the largest.
"""


def lay_out(item: Item, size: str) -> Picture:
    """The picture of a card at a size of SIZES: of its chart, of its shorter one where all of it would be too small, or
    of its table where it has none or none can be read.
    """
    shape = SIZES[size]
    for draw, one, first, widest in _ways(item, shape):
        for width, height in _canvases(shape, first, widest * shape.width):
            inner = (width - 2 * _RIM, height - 2 * _RIM)
            figure = draw(one, *inner)
            if figure is not None:
                return Picture(_rimmed(figure, *inner), shape.width * DENSITY / width * _ROUNDING)
    raise AssertionError("some canvas is large enough for a row")


def _ways(item: Item, shape: Size) -> Iterator[_Way]:
    """How a card may be drawn, the best way first."""
    card, name, smallest = item.card, chart_style.LABEL_SIZE, chart_style.FOOTER_SIZE
    if card.body is not None:
        yield _chart, item, shape.least, name / _SMALLEST if card.short is None else smallest / _READABLE
    if card.short is not None:
        shorter = replace(card, body=card.short.body, notes=card.short.notes)
        yield _chart, replace(item, card=shorter), max(shape.least, card.short.width + 2 * _RIM), name / _READABLE
    yield _table, item, shape.least, inf


def _canvases(shape: Size, least: int, most: float) -> Iterator[tuple[int, int]]:
    """Widths from `least` to `most`, and heights, of a shape, in whole pixels, from the smallest on."""
    part = gcd(shape.width, shape.height)
    parts = -(-least * part // shape.width)
    while parts * shape.width // part <= most:
        yield parts * shape.width // part, parts * shape.height // part
        parts = max(parts + 1, round(parts * _STEP))


def words(item: Item, width: int, *more: str) -> Words:
    """What stands round the chart of a card in a picture of `width` pixels, with `more` notes."""
    remark = [labels.word("pictures.remark", note=item.note)] if item.note else []
    footer = replace(item.card, notes=(*item.card.notes, *more)).footer
    link = [_cut(labels.word("pictures.link", link=unquote(item.link)), width)] if item.link else []
    return Words(item.title, item.card.subtitle, (*remark, *footer, *link))


def _cut(text: str, width: int) -> str:
    """A text of at most `_LINKS` lines of the footer; what is cut off shows as an ellipsis."""
    lines = wording.wrap(text, width / chart_style.FOOTER_SIZE)
    return text if len(lines) <= _LINKS else "".join(lines[:_LINKS])[:-2] + "…"


def _chart(item: Item, width: int, height: int) -> go.Figure | None:
    """The chart in its words, as high as asked for; None where it is higher by nature."""
    assert item.card.body is not None
    said, body = words(item, width), item.card.body
    frame = chart_style.frame(said, width)
    margin, natural = body.layout.margin, body.layout.height
    spare = height - natural - frame.head - frame.foot
    if spare < 0:
        return None
    most = _STEEPER if _sloped(body) else _TALLER
    wider = (width - margin.l - margin.r) / (chart_style.WIDTH - margin.l - margin.r)
    grown = min(spare, round((natural - margin.t - margin.b) * (most * wider - 1)))
    taller = go.Figure(body).update_layout(height=natural + spare, margin_b=margin.b + spare - grown)
    return chart_style.dress(taller, said, width)


def _sloped(body: go.Figure) -> bool:
    """Whether lines go up or down in a chart."""
    lines = [trace for trace in body.data if trace.type == "scatter" and "lines" in (trace.mode or "")]
    steps = (step for line in lines for step in pairwise(zip(line.x, line.y, strict=True)))
    return any(None not in (*one, *next_) and one[0] != next_[0] and one[1] != next_[1] for one, next_ in steps)


def _table(item: Item, width: int, height: int) -> go.Figure | None:
    """The table in its words, with as many rows as fit; None where its columns want a wider canvas."""
    table = item.card.table
    if width < min(_WIDEST, sum(table_body.columns(table))):
        return None
    said = words(item, width)
    body, shown = _rows(table, said, width, height)
    if shown < len(table):
        body, shown = _rows(table, words(item, width, _told(len(table), len(table))), width, height)
        said = words(item, width, _told(shown, len(table)))
    if len(table) and not shown:
        return None
    frame = chart_style.frame(said, width)
    spare = height - body.layout.height - frame.head - frame.foot
    body.update_layout(height=body.layout.height + spare, margin_b=body.layout.margin.b + spare)
    return chart_style.dress(body, said, width)


def _told(shown: int, count: int) -> str:
    return labels.word("pictures.rows", shown=shown, count=count)


def _rows(table: pd.DataFrame, said: Words, width: int, height: int) -> tuple[go.Figure, int]:
    frame = chart_style.frame(said, width)
    return table_body.draw(table, width, height - frame.head - frame.foot)


def _rimmed(figure: go.Figure, width: int, height: int) -> go.Figure:
    """The figure, `width` and `height` pixels large, with white round it."""
    margin, pad, legend = figure.layout.margin, figure.layout.title.pad, figure.layout.legend
    return figure.update_layout(
        width=width + 2 * _RIM,
        height=height + 2 * _RIM,
        margin={side: margin[side] + _RIM for side in "lrtb"},
        title_pad={"t": pad.t + _RIM, "l": pad.l + _RIM},
        legend={"x": _RIM / (width + 2 * _RIM), "y": (legend.y * height + _RIM) / (height + 2 * _RIM)},
    )
