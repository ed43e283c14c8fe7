"""The place of a fact in a dialog over the page: one click from any mark or cell, and part of the address."""

from __future__ import annotations

import streamlit as st

import address
import amending
import applying
import evidence
import labels
import view as views

FACT = "fact"
"""Key of the state, and parameter of the address, that holds the id of the fact whose place is shown."""


def ask(target_id: str) -> None:
    """Show the place of a fact at the end of this run. For callbacks of marks and cells."""
    st.session_state[FACT] = target_id


def asked() -> str:
    """The id of the fact whose place is shown; "" for none."""
    return str(address.seed(address.Parameter(FACT)) or "")


def _closed() -> None:
    st.session_state[FACT] = ""
    amending.close()


def show(view: views.View) -> None:
    """Open the dialog where a fact is asked for. To be called once, at the end of a run."""
    applying.tell()
    wanted = asked()
    if not wanted:
        return
    view = views.of_fact(view, wanted)
    found = view.facts[view.facts["target_id"] == wanted]
    if found.empty:
        st.session_state[FACT] = ""
        return
    language = labels.language()

    @st.dialog(labels.word("evidence.head"), width="large", on_dismiss=_closed)
    def dialog() -> None:
        labels.use(language)
        if applying.done():
            st.session_state[FACT] = ""
            st.rerun()
        evidence.show(found.iloc[0], view)

    dialog()
