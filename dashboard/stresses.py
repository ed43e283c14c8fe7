"""What a document stresses: the topics that stand out against the rest, else the themes that take most of its text."""

from __future__ import annotations

import pandas as pd

from stress import REST

COLUMNS = ("doc_id", "name", "theme", "types", "count", "chapters", "per_10k", "per_10k_against", "z", "chance")
"""Columns of `emphasis` that tell what a document stresses."""


def against_rest(emphasis: pd.DataFrame) -> pd.DataFrame:
    """COLUMNS of the rows of `emphasis` that hold topics of a document against the rest, strongest first."""
    held = emphasis[(emphasis["unit"] == "topic") & (emphasis["against"] == REST)].filter(items=list(COLUMNS))
    return held.sort_values(["doc_id", "z", "name"], ascending=[True, False, True], ignore_index=True)


def topics(held: pd.DataFrame, doc_id: str, most: int) -> pd.DataFrame | None:
    """Rows of `against_rest` for the topics that a document stresses more than chance gives, strongest first.

    None where it is not held against the rest (a report without others of its kind).
    """
    first, end = held["doc_id"].searchsorted(doc_id), held["doc_id"].searchsorted(doc_id, side="right")
    own = held.iloc[first:end]
    return None if own.empty else own[own["z"] > own["chance"]].head(most)


def themes(table: pd.DataFrame, doc_id: str) -> pd.DataFrame:
    """Rows of `derived.shares` of one document, the largest share first, none of nothing."""
    own = table[(table["doc_id"] == doc_id) & (table["share"] > 0)]
    return own.sort_values(["share", "theme"], ascending=[False, True], ignore_index=True)


def relation(stressed: pd.DataFrame, upper: str, doc_id: str) -> pd.DataFrame:
    """Topics that a plan below or the upper plan stresses: topic, theme, class, sure, mentions, per_10k and the same
    with _upper, surest first.

    `class`: carried (both stress it), new (the upper plan alone), left_behind (the lower plan alone); `sure` is the
    smaller of the two probabilities that this is so.
    """
    above = stressed[(stressed["upper"] == upper) & (stressed["doc_id"] == upper)]
    below = stressed[(stressed["upper"] == upper) & (stressed["doc_id"] == doc_id)]
    columns = ["topic", "theme", "stressed", "p", "mentions", "per_10k"]
    both = below[columns].merge(above[columns].drop(columns="theme"), on="topic", suffixes=("", "_upper"))
    own, city = both["stressed"] == "yes", both["stressed_upper"] == "yes"
    both["class"] = "neither"
    both.loc[own & city, "class"] = "carried"
    both.loc[~own & city, "class"] = "new"
    both.loc[own & ~city, "class"] = "left_behind"
    sides = [both[p].where(yes, 1 - both[p]) for p, yes in (("p", own), ("p_upper", city))]
    both["sure"] = pd.concat(sides, axis=1).min(axis=1)
    both = both[both["class"] != "neither"]
    return both.sort_values(["sure", "per_10k", "topic"], ascending=[False, False, True], ignore_index=True)
