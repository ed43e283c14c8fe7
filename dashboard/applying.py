"""Corrections of documents that this visitor brought: they count at once in all that this visitor sees.

Such a document is extracted again with all its corrections, as a build would. Its facts before the first of them stay
at hand: every correction speaks of those.
"""

from __future__ import annotations

import time
from collections.abc import Collection

import pandas as pd
import streamlit as st

import amendment
import amendments
import labels
from amendment import Amendment
from uploads import session
from view import View

_DONE = "_applying_done"
_LONGEST = 60.0
"""Seconds that a click waits for its correction to count; what takes longer counts when it is done."""


def counts(doc_id: str) -> bool:
    """Whether corrections of this document count at once."""
    return doc_id in session.added()


def stood(view: View, target_ids: Collection[str] = ()) -> pd.DataFrame:
    """The table of targets (these at least) as it stood before this visitor's corrections were applied."""
    table, held = view.tables.facts(list(target_ids)), session.workspace()
    corrected = held.corrected if held else {}
    if not corrected:
        return table
    before = [one.facts for one in corrected.values()]
    return pd.concat([table[~table["doc_id"].isin(corrected.keys())], *before], ignore_index=True)


def hold(one: Amendment, view: View) -> None:
    """Hold a correction, and apply it where it counts at once. For callbacks."""
    amendments.hold(one)
    _apply(str(one.row["doc_id"]), view)


def remove(one: Amendment, view: View) -> None:
    """Hold a correction no longer, nor let it count. For callbacks."""
    amendments.remove(one.id)
    _apply(str(one.row["doc_id"]), view)


def _apply(doc_id: str, view: View) -> None:
    held = session.workspace()
    document = next((one for one in held.documents if one.id == doc_id), None) if held else None
    if held is None or document is None:
        return
    facts = stood(view)
    facts = facts[facts["doc_id"] == doc_id]
    entries = amendment.entries([one for one in amendments.standing(facts) if one.row["doc_id"] == doc_id], facts)
    job, until = held.correct(document, facts, entries), time.monotonic() + _LONGEST
    while not job.done and time.monotonic() < until:
        time.sleep(0.02)
    now = held.corrected.get(doc_id)
    applied = now is not None and list(now.entries) == entries
    st.session_state[_DONE] = "applied" if applied else "failed" if job.done else "applying"


def done() -> bool:
    """Whether a correction was applied (or was not) and no page has been drawn since."""
    return bool(st.session_state.get(_DONE))


def tell() -> None:
    """Say so, once."""
    said = st.session_state.pop(_DONE, "")
    if said:
        st.toast(labels.word(f"amend.{said}"), icon=":material/edit_note:")
