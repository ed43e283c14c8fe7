"""The corrections that this visitor has made, one a fact, in the order made: held until the browser is reloaded."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from amendment import Amendment

_HELD = "_amendments"
MOST = 200
"""Corrections that are held at most."""


def held() -> dict[str, Amendment]:
    """The corrections by id of the fact."""
    found: dict[str, Amendment] = st.session_state.setdefault(_HELD, {})
    return found


def hold(one: Amendment) -> None:
    """Hold a correction, in place of an earlier one of the same fact. For callbacks."""
    held()[one.id] = one


def remove(target_id: str) -> None:
    """Hold the correction of a fact no longer. For callbacks."""
    held().pop(target_id, None)


def standing(facts: pd.DataFrame) -> list[Amendment]:
    """Those whose fact is still in the table of targets, which may have been built anew since."""
    known = set(facts["target_id"])
    return [one for one in held().values() if one.id in known]


def clear() -> None:
    """Hold none. For callbacks."""
    held().clear()
