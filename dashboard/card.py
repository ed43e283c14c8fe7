"""A card as a value: title, subtitle with unit and filters, chart or table, source, data version.

`cards` puts it on the screen; what writes it into a file takes the same value.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

import chart_style
import labels
from plot import Plot


@dataclass(frozen=True)
class Short:
    """The chart of a card with less in it, and the notes that then hold: for pictures in which all of it would be too
    small to be read. `width`: pixels that it takes at least.
    """

    body: go.Figure
    notes: tuple[str, ...]
    width: int = chart_style.WIDTH


@dataclass(frozen=True)
class Card:
    """What is shown and all that is needed to cite it.

    `id` is unique on its page (ASCII). `body` is the chart without the words round it, None where there is nothing to
    draw; `table` holds the same numbers, its columns named as shown. `alt` tells the finding to who cannot see. `notes`
    are whole sentences on the numbers, `drawn` on how the chart is drawn. `plot` holds the numbers for an office
    program's own chart; `facts` are the ids of the facts that are shown; `hint` says what a click does, on the screen
    only; `short` is a shorter chart for pictures.
    """

    id: str
    title: str
    subtitle: str
    source: str
    version: str
    table: pd.DataFrame
    body: go.Figure | None = None
    alt: str = ""
    notes: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    plot: Plot | None = None
    facts: tuple[str, ...] = ()
    hint: str = ""
    short: Short | None = None

    @property
    def footer(self) -> tuple[str, ...]:
        """Lines below the chart: notes, on the drawing too, source, data version."""
        return self._lines((*self.notes, *self.drawn))

    @property
    def cited(self) -> tuple[str, ...]:
        """The same without what is said of the drawing: for a table, or a chart drawn by another program."""
        return self._lines(self.notes)

    def _lines(self, notes: tuple[str, ...]) -> tuple[str, ...]:
        said = [labels.word("card.note", note=labels.word("words.apart").join(notes))] if notes else []
        return (
            *said,
            labels.word("card.source", documents=self.source),
            labels.word("card.version", version=self.version),
        )

    @cached_property
    def figure(self) -> go.Figure | None:
        """The chart with title, subtitle, source and version in the picture itself."""
        words = chart_style.Words(self.title, self.subtitle, self.footer)
        return None if self.body is None else chart_style.dress(self.body, words)


def unit_line(unit: str, *more: str) -> str:
    """Subtitle of a card: unit, then measure or filters."""
    parts = [labels.word("card.unit", unit=unit or labels.word("words.no_unit")), *(part for part in more if part)]
    return labels.word("filters.between").join(parts)


def sources(titles: list[str], places: dict[str, str] | None = None) -> str:
    """Titles of documents, each with its place (第47行) where one is given."""
    places = places or {}
    return labels.join([labels.word("words.title_marks", title=title) + places.get(title, "") for title in titles])
