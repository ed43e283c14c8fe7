"""Values in words (≥40个) of the table of a card, with their numbers and units beside them: for files that reckon."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

import labels
from briefing.item import Item

PARTS = ("amount", "amount_high", "unit")
"""What a value in words is made of: number (the lower end of a range), upper end, unit as written."""


def names(column: str) -> dict[str, str]:
    """The columns that hold the parts of a column of words, by PARTS."""
    return {part: labels.word(f"columns.{part}", column=column) for part in PARTS}


def numbered(item: Item) -> pd.DataFrame:
    """The table of a card; each of its columns of values in words is followed by their numbers and units.

    A column is one where most cells are values of the facts of the card (`places`). Upper ends are left out where there
    are none; a value without a number (a target in words) has empty cells.
    """
    known, table = _known(item.places), item.card.table
    columns: list[tuple[Hashable, pd.Series]] = []
    for place, name in enumerate(table.columns):
        own = table.iloc[:, place]
        columns.append((name, own))
        said = [str(cell) for cell in own if not pd.isna(cell) and str(cell)]
        if said and sum(cell in known for cell in said) * 2 > len(said):
            columns += _parts(own, known, names(str(name)))
    frame = pd.concat([own.reset_index(drop=True) for _, own in columns], axis=1) if columns else table
    return frame.set_axis([name for name, _ in columns], axis=1)


def _known(places: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Values in words → their parts."""
    word = labels.word("columns.value")
    own = names(word)
    if not {word, *own.values()} <= set(places.columns):
        return {}
    rows = places[[word, *own.values()]].set_axis(["words", *own], axis=1)
    return {str(row["words"]): row for row in rows.to_dict("records")}


def _parts(own: pd.Series, known: dict[str, dict[str, Any]], named: dict[str, str]) -> list[tuple[Hashable, pd.Series]]:
    """The parts of the values of a column, without those that none has."""
    found = [known.get(str(cell), {}) for cell in own]
    parts = {part: pd.Series([row.get(part) for row in found], dtype=object) for part in PARTS}
    return [(named[part], values) for part, values in parts.items() if values.notna().any() and values.ne("").any()]
