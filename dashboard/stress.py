"""Rows of `emphasis` → one comparison: what one document stresses against another, or against the rest.

A pair stands once in the table; read from its other end, its sides are swapped and the signs turned.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

REST = "rest"
"""What stands in `against` for the documents of all other regions."""

UNITS = ("term", "topic")

KEPT = {"term": 100}
"""Names that the table keeps of each side of a comparison, at most; all where none is said."""

_SIDES = ("count", "total", "per_10k", "chapters")
"""Columns that have a twin with the ending _against."""


@dataclass(frozen=True)
class Pair:
    """One comparison. `rows`: columns of `emphasis`, z above zero where `first` stresses more, highest z first."""

    unit: str
    first: str
    second: str
    rows: pd.DataFrame

    @cached_property
    def chance(self) -> float:
        """|z| that one name in twenty passes by chance; 0 where nothing is compared."""
        return float(self.rows["chance"].max()) if len(self.rows) else 0.0

    @property
    def types(self) -> list[str]:
        """Kinds of the documents that stand against the first."""
        said = self.rows["types"].iloc[0] if len(self.rows) else ""
        return [kind for kind in str(said).split("|") if kind]

    def side(self, sign: int, beyond: bool = False) -> pd.DataFrame:
        """Names that the first (sign 1) or the second (−1) stresses more, strongest first; `beyond` chance only."""
        strength = self.rows["z"] * sign
        own = self.rows[strength >= self.chance] if beyond else self.rows[strength > 0]
        return own if sign > 0 else own.sort_values(["z", "name"], kind="stable")

    def count(self, sign: int, beyond: bool = False) -> int:
        """How many names `side` has."""
        strength = self.rows["z"] * sign
        return int((strength >= self.chance).sum() if beyond else (strength > 0).sum())


def opponents(emphasis: pd.DataFrame, unit: str) -> dict[str, set[str]]:
    """Document → what it can be held against: ids of documents, and REST."""
    own = emphasis.loc[emphasis["unit"] == unit, ["doc_id", "against"]].drop_duplicates()
    found: dict[str, set[str]] = {}
    for first, second in zip(own["doc_id"], own["against"], strict=True):
        found.setdefault(first, set()).add(second)
        if second != REST:
            found.setdefault(second, set()).add(first)
    return found


def pair(emphasis: pd.DataFrame, unit: str, first: str, second: str, type_of: dict[str, str]) -> Pair:
    """The comparison of two documents, or of one with the rest. `type_of`: document → its kind, for a turned pair."""
    own = emphasis[emphasis["unit"] == unit]
    rows = own[(own["doc_id"] == first) & (own["against"] == second)]
    if rows.empty:
        rows = turned(own[(own["doc_id"] == second) & (own["against"] == first)], type_of)
    return Pair(unit, first, second, rows.sort_values(["z", "name"], ascending=[False, True]).reset_index(drop=True))


def turned(rows: pd.DataFrame, type_of: dict[str, str]) -> pd.DataFrame:
    """Rows read from the other end: sides swapped, signs turned, `types` the kind of the new other side."""
    swap = {name: f"{name}_against" for name in _SIDES} | {"doc_id": "against"}
    names = swap | {twin: name for name, twin in swap.items()}
    swapped = rows.rename(columns=names)[list(rows.columns)]
    return swapped.assign(
        z=-rows["z"], log_odds=-rows["log_odds"], types=rows["doc_id"].map(type_of).fillna(rows["doc_id"])
    )


def top_by_chance(chance: pd.DataFrame, unit: str, documents: list[str]) -> float | None:
    """The largest |z| that chance gives in one of the documents, None where none has been split."""
    own = chance.loc[(chance["unit"] == unit) & chance["doc_id"].isin(documents), "z_top"]
    return float(own.max()) if len(own) else None


def leaders(compared: Pair, most: int) -> pd.DataFrame:
    """The strongest `most` names of both sides: columns of `emphasis`, side (1 first, −1 second), rank, beyond."""
    parts = [compared.side(sign).head(most).assign(side=sign) for sign in (1, -1)]
    ranked = [part.assign(rank=range(1, len(part) + 1)) for part in parts]
    table = pd.concat(ranked, ignore_index=True)
    return table.assign(beyond=table["z"].abs() >= compared.chance)
