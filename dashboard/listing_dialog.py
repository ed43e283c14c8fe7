"""Facts behind a cell or mark as a list over the page: it is seen wherever on the page the click was."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

import evidence_dialog
import labels
import taking
import wording


def show(head: str, draw: Callable[[], None], closed: Callable[[], None]) -> None:
    """Open the list that `draw` draws under `head`, plain words; `closed` is called when its reader closes it.

    It waits while the place of a fact or the files of a card are shown: there is one dialog at a time. The place of a
    fact of the list is shown in its stead, and the list again after it.
    """
    if evidence_dialog.asked() or taking.asked():
        return
    language = labels.language()

    @st.dialog(wording.markdown(head), width="large", on_dismiss=closed)
    def dialog() -> None:
        if evidence_dialog.asked():
            st.rerun()
        labels.use(language)
        draw()

    dialog()
