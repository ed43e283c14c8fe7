"""主题覆盖: how much of each document's text each theme takes, its topics, and where in the documents they stand."""

from __future__ import annotations

import streamlit as st

import cards
import chart_themes
import labels
import theme_cards
import theme_parts
import theme_share
from view import current

view = current()
theme_parts.follow(view)
documents = [document.id for document in view.documents]
passages, coverage = view.tables["passages"], view.tables["coverage"]
measure = theme_parts.measure()
st.caption(labels.word("themes_page.filters_note"))
table = view.selection.listed(theme_share.by_theme(passages, coverage, documents))

if table.empty or not table[measure].max() > 0:
    st.info(labels.word("themes_page.nothing"))
    st.stop()

st.subheader(labels.word("themes_page.heat_section"), anchor=False)
cards.show(theme_cards.heat_card(table, measure, view), on_mark=theme_parts.pick_theme)

st.subheader(labels.word("themes_page.gap_section"), anchor=False)
for doc_type, members in chart_themes.facets(view.documents).items():
    card = theme_cards.gap_card(table, measure, doc_type, members, view) if len(members) > 1 else None
    if card:
        cards.show(card)
    else:
        words = "unspoken" if len(members) > 1 else "alone"
        st.caption(labels.word(f"themes_page.{words}", doc_type=doc_type, count=len(members)))

st.subheader(labels.word("themes_page.topic_section"), anchor=False)
theme = theme_parts.theme(table)
topics = theme_share.by_topic(passages, coverage, documents, theme)
theme_parts.topics(topics, theme, measure, view)
theme_parts.chapters(topics, theme, view)
theme_parts.outline(theme, view)
