"""The workspace of this visitor, and what it changes in a run of any page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import settings
from uploads.workspace import Workspace, clear_idle

_WORKSPACE, _SEEN = "_workspace", "_workspace_seen"


def workspace() -> Workspace | None:
    """What this visitor has brought; None where that is nothing."""
    found: Workspace | None = st.session_state.get(_WORKSPACE)
    return None if found is None or found.ended else found


def opened() -> Workspace:
    """The workspace of this visitor, a new one where there is none."""
    found = workspace()
    if found is None:
        clear_idle()
        found = st.session_state[_WORKSPACE] = Workspace()
        st.session_state[_SEEN] = set()
    return found


def config_file() -> Path:
    """The configuration that this visitor sees: that of everybody, or one with added documents.

    Regions and plans of a document that has come since the last run are chosen in the filters.
    """
    held = workspace()
    file = held.config_file if held else None
    if held is None or file is None:
        return settings.CONFIG_FILE
    documents = {document.id: document for document in held.documents}
    for doc_id in sorted(documents.keys() - st.session_state[_SEEN]):
        known = documents[doc_id].answer
        for key, chosen in (("region", known.region), ("plan", known.plan)):
            if key in st.session_state and chosen not in st.session_state[key]:
                st.session_state[key] = [*st.session_state[key], chosen]
    st.session_state[_SEEN] = set(documents)
    return file


def count() -> int:
    """How many documents this visitor has added."""
    held = workspace()
    return len(held.documents) if held else 0
