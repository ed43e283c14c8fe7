"""Parts of the page 主题覆盖: choice of measure, theme, topic and document, and the ways to the passages."""

from __future__ import annotations

import pandas as pd
import streamlit as st

import address
import cards
import labels
import links
import outline_cards
import theme_cards
import theme_outline
import theme_share
from view import View

READING = "app_pages/reading.py"
_GO = "th_go"
"""Key of the state that holds the topic whose passages a click asks for."""


def measure() -> str:
    """Draw the choice of a measure and return it."""
    address.seed(
        address.Parameter(
            "measure",
            theme_share.MEASURES,
            theme_share.MEASURES[0],
            lambda name: {str(labels.node(f"themes_page.{name}", language)) for language in labels.LANGUAGES},
        )
    )
    chosen: str = st.segmented_control(
        labels.word("themes_page.measure"),
        theme_share.MEASURES,
        required=True,
        key="measure",
        format_func=lambda name: labels.word(f"themes_page.{name}"),
    )
    return chosen


def theme(table: pd.DataFrame) -> str:
    """Draw the choice of a theme, those that are mentioned most first, and return it."""
    themes = theme_share.ranked(table, "theme", "count") or list(labels.node("themes"))
    address.seed(address.Parameter("topic_theme", themes, themes[0], lambda item: labels.names("themes", item)))
    chosen: str = st.selectbox(
        labels.word("themes_page.topic"),
        themes,
        key="topic_theme",
        format_func=lambda item: labels.name("themes", item),
    )
    return chosen


def pick_theme(chosen: str) -> None:
    """Look into a theme. For the callback of a mark."""
    if chosen:
        st.session_state["topic_theme"] = chosen


def ask(topic: str) -> None:
    """Go to the passages of a topic as soon as the page runs again. For callbacks of marks and rows."""
    if topic:
        st.session_state[_GO] = topic


def follow(view: View) -> None:
    """Leave for the passages of a topic that was asked for."""
    topic = st.session_state.pop(_GO, "")
    if topic:
        st.switch_page(READING, query_params=links.carried(view, topic=topic))


def topics(table: pd.DataFrame, chosen: str, how: str, view: View) -> None:
    """The topics of a theme; a click on one leads to its passages."""
    if table.empty or not table["count"].max() > 0:
        st.caption(labels.word("themes_page.no_topics", theme=labels.name("themes", chosen)))
        return
    st.caption(labels.word("themes_page.topic_hint"))
    ids = list(table["topic"])
    cards.show(theme_cards.topic_card(table, how, chosen, view), on_pick=lambda row: ask(ids[row]), on_mark=ask)


def chapters(table: pd.DataFrame, chosen: str, view: View) -> None:
    """Where in the documents a theme or one of its topics is mentioned. `table`: columns of `theme_share.by_topic`."""
    st.subheader(labels.word("outline.chapter_section"), anchor=False)
    known = [topic for topic in theme_share.ranked(table, "topic", "count") if topic]
    options = ("", *known)
    address.seed(
        address.Parameter("th_topic", options, "", lambda item: {view.directory.topic(item)} if item else set())
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        topic = st.selectbox(
            labels.word("outline.topic"),
            options,
            key="th_topic",
            format_func=lambda item: view.directory.topic(item) if item else labels.word("outline.whole_theme"),
            width=360,
        )
        focus = {"topic": topic} if topic else {"rd_theme": chosen}
        st.page_link(
            READING,
            label=labels.word("outline.read"),
            icon=":material/menu_book:",
            query_params=links.carried(view, **focus),
        )
    documents = [document.id for document in view.documents]
    said = theme_outline.by_chapter(view.tables["coverage"], view.tables["sections"], documents, chosen, topic)
    if said.empty:
        st.caption(labels.word("themes_page.no_topics", theme=labels.name("themes", chosen)))
        return
    cards.show(outline_cards.chapter_card(said, chosen, topic, view))


def outline(chosen: str, view: View) -> None:
    """The outline of one document, coloured by a theme."""
    st.subheader(labels.word("outline.section_head"), anchor=False)
    documents = {document.id: document for document in view.documents}
    address.seed(address.Parameter("th_doc", tuple(documents), next(iter(documents))))
    doc_id = st.selectbox(
        labels.word("outline.document"), list(documents), key="th_doc", format_func=view.directory.document
    )
    table = theme_outline.outline(view.tables["passages"], view.tables["sections"], doc_id, chosen)
    if table.empty:
        st.caption(labels.word("outline.flat", document=view.directory.document(doc_id)))
        return
    cards.show(outline_cards.outline_card(table, chosen, documents[doc_id], view))
