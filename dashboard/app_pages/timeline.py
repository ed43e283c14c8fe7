"""时间线: values and targets of one indicator by year, a yearly report against the plan's path, targets by year."""

from __future__ import annotations

import streamlit as st

import cards
import compare_parts
import evidence_dialog
import labels
import timeline_parts
from view import current

view = current()
focus = timeline_parts.choose(view)
if focus is not None:
    work = timeline_parts.work(view, *focus)
    if not work.panels:
        timeline_parts.none_dated(focus[1])
    if len(work.panels) > 1:
        compare_parts.parted(len(work.panels))
    for card in work.panels:
        cards.show(card, on_mark=evidence_dialog.ask)
    if work.checks:
        st.subheader(labels.word("timeline.pace"), anchor=False)
    for card in work.checks:
        cards.show(card, on_mark=evidence_dialog.ask)
    timeline_parts.to_compare(*focus, view)

st.subheader(labels.word("timeline.spread"), anchor=False)
spread = timeline_parts.spread(view)
if spread is None:
    st.caption(labels.word("timeline.no_aims"))
else:
    st.caption(labels.word("timeline.spread_hint"))
    cards.show(spread, on_mark=timeline_parts.spot)
    timeline_parts.behind(view)
