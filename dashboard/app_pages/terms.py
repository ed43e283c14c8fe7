"""用词差异: what a document stresses against another or the rest, and any word in all documents."""

from __future__ import annotations

import streamlit as st

import labels
import terms_parts
from view import current

view = current()
st.caption(labels.word("terms_page.filters_note"))
chosen = terms_parts.choose(view)
if chosen is not None:
    terms_parts.compare(*chosen, view)
terms_parts.search(view)
terms_parts.dialog(chosen[0] if chosen else None, view)
