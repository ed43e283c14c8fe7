"""Parts of the page 对照阅读: the choice of what is wanted and of documents, and what stands where nothing is found."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

import address
import facts as fact_rows
import fields
import filters
import labels
import reading_cards
import reading_find
import wording
from card import Card
from directory import Document
from reading_find import Found, Wanted
from view import View, kept

MOST = 4
"""Documents that stand side by side at most."""
VIEWS = ("side", "list")
ORDERS = ("best", "line")
PAGE, OPEN, DOCUMENTS = "rd_page", "rd_near", "rd_docs"
"""Parameters: page of the columns, passages whose neighbours are shown, documents side by side."""


@dataclass(frozen=True)
class Names:
    """What is chosen from: key → name of indicators, id → name of topics; and section → path of its chapters."""

    indicators: dict[str, str]
    topics: dict[str, str]
    paths: dict[str, str]


def _names(view: View) -> Names:
    listing = fact_rows.catalogue(view.facts)
    coverage = view.tables["coverage"]
    said = coverage.loc[coverage["topic"] != ""].drop_duplicates("topic").set_index("topic")["theme"]
    order = list(labels.node("themes"))
    rank = {topic: order.index(theme) if theme in order else len(order) for topic, theme in said.items()}
    topics = {
        str(topic): labels.word(
            "reading.topic_option", topic=view.directory.topic(str(topic)), theme=labels.name("themes", said[topic])
        )
        for topic in sorted(said.index, key=lambda topic: (rank[topic], view.directory.topic(topic)))
    }
    return Names(
        dict(zip(listing["key"], listing["label"], strict=True)), topics, fact_rows.chapters(view.tables["sections"])
    )


def names(view: View) -> Names:
    """Names to choose from, made once per version of the tables and language."""
    return kept(_names, view.whole)


def choose(known: Names, view: View) -> Wanted:
    """Draw the choice of theme, topic, indicator and words, and return what is wanted."""
    anything = labels.word("filters.any")
    of_theme = {"": anything} | {item: labels.name("themes", item) for item in labels.node("themes")}
    choices = (
        ("theme", "rd_theme", of_theme, lambda theme: labels.names("themes", theme) if theme else set()),
        ("topic", "topic", {"": anything} | known.topics, lambda topic: {view.directory.topics.get(topic, "")}),
        ("indicator", "rd_indicator", {"": anything} | known.indicators, lambda key: {known.indicators.get(key, "")}),
    )
    columns = st.columns(4)
    theme, topic, indicator = (
        fields.draw(
            column.selectbox,
            address.Parameter(key, tuple(names), "", words),
            labels.word(f"reading.{word}"),
            format_func=names.__getitem__,
            help=labels.word(f"reading.{word}_help"),
            on_change=turn_to_first,
        )
        for column, (word, key, names, words) in zip(columns, choices, strict=False)
    )
    text = fields.draw(
        columns[3].text_input,
        address.Parameter("q"),
        labels.word("reading.q"),
        placeholder=labels.word("reading.q_placeholder"),
        help=labels.word("reading.q_help"),
        max_chars=60,
        icon=":material/search:",
        on_change=turn_to_first,
    )
    words = reading_find.split(text or "") if view.tables.has_words else ()
    return Wanted((theme,) if theme else view.selection.themes, topic or "", indicator or "", words)


def _found(view: View, wanted: Wanted) -> Found:
    return reading_find.find(wanted, [document.id for document in view.documents], stated(view), view.tables)


def found(wanted: Wanted, view: View) -> Found:
    """What is wanted, in all documents chosen."""
    return kept(_found, view, wanted)


def any_in(documents: list[Document], wanted: Wanted, view: View) -> bool:
    """Whether any of the documents has a passage that is wanted."""
    return any(document.id in found(wanted, view).counts for document in documents)


def ordered(view: View, wanted: Wanted, ids: tuple[str, ...], best_first: bool) -> Found:
    """What is wanted in some documents, by id, in the order of showing."""
    return reading_find.ordered(reading_find.within(found(wanted, view), list(ids)), best_first)


def _card(view: View, wanted: Wanted, ids: tuple[str, ...], best_first: bool) -> tuple[Found, Card]:
    own, known = ordered(view, wanted, ids, best_first), names(view)
    documents = [view.directory.documents[doc_id] for doc_id in ids]
    return own, reading_cards.card(own, wanted, documents, known.indicators, known.paths, view)


def card(wanted: Wanted, documents: list[Document], best_first: bool, view: View) -> tuple[Found, Card]:
    """What is wanted in the documents, and its card."""
    return kept(_card, view, wanted, tuple(document.id for document in documents), best_first)


def turn_to_first() -> None:
    """Back to the first page, nothing opened: for callbacks of what changes the passages."""
    st.session_state[PAGE], st.session_state[OPEN] = "1", []


def clear() -> None:
    """Want everything again. For the callback of a button."""
    for key in ("rd_theme", "topic", "rd_indicator", "q"):
        st.session_state[key] = ""
    turn_to_first()


def _first(documents: list[Document]) -> tuple[str, ...]:
    """The documents to begin with: those of the type that has most of them, as they compare best."""
    types = [document.doc_type for document in documents]
    common = max(types, key=types.count)
    alike = [one for one in documents if one.doc_type == common] if types.count(common) > 1 else documents
    return tuple(document.id for document in alike[:MOST])


def side_by_side(view: View) -> list[Document]:
    """The documents to read: all that are chosen, or, of more than MOST, those picked here."""
    documents = view.documents
    if len(documents) <= MOST:
        return documents
    ids = tuple(document.id for document in documents)
    picked = fields.draw(
        st.multiselect,
        address.Parameter(DOCUMENTS, ids, _first(documents)),
        labels.word("reading.documents", most=MOST),
        max_selections=MOST,
        format_func=view.directory.document,
        placeholder=labels.word("reading.documents_none"),
        select_all=False,
        on_change=turn_to_first,
    )
    return [document for document in documents if document.id in picked]


def stated(view: View) -> pd.DataFrame:
    """Facts under the filters, whatever their own theme: themes are those of passages here."""
    return replace(view.selection, themes=()).facts(view.facts)


def switches() -> tuple[bool, bool]:
    """Draw how passages are shown; whether as a list, and whether the nearest to what is wanted stand first."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        shown = fields.draw(
            st.segmented_control,
            address.Parameter("rd_view", VIEWS, VIEWS[0]),
            labels.word("reading.view"),
            required=True,
            format_func={item: labels.word(f"reading.views.{item}") for item in VIEWS}.__getitem__,
            label_visibility="collapsed",
        )
        order = fields.draw(
            st.segmented_control,
            address.Parameter("rd_order", ORDERS, ORDERS[0]),
            labels.word("reading.order"),
            required=True,
            format_func={item: labels.word(f"reading.orders.{item}") for item in ORDERS}.__getitem__,
            label_visibility="collapsed",
            on_change=turn_to_first,
        )
    return shown == "list", order == "best"


def elsewhere(found: Found, documents: list[Document], view: View) -> None:
    """How many passages the other chosen documents have, and those that have most in place of those shown."""
    shown = {document.id for document in documents}
    others = {one.id: found.counts.get(one.id, 0) for one in view.documents if one.id not in shown}
    if not any(others.values()):
        return
    said = labels.join(
        [
            labels.word("reading.counted", name=view.directory.document(doc_id), count=number)
            for doc_id, number in others.items()
            if number
        ]
    )

    def swap() -> None:
        st.session_state[DOCUMENTS] = list(found.counts)[:MOST]
        turn_to_first()

    with st.container(horizontal=True, vertical_alignment="center", key="elsewhere"):
        st.caption(wording.markdown(labels.word("reading.elsewhere", values=said)), width="content")
        st.button(
            labels.word("reading.swap"), key="rd_swap", type="tertiary", icon=":material/swap_horiz:", on_click=swap
        )


def nothing(asked: list[str], documents: list[Document], view: View) -> None:
    """What stands in place of the passages where none has what is wanted, and the way back."""
    said = labels.word("filters.between").join(asked) or labels.word("filters.any")
    names = labels.join([document.name for document in documents])
    with st.container(border=True, key="nothing"):
        st.markdown(wording.markdown(labels.word("reading.nothing", asked=said, documents=names)))
        st.caption(labels.word("reading.nothing_hint"))
        with st.container(horizontal=True):
            st.button(labels.word("reading.clear"), key="rd_clear", type="primary", on_click=clear)
            st.button(labels.word("filters.reset"), key="rd_reset", on_click=filters.reset, args=(view.filters,))


def no_documents(view: View) -> None:
    """What stands in place of the columns while no document is picked."""

    def restore() -> None:
        st.session_state[DOCUMENTS] = list(_first(view.documents))

    with st.container(border=True, key="nothing"):
        st.markdown(labels.word("reading.no_documents"))
        st.button(labels.word("reading.restore"), key="rd_restore", type="primary", on_click=restore)
