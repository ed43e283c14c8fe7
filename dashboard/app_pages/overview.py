"""总览: regions side by side, the largest differences, what each document stresses, and ways to the answers."""

from __future__ import annotations

import streamlit as st

import brief_parts
import cards
import labels
import links
import overview_parts
from view import View, current


def show(view: View) -> None:
    """All cards, from the regions to what each document stresses."""
    shown = overview_parts.build(view)
    for regions, card in shown.regions:
        cards.show(card, on_mark=overview_parts.follow)
        overview_parts.profiles(regions, view)
    st.subheader(labels.word("overview.differences"), anchor=False)
    if shown.differences:
        cards.show(shown.differences, on_mark=overview_parts.follow)
        overview_parts.comparisons(shown.found, view)
    else:
        st.caption(labels.word("overview.no_differences"))
    if shown.shares:
        cards.show(shown.shares)
    st.subheader(labels.word("overview.stresses"), anchor=False)
    cards.show(shown.stresses, on_mark=overview_parts.follow)
    brief_parts.offer([region for regions, _ in shown.regions for region in regions], view)


page_view = current()
links.follow(page_view)
overview_parts.questions(page_view)
if page_view.documents:
    show(page_view)
else:
    overview_parts.nothing(page_view)
