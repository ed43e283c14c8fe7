"""Parts of the page 目标清单: its facets, its matrix, and the facts behind a cell."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import address
import compare_parts
import evidence_dialog
import fields
import filters
import labels
import links
import listing_dialog
import target_rows
import wording
from target_rows import Facets
from targets_cards import MIRRORED
from view import View

CELL = address.Parameter("tg_cell")
"""Holds the cell whose facts are listed, as `cell_id` makes it."""
SPREAD = address.Parameter("tg_spread", target_rows.SPREADS, target_rows.SPREADS[0])
STATE = address.Parameter("tg_state", target_rows.STATES, ())
QUERY = address.Parameter("tg_q")


def asked() -> Facets:
    """What the facets of the page ask for, as the address or their widgets have it."""
    spread, states, query = (address.seed(parameter) for parameter in (SPREAD, STATE, QUERY))
    return Facets(str(spread), tuple(states or ()), str(query or ""))


def facets(view: View, counts: dict[str, dict[str, int]]) -> None:
    """Draw the facets of `asked` and the mirrored filters; each option says how many indicators it would leave."""

    def counted(facet: str, name: str, option: str) -> str:
        return labels.word("targets_page.option", name=name, count=counts[facet].get(option, 0))

    search, spread, theme = st.columns(3)
    fields.draw(
        search.text_input,
        QUERY,
        labels.word("targets_page.search"),
        placeholder=labels.word("targets_page.search_placeholder"),
    )
    fields.draw(
        spread.selectbox,
        SPREAD,
        labels.word("targets_page.spread"),
        format_func=lambda choice: counted("spread", labels.word(f"targets_page.spread_{choice}"), choice),
    )
    with st.container(horizontal=True, gap="medium"):
        fields.draw(
            st.pills,
            STATE,
            labels.word("targets_page.state"),
            selection_mode="multi",
            format_func=lambda state: counted("state", labels.word(f"targets_page.state_{state}"), state),
            help=labels.word("targets_page.state_help"),
            width="content",
        )
        attribute = st.container(width="content")
    places = {"theme": theme, "kind": st.container(), "attribute": attribute}
    for item in view.filters:
        if item.key in MIRRORED:
            _mirror(places[item.key], item, lambda option, item=item: counted(item.key, item.name(option), option))


def _mirror(place: DeltaGenerator, item: filters.Filter, name: Callable[[str], str]) -> None:
    """A global filter a second time: it shows the state of the first and hands its own on to it."""
    key = f"tg-{item.key}"
    st.session_state[key] = list(st.session_state[item.key])

    def hand_on() -> None:
        st.session_state[item.key] = list(st.session_state[key])

    if item.key == "theme":
        place.multiselect(
            item.title,
            item.options,
            key=key,
            format_func=name,
            on_change=hand_on,
            placeholder=labels.word("filters.any"),
            select_all=False,
        )
    else:
        place.pills(
            item.title,
            item.options,
            key=key,
            selection_mode="multi",
            format_func=fields.plain(name),
            on_change=hand_on,
            width="content",
        )


def nothing(view: View) -> None:
    """What stands in place of the matrix when filters and facets leave no indicator."""

    def loosen() -> None:
        filters.reset(view.filters)
        st.session_state["tg_q"], st.session_state["tg_state"] = "", []
        st.session_state["tg_spread"] = target_rows.SPREADS[0]

    with st.container(border=True, key="tg-nothing"):
        st.markdown(labels.word("targets_page.nothing"))
        st.caption(labels.word("targets_page.nothing_hint"))
        st.button(labels.word("targets_page.loosen"), key="tg-loosen", on_click=loosen)


def cell_id(doc_id: str, key: str) -> str:
    """A cell as text for the address: document, empty for all of them, and indicator."""
    return f"{doc_id}:{key}"


def stated_in(stated: pd.DataFrame, cell: str) -> pd.DataFrame:
    """Facts behind a cell: rows of `stated`."""
    doc_id, _, key = cell.partition(":")
    own = stated[stated["key"] == key]
    return own[own["doc_id"] == doc_id] if doc_id else own


def follow(stated: pd.DataFrame, cell: str) -> None:
    """Open the facts of a cell: a single one where it stands, several as a list. For callbacks."""
    own = stated_in(stated, cell)
    st.session_state[CELL.key] = "" if len(own) == 1 else cell
    if len(own) == 1:
        evidence_dialog.ask(str(own["target_id"].iloc[0]))


def behind(stated: pd.DataFrame, view: View) -> None:
    """The facts of the cell that was clicked, or that there are none; nothing where none was clicked."""
    cell = str(address.seed(CELL) or "")
    doc_id, _, key = cell.partition(":")
    known = view.facts[view.facts["key"] == key]
    if known.empty or (doc_id and doc_id not in view.directory.documents):
        return
    label = str(known["label"].iloc[0])
    own = stated_in(stated, cell)

    def close() -> None:
        st.session_state[CELL.key] = ""

    where = view.directory.document(doc_id) if doc_id else labels.word("targets_page.every_document")

    def draw() -> None:
        if own.empty:
            hidden = len(stated_in(known, cell))
            words = "silent" if not hidden else "hidden"
            st.caption(
                wording.markdown(labels.word(f"targets_page.{words}", document=where, label=label, count=hidden))
            )
        else:
            compare_parts.facts(list(own["target_id"]), label, view)
        links.draw(view, "compare", labels.word("targets_page.compare", label=label), "compare_arrows", indicator=key)

    head = labels.word("targets_page.behind", document=where, label=label, count=len(own))
    listing_dialog.show(head, draw, close)
