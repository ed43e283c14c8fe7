"""Indicators × documents: what each document says of each indicator, in states of saying and of silence.

A cell is a target, a mention without one (worded, measured, or an aim of an earlier period), something that the filters
leave out, or nothing. Only the last says that a document is silent, so it is held against all that the document states.
"""

from __future__ import annotations

import pandas as pd

import labels
from directory import Directory

STATES = {"target": "target", "qualitative": "worded", "baseline": "measured", "past_target": "past"}
"""Kind of statement → state, strongest first: a target, else a worded target, a measured value, an earlier aim."""


def details(facts: pd.DataFrame) -> pd.DataFrame:
    """A row a cell that says something: the latest statement of its strongest kind, and how many differ.

    Columns: key, doc_id, state (a value of STATES), value_words, when_words, value_text, distinct.
    """
    strength = {kind: rank for rank, kind in enumerate(STATES)}
    columns = ["key", "doc_id", "kind", "last", "value_words", "when_words", "value_text"]
    said = facts.loc[facts["kind"].isin(STATES), columns].assign(strength=lambda frame: frame["kind"].map(strength))
    said = said[said["strength"] == said.groupby(["key", "doc_id"])["strength"].transform("min")]
    said = said.sort_values("last", na_position="first", kind="stable")
    distinct = said.drop_duplicates(["key", "doc_id", "value_words", "when_words"]).groupby(["key", "doc_id"]).size()
    latest = said.drop_duplicates(["key", "doc_id"], keep="last").assign(state=lambda frame: frame["kind"].map(STATES))
    columns = ["key", "doc_id", "state", "value_words", "when_words", "value_text"]
    return latest[columns].join(distinct.rename("distinct"), on=["key", "doc_id"])


def cells(said: pd.DataFrame) -> dict[tuple[str, str], str]:
    """(key, doc_id) → what the document says of the indicator, in words: rows of `details` as text."""
    found = {}
    columns = ("key", "doc_id", "state", "value_words", "when_words", "value_text", "distinct")
    for key, doc_id, state, words, when, worded, distinct in zip(
        *(said[name].tolist() for name in columns), strict=True
    ):
        value = labels.word("states.dated", value=words, when=when)
        text = labels.word(f"states.{state}", value=value, text=worded)
        found[(key, doc_id)] = text if distinct == 1 else labels.word("states.more", text=text, count=distinct)
    return found


def build(
    said: pd.DataFrame, listing: pd.DataFrame, directory: Directory, documents: list[str], everything: pd.DataFrame
) -> pd.DataFrame:
    """One row an indicator of `listing` of which `said`, rows of `details`, tells, in its order.

    `everything`: all facts, from which those of `said` were chosen, so that what is left out does not look unsaid.
    Columns: key, label, one a document of `documents`, named as shown, theme.
    """
    told = cells(said)
    stated = set(zip(everything["key"], everything["doc_id"], strict=True))
    outside, absent = labels.word("states.outside"), labels.word("states.absent")
    rows = listing[listing["key"].isin(said["key"])]
    silent = dict.fromkeys(stated, outside)
    table = {"key": list(rows["key"]), "label": list(rows["label"])}
    for doc_id in documents:
        pairs = [(key, doc_id) for key in table["key"]]
        table[directory.documents[doc_id].name] = [told.get(pair) or silent.get(pair, absent) for pair in pairs]
    table["theme"] = [labels.name("themes", theme) for theme in rows["theme"]]
    return pd.DataFrame(table)
