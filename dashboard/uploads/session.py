"""The workspace of this visitor, and what it changes in a run of any page."""

from __future__ import annotations

import threading
import time
import weakref
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

import settings
from uploads import standby
from uploads.workspace import Workspace

_WORKSPACE, _SEEN = "_workspace", "_workspace_seen"
IDLE = 12 * 3600.0
"""Seconds after which a visitor whose page is open but does nothing is taken to have left."""
_EACH = 2.0
"""Seconds between two looks at who has left."""

_HELD: weakref.WeakKeyDictionary[Workspace, str] = weakref.WeakKeyDictionary()
"""Workspaces with the sessions whose they are."""


def workspace() -> Workspace | None:
    """What this visitor has brought; None where that is nothing."""
    found: Workspace | None = st.session_state.get(_WORKSPACE)
    return None if found is None or found.ended else found


def opened(many: bool) -> Workspace:
    """The workspace of this visitor, a new one where there is none. `many`: of a `Workspace`."""
    found = workspace()
    if found is None:
        found = st.session_state[_WORKSPACE] = Workspace(many)
        st.session_state[_SEEN] = set()
        context = get_script_run_ctx()
        if context is not None and runtime.exists():
            _HELD[found] = context.session_id
            _watch()
    return found


def prepare() -> None:
    """Load an extraction while this visitor chooses or corrects a document, unless one of theirs is at work."""
    held = workspace()
    if runtime.exists() and not (held and held.jobs):
        standby.prepare()


@cache
def _watch() -> None:
    """Begin to end the workspaces of those who have left: the server forgets a session only when the next one comes."""
    threading.Thread(target=_watching, args=(st.get_option("server.disconnectedSessionTTL"),), daemon=True).start()


def _watching(grace: float) -> None:
    """`grace`: seconds for which a visitor may be away (a connection that breaks off) and comes back to the same."""
    present: dict[str, float] = {}
    while runtime.exists():
        time.sleep(_EACH)
        now, server = time.monotonic(), runtime.get_instance()
        held = list(_HELD.items())
        present = {session: present.get(session, now) for _, session in held}
        present |= {session: now for _, session in held if server.is_active_session(session)}
        for one, session in held:
            if now - present[session] > grace or now - one.seen > IDLE:
                one.end()
                _HELD.pop(one, None)
        del held


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
                st.session_state[key] = [chosen, *st.session_state[key]]
    st.session_state[_SEEN] = set(documents)
    return file


def added() -> frozenset[str]:
    """Ids of the documents that this visitor has added."""
    held = workspace()
    return frozenset(document.id for document in held.documents) if held else frozenset()
