"""单区档案: one document of one region on one sheet that can be printed."""

from __future__ import annotations

import streamlit as st

import brief_parts
import cards
import labels
import links
import overview_parts
import profile_parts
from directory import Document
from view import View, current


def show(documents: list[Document], view: View) -> None:
    """The sheet of one of the documents."""
    document, every = profile_parts.choose(documents, view)
    profile_parts.head(document, view)
    shown = profile_parts.build(document, every, view)
    for card, missing in (
        (shown.targets, labels.word("profile.no_targets")),
        (shown.topics, labels.word("profile.no_topics")),
        (shown.themes, labels.word("profile.no_themes")),
        (shown.relation, labels.word("profile.no_relation")),
    ):
        if card:
            cards.show(card, on_mark=overview_parts.follow)
        else:
            st.caption(missing)
    with st.container(horizontal=True, key="pf_after"):
        links.draw(view, "targets", labels.word("profile.to_targets"), "checklist")
        links.draw(view, "carryover", labels.word("profile.to_carryover"), "move_down")
    brief_parts.offer([document.region_id], view)


page_view = current()
links.follow(page_view)
if page_view.documents:
    show(page_view.documents, page_view)
else:
    overview_parts.nothing(page_view)
