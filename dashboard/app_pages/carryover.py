"""承接十五五: topics of the upper plan against the earlier plans below it: carried on, new, no longer stressed."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

import carried_plans
import carryover_parts
import labels
from view import current, kept

view = current()
st.caption(labels.word("carryover.filters_note"))
chosen = carryover_parts.choose(view)
if chosen is not None:
    choice, most = chosen
    plans = kept(carried_plans.plans_of, view, choice.upper)
    names = carryover_parts.focus(choice, view)
    carryover_parts.classes(choice, plans, most)
    carryover_parts.detail(choice, plans, names)
    if st.session_state["co_terms"]:
        st.subheader(labels.word("carryover.term_section"), anchor=False)
        carryover_parts.classes(replace(choice, unit="term"), plans, most)
