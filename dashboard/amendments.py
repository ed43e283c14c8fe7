"""The corrections that this visitor has made, one a fact, in the order made: held until the browser is reloaded."""

from __future__ import annotations

import pandas as pd
import streamlit as st

import amendment
from amendment import Amendment, Row

_HELD = "_amendments"
_TELLING = ("indicator", *amendment.AMOUNTS, "unit", "value_text")
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


def of(target_id: str, facts: pd.DataFrame) -> Amendment | None:
    """The correction of a fact of this table, which may stand there as it was or as it was corrected."""
    return held().get(target_id) or next((one for one in held().values() if shown(one, facts) == target_id), None)


def shown(one: Amendment, facts: pd.DataFrame) -> str:
    """The id under which the fact of a correction stands in this table; "" where it does not."""
    if one.id in set(facts["target_id"]):
        return one.id
    here = facts[(facts["doc_id"] == one.row["doc_id"]) & (facts["line"] == one.row["line"])]
    now = [amendment.row(here, target_id) for target_id in here["target_id"]]
    wanted = one.row | one.set
    return next((str(row["target_id"]) for row in now if one.set and _same(row, wanted)), "")


def _same(row: Row, other: Row) -> bool:
    return all(row[name] == other[name] for name in _TELLING)


def clear() -> None:
    """Hold none. For callbacks."""
    held().clear()
