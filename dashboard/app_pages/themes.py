"""主题覆盖: how much of each document's text each theme takes, its topics, and where in the documents they stand."""

from __future__ import annotations

import streamlit as st

import labels
import links
import theme_parts
import theme_share
from view import current

view = current()
links.follow(view)
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    part = theme_parts.part()
    measure = theme_parts.measure() if part != "outline" else theme_share.MEASURES[0]
table = theme_parts.table(view)
if table.empty or not table[measure].max() > 0:
    st.info(labels.word("themes_page.nothing"))
elif part == "themes":
    theme_parts.overview(measure, view)
else:
    theme = theme_parts.theme(view)
    if part == "outline":
        theme_parts.outline(theme, view)
    else:
        theme_parts.topics(theme, measure, view)
        theme_parts.chapters(theme, view)
st.caption(labels.word("themes_page.filters_note"))
