"""Rows of `carryover` → the three classes that the page shows, chosen and ordered; facts and plans of one topic."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from facts import AIMS

CLASSES = ("carried", "new", "left_behind")
EVIDENCE = ("strong", "fair", "weak")
SORTS = ("p", "gap")


@dataclass(frozen=True)
class Choice:
    """What of `carryover` is looked at: an upper plan, a unit, evidence (none: any), and only what is unsaid below."""

    upper: str
    unit: str = "topic"
    evidence: tuple[str, ...] = ()
    only_unsaid: bool = False
    sort: str = SORTS[0]


def chosen(carryover: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Rows of the three classes, in the order of the choice: by probability, or by difference of the two rates.

    New column: gap (mentions per 10,000 characters that the upper plan has more, or fewer).
    """
    rows = carryover[
        (carryover["doc_id"] == choice.upper)
        & (carryover["unit"] == choice.unit)
        & carryover["class"].isin(CLASSES)
        & (carryover["evidence"].isin(choice.evidence) if choice.evidence else True)
    ]
    if choice.only_unsaid:
        rows = rows[rows["mentions_below"].eq(0) & rows["mentions"].gt(0)]
    rows = rows.assign(gap=rows["per_10k"] - rows["per_10k_below"])
    wide = rows["gap"].abs()
    keys = [rows["p"], wide] if choice.sort == "p" else [wide, rows["p"]]
    ordered = rows.assign(_first=keys[0], _second=keys[1]).sort_values(
        ["_first", "_second", "name"], ascending=[False, False, True], kind="stable"
    )
    return ordered.drop(columns=["_first", "_second"]).reset_index(drop=True)


def counts(rows: pd.DataFrame) -> dict[str, int]:
    """Class → number of rows, of every class."""
    found = rows["class"].value_counts()
    return {name: int(found.get(name, 0)) for name in CLASSES}


def below(stressed: pd.DataFrame, upper: str) -> list[str]:
    """The plans that an upper plan is held against."""
    own = stressed.loc[stressed["upper"] == upper, "doc_id"]
    return [doc_id for doc_id in dict.fromkeys(own) if doc_id != upper]


def names_below(cell: str) -> list[str]:
    """Plans named in a cell of `stressed_below`."""
    return [doc_id for doc_id in cell.split("|") if doc_id]


def plans(stressed: pd.DataFrame, upper: str, topic: str, order: list[str]) -> pd.DataFrame:
    """Rows of `stressed` of one topic: the upper plan, then those below in `order`."""
    own = stressed[(stressed["upper"] == upper) & (stressed["topic"] == topic)]
    rank = {doc_id: place for place, doc_id in enumerate([upper, *order])}
    place = own["doc_id"].map(rank).fillna(len(rank))
    return own.assign(place=place).sort_values("place", kind="stable").drop(columns="place").reset_index(drop=True)


def aims(facts: pd.DataFrame, topic: str, documents: list[str]) -> pd.DataFrame:
    """Prepared facts that stand under a topic in the plans compared and say what will be reached."""
    own = facts[(facts["topic"] == topic) & facts["doc_id"].isin(documents) & facts["kind"].isin(AIMS)]
    rank = {doc_id: place for place, doc_id in enumerate(documents)}
    return own.assign(place=own["doc_id"].map(rank)).sort_values(["place", "line"]).drop(columns="place")
