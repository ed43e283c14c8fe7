"""Frames that pages derive from whole tables, made once and kept with the tables.

They are shared by all sessions: never change one.
"""

from __future__ import annotations

import pandas as pd

import stresses
import theme_share
from data_io import Tables


def _themes(tables: Tables) -> pd.DataFrame:
    counts = tables.by_document("themes", lambda own: theme_share.counted(own["passages"], own["coverage"]))
    documents = tables.scope.documents if tables.scope else tables["documents"]["doc_id"]
    return theme_share.by_theme(counts, list(documents))


def themes(tables: Tables) -> pd.DataFrame:
    """Themes of every document: columns of `theme_share.by_theme`."""
    return tables.keep("themes", lambda: _themes(tables))


def against_rest(tables: Tables) -> pd.DataFrame:
    """Topics of every document against the rest: `stresses.against_rest`."""
    return tables.keep("against_rest", lambda: _against_rest(tables))


def _against_rest(tables: Tables) -> pd.DataFrame:
    held = tables.by_document("against_rest", lambda own: stresses.against_rest(own["emphasis"]))
    words = [column for column in held if pd.api.types.is_string_dtype(held[column])]
    return held.astype(dict.fromkeys(words, object))


def relation(tables: Tables, upper: str, doc_id: str) -> pd.DataFrame:
    """Topics of a plan held against those of the plan above: `stresses.relation`."""
    return tables.keep(f"relation|{upper}|{doc_id}", lambda: stresses.relation(tables["stressed"], upper, doc_id))
