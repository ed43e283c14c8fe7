"""总览: regions side by side, the largest differences, what each document stresses, and ways to the answers."""

from __future__ import annotations

import streamlit as st

import cards
import differences
import labels
import links
import overview_cards
import overview_parts
import stress_cards
from view import current

ACROSS = 5
"""Regions side by side in one card."""

view = current()
links.follow(view)
overview_parts.questions(view)
documents = view.documents
if not documents:
    st.info(labels.word("overview.nothing"))
    st.stop()

facts = view.selection.facts(view.facts)
regions = list(dict.fromkeys(document.region_id for document in documents))
for start in range(0, len(regions), ACROSS):
    part = regions[start : start + ACROSS]
    cards.show(overview_cards.grid_card(part, facts, view), on_mark=overview_parts.follow)
    overview_parts.profiles(part, view)

st.subheader(labels.word("overview.differences"), anchor=False)
found = differences.find(facts, view.directory)
if found:
    shown = found[: overview_cards.DIFFERENCES]
    cards.show(overview_cards.difference_card(shown, len(found), view), on_mark=overview_parts.follow)
    overview_parts.comparisons(shown, view)
else:
    st.caption(labels.word("overview.no_differences"))
shares = overview_cards.share_card(view)
if shares:
    cards.show(shares)

st.subheader(labels.word("overview.stresses"), anchor=False)
cards.show(stress_cards.stress_card(view), on_mark=overview_parts.follow)
