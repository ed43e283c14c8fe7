"""Facts as a table of which every cell is one click from where the fact stands."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
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


@dataclass(frozen=True)
class Listed:
    """Facts as they are listed: their ids, and COLUMNS under the names shown."""

    ids: list[str]
    table: pa.Table


def listed(facts: pd.DataFrame) -> Listed:
    """Prepared facts, to be listed in their order."""
    shown = facts[list(COLUMNS)].assign(
        kind=[labels.name("kinds", kind) for kind in facts["kind"]],
        attribute=[labels.name("attributes", attribute) for attribute in facts["attribute"]],
    )
    names = {column: labels.word(f"columns.{column.removesuffix('_words')}") for column in shown}
    return Listed(list(facts["target_id"]), pa.Table.from_pandas(shown.rename(columns=names), preserve_index=False))


def show(facts: Listed, title: str) -> None:
    """Draw facts; `title` names them for who cannot see."""
    key = f"facts-{wording.short_id(*facts.ids)}"

    def follow() -> None:
        row = cards.picked(st.session_state[key])
        if row is not None:
            evidence_dialog.ask(facts.ids[row])

    st.caption(labels.word("card.facts_hint"))
    st.dataframe(
        facts.table,
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
