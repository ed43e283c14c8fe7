"""Cards on the screen: chart or table, as its reader switches, and the ways to take it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.typing import DataframeState

import address
import chart_style
import fields
import labels
import taking
import wording
from card import Card

VIEWS = ("chart", "table")


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
