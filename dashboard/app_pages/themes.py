"""主题覆盖: how much of each document's text each theme takes, its topics, and where in the documents they stand."""

from __future__ import annotations

import streamlit as st

import labels
import theme_parts
import theme_share
from view import current

view = current()
theme_parts.follow(view)
documents = [document.id for document in view.documents]
passages, coverage = view.tables["passages"], view.tables["coverage"]
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    part = theme_parts.part()
    measure = theme_parts.measure() if part != "outline" else theme_share.MEASURES[0]
table = view.selection.listed(theme_share.by_theme(passages, coverage, documents))
if table.empty or not table[measure].max() > 0:
    st.info(labels.word("themes_page.nothing"))
elif part == "themes":
    theme_parts.overview(table, measure, view)
else:
    theme = theme_parts.theme(table)
    if part == "outline":
        theme_parts.outline(theme, view)
    else:
        topics = theme_share.by_topic(passages, coverage, documents, theme)
        theme_parts.topics(topics, theme, measure, view)
        theme_parts.chapters(topics, theme, view)
st.caption(labels.word("themes_page.filters_note"))
