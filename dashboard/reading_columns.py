"""Passages side by side: a column a document, with pages, marked words, facts, neighbours and quotations."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import address
import evidence_dialog
import labels
import reading_page
import reading_parts
import wording
from card import Card
from directory import Document
from reading_find import Found, Wanted
from reading_page import LENGTH, Page
from reading_parts import OPEN, PAGE
from view import View, kept

KEY = "rd_panel"
_PANEL = st.components.v2.component(
    "plan_reading_panel",
    css=Path(__file__).with_name("reading_panel.css").read_text(encoding="utf-8"),
    js=Path(__file__).with_name("reading_panel.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
"""All passages of a page as one element: one a passage, with its buttons, would take most of the time of a run."""


def show(card: Card, found: Found, documents: list[Document], wanted: Wanted, best_first: bool, view: View) -> None:
    """The passages in columns, between the words that cite them. `found`: those of `documents`, ordered."""
    with st.container(border=True, key="card-reading"):
        st.markdown(f"##### {wording.markdown(card.title)}")
        st.caption(wording.markdown(card.subtitle))
        ids = tuple(document.id for document in documents)
        page = _page(reading_page.pages(found, ids))
        opened = tuple(address.seed(address.Parameter(OPEN, None, ())))
        shown = kept(_work, view, wanted, ids, best_first, page, opened)
        st.session_state[OPEN] = list(shown.opened)
        data = {"html": shown.html, "copied": labels.word("reading.quote_copied")}
        _PANEL(key=KEY, data=data, on_fact_change=_ask, on_near_change=_switch)
        st.caption("  \n".join(wording.markdown(line) for line in card.footer))


def _work(
    view: View, wanted: Wanted, ids: tuple[str, ...], best_first: bool, page: int, opened: tuple[str, ...]
) -> Page:
    documents = [view.directory.documents[doc_id] for doc_id in ids]
    found = reading_parts.ordered(view, wanted, ids, best_first)
    paths = reading_parts.names(view).paths
    return reading_page.page(found, documents, page, opened, wanted.indicator, paths, view)


def read(found: Found, row: int) -> None:
    """Show the passage of a row of the list in its column. For a callback."""
    own = found.passages.iloc[row]
    before = found.passages["doc_id"].iloc[:row].eq(own["doc_id"]).sum()
    st.session_state["rd_view"], st.session_state[OPEN] = "side", [own["passage_id"]]
    st.session_state[PAGE] = str(before // LENGTH + 1)


def _page(pages: int) -> int:
    """Draw the choice of a page, where there are several, and return the one to show."""
    wanted = str(address.seed(address.Parameter(PAGE, None, "1")))
    page = min(max(int(wanted), 1), pages) if wanted.isdecimal() else 1
    st.session_state[PAGE] = str(page)
    if pages > 1:
        key = f"rd_pager_{pages}_{page}"

        def turn() -> None:
            st.session_state[PAGE], st.session_state[OPEN] = str(st.session_state[key]), []

        with st.container(horizontal=True, vertical_alignment="center"):
            st.pagination(pages, default=page, key=key, on_change=turn, width=340)
            st.caption(labels.word("reading.page", page=page, pages=pages, length=LENGTH))
    return page


def _ask() -> None:
    """The place of the fact that was clicked."""
    evidence_dialog.ask(str(st.session_state[KEY].fact or ""))


def _switch() -> None:
    """Show the neighbours of the passage that was clicked, or hide them."""
    clicked, opened = str(st.session_state[KEY].near or ""), st.session_state[OPEN]
    others = [other for other in opened if other != clicked]
    st.session_state[OPEN] = others if clicked in opened else [*others, clicked]
