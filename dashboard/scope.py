"""Documents to which tables are narrowed, and what that asks of the rows of each table."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from stress import REST

Values = list[object]

Condition = tuple[str, Values]
"""What rows must fulfil, in the words of the database, and the values of its question marks."""


@dataclass(frozen=True)
class Scope:
    """Documents to which tables are narrowed, by id; `near`: documents of the regions directly above and below theirs,
    of which only names are told and what plans carry on from each other.
    """

    documents: tuple[str, ...]
    near: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """Both."""
        return (*self.documents, *self.near)

    def within(self, table: str, rows: pd.DataFrame) -> pd.DataFrame:
        """Of all rows of the documents those that are told: none that hold them against documents of others."""
        if table == "stressed":
            return rows[rows["doc_id"].isin(self.every) & rows["upper"].isin(self.every)].reset_index(drop=True)
        if table == "emphasis":
            return rows[rows["against"].isin((REST, *self.documents))].reset_index(drop=True)
        return rows

    @property
    def own(self) -> Condition:
        """What all rows of the documents fulfil, and the values of its question marks."""
        where, values = _among(self.documents)
        return f"doc_id in {where}", values

    def condition(self, table: str) -> Condition:
        """What rows of a table must fulfil that are told, and the values of its question marks: for counting them."""
        own, every = _among(self.documents), _among(self.every)
        if table == "documents":
            return f"doc_id in {every[0]}", every[1]
        if table == "stressed":
            return f"doc_id in {every[0]} and upper in {every[0]}", every[1] * 2
        if table == "emphasis":
            return f"doc_id in {own[0]} and (against = '{REST}' or against in {own[0]})", own[1] * 2
        return self.own


def _among(ids: tuple[str, ...]) -> Condition:
    return (f"({', '.join('?' * len(ids))})", list(ids)) if ids else ("(null)", [])
