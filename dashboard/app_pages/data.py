"""数据与方法: where the figures come from, how they were checked, what they mean, and the tables to take away."""

from __future__ import annotations

import streamlit as st

import cards
import data_parts
import labels
from view import current

view = current()
data_parts.totals(view)
names = labels.node("data_page.tabs")
documents, checks, method, download = st.tabs([names[tab] for tab in ("documents", "checks", "method", "download")])

with documents:
    data_parts.documents(view)
    kinds = data_parts.kinds(view)
    if kinds is not None:
        cards.show(kinds)

with checks:
    data_parts.accuracy(view)
    st.subheader(labels.word("data_page.ledger"), anchor=False)
    ledger = data_parts.ledger(view)
    if ledger is not None:
        cards.show(ledger)
        data_parts.rules(view)
    data_parts.corrections(view)
    data_parts.issues(view)

with method:
    data_parts.method()

with download:
    data_parts.dictionary(view)
