"""Passages side by side: a column a document, with pages, marked words, facts, neighbours and quotations."""

from __future__ import annotations

import streamlit as st

import address
import evidence_dialog
import labels
import reading_page
import reading_parts
import wording
from cards import Card
from directory import Document
from reading_find import Found, Wanted
from reading_page import LENGTH, Column, Passage
from reading_parts import OPEN, PAGE
from view import View, kept

FEW = 3
"""Facts of a passage that are offered without opening a list."""


def show(card: Card, found: Found, documents: list[Document], wanted: Wanted, best_first: bool, view: View) -> None:
    """The passages in columns, between the words that cite them. `found`: those of `documents`, ordered."""
    with st.container(border=True, key="card-reading"):
        st.markdown(f"##### {wording.markdown(card.title)}")
        st.caption(wording.markdown(card.subtitle))
        ids = tuple(document.id for document in documents)
        page = _page(reading_page.pages(found, ids))
        opened = tuple(address.seed(address.Parameter(OPEN, None, ())))
        shown = kept(_work, view, wanted, ids, best_first, page, opened)
        st.session_state[OPEN] = [passage.id for column in shown for passage in column.passages if passage.opened]
        for place, column in zip(st.columns(len(shown), gap="medium"), shown, strict=True):
            with place:
                _column(column)
        st.caption("  \n".join(wording.markdown(line) for line in card.footer))


def _work(
    view: View, wanted: Wanted, ids: tuple[str, ...], best_first: bool, page: int, opened: tuple[str, ...]
) -> tuple[Column, ...]:
    documents = [view.directory.documents[doc_id] for doc_id in ids]
    found = reading_parts.ordered(view, wanted, ids, best_first)
    paths = reading_parts.names(view).paths
    return reading_page.columns(found, documents, page, opened, wanted.indicator, paths, view)


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


def _column(column: Column) -> None:
    st.html(column.head)
    if not column.passages:
        st.caption(labels.word("reading.no_more" if column.found else "reading.none_here"))
    for passage in column.passages:
        with st.container(border=True, gap="xsmall"):
            st.html(passage.html)
            _facts(passage)
            if passage.quotation:
                _more(passage)


def _facts(passage: Passage) -> None:
    """The facts of a passage, each one click from its place."""
    told = passage.facts
    if not told:
        return
    key = f"rd_facts_{wording.short_id(passage.id)}"

    def ask() -> None:
        evidence_dialog.ask(st.session_state[key] or "")
        st.session_state[key] = None

    head = labels.word("reading.facts", count=len(told))
    place = st if len(told) <= FEW else st.popover(head, type="tertiary", icon=":material/pin:")
    place.pills(head, told, key=key, format_func=told.__getitem__, label_visibility="collapsed", on_change=ask)


def _more(passage: Passage) -> None:
    """Neighbours on demand, and the words to take away."""

    def switch() -> None:
        others = [other for other in st.session_state[OPEN] if other != passage.id]
        st.session_state[OPEN] = others if passage.opened else [*others, passage.id]

    with st.container(horizontal=True, gap="small"):
        st.button(
            labels.word("reading.near_close" if passage.opened else "reading.near_open"),
            key=f"rd_near_{wording.short_id(passage.id)}",
            type="tertiary",
            icon=":material/unfold_less:" if passage.opened else ":material/unfold_more:",
            on_click=switch,
        )
        with st.popover(labels.word("reading.quote"), type="tertiary", icon=":material/format_quote:"):
            st.code(passage.quotation, language=None, wrap_lines=True)
