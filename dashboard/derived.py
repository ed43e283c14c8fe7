"""Frames that pages derive from whole tables, made once per version of the data.

They are shared by all sessions: never change one.
"""

from __future__ import annotations

import pandas as pd

import memory
import stresses
import theme_share
from data_io import Tables


@memory.keep(32)
def _themes(tables: Tables, _key: str) -> pd.DataFrame:
    documents = list(tables["documents"]["doc_id"])
    return theme_share.by_theme(tables["passages"], tables["coverage"], documents)


def themes(tables: Tables) -> pd.DataFrame:
    """Themes of every document: columns of `theme_share.by_theme`."""
    return _themes(tables, tables.key)


@memory.keep(32)
def _held(tables: Tables, _key: str) -> pd.DataFrame:
    return stresses.against_rest(tables["emphasis"])


def against_rest(tables: Tables) -> pd.DataFrame:
    """Topics of every document against the rest: `stresses.against_rest`."""
    return _held(tables, tables.key)


@memory.keep(64)
def _related(tables: Tables, upper: str, doc_id: str, _key: tuple[str, str, str]) -> pd.DataFrame:
    return stresses.relation(tables["stressed"], upper, doc_id)


def relation(tables: Tables, upper: str, doc_id: str) -> pd.DataFrame:
    """Topics of a plan held against those of the plan above: `stresses.relation`."""
    return _related(tables, upper, doc_id, (tables.key, upper, doc_id))
