"""单区档案: one document of one region on one sheet that can be printed."""

from __future__ import annotations

import streamlit as st

import cards
import labels
import links
import overview_parts
import profile_cards
import profile_parts
from view import current

view = current()
links.follow(view)
documents = view.documents
if not documents:
    st.info(labels.word("overview.nothing"))
    st.stop()

document, every = profile_parts.choose(documents, view)
stated = view.selection.facts(view.facts)
facts = stated[stated["doc_id"] == document.id]
profile_parts.head(document, facts, view)

targets = profile_cards.target_card(document, facts, every, view)
if targets:
    cards.show(targets, on_mark=overview_parts.follow)
else:
    st.caption(labels.word("profile.no_targets"))

topics = profile_cards.topic_card(document, view)
if topics:
    cards.show(topics, on_mark=overview_parts.follow)
else:
    st.caption(labels.word("profile.no_topics"))

themes = profile_cards.theme_card(document, view)
if themes:
    cards.show(themes, on_mark=overview_parts.follow)

found = profile_cards.relation(document, view)
if found is None:
    st.caption(labels.word("profile.no_relation"))
else:
    cards.show(profile_cards.relation_card(document, *found, view), on_mark=overview_parts.follow)
with st.container(horizontal=True, key="pf_after"):
    links.draw(view, "targets", labels.word("profile.to_targets"), "checklist")
    links.draw(view, "carryover", labels.word("profile.to_carryover"), "move_down")
