"""Facts as a table of which every cell is one click from where the fact stands."""

from __future__ import annotations

import pandas as pd
import streamlit as st

import cards
import evidence_dialog
import labels
import wording

COLUMNS = (
    "region",
    "indicator",
    "value_words",
    "when_words",
    "kind",
    "attribute",
    "document",
    "line",
    "chapter",
    "value_std",
    "unit_std",
)
WIDTHS = {"indicator": 210, "chapter": 240}
"""Columns whose words are long, and their pixels."""


def named(facts: pd.DataFrame) -> pd.DataFrame:
    """COLUMNS of prepared facts under the names shown."""
    shown = facts[list(COLUMNS)].assign(
        kind=[labels.name("kinds", kind) for kind in facts["kind"]],
        attribute=[labels.name("attributes", attribute) for attribute in facts["attribute"]],
    )
    return shown.rename(columns={column: labels.word(f"columns.{column.removesuffix('_words')}") for column in shown})


def show(facts: pd.DataFrame, title: str) -> None:
    """Draw prepared facts in their order; `title` names them for who cannot see."""
    key, ids = f"facts-{wording.short_id(*facts['target_id'])}", list(facts["target_id"])

    def follow() -> None:
        row = cards.picked(st.session_state[key])
        if row is not None:
            evidence_dialog.ask(ids[row])

    st.caption(labels.word("card.facts_hint"))
    st.dataframe(
        named(facts),
        hide_index=True,
        key=key,
        on_select=follow,
        selection_mode="single-cell",
        placeholder="",
        column_config={
            labels.word(f"columns.{name}"): st.column_config.Column(width=size) for name, size in WIDTHS.items()
        },
        alt=labels.word("card.table_alt", title=title),
    )
