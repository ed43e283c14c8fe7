"""The one card: title, subtitle with unit and filters, chart or table, source, data version.

A card is a value; `show` puts it on the screen, and what writes it into a file takes the same value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.typing import DataframeState

import address
import chart_style
import fields
import labels
import taking
import wording
from plot import Plot

VIEWS = ("chart", "table")


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
    draw; `table` holds the same numbers, its columns named as shown. `alt` tells the finding to who cannot see. `plot`
    holds the numbers for an office program's own chart; `facts` are the ids of the facts that are
    shown; `hint` says what a click does, on the screen only; `drawn` are
    notes on how the chart is drawn; `short` is a shorter chart for pictures.
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


def show(
    card: Card,
    on_pick: Callable[[int], None] | None = None,
    on_mark: Callable[[str], None] | None = None,
    on_cell: Callable[[int, str], None] | None = None,
) -> None:
    """Draw a card: chart or table, as its reader switches, and the ways to take it away.

    `on_pick` is called with the position of a row of the table that is clicked, before the page runs again; `on_mark`
    with the id that a clicked mark carries as its `customdata`; `on_cell` like `on_pick`, with the column as well.
    """
    with st.container(border=True, key=f"card-{card.id}"):
        switch = address.Parameter(f"view-{card.id}", VIEWS, VIEWS[0])
        as_table = card.body is None or address.seed(switch) == "table"
        if card.hint and not as_table:
            st.caption(card.hint)
        if as_table:
            _show_table(card, on_pick, on_cell)
        else:
            _show_chart(card, on_mark)
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            if card.body is not None:
                fields.draw(
                    st.segmented_control,
                    switch,
                    labels.word("card.view"),
                    required=True,
                    format_func=lambda view: labels.word(f"card.{view}"),
                    label_visibility="collapsed",
                )
            with st.container(horizontal=True, width="content", gap="medium"):
                for way, take, icon in (
                    ("export", taking.export, "ios_share"),
                    ("collect", taking.collect, "playlist_add"),
                ):
                    st.button(
                        labels.word(f"card.{way}"),
                        key=f"{way}-{card.id}",
                        on_click=take,
                        args=(card,),
                        type="tertiary",
                        icon=f":material/{icon}:",
                        help=labels.word(f"card.{way}_help"),
                    )


def _show_chart(card: Card, on_mark: Callable[[str], None] | None) -> None:
    key, last = f"figure-{card.id}", f"mark-{card.id}"

    def follow() -> None:
        """A second click on a mark takes its selection back: nothing is selected, and the last mark is meant again."""
        marked = mark(st.session_state[key]) or st.session_state.get(last, "")
        st.session_state[last] = marked
        if marked and on_mark is not None:
            on_mark(marked)

    more: dict[str, Any] = {} if on_mark is None else {"on_select": follow, "selection_mode": "points"}
    st.plotly_chart(card.figure, theme=None, key=key, config=chart_style.CONFIG, alt=card.alt, **more)


def mark(state: Any) -> str:
    """The id that the clicked mark of a chart carries; "" where none is clicked or it carries none."""
    points = state["selection"]["points"]
    data = points[0].get("customdata") if points else None
    return str(data[0] if isinstance(data, (list, tuple)) else data or "")


def picked(state: DataframeState) -> int | None:
    """Position of the row in which a cell is chosen, None where none is."""
    cells = state["selection"]["cells"]
    return cells[0][0] if cells else None


def _show_table(
    card: Card, on_pick: Callable[[int], None] | None, on_cell: Callable[[int, str], None] | None = None
) -> None:
    st.markdown(f"**{wording.markdown(card.title)}**")
    st.caption(wording.markdown(card.subtitle))
    key = f"table-{card.id}"

    def follow() -> None:
        cells = st.session_state[key]["selection"]["cells"]
        if cells and on_pick is not None:
            on_pick(cells[0][0])
        if cells and on_cell is not None:
            on_cell(*cells[0])

    alt = labels.word("card.table_alt", title=card.title)
    if on_pick is None and on_cell is None:
        st.dataframe(card.table, hide_index=True, key=key, placeholder="", alt=alt)
    else:
        st.dataframe(
            card.table,
            hide_index=True,
            key=key,
            placeholder="",
            alt=alt,
            on_select=follow,
            selection_mode="single-cell",
        )
    st.caption("  \n".join(wording.markdown(line) for line in card.footer))
