"""Frames that pages derive from whole tables, made once and kept with the tables.

They are shared by all sessions: never change one.
"""

from __future__ import annotations

import pandas as pd

import facts
import stresses
import theme_share
from data_io import Tables


def worded(tables: Tables, key: str) -> pd.DataFrame:
    """Facts with what each says by itself; `key` tells the language and all else that it follows from."""

    def told(own: Tables) -> pd.DataFrame:
        return facts.worded(own["targets"], own["sections"], documents)

    documents = tables["documents"]
    return tables.by_document(f"worded {key}", told)


def _by_theme(tables: Tables, counts: pd.DataFrame) -> pd.DataFrame:
    return theme_share.by_theme(counts, list(tables.scope.documents if tables.scope else tables["documents"]["doc_id"]))


def themes(tables: Tables) -> pd.DataFrame:
    """Themes of every document: columns of `theme_share.by_theme`."""

    def counted(own: Tables) -> pd.DataFrame:
        return theme_share.counted(own["passages"], own["coverage"])

    return tables.keep("themes", lambda: _by_theme(tables, tables.by_document("themes", counted)))


def shares(tables: Tables) -> pd.DataFrame:
    """The same without mentions, for which much less is read: doc_id, theme, share, passages, chars."""

    def counted(own: Tables) -> pd.DataFrame:
        return theme_share.counted(own["passages"])

    def made() -> pd.DataFrame:
        return _by_theme(tables, tables.by_document("shares", counted)).drop(columns=["count", "density"])

    return tables.keep("shares", made)


def topics(tables: Tables, doc_id: str, most: int) -> pd.DataFrame | None:
    """What a document stresses against the rest: `stresses.topics`."""
    own = doc_id if tables.scope else ""
    return stresses.topics(tables.keep(f"against_rest|{own}", lambda: _against_rest(tables, doc_id)), doc_id, most)


def _against_rest(tables: Tables, doc_id: str) -> pd.DataFrame:
    """Topics of a document against the rest, where the tables are narrowed; else of all documents."""
    held = tables.by_document("against_rest", lambda own: stresses.against_rest(own["emphasis"]), only=(doc_id,))
    words = [column for column in held if pd.api.types.is_string_dtype(held[column])]
    return held.astype(dict.fromkeys(words, object))


def relation(tables: Tables, upper: str, doc_id: str) -> pd.DataFrame:
    """Topics of a plan held against those of the plan above: `stresses.relation`."""
    return tables.keep(f"relation|{upper}|{doc_id}", lambda: stresses.relation(tables["stressed"], upper, doc_id))
