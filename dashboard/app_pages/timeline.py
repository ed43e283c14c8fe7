"""时间线: values and targets of one indicator by year, a yearly report against the plan's path, targets by year."""

from __future__ import annotations

import streamlit as st

import cards
import compare_parts
import evidence_dialog
import labels
import timeline_cards
import timeline_parts
from view import current

view = current()
focus = timeline_parts.choose(view)
if focus is not None:
    key, label = focus
    work = timeline_parts.work(view, key)
    drawn = [card for panel in work.panels if (card := timeline_cards.panel_card(panel, label, view))]
    if not drawn:
        timeline_parts.none_dated(label)
    if len(drawn) > 1:
        compare_parts.parted(len(drawn))
    for card in drawn:
        cards.show(card, on_mark=evidence_dialog.ask)
    if work.checks:
        st.subheader(labels.word("timeline.pace"), anchor=False)
    for checks in work.checks:
        cards.show(timeline_cards.pace_card(checks, label, view), on_mark=evidence_dialog.ask)
    timeline_parts.to_compare(key, label)

stated = view.selection.facts(view.facts)
st.subheader(labels.word("timeline.spread"), anchor=False)
overview = timeline_cards.spread_card(stated, view)
if overview is None:
    st.caption(labels.word("timeline.no_aims"))
else:
    st.caption(labels.word("timeline.spread_hint"))
    cards.show(overview, on_mark=timeline_parts.spot)
    timeline_parts.behind(stated, view)
