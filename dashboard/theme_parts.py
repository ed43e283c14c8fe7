"""Parts of the page 主题覆盖: choice of measure, theme, topic and document, and the ways to the passages."""

from __future__ import annotations

import pandas as pd
import streamlit as st

import address
import cards
import chart_themes
import derived
import fields
import labels
import links
import outline_cards
import theme_cards
import theme_outline
import theme_share
from card import Card
from view import View, kept

PART, PARTS = "th_part", ("themes", "topics", "outline")
"""Parameter of what the page shows, and what it may be."""


def measure() -> str:
    """Draw the choice of a measure and return it."""
    chosen: str = fields.draw(
        st.segmented_control,
        address.Parameter(
            "measure",
            theme_share.MEASURES,
            theme_share.MEASURES[0],
            lambda name: {str(labels.node(f"themes_page.{name}", language)) for language in labels.LANGUAGES},
        ),
        labels.word("themes_page.measure"),
        required=True,
        label_visibility="collapsed",
        format_func={name: labels.word(f"themes_page.{name}") for name in theme_share.MEASURES}.__getitem__,
    )
    return chosen


def part() -> str:
    """Draw the choice of what the page shows, and return it."""
    chosen: str = fields.draw(
        st.segmented_control,
        address.Parameter(PART, PARTS, PARTS[0]),
        labels.word("outline.part"),
        required=True,
        format_func={name: labels.word(f"outline.parts.{name}") for name in PARTS}.__getitem__,
        label_visibility="collapsed",
    )
    return chosen


def _table(view: View) -> pd.DataFrame:
    every = derived.themes(view.tables)
    own = view.selection.listed(every[every["doc_id"].isin([document.id for document in view.documents])])
    touched = own.groupby("theme")[["count", "chars"]].sum().sum(axis=1)
    return own[own["theme"].isin(touched.index[touched > 0])].reset_index(drop=True)


def table(view: View) -> pd.DataFrame:
    """Themes that the documents chosen touch, of those chosen: columns of `theme_share.by_theme`."""
    return kept(_table, view)


def _heat(view: View, how: str) -> Card:
    return theme_cards.heat_card(table(view), how, view)


def heat(view: View, how: str) -> Card:
    """The card of all themes in all documents."""
    return kept(_heat, view, how)


def _gap(view: View, how: str, doc_type: str) -> Card | None:
    members = chart_themes.facets(view.documents)[doc_type]
    return theme_cards.gap_card(table(view), how, doc_type, members, view) if len(members) > 1 else None


def gap(view: View, how: str, doc_type: str) -> Card | None:
    """The card of themes in which documents of one type differ; None where there are no two."""
    return kept(_gap, view, how, doc_type)


def overview(how: str, view: View) -> None:
    """All themes in all documents, each one click from its topics; then documents of one type compared."""
    st.caption(labels.word("outline.theme_hint"))
    cards.show(heat(view, how), on_mark=pick_theme)
    st.subheader(labels.word("themes_page.gap_section"), anchor=False)
    for doc_type, members in chart_themes.facets(view.documents).items():
        card = gap(view, how, doc_type)
        if card:
            cards.show(card)
        else:
            words = "unspoken" if len(members) > 1 else "alone"
            st.caption(
                labels.word(
                    f"themes_page.{words}", doc_type=labels.name("doc_type_names", doc_type), count=len(members)
                )
            )


def _ranked(view: View) -> list[str]:
    return theme_share.ranked(table(view), "theme", "count")


def theme(view: View) -> str:
    """Draw the choice of a theme, those that are mentioned most first, and return it."""
    themes = kept(_ranked, view) or list(labels.node("themes"))
    chosen: str = fields.draw(
        st.selectbox,
        address.Parameter("topic_theme", themes, themes[0], lambda item: labels.names("themes", item)),
        labels.word("themes_page.topic"),
        format_func={item: labels.name("themes", item) for item in themes}.__getitem__,
    )
    return chosen


def pick_theme(chosen: str) -> None:
    """Show the topics of a theme. For the callback of a mark."""
    if chosen:
        st.session_state["topic_theme"], st.session_state[PART] = chosen, "topics"


def ask(topic: str) -> None:
    """Go to the passages of a topic as soon as the page runs again. For callbacks of marks and rows."""
    if topic:
        links.ask("reading", topic=topic)


def _topics(view: View, chosen: str) -> pd.DataFrame:
    documents = [document.id for document in view.documents]
    return theme_share.by_topic(view.tables["passages"], view.tables["coverage"], documents, chosen)


def _topic_card(view: View, chosen: str, how: str) -> Card:
    return theme_cards.topic_card(kept(_topics, view, chosen), how, chosen, view)


def topics(chosen: str, how: str, view: View) -> None:
    """The topics of a theme; a click on one leads to its passages."""
    table = kept(_topics, view, chosen)
    if table.empty or not table["count"].max() > 0:
        st.caption(labels.word("themes_page.no_topics", theme=labels.name("themes", chosen)))
        return
    st.caption(labels.word("themes_page.topic_hint"))
    ids = list(table["topic"])
    cards.show(kept(_topic_card, view, chosen, how), on_pick=lambda row: ask(ids[row]), on_mark=ask)


def _chapters(view: View, chosen: str, topic: str) -> Card | None:
    documents = [document.id for document in view.documents]
    said = theme_outline.by_chapter(view.tables["coverage"], view.tables["sections"], documents, chosen, topic)
    return None if said.empty else outline_cards.chapter_card(said, chosen, topic, view)


def chapters(chosen: str, view: View) -> None:
    """Where in the documents a theme or one of its topics is mentioned."""
    table = kept(_topics, view, chosen)
    st.subheader(labels.word("outline.chapter_section"), anchor=False)
    known = [topic for topic in theme_share.ranked(table, "topic", "count") if topic]
    names = {"": labels.word("outline.whole_theme")} | {topic: view.directory.topic(topic) for topic in known}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        topic = fields.draw(
            st.selectbox,
            address.Parameter("th_topic", tuple(names), "", lambda item: {names[item]}),
            labels.word("outline.topic"),
            format_func=names.__getitem__,
            width=360,
        )
        focus = {"topic": topic} if topic else {"rd_theme": chosen}
        links.draw(view, "reading", labels.word("outline.read"), "menu_book", **focus)
    card = kept(_chapters, view, chosen, topic)
    if card is None:
        st.caption(labels.word("themes_page.no_topics", theme=labels.name("themes", chosen)))
    else:
        cards.show(card)


def _outline(view: View, doc_id: str, chosen: str) -> Card | None:
    table = theme_outline.outline(view.tables["passages"], view.tables["sections"], doc_id, chosen)
    document = view.directory.documents[doc_id]
    return None if table.empty else outline_cards.outline_card(table, chosen, document, view)


def outline(chosen: str, view: View) -> None:
    """The outline of one document, coloured by a theme."""
    documents = [document.id for document in view.documents]
    doc_id = fields.draw(
        st.selectbox,
        address.Parameter("th_doc", documents, documents[0]),
        labels.word("outline.document"),
        format_func=view.directory.document,
    )
    card = kept(_outline, view, doc_id, chosen)
    if card is None:
        st.caption(labels.word("outline.flat", document=view.directory.document(doc_id)))
    else:
        cards.show(card)
