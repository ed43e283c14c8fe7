"""主题覆盖: how much of each document's text each theme takes, and the topics within a theme."""

from __future__ import annotations

import streamlit as st

import address
import cards
import chart_themes
import labels
import theme_cards
import theme_share
from view import current

view = current()
documents = [document.id for document in view.documents]
passages, coverage = view.tables["passages"], view.tables["coverage"]
address.seed(
    address.Parameter(
        "measure",
        theme_share.MEASURES,
        theme_share.MEASURES[0],
        lambda name: {str(labels.node(f"themes_page.{name}", language)) for language in labels.LANGUAGES},
    )
)
measure = st.segmented_control(
    labels.word("themes_page.measure"),
    theme_share.MEASURES,
    required=True,
    key="measure",
    format_func=lambda name: labels.word(f"themes_page.{name}"),
)
st.caption(labels.word("themes_page.filters_note"))
table = view.selection.listed(theme_share.by_theme(passages, coverage, documents))

if table.empty or not table[measure].max() > 0:
    st.info(labels.word("themes_page.nothing"))
    st.stop()

st.subheader(labels.word("themes_page.heat_section"), anchor=False)
cards.show(theme_cards.heat_card(table, measure, view))

st.subheader(labels.word("themes_page.gap_section"), anchor=False)
for doc_type, members in chart_themes.facets(view.documents).items():
    card = theme_cards.gap_card(table, measure, doc_type, members, view) if len(members) > 1 else None
    if card:
        cards.show(card)
    else:
        words = "unspoken" if len(members) > 1 else "alone"
        name = labels.name("doc_type_names", doc_type)
        st.caption(labels.word(f"themes_page.{words}", doc_type=name, count=len(members)))

st.subheader(labels.word("themes_page.topic_section"), anchor=False)
themes = theme_share.ranked(table, "theme", "count") or list(labels.node("themes"))
address.seed(address.Parameter("topic_theme", themes, themes[0], lambda theme: labels.names("themes", theme)))
theme = st.selectbox(
    labels.word("themes_page.topic"),
    themes,
    key="topic_theme",
    format_func=lambda item: labels.name("themes", item),
)
topics = theme_share.by_topic(passages, coverage, documents, theme)
if len(topics) and topics["count"].max() > 0:
    cards.show(theme_cards.topic_card(topics, measure, theme, view))
else:
    st.caption(labels.word("themes_page.no_topics", theme=labels.name("themes", theme)))
