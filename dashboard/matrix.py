"""Indicators × documents: what each document says of each indicator, in three states of saying."""

from __future__ import annotations

import pandas as pd

import labels
from directory import Directory

STATES = {"target": "target", "qualitative": "worded", "baseline": "measured"}
"""Kind of statement → state, strongest first: a target, else a worded target or a measured value, else nothing."""


def cells(facts: pd.DataFrame) -> dict[tuple[str, str], str]:
    """(key, doc_id) → what the document says of the indicator: its latest statement of the strongest kind, and how
    many more there are."""
    strength = {kind: rank for rank, kind in enumerate(STATES)}
    said = facts[facts["kind"].isin(STATES)].assign(strength=lambda frame: frame["kind"].map(strength))
    said = said[said["strength"] == said.groupby(["key", "doc_id"])["strength"].transform("min")]
    said = said.sort_values("last", na_position="first", kind="stable")
    distinct = said.drop_duplicates(["key", "doc_id", "value_words", "when_words"]).groupby(["key", "doc_id"]).size()
    found = {}
    for fact in said.drop_duplicates(["key", "doc_id"], keep="last").itertuples():
        value = labels.word("states.dated", value=fact.value_words, when=fact.when_words)
        text = labels.word(f"states.{STATES[fact.kind]}", value=value, text=fact.value_text)
        count = int(distinct[(fact.key, fact.doc_id)])
        found[(fact.key, fact.doc_id)] = text if count == 1 else labels.word("states.more", text=text, count=count)
    return found


def build(facts: pd.DataFrame, listing: pd.DataFrame, directory: Directory, documents: list[str]) -> pd.DataFrame:
    """One row an indicator of `listing` that `facts` mention, in its order.

    Columns: key, label, one a document of `documents`, named as shown, theme.
    """
    said = cells(facts[facts["key"].isin(listing["key"])])
    absent = labels.word("states.absent")
    rows = listing[listing["key"].isin({key for key, _ in said})]
    table = rows[["key", "label"]].copy()
    for doc_id in documents:
        table[directory.documents[doc_id].name] = [said.get((key, doc_id), absent) for key in rows["key"]]
    table["theme"] = [labels.name("themes", theme) for theme in rows["theme"]]
    return table.reset_index(drop=True)


def mentions(facts: pd.DataFrame) -> pd.Series:
    """Number of documents that mention each indicator, by key."""
    return facts.groupby("key")["doc_id"].nunique()
