"""全域排名: one figure of one indicator in all regions: ranking, spread, province by province."""

from __future__ import annotations

import streamlit as st

import labels
import ranking_parts
from view import current

view = current()
st.caption(labels.word("ranking.filters_note"))
scope = ranking_parts.choose(view)
if scope is not None:
    ranking_parts.show(view, scope)
    ranking_parts.whole(view, scope)
