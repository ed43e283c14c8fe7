"""Frames that pages derive from whole tables, made once per version of the data.

They are shared by all sessions: never change one.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

import stresses
import theme_share
from data_io import Tables


@st.cache_resource(max_entries=32, show_spinner=False)
def _themes(_tables: Tables, key: str) -> pd.DataFrame:
    documents = list(_tables["documents"]["doc_id"])
    return theme_share.by_theme(_tables["passages"], _tables["coverage"], documents)


def themes(tables: Tables) -> pd.DataFrame:
    """Themes of every document: columns of `theme_share.by_theme`."""
    return _themes(tables, tables.key)


@st.cache_resource(max_entries=32, show_spinner=False)
def _held(_tables: Tables, key: str) -> pd.DataFrame:
    return stresses.against_rest(_tables["emphasis"])


def against_rest(tables: Tables) -> pd.DataFrame:
    """Topics of every document against the rest: `stresses.against_rest`."""
    return _held(tables, tables.key)


@st.cache_resource(max_entries=64, show_spinner=False)
def _related(_tables: Tables, key: str, upper: str, doc_id: str) -> pd.DataFrame:
    return stresses.relation(_tables["stressed"], upper, doc_id)


def relation(tables: Tables, upper: str, doc_id: str) -> pd.DataFrame:
    """Topics of a plan held against those of the plan above: `stresses.relation`."""
    return _related(tables, tables.key, upper, doc_id)
