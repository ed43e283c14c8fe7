"""对照阅读: passages of a theme, a topic, an indicator or with given words, side by side, a column a document."""

from __future__ import annotations

from functools import partial

import streamlit as st

import cards
import labels
import reading_cards
import reading_columns
import reading_parts
from view import current

view = current()
known = reading_parts.names(view)
wanted = reading_parts.choose(known, view)
documents = reading_parts.side_by_side(view)
if not view.tables.has_words:
    st.info(labels.word("reading.no_words"), icon=":material/info:")
if documents:
    reading_parts.elsewhere(reading_parts.found(wanted, view), documents, view)
if not documents:
    reading_parts.no_documents(view)
elif not reading_parts.any_in(documents, wanted, view):
    reading_parts.nothing(reading_cards.asked(wanted, known.indicators, view), documents, view)
else:
    as_list, best_first = reading_parts.switches()
    found, card = reading_parts.card(wanted, documents, best_first, view)
    if as_list:
        st.caption(labels.word("reading.list_hint"))
        cards.show(card, on_pick=partial(reading_columns.read, found))
    else:
        reading_columns.show(card, found, documents, wanted, best_first, view)
